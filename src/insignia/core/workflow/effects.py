"""What follows from a decision, as data: the domain makes rows, events and mails of it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from insignia.core.workflow.conditions import Condition
from insignia.core.workflow.definition import Scope, Step
from insignia.core.workflow.state import Notice
from insignia.core.workflow.verbs import State, Verb


@dataclass(frozen=True, slots=True)
class TaskOpened:
    """Somebody is asked. A body has to be convened before it can decide."""

    task: str
    step: str
    role: str
    scope: Scope
    body: str = ""
    person: str = ""


class Closing(StrEnum):
    """Why a task is no longer open."""

    DONE = "done"
    SUPERSEDED = "superseded"  # it was settled without it


@dataclass(frozen=True, slots=True)
class TaskClosed:
    """Somebody need not act any more."""

    task: str
    step: str
    why: Closing


@dataclass(frozen=True, slots=True)
class StepSkipped:
    """A step was passed over: its condition did not hold, or the office gave a reason."""

    step: str
    condition: Condition | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class StateChanged:
    """The whole run is somewhere else."""

    source: State
    target: State


@dataclass(frozen=True, slots=True)
class ReturnedToProposer:
    """The proposer is asked for something, in all these comments; what is resubmitted goes on at `resubmit_to`."""

    step: str
    verb: Verb
    comments: tuple[str, ...]
    resubmit_to: str
    recommended: str = ""


@dataclass(frozen=True, slots=True)
class Produced:
    """A task left something behind, such as the link that lets the proposer in."""

    task: str
    output: str


@dataclass(frozen=True, slots=True)
class VoteCounted:
    """A body has voted. No outcome: it is a tie, and whoever presides decides."""

    task: str
    counts: tuple[tuple[str, int], ...]  # vote, how many
    outcome: Verb | None


@dataclass(frozen=True, slots=True)
class Recused:
    """These persons are out of the run; whoever asks them has to ask somebody else."""

    persons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CancelRequested:
    """The office has to say whether the run is cancelled."""

    role: str
    by: str


@dataclass(frozen=True, slots=True)
class CancelRefused:
    """The run goes on."""

    by: str


@dataclass(frozen=True, slots=True)
class DetourRequested:
    """The office has to say whether this step joins the way."""

    role: str
    step: Step
    by: str


@dataclass(frozen=True, slots=True)
class DetourRefused:
    """The way stays as it was."""

    step: Step


@dataclass(frozen=True, slots=True)
class DetourTaken:
    """A step joined the way."""

    step: Step


@dataclass(frozen=True, slots=True)
class Ended:
    """The run is over, and `then` is what the route wants to follow."""

    state: State
    then: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReminderDue:
    """Whoever has the task is reminded of it."""

    task: str
    role: str
    notice: Notice


@dataclass(frozen=True, slots=True)
class EscalationDue:
    """`notice.escalate_to` is told that the task waits for `role`. It stays where it is."""

    task: str
    role: str
    notice: Notice


Effect: TypeAlias = (
    TaskOpened
    | TaskClosed
    | StepSkipped
    | StateChanged
    | ReturnedToProposer
    | Produced
    | VoteCounted
    | Recused
    | CancelRequested
    | CancelRefused
    | DetourRequested
    | DetourRefused
    | DetourTaken
    | Ended
    | ReminderDue
    | EscalationDue
)
