"""A route as an institution defines it: steps in order, the tasks in each, who has them and what they may decide.

The names of the fields are those of the file. A route is data: the order of a committee and of a unit's last word is
written down, never programmed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from insignia.core.errors import Rejected
from insignia.core.words import N_
from insignia.core.workflow.conditions import Condition, Facts
from insignia.core.workflow.plain import from_plain, to_plain
from insignia.core.workflow.verbs import COMMENTED, IMPLIED_BY, Verb

PROPOSER = "proposer"
CHANNEL_APPROVER = "channel_approver"  # whoever approves in the channel that the audience chooses
MIXED = "mixed"  # the audience, where there are several


class Scope(StrEnum):
    """Where the holder of a task's role is looked for."""

    INSTITUTION = "institution"
    PROPOSING_UNIT = "proposing_unit"
    PROPOSING_UNIT_OR_DIVISION = "proposing_unit_or_division"
    PARENT_DIVISION = "parent_division"


class Joining(StrEnum):
    """How many of a step's tasks complete it."""

    ALL = "all"
    ANY = "any"
    AT_LEAST = "n"


@dataclass(frozen=True, slots=True)
class Join:
    """What completes a step of several tasks. An objection is not joined: it acts at once."""

    joining: Joining = Joining.ALL
    n: int = 0  # of AT_LEAST

    def needed(self, tasks: int) -> int:
        """How many of so many tasks have to be done."""
        return {Joining.ALL: tasks, Joining.ANY: 1, Joining.AT_LEAST: self.n}[self.joining]

    def written(self) -> str | int:
        """As in the file: “all”, “any”, or the number."""
        return self.n if self.joining is Joining.AT_LEAST else self.joining.value

    @classmethod
    def read(cls, data: object) -> "Join":
        """The join that `data` writes."""
        if isinstance(data, int) and not isinstance(data, bool):
            return cls(Joining.AT_LEAST, data)
        if data == Joining.ALL or data == Joining.ANY:
            return cls(Joining(str(data)))
        raise Rejected(N_("%(where)s: tasks are joined by “all”, “any” or a number."), code="unknown_join")


class Return(StrEnum):
    """Where a returned proposal comes back."""

    SAME = "same"
    FIRST = "first"
    NAMED = "named"


@dataclass(frozen=True, slots=True)
class ReturnRule:
    """The step at which a returned proposal goes on once it is resubmitted."""

    to: Return = Return.SAME
    step: str = ""  # of NAMED

    def written(self) -> str:
        """As in the file: “same”, “first”, or the step's key."""
        return self.step if self.to is Return.NAMED else self.to.value

    @classmethod
    def read(cls, data: object) -> "ReturnRule":
        """The rule that `data` writes."""
        if not isinstance(data, str):
            raise Rejected(N_("%(where)s: “same”, “first” or a step is wanted here."), code="wrong_kind")
        return cls(Return(data)) if data in (Return.SAME, Return.FIRST) else cls(Return.NAMED, data)


class Mode(StrEnum):
    """How a body comes to its decision."""

    VOTE = "vote"
    CHAIR_RECORDS = "chair_records"
    VOTE_OR_CHAIR = "vote_or_chair"


class Ballots(StrEnum):
    """Whether others see who voted how."""

    OPEN = "open"
    SECRET = "secret"


class TieBreak(StrEnum):
    """What happens when as many are for it as against."""

    CHAIR = "chair"
    FAILS = "fails"


@dataclass(frozen=True, slots=True)
class VotingRule:
    """How a body decides. Whoever is recused counts neither towards the quorum nor in the vote.

    It is carried once at least the share `quorum` of those who may vote took part, and of the votes for or against at
    least the share `threshold`, and more than half, are for it. Abstaining is taking part.
    """

    mode: Mode = Mode.VOTE_OR_CHAIR
    quorum: float = 0.5
    threshold: float = 0.5
    ballots: Ballots = Ballots.OPEN
    tie_break: TieBreak = TieBreak.CHAIR
    chair: str = "committee_chair"
    deputy: str = "committee_deputy"


