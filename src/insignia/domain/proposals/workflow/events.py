"""News of proposals on their routes."""

from dataclasses import dataclass
from typing import ClassVar

from insignia.domain.journal.events import Event


@dataclass(frozen=True, slots=True)
class RouteChanged(Event):
    """A route was written anew: what is handed in from now on takes it."""

    name: ClassVar[str] = "workflow.route_changed"
    route: str
    number: int


@dataclass(frozen=True, slots=True)
class ProposalMoved(Event):
    """Somebody decided on a proposal. `opened` are the tasks that wait since, by their public ids."""

    name: ClassVar[str] = "workflow.proposal_moved"
    proposal: str
    verb: str
    task: str
    state: str
    revision: int
    opened: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TaskReminded(Event):
    """Somebody has been asked for so many days."""

    name: ClassVar[str] = "workflow.task_reminded"
    proposal: str
    task: str
    days: int


@dataclass(frozen=True, slots=True)
class TaskEscalated(Event):
    """Something has waited so long that whoever holds `to` hears of it."""

    name: ClassVar[str] = "workflow.task_escalated"
    proposal: str
    task: str
    days: int
    to: str


@dataclass(frozen=True, slots=True)
class DelegationGiven(Event):
    """Somebody acts in another's place for a time."""

    name: ClassVar[str] = "workflow.delegation_given"
    delegation: str


@dataclass(frozen=True, slots=True)
class DelegationEnded(Event):
    """And no longer does."""

    name: ClassVar[str] = "workflow.delegation_ended"
    delegation: str
