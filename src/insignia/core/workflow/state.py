"""Where one proposal is on its route: a value that a decision replaces by a new one, and every decision that led there."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from insignia.core.workflow.conditions import Fact
from insignia.core.workflow.definition import Step
from insignia.core.workflow.plain import from_plain, to_plain
from insignia.core.workflow.verbs import ENDS, State, Verb


class Vote(StrEnum):
    """What a member of a body can vote."""

    APPROVE = "approve"
    REQUEST_CHANGES = "request_changes"
    REJECT = "reject"
    ABSTAIN = "abstain"


class Then(StrEnum):
    """Where a custom route leads once it is done."""

    RETURN_HERE = "return_here"
    ADVANCE = "advance"


@dataclass(frozen=True, slots=True)
class Decider:
    """Who decides: the person, and the roles that this person was found to hold for this run, delegated ones included.

    Whoever had a hand in the proposal holds the role `proposer`, whatever else.
    """

    person: str
    roles: frozenset[str] = frozenset()
    stands_for: str = ""  # whoever delegated, or whose alternate this is
    via: str = ""  # the door, where it was a special one

    @property
    def seat(self) -> str:
        """Whose voice it is: one voice, whoever raises it."""
        return self.stands_for or self.person


@dataclass(frozen=True, slots=True)
class Rating:
    """One line of a review form."""

    criterion: str
    value: int
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Roll:
    """Who sits on a body when it turns to a proposal, who presides, and whose interests conflict."""

    members: tuple[str, ...]
    chair: str = ""
    deputy: str = ""
    conflicted: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Notice:
    """A reminder or an escalation that was due so many days after a task was opened."""

    task: str  # nothing: the proposer's, who was asked for changes
    days: int
    escalate_to: str = ""  # nothing: a reminder


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody decided, with all that goes with it."""

    verb: Verb
    comment: str = ""
    ratings: tuple[Rating, ...] = ()
    attestations: frozenset[str] = frozenset()
    signature: str = ""
    recommended: str = ""  # of RECOMMEND_TYPE
    step: Step | None = None  # of CUSTOM_ROUTE
    then: Then = Then.RETURN_HERE  # of CUSTOM_ROUTE
    roll: Roll | None = None  # of CONVENE
    vote: Vote | None = None  # of VOTE
    notices: tuple[Notice, ...] = ()  # of TELL


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a run's journal: enough to take the decision again."""

    decision: Decision
    by: Decider
    at: datetime
    revision: int  # of the run once it was decided
    task: str = ""
    step: str = ""  # the run's at that moment
    facts: Mapping[str, Fact] | None = None  # where they changed

    @property
    def verb(self) -> Verb:
        """What was decided, in one word."""
        return self.decision.verb


@dataclass(frozen=True, slots=True)
class CastVote:
    """The voice of one seat."""

    seat: str
    vote: Vote
    comment: str = ""


class BallotState(StrEnum):
    """Whether votes can be cast."""

    OPEN = "open"
    TIED = "tied"  # whoever presides has to decide


@dataclass(frozen=True, slots=True)
class Ballot:
    """The votes of a convened body so far."""

    roll: Roll
    votes: tuple[CastVote, ...] = ()
    state: BallotState = BallotState.OPEN


@dataclass(frozen=True, slots=True)
class TaskRun:
    """A task of the step at which a run is."""

    task: str
    role: str
    opened_at: datetime
    opened_in: int  # the revision that opened it
    done: Verb | None = None  # by what it was done
    ballot: Ballot | None = None
    told: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class Detour:
    """A step that joined the way for this run only: before `anchor` where it returns there, else after."""

    step: Step
    anchor: str
    then: Then


@dataclass(frozen=True, slots=True)
class Returned:
    """What the proposer was asked for, by which step."""

    step: str
    at: datetime
    told: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class Passed:
    """A task that was done in favour: what a badge can say of its approval, without naming a person."""

    task: str
    step: str
    role: str
    verb: Verb
    at: datetime
    round: int


@dataclass(frozen=True, slots=True)
class Run:
    """A proposal's way so far, under one version of its route."""

    route: str
    route_version: int
    started_at: datetime
    revision: int = 0
    state: State = State.DRAFT
    round: int = 1  # one more with each resubmission
    step: str = ""
    tasks: tuple[TaskRun, ...] = ()  # of that step
    facts: Mapping[str, Fact] = field(default_factory=dict)
    history: tuple[Entry, ...] = ()
    passed: tuple[Passed, ...] = ()
    detours: tuple[Detour, ...] = ()
    recused: tuple[str, ...] = ()  # out of the whole run
    returned: Returned | None = None
    held_task: str = ""
    resumes_as: State | None = None  # while suspended
    cancel_requested_by: str = ""
    detour_requested: Detour | None = None
    pauses: tuple[tuple[datetime, ...], ...] = ()  # from and, once over, until

    @property
    def is_over(self) -> bool:
        """Whether nothing more is to be decided."""
        return self.state in ENDS

    @property
    def open_tasks(self) -> tuple[TaskRun, ...]:
        """The tasks that still wait."""
        return tuple(task for task in self.tasks if task.done is None)

    def task(self, key: str) -> TaskRun | None:
        """The open task with this key, if there is one."""
        return next((task for task in self.open_tasks if task.task == key), None)

    def with_task(self, changed: TaskRun) -> "Run":
        """The run with one of its tasks replaced."""
        tasks = tuple(changed if task.task == changed.task else task for task in self.tasks)
        return replace(self, tasks=tasks)

    def to_data(self) -> dict[str, Any]:
        """As JSON can hold it."""
        data: dict[str, Any] = to_plain(self)
        return data

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Run":
        """What `to_data` wrote."""
        run: Run = from_plain(cls, data, where=str(data.get("route", "")))
        return run