@dataclass(frozen=True, slots=True)
class Timer:
    """Days after which whoever has a task is reminded, and after which somebody else is told."""

    reminders: tuple[int, ...] = ()
    escalate_after: int = 0  # 0: never
    escalate_to: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """One thing asked of one role, one body or one person."""

    key: str
    role: str
    label: str = ""
    scope: Scope = Scope.INSTITUTION
    body: str = ""
    person: str = ""  # on a custom route a task can go to one person
    decisions: tuple[Verb, ...] = ()
    comments: tuple[Verb, ...] = ()  # decisions that need a comment here, beside those that always do
    criteria: tuple[str, ...] = ()  # of the review form, each rated by whoever approves
    edits: tuple[str, ...] = ()  # fields of the proposal that may be edited meanwhile
    attest: tuple[str, ...] = ()  # what has to be attested by whoever approves
    via: str = ""  # the only door, such as an invitation's signed link
    output: str = ""  # what comes into being once the task is done, such as that link
    timer: Timer | None = None
    rule: VotingRule | None = None

    def allows(self, verb: Verb) -> bool:
        """Whether `verb` is among its decisions."""
        return verb in self.decisions or IMPLIED_BY.get(verb) in self.decisions

    def needs_comment(self, verb: Verb) -> bool:
        """Whether `verb` has to be explained."""
        return verb in COMMENTED or verb in self.comments

    @property
    def is_proposers(self) -> bool:
        """Whether it is the proposer's own: to write and to submit."""
        return Verb.SUBMIT in self.decisions


@dataclass(frozen=True, slots=True)
class Step:
    """Tasks that are open at the same time."""

    key: str
    tasks: tuple[Task, ...]
    label: str = ""
    parallel: Join = Join()
    condition: Condition | None = None  # none: always
    resubmit_to: ReturnRule = ReturnRule()
    agenda: bool = False  # a meeting's matter: its timers wait for the meeting
    skippable: bool = False  # by the office, with a reason
    final: bool = False

    @property
    def is_proposers(self) -> bool:
        """Whether it waits for nobody but the proposer."""
        return all(task.is_proposers for task in self.tasks)


# How requests come in by a channel: by the form of the house, at an address outside, or by either.
BY_FORM, OUTSIDE_OR_FORM, OUTSIDE = "form", "external_link_or_form", "external_link"
CHANNEL_MODES = (BY_FORM, OUTSIDE_OR_FORM, OUTSIDE)


@dataclass(frozen=True, slots=True)
class Channel:
    """The way in for one audience, and who approves there. What is left empty is as another audience of it has it."""

    channel: str
    label: str = ""
    mode: str = ""
    approver: str = ""
    url: str = ""  # where requests are made outside of the house

    @property
    def hands_over(self) -> bool:
        """Whether whoever wants something is shown an address outside."""
        return bool(self.url) and self.mode in (OUTSIDE, OUTSIDE_OR_FORM)

    @property
    def takes_forms(self) -> bool:
        """Whether the form of the house is a way in; else only what staff register comes in."""
        return self.mode != OUTSIDE


@dataclass(frozen=True, slots=True)
class Route:
    """The way of a proposal. What runs under one version ends under it, whatever becomes of the definition."""

    key: str
    steps: tuple[Step, ...]
    version: int = 1
    label: str = ""
    on_approved: tuple[str, ...] = ()
    on_rejected: tuple[str, ...] = ()
    route_by_audience: Mapping[str, Channel] = field(default_factory=dict)
    manager: str = "program_manager"  # the office: keeps runs going, and stands in where a role is vacant
    returned: Timer | None = None  # for a proposer who was asked for changes
    labels: Mapping[str, str] = field(default_factory=dict)  # of criteria and attestations, as people read them

    def channel_for(self, facts: Facts) -> Channel | None:
        """The channel of the proposal's audience, in full; None where the audience has none."""
        audience = facts.get("audience", "")
        if isinstance(audience, tuple):
            audience = audience[0] if len(audience) == 1 else MIXED
        channel = self.route_by_audience.get(str(audience))
        if channel is None:
            return None
        same = [channel, *(other for other in self.route_by_audience.values() if other.channel == channel.channel)]
        parts = ("label", "mode", "approver", "url")
        found = {part: next((told for one in same if (told := getattr(one, part))), "") for part in parts}
        return Channel(channel.channel, **found)

    def to_data(self) -> dict[str, object]:
        """As JSON or TOML can hold it, in the words of the file."""
        data: dict[str, object] = to_plain(self)
        return data

    @classmethod
    def from_data(cls, data: Mapping[str, object]) -> "Route":
        """What `to_data` wrote."""
        route: Route = from_plain(cls, data, where=str(data.get("key", "")))
        return route
