"""A story in which every kind of mail about governance is owed once, for tests of mails."""

from collections.abc import Callable
from datetime import timedelta

from insignia.core.workflow.route import Decision, Verb
from insignia.domain.access.actor import SYSTEM
from insignia.domain.ground import clock
from insignia.domain.institutions import actions as institutions
from insignia.domain.institutions.models import TaxonomyLevel
from insignia.domain.notifications import actions as notifications
from insignia.domain.proposals.intents import actions as intents
from insignia.domain.proposals.workflow import actions as workflow
from insignia.domain.proposals.workflow.models import Run
from insignia.domain.proposals.writing import actions as writing
from insignia.domain.proposals.writing.models import Consultation
from tests.support import builders
from tests.support.governance import Cast, a_colleague, a_proposal, again, decided, ksu_cast, submitted


def tell_the_story(take: Callable[[], None]) -> None:
    """`take` is called wherever mails were owed that will not be true later."""
    cast = ksu_cast()
    _intents(cast, take)
    _writing(cast, take)
    _reviewing(cast, take)


def _intents(cast: Cast, take: Callable[[], None]) -> None:
    office = cast.actor("program_manager")
    intent = intents.begin_intent(by=cast.actor("proposer"), unit=cast.unit)
    intents.write_intent(by=cast.actor("proposer"), intent=intent, sent={}, title="Event Planning", note="Events.")
    intents.submit_intent(by=cast.actor("proposer"), intent=intent)
    take()
    intents.decline(by=office, intent=intent, reason="There is one like it.")
    take()
    institutions.set_policies(by=SYSTEM, institution=builders.here(), policies={"proposal_by_invitation": True})
    logged = intents.log_intent(
        by=office,
        unit=cast.unit,
        title="Lab Safety",
        contact_name="Outside Olli",
        contact_email="olli@partners.example",
        level=TaxonomyLevel.objects.get(key="level_1"),
    )
    intents.invite(by=office, intent=logged)
    take()
    institutions.set_policies(by=SYSTEM, institution=builders.here(), policies={"proposal_by_invitation": False})


def _writing(cast: Cast, take: Callable[[], None]) -> None:
    by, draft = cast.actor("proposer"), a_proposal(cast, title="Grant Writing")
    writing.add_participant(by=by, proposal=draft, user=a_colleague("faculty"))
    consultation = writing.ask_consultation(by=by, proposal=draft, question="Which framework?")
    take()
    writing.answer_consultation(
        by=cast.actor("skill_reviewer"), consultation=consultation, outcome="The first one fits."
    )
    assert Consultation.objects.get().outcome
    writing.remark(by=cast.actor("program_manager"), proposal=draft, text="A good beginning.")
    take()


def _reviewing(cast: Cast, take: Callable[[], None]) -> None:
    start = clock.now()
    proposal = submitted(cast, title="Data Storytelling")
    workflow.watch(by=cast.actor("program_manager"), proposal=proposal)
    user, other = cast["skill_reviewer"], a_colleague("staff")
    today = clock.today_in(builders.here().zone)
    workflow.delegate(
        by=SYSTEM,
        institution=builders.here(),
        user=user,
        to=other,
        starts_on=today,
        ends_on=today,
    )
    take()
    with clock.frozen(start + timedelta(days=16)):
        assert workflow.tick(builders.here())
        take()
    with clock.frozen(start + timedelta(days=17)):
        proposal = decided(
            cast, "unit_leader", proposal, Verb.REQUEST_CHANGES, task="unit_leader", comment="Name the evidence."
        )
        take()
        workflow.decide(
            by=cast.actor("proposer"),
            proposal=proposal,
            decision=Decision(Verb.WITHDRAW),
            revision=Run.objects.get(proposal=proposal).revision,
        )
        assert again(proposal).state == "withdrawn"
        take()
    with clock.frozen(start + timedelta(days=18, hours=12)):
        notifications.tell_digests(builders.here())
        take()
