"""Both walks, taken to their ends by the people whom their steps name, through the acts that the pages carry out."""

import contextlib
from datetime import timedelta

import pytest

from insignia.core.workflow.route import Verb
from insignia.demo import producing, review
from insignia.demo.alder import people as alder
from insignia.demo.pinecrest import people as pinecrest
from insignia.demo.stage import Stage
from insignia.demo.tour import alder as alder_walk
from insignia.demo.tour import pinecrest as pinecrest_walk
from insignia.domain.awards import actions as awards
from insignia.domain.awards.issuance import Assessed
from insignia.domain.awards.models import Award
from insignia.domain.awards.rules import Claim, EvidenceItem
from insignia.domain.ground import clock, tenancy
from insignia.domain.institutions import queries as institutions
from insignia.domain.journal import delivery
from insignia.domain.proposals.bodies import queries as bodies
from insignia.domain.proposals.intents import actions as intents
from insignia.domain.proposals.intents.models import Intent
from insignia.domain.proposals.meetings import actions as meetings
from insignia.domain.proposals.meetings import queries as meeting_queries
from insignia.domain.proposals.production import actions as production
from insignia.domain.proposals.workflow import queries as workflow
from insignia.domain.proposals.writing import queries as writing
from insignia.domain.proposals.writing.models import Proposal

pytestmark = pytest.mark.usefixtures("demonstration")


@contextlib.contextmanager
def at(slug):
    """A university as it stands today."""
    institution = institutions.by_slug(slug)
    with tenancy.of(institution):
        yield Stage(
            institution, clock.today_in(institution.zone), units={unit.code: unit for unit in institutions.units()}
        )


def the_proposal(title):
    return writing.proposal(Proposal.objects.get(title=title).public_id)


def worked():
    """What news owes, and what waits for the time in which awards can be undone."""
    delivery.drain_loudly()
    with clock.frozen(clock.now() + timedelta(minutes=20)):
        delivery.drain_loudly()


def ticks(walk):
    return {str(step.title): step.done for step in walk.steps() if step.done is not None}


def test_a_proposal_of_pinecrest_becomes_a_badge_that_rowan_accepts():
    with at("pinecrest") as stage:
        proposal = review.handed_in(stage, pinecrest.FACULTY, the_proposal(pinecrest_walk.TITLE))
        review.approve(stage, pinecrest.CAREERS, proposal, "skill_review")
        review.approve(stage, pinecrest.LEADER, proposal, "unit_leader")
        worked()
        meeting = meeting_queries.next_of([bodies.body("MCC")]).popitem()[1]
        present = [stage.user(part).public_id for part in pinecrest.COMMITTEE[:3]]
        chair = stage.actor(pinecrest.CHAIR)
        meetings.open_meeting(by=chair, meeting=meeting, present=present)
        (item,) = [
            i for i in meeting_queries.items(meeting_queries.meeting(meeting.public_id)) if i.proposal == proposal
        ]
        revision = workflow.run_of(proposal).revision
        meetings.take_record(by=chair, item=item, verb=Verb.APPROVE, revision=revision, comment="Clear.")
        review.approve(stage, pinecrest.EXECUTIVE, proposal, "executive")
        worked()
        _produced(stage, proposal)
        achievement = producing.production_of(proposal).achievement
        given = awards.grant_award(
            by=stage.actor(pinecrest.GRANTOR),
            achievement=achievement,
            earner=awards.Earner(pinecrest.ROWAN.email, pinecrest.ROWAN.name),
            claim=Claim(stage.today, evidence=(EvidenceItem(name="Page", url="https://work.pinecrest.example/1"),)),
        )
        worked()
        given = Award.objects.select_related("recipient", "achievement__institution").get(pk=given.pk)
        awards.accept(by=stage.actor(pinecrest.ROWAN), awards=[given])
        assert set(ticks(pinecrest_walk).values()) == {True}


