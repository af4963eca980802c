"""How a proposal stands, in the words and shapes of its pages."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from insignia.core.questions.answers import missing
from insignia.domain.proposals.workflow import facts
from insignia.domain.proposals.workflow import queries as workflow
from insignia.domain.proposals.workflow.keeping import label_of
from insignia.domain.proposals.writing.rules import EDITABLE

TONES = {
    "in_review": "going",
    "changes_requested": "wait",
    "on_hold": "wait",
    "suspended": "wait",
    "approved": "good",
    "rejected": "bad",
    "declined": "bad",
    "cancelled": "bad",
    "withdrawn": "bad",
}


def tone(proposal: Any) -> str:
    """The shape of its state."""
    return TONES.get(proposal.state, "")


def is_editable(proposal: Any) -> bool:
    """Whether those who write it may change it now."""
    return proposal.state in EDITABLE


@dataclass(frozen=True, slots=True)
class Place:
    """Where it is, and who has it."""

    label: str
    people: tuple[str, ...] = ()
    since: Any = None


def places_of(items: Iterable[Any], names: Any) -> list[Place]:
    """What it waits for: each task once, with the people who are asked."""
    return [
        Place(
            item.row.label or item.row.step,
            tuple(names.get(named.person, "") for named in item.askees.named if names.get(named.person)),
            item.opened_at,
        )
        for item in items
    ]


def next_of(proposal: Any) -> str:
    """What those who write it can do next."""
    if proposal.state == "draft":
        lacking = len(missing(proposal.form.form, proposal.answers))
        if lacking:
            return ngettext(
                "Write on: %(number)s thing is missing.", "Write on: %(number)s things are missing.", lacking
            ) % {"number": lacking}
        return _("Check it and submit it.")
    if proposal.state == "changes_requested":
        return _("Answer what was asked for, then hand it in again.")
    return {
        "approved": _("Nothing: the programme office makes the badge."),
        "in_review": _("Nothing for now; you are told when somebody decides."),
        "on_hold": _("Nothing for now: it waits until it is taken up again."),
        "suspended": _("Nothing for now: the programme office has suspended it."),
    }.get(proposal.state, _("Nothing more. It can be read, and cloned."))


@dataclass(frozen=True, slots=True)
class Ahead:
    """A step that is still to come: what it is called, and who looks at it."""

    name: str
    note: str
    state: str = "todo"


def steps_ahead(proposal: Any) -> list[Ahead]:
    """What happens after it is handed in: the steps of its route that apply to what is answered now."""
    route = workflow.route_for(proposal).route
    known = facts.facts_for(proposal)
    channel = route.channel_for(known)
    found = []
    for step in route.steps:
        if step.is_proposers or (step.condition and not step.condition.holds(known)):
            continue
        tasks = [task.label for task in step.tasks if task.label]
        note = _(" and ").join(tasks) if len(tasks) > 1 else ""
        if not note and channel and step.final:
            note = channel.label
        found.append(Ahead(step.label or label_of(step), note))
    return found
