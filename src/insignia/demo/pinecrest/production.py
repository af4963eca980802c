"""What Pinecrest makes of approved proposals: badges on the way, badges that are looked at again, badges that end."""

from insignia.core.workflow.route import Verb
from insignia.demo import producing, review
from insignia.demo.stage import Stage
from insignia.demo.telling import Tale
from insignia.domain.awards import actions as awards
from insignia.domain.proposals.production import actions
from insignia.domain.proposals.production.models import EvaluationPlan
from insignia.domain.proposals.writing.models import Proposal

from . import papers
from .people import (
    CAREERS,
    CHAIR,
    DESIGNER,
    ENDED,
    EXECUTIVE,
    FACULTY,
    GRANTOR,
    LEADER,
    LIBRARIAN,
    MANAGER,
    STAFF,
    UNIT_ISSUER,
    UNTRAINED,
)

BRIEF = """For trainees and those who hire them. It has to say “runs, and can be brought back”, not “internet”. No cloud: there
are enough of them. It stands beside “Spreadsheet Basics” in the directory and should be told apart from it at 64 pixels."""


def cloud_basics(stage: Stage) -> Tale:
    """In production: the second proof waits, Grantors are nominated, a plan waits for the office."""
    yield 55
    draft = review.written(stage, FACULTY, "computing", "level_1", papers.CLOUD_BASICS)
    proposal = review.handed_in(stage, FACULTY, draft)
    yield 50
    review.approve(stage, CAREERS, proposal, "skill_review", rated=5)
    yield 47
    review.approve(stage, LEADER, proposal, "unit_leader", "The college pays for the machines.")
    yield 29
    review.approve(stage, EXECUTIVE, proposal, "executive")
    yield 27
    producing.made(stage, MANAGER, proposal, symbol="key", tags=("computing",))
    yield 26
    actions.write_brief(
        by=stage.actor(FACULTY), task=producing.task(proposal, "image_with_communications"), brief=BRIEF
    )
    yield 20
    first = actions.add_proof(
        by=stage.actor(DESIGNER),
        task=producing.task(proposal, "image_with_communications"),
        note="With the key, as it is drawn by the template.",
    )
    yield 17
    actions.ask_for_changes(
        by=stage.actor(FACULTY),
        proof=first,
        answer="The key alone looks like a lock. Could there be something that comes back? And the title in two lines.",
    )
    yield 14
    _people_for(stage, proposal)
    yield 11
    actions.plan_evaluation(
        by=stage.actor(UNIT_ISSUER),
        task=producing.task(proposal, "evaluation_plan"),
        interval_months=24,
        measures="How many restore in time at the first try; what the trainee postings ask for; what the bill looks like by then.",
        owner=stage.user(UNIT_ISSUER),
        next_due_on=stage.day(-700),
    )
    yield 9
    actions.move(
        by=stage.actor(MANAGER),
        task=producing.task(proposal, "external_publish"),
        verb="waive",
        reason="Not this year: the contract with the outside platform ends in June.",
    )
    actions.move(
        by=stage.actor(MANAGER),
        task=producing.task(proposal, "catalogue_inventory"),
        verb="block",
        reason="The catalog is closed for changes until next week.",
    )
    yield 3
    actions.add_proof(
        by=stage.actor(DESIGNER),
        task=producing.task(proposal, "image_with_communications"),
        note="The symbol is smaller, the title has two lines. An arrow that comes back was too much at 64 pixels.",
    )


def _people_for(stage: Stage, proposal: Proposal) -> None:
    """One Grantor who still has to be trained, one whose qualification nobody has looked at, one who was not taken."""
    issuer, manager = stage.actor(UNIT_ISSUER), stage.actor(MANAGER)
    rows = (
        (GRANTOR, "Ran the servers of the college for four years; teaches the course."),
        (UNTRAINED, "Assists in the course."),
        (ENDED, "Taught the course before it moved to rented machines."),
    )
    nominated = {
        part: actions.nominate(
            by=issuer,
            task=producing.task(proposal, "name_qualified_grantors"),
            email=part.email,
            name=part.name,
            qualification=qualification,
            starts_on=stage.day(14),
        )
        for part, qualification in rows
    }
    actions.confirm(by=manager, nomination=nominated[GRANTOR])
    actions.decline(by=manager, nomination=nominated[ENDED], reason="Has left the college.")


