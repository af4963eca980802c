"""Alder Ridge's proposals under way: the committee first, the unit or division last."""

from datetime import datetime, time, timedelta

from insignia.core.workflow.route import Verb
from insignia.demo import producing, review
from insignia.demo.stage import Stage
from insignia.demo.telling import Tale
from insignia.domain.proposals.bodies import queries as body_queries
from insignia.domain.proposals.meetings import actions as meetings
from insignia.domain.proposals.production import actions
from insignia.domain.proposals.writing import actions as writing

from . import intents, papers
from .people import CHAIR, DIVISION_3, FACULTY, ISSUER_3, LECTURER, MANAGER, MEMBER, MEMBER_3, MEMBER_5, STAFF


def meeting_ahead(stage: Stage) -> Tale:
    """The committee meets in nine days."""
    yield 20
    starts_at = datetime.combine(stage.day(-9), time(10), stage.zone)
    meetings.plan_meeting(
        by=stage.actor(CHAIR),
        body=body_queries.body("MAC"),
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=1),
        cut_off_on=stage.day(-6),
        place="Library, room 210, and online",
    )


def trail_risk(stage: Stage) -> Tale:
    """Before the committee; two have voted."""
    yield 35
    draft = intents.invited(
        stage,
        LECTURER,
        "continuing",
        papers.TRAIL_RISK_INTENT,
        "noncredit",
        "The evening course is a good ground. Think of who may sign for a morning.",
    )
    yield 14
    proposal = review.handed_in(stage, LECTURER, review.answered(stage, LECTURER, draft, papers.TRAIL_RISK))
    yield 9
    writing.remark(
        by=stage.actor(MEMBER_3),
        proposal=proposal,
        question="assessment",
        text="How are the hosts chosen who stand beside?",
    )
    yield 8
    review.vote(stage, MEMBER, proposal, "mac", comment="Close to what volunteers do anyway; that is its strength.")
    yield 6
    review.vote(stage, MEMBER_5, proposal, "mac")


def field_methods(stage: Stage) -> Tale:
    """Endorsed by the committee; the division has to attest two things and give the last word."""
    yield 60
    before = intents.intent_for(
        papers.FIELD_METHODS, LECTURER, "Continuing Studies", "Neighbours learn to count so that scientists can use it."
    )
    draft = intents.invited(
        stage, LECTURER, "continuing", before, "noncredit", "Ask the watershed council for a letter."
    )
    yield 40
    proposal = review.handed_in(stage, LECTURER, review.answered(stage, LECTURER, draft, papers.FIELD_METHODS))
    yield 19
    review.say(stage, CHAIR, proposal, Verb.APPROVE, "Endorsed: consistent, meaningful, and worthy of the name.", "mac")


def snow(stage: Stage) -> Tale:
    """Came back from the committee, and waits for its author."""
    yield 58
    before = intents.intent_for(
        papers.SNOW, LECTURER, "Continuing Studies", "People who ski learn to read what lies under them."
    )
    draft = intents.invited(stage, LECTURER, "continuing", before, "noncredit", "The committee will ask who is liable.")
    yield 30
    proposal = review.handed_in(stage, LECTURER, review.answered(stage, LECTURER, draft, papers.SNOW))
    yield 22
    review.say(
        stage,
        CHAIR,
        proposal,
        Verb.REQUEST_CHANGES,
        "“The instructor digs beside” is no assessment yet: what has to be right, and who says so? And it may be taken for a "
        "permission to go out; please say on the badge that it is none.",
        "mac",
    )


def repair(stage: Stage) -> Tale:
    """In production: made, with a plan for its issuing; the trainings are to come."""
    yield 95
    before = intents.intent_for(papers.REPAIR, STAFF, "Student Life", "Those who mend learn to let others mend.")
    draft = intents.invited(stage, STAFF, "student-life", before, "noncredit", "The mechanics are glad.")
    yield 80
    proposal = review.handed_in(stage, STAFF, review.answered(stage, STAFF, draft, papers.REPAIR))
    yield 66
    review.say(stage, CHAIR, proposal, Verb.APPROVE, "Endorsed.", "mac")
    yield 50
    review.approve(stage, DIVISION_3, proposal, "unit_final", "Student Life voted on it in its meeting of that week.")
    yield 44
    producing.made(stage, MANAGER, proposal, symbol="bicycle", tags=("repair",))
    yield 38
    actions.write_issuing_plan(
        by=stage.actor(MANAGER),
        task=producing.task(proposal, "develop_issuing_process"),
        assessors="The mechanic on duty, who has repaired for two years at least.",
        method="The form at the stand; six strangers who mend alone.",
        evidence="The forms, kept for a year at the repair stand.",
        cadence="At the end of each month.",
        contact=ISSUER_3.email,
    )
    yield 10
    producing.trained(stage, MANAGER, proposal, {"train_issuing": "issuing"}, ISSUER_3, stage.day(10))


def heard_nothing_of(stage: Stage) -> Tale:
    """Given up as a draft."""
    yield 130
    answers = {**papers.DRONES, "title": "Kite Photography", "audience": ["students"]}
    draft = intents.invited(stage, FACULTY, "engineering", answers, "noncredit", "Is there a course?")
    yield 111
    writing.discard(by=stage.actor(FACULTY), proposal=draft)


TALES = (meeting_ahead, trail_risk, field_methods, snow, repair, heard_nothing_of)