def _produced(stage, proposal):
    manager, issuer = stage.actor(pinecrest.MANAGER), stage.actor(pinecrest.UNIT_ISSUER)
    production.create_credential(by=manager, production=producing.production_of(proposal))
    producing.drawn(stage, pinecrest.DESIGNER, pinecrest.FACULTY, proposal, "image_with_communications")
    nomination = production.nominate(
        by=issuer,
        task=producing.task(proposal, "name_qualified_grantors"),
        email=pinecrest.GRANTOR.email,
        name=pinecrest.GRANTOR.name,
        qualification="Teaches the workshop.",
        starts_on=stage.today,
    )
    production.plan_evaluation(
        by=issuer,
        task=producing.task(proposal, "evaluation_plan"),
        interval_months=36,
        measures="What readers say.",
        owner=stage.user(pinecrest.UNIT_ISSUER),
        next_due_on=stage.day(-900),
    )
    production.confirm(by=manager, nomination=nomination)
    producing.trained(
        stage, pinecrest.MANAGER, proposal, {"train_granting_unit": "issuing"}, pinecrest.GRANTOR, stage.today
    )
    producing.finish(stage, pinecrest.MANAGER, proposal, "train_granting_unit", "name_qualified_grantors")
    production.move(by=manager, task=producing.task(proposal, "evaluation_plan"), verb="approve")
    producing.activate(stage, pinecrest.MANAGER, proposal)


def test_an_intent_of_alder_ridge_becomes_an_invitation_that_is_opened():
    with at("alder-ridge") as stage:
        intent = Intent.objects.get(title=alder_walk.IDEA)
        intents.submit_intent(by=stage.actor(alder.FACULTY), intent=intent)
        kim = stage.actor(alder.MANAGER)
        intents.log_contact(by=kim, intent=intent, kind="call", text="We talked.", on=stage.today)
        intents.set_level(by=kim, intent=intent, level=stage.level("noncredit"))
        invitation = intents.invite(by=kim, intent=intent)
        begun = intents.open_invitation(by=stage.actor(alder.FACULTY), invitation=invitation)
        assert begun.title == alder_walk.IDEA
        ticked = ticks(alder_walk)
        assert [ticked[title] for title in ("Get in touch", "Invite", "Open the link")] == [True] * 3


def test_a_proposal_of_alder_ridge_becomes_badges_that_the_registrar_issues():
    with at("alder-ridge") as stage:
        proposal = review.handed_in(stage, alder.FACULTY, the_proposal(alder_walk.TITLE))
        asked = "Who answers reports in summer?"
        proposal = review.say(stage, alder.CHAIR, proposal, Verb.REQUEST_CHANGES, asked, "mac")
        mended = review.answered(stage, alder.FACULTY, proposal, {"meaning": "The department answers all year."})
        proposal = review.handed_in(stage, alder.FACULTY, mended)
        review.say(stage, alder.CHAIR, proposal, Verb.APPROVE, task="mac")
        review.approve(stage, alder.DIVISION, proposal, "unit_final")
        worked()
        _made(stage, proposal)
        achievement = producing.production_of(proposal).achievement
        request = awards.upload_request(
            by=stage.actor(alder.ISSUER_2),
            achievement=achievement,
            data=alder.example(stage.today).encode(),
            filename="learners.csv",
            assessed=Assessed("The instructor", "In the course", stage.today),
        )
        assert (
            awards.send_request(by=stage.actor(alder.ISSUER_2), request=request, attested=awards.ATTESTATION_TEXT) == 11
        )
        awards.issue_valid(by=stage.actor(alder.REGISTRAR), request=request)
        worked()
        award = Award.objects.filter(achievement=achievement).select_related("recipient").first()
        earner = awards.claim_with_new_account(link=awards.make_claim_link(award.recipient), name=award.recipient.name)
        award.recipient.refresh_from_db()
        awards.accept(by=institutions.actor_for(earner, stage.institution, door="page"), awards=[award])
        undone = {title for title, done in ticks(alder_walk).items() if not done}
        assert undone == {"Say what you have in mind", "Get in touch", "Invite", "Open the link"}


def _made(stage, proposal):
    kim = stage.actor(alder.MANAGER)
    production.create_credential(by=kim, production=producing.production_of(proposal))
    production.write_issuing_plan(
        by=kim,
        task=producing.task(proposal, "develop_issuing_process"),
        assessors="The instructor",
        method="A rubric",
        evidence="The data set",
        cadence="After each term",
        contact=alder.ISSUER_2.email,
    )
    trainings = {"train_issuing": "issuing", "train_analytics": "analytics"}
    producing.trained(stage, alder.MANAGER, proposal, trainings, alder.ISSUER_2, stage.today)
    producing.finish(stage, alder.MANAGER, proposal, *trainings)
    producing.activate(stage, alder.MANAGER, proposal)