def peer_tutor(stage: Stage) -> Tale:
    """The whole way, two years ago; looked at once since, and due again for three weeks."""
    yield 830
    draft = review.written(stage, STAFF, "library", "level_2", papers.PEER_TUTOR)
    proposal = review.handed_in(stage, STAFF, draft)
    yield 824
    review.approve(stage, CAREERS, proposal, "skill_review", rated=5)
    yield 822
    review.approve(stage, LIBRARIAN, proposal, "unit_leader")
    yield 806
    review.say(stage, CHAIR, proposal, Verb.APPROVE, "Recorded after the meeting: six in favor.", "mcc")
    yield 800
    review.approve(stage, EXECUTIVE, proposal, "executive")
    yield 790
    producing.made(stage, MANAGER, proposal, symbol="people", tags=("teaching",))
    producing.drawn(stage, DESIGNER, STAFF, proposal, "image_with_communications")
    yield 780
    nomination = actions.nominate(
        by=stage.actor(MANAGER),
        task=producing.task(proposal, "name_qualified_grantors"),
        email=GRANTOR.email,
        name=GRANTOR.name,
        qualification="Coordinated the tutors of the learning center for five years.",
        starts_on=stage.day(780),
    )
    actions.confirm(by=stage.actor(MANAGER), nomination=nomination)
    producing.trained(stage, MANAGER, proposal, {"train_granting_unit": "issuing"}, GRANTOR, stage.day(780))
    actions.plan_evaluation(
        by=stage.actor(MANAGER),
        task=producing.task(proposal, "evaluation_plan"),
        interval_months=12,
        measures="Hours tutored, and what the tutored say a term later.",
        owner=stage.user(STAFF),
        next_due_on=stage.day(385),
    )
    producing.finish(stage, MANAGER, proposal, "train_granting_unit", "name_qualified_grantors")
    yield 772
    producing.activate(stage, MANAGER, proposal)
    yield 392
    plan = EvaluationPlan.objects.select_related("production__proposal__unit", "institution").get(
        production__proposal=proposal
    )
    found = actions.submit_evaluation(
        by=stage.actor(STAFF),
        plan=plan,
        report="Twenty-one earned it, three did not finish. Nine of ten of those who were tutored would come again. The two "
        "observations are the part that tutors name as useful; the log could be shorter.",
        outcome="keep",
    )
    yield 380
    actions.accept_evaluation(by=stage.actor(MANAGER), evaluation=found)


def flash_animation(stage: Stage) -> Tale:
    """Retired: proposed, taught out, over."""
    yield 260
    answers = papers.retirement(
        stage.today,
        last_day=-150,
        stacks="none",
        reason="The tool is gone, and no posting has asked for it for years.",
        plan="Two learners finish with the last version of the tool in the lab.",
    )
    badge = stage.badges["flash-animation"]
    proposal = review.handed_in(
        stage, FACULTY, review.written(stage, FACULTY, "design", "level_1", answers, kind="retire", achievement=badge)
    )
    yield 255
    review.approve(stage, LEADER, proposal, "unit_leader")
    yield 250
    review.approve(stage, EXECUTIVE, proposal, "executive")
    yield 149
    actions.retire_due(stage.institution)


def desktop_publishing(stage: Stage) -> Tale:
    """Taught out: it can be awarded for ten more weeks."""
    yield 52
    answers = papers.retirement(
        stage.today,
        last_day=70,
        stacks="none",
        reason="Its two instructors retire in summer, and print shops no longer ask.",
        plan="Everybody who has begun is assessed by the end of term.",
    )
    badge = stage.badges["desktop-publishing-intro"]
    proposal = review.handed_in(
        stage, FACULTY, review.written(stage, FACULTY, "design", "level_1", answers, kind="retire", achievement=badge)
    )
    yield 46
    review.approve(stage, LEADER, proposal, "unit_leader")
    yield 40
    review.approve(stage, EXECUTIVE, proposal, "executive")


def grantors_change(stage: Stage) -> Tale:
    """Somebody's appointment ends."""
    yield 60
    for grantor in stage.user(ENDED).appointments.select_related("achievement__unit", "membership"):
        awards.end_appointment(by=stage.actor(MANAGER), grantor=grantor, ends_on=stage.day(60))


TALES = (cloud_basics, peer_tutor, flash_animation, desktop_publishing, grantors_change)
