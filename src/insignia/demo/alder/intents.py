"""What people at Alder Ridge have in mind, and how it became proposals: here nobody proposes without an invitation."""

from insignia.demo import review
from insignia.demo.part import Part
from insignia.demo.stage import Stage
from insignia.demo.telling import Tale
from insignia.domain.proposals.intents import actions
from insignia.domain.proposals.intents.models import Intent
from insignia.domain.proposals.writing.models import Proposal

from . import papers
from .people import FACULTY, LECTURER, MANAGER, STAFF


def drones(stage: Stage) -> Tale:
    """With this one the tour begins."""
    yield 1
    _written(stage, FACULTY, "engineering", papers.DRONES)


def noise(stage: Stage) -> Tale:
    """New."""
    yield 2
    _sent(stage, LECTURER, "continuing", papers.NOISE)


def crisis(stage: Stage) -> Tale:
    """In support: talked about, with a file and a next step."""
    yield 18
    intent = _sent(stage, STAFF, "student-life", papers.MENTAL_HEALTH)
    yield 16
    actions.log_contact(
        by=stage.actor(MANAGER),
        intent=intent,
        kind="call",
        audience="shared",
        on=stage.day(16),
        text="Stella will ask the counselors whether they would play the second role. Two role plays are enough if both are "
        "scored by the same form; a draft of a form is attached.",
        file_name="role-play-form.txt",
        file=b"Noticed   Said so   Asked directly   Did not promise secrecy   Went along\n",
    )
    yield 7
    actions.log_contact(
        by=stage.actor(MANAGER), intent=intent, kind="meeting", audience="shared", on=stage.day(7),
        text="The counselors agree. Next: who in Student Life speaks for the division?",
    )  # fmt: skip
    actions.plan_support(
        by=stage.actor(MANAGER),
        intent=intent,
        assignee=stage.user(MANAGER),
        next_action="Send the invitation once Sol has agreed",
        next_action_on=stage.day(-2),
    )


def archives(stage: Stage) -> Tale:
    """Invited; the link ends tomorrow."""
    yield 40
    intent = _sent(stage, STAFF, "student-life", papers.ARCHIVES)
    yield 36
    _talked(stage, intent, 36, "Stella has two clubs that would go first.")
    yield 9
    _invite(stage, intent, "noncredit", days=10)


def bees(stage: Stage) -> Tale:
    """Invited long ago; nobody opened the link."""
    yield 120
    intent = _sent(stage, LECTURER, "continuing", papers.BEEKEEPING)
    yield 115
    _talked(stage, intent, 115, "The roof has to be inspected first.")
    yield 100
    _invite(stage, intent, "noncredit", days=30)


def declined(stage: Stage) -> Tale:
    """Logged from a conversation, and declined."""
    yield 55
    intent = actions.log_intent(
        by=stage.actor(MANAGER),
        unit=stage.units["student-life"],
        title="Parking with care",
        contact_name="Vic Visitor",
        contact_email="vic.visitor@alder-ridge.example",
        note="Said after a talk: could one not give a badge for it?",
        received_on=stage.day(56),
        channel=Intent.Channel.TALK,
    )
    yield 54
    actions.decline(by=stage.actor(MANAGER), intent=intent, reason="Nothing is learned that could be assessed.")


def invited(stage: Stage, by: Part, unit: str, answers: papers.Answers, level: str, text: str) -> Proposal:
    """From an intent to the proposal that its link opens, all on one day of long ago."""
    intent = _sent(stage, by, unit, answers)
    _talked(stage, intent, 0, text)
    _invite(stage, intent, level, days=30)
    invitation = intent.invitations.order_by("-pk").first()
    if invitation is None:
        raise LookupError(f"{intent} has no invitation.")
    return actions.open_invitation(by=stage.actor(by), invitation=invitation)


def intent_for(answers: papers.Answers, contact: Part, unit: str, idea: str) -> papers.Answers:
    """The few sentences that came before a proposal."""
    return {
        "contact": [contact.card],
        "unit": unit,
        "leader_informed": True,
        "title": answers["title"],
        "idea": idea,
        "type": answers["type"],
        "audience": answers["audience"],
        "exists": "new",
    }


def open_data(stage: Stage) -> Tale:
    """Written in full; its author has only to hand it in."""
    yield 24
    before = intent_for(
        papers.OPEN_DATA, FACULTY, "College of Engineering", "Students look after one public data set for a term."
    )
    draft = invited(stage, FACULTY, "engineering", before, "credit", "For credit: the Registrar has been told.")
    yield 3
    review.answered(stage, FACULTY, draft, papers.OPEN_DATA)


def _written(stage: Stage, by: Part, unit: str, answers: papers.Answers) -> Intent:
    intent = actions.begin_intent(by=stage.actor(by), unit=stage.units[unit])
    return actions.write_intent(by=stage.actor(by), intent=intent, sent=answers)


def _sent(stage: Stage, by: Part, unit: str, answers: papers.Answers) -> Intent:
    return actions.submit_intent(by=stage.actor(by), intent=_written(stage, by, unit, answers))


def _talked(stage: Stage, intent: Intent, days: int, text: str) -> None:
    on = stage.day(days) if days else intent.received_on or stage.today
    actions.log_contact(by=stage.actor(MANAGER), intent=intent, kind="call", audience="shared", on=on, text=text)


def _invite(stage: Stage, intent: Intent, level: str, *, days: int) -> None:
    actions.set_level(by=stage.actor(MANAGER), intent=intent, level=stage.level(level))
    actions.invite(by=stage.actor(MANAGER), intent=intent, days=days)


TALES = (drones, noise, crisis, archives, bees, declined, open_data)
