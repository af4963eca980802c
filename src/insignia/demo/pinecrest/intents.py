"""What people at Pinecrest have in mind before it is a proposal."""

from insignia.demo.stage import Stage
from insignia.demo.telling import Tale
from insignia.domain.proposals.intents import actions
from insignia.domain.proposals.intents.models import Intent

from .people import FACULTY, MANAGER, STAFF


def overlooked(stage: Stage) -> Tale:
    """Logged from a mail twelve days ago; nobody has been in touch, and the list says so."""
    yield 12
    actions.log_intent(
        by=stage.actor(MANAGER),
        unit=stage.units["careers"],
        title="Salary negotiation for first jobs",
        contact_name="Theo Thought",
        contact_email="theo.thought@pinecrest.example",
        note="Wrote to the office: two workshops a term, always full. What would it take to give a badge for it?",
        received_on=stage.day(12),
    )


def in_support(stage: Stage) -> Tale:
    """Talked about twice, with a next step."""
    yield 19
    intent = _sent(
        stage, "Reading a research paper", "Students of all colleges have to, and nobody teaches it.", "library"
    )
    yield 17
    actions.log_contact(
        by=stage.actor(MANAGER), intent=intent, kind="call", audience="shared", on=stage.day(17),
        text="Stan sees Level I. We looked at “Data Storytelling Intro” together: evidence of the same size would do.",
    )  # fmt: skip
    actions.log_contact(
        by=stage.actor(MANAGER), intent=intent, kind="note", audience="office", on=stage.day(17),
        text="Ask the writing center whether they would rather do this together.",
    )  # fmt: skip
    yield 6
    actions.plan_support(
        by=stage.actor(MANAGER),
        intent=intent,
        assignee=stage.user(MANAGER),
        next_action="Talk to the writing center",
        next_action_on=stage.day(-3),
    )


def declined(stage: Stage) -> Tale:
    """Said no to, with a reason."""
    yield 75
    intent = _sent(stage, "Juggling", "We have a club of thirty.", "engagement")
    yield 73
    actions.decline(
        by=stage.actor(MANAGER),
        intent=intent,
        reason="For taking part there are souvenirs: the club can ask for one, without a committee.",
    )


def withdrawn(stage: Stage) -> Tale:
    """Given up."""
    yield 60
    intent = _sent(stage, "Slide design", "A short course on slides.", "library")
    yield 52
    actions.withdraw(by=stage.actor(STAFF), intent=intent)


def in_the_drawer(stage: Stage) -> Tale:
    """Begun and not sent."""
    yield 5
    intent = actions.begin_intent(by=stage.actor(FACULTY), unit=stage.units["computing"])
    actions.write_intent(
        by=stage.actor(FACULTY),
        intent=intent,
        sent={},
        title="Explaining code in review",
        note="Ask Gus whether he sees it too.",
    )


def _sent(stage: Stage, title: str, note: str, unit: str) -> Intent:
    by = stage.actor(STAFF)
    intent = actions.begin_intent(by=by, unit=stage.units[unit], level=stage.level("level_1"))
    actions.write_intent(by=by, intent=intent, sent={}, title=title, note=note)
    return actions.submit_intent(by=by, intent=intent)


TALES = (overlooked, in_support, declined, withdrawn, in_the_drawer)
