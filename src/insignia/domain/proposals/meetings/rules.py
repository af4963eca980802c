"""The lives of meetings and of what is on their agendas, and what a body's decision came to: plain values."""

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from insignia.core.words import N_
from insignia.core.workflow import route as engine
from insignia.core.workflow.state import Entry
from insignia.core.workflow.transitions import Lifecycle, Transition
from insignia.core.workflow.verbs import APPROVING, RETURNING
from insignia.core.workflow.voting import cast

# Facts that a transition may wait for, as a refusal says them.
IN_SESSION = N_("the meeting is in session")
ATTENDED = N_("somebody is present")
SETTLED = N_("the body has decided")

MEETING = Lifecycle(
    "planned",
    (
        Transition("move", "planned", "planned"),
        Transition("open", "planned", "open", frozenset({ATTENDED})),
        Transition("close", "open", "closed"),
        Transition("cancel", "planned", "cancelled"),
    ),
)

# A matter is unscheduled as long as it has no item. Votes may be cast before a meeting; then it finds the matter settled.
ITEM = Lifecycle(
    "on_agenda",
    (
        Transition("discuss", "on_agenda", "discussed", frozenset({IN_SESSION})),
        Transition("count", "on_agenda", "voted", frozenset({SETTLED})),
        Transition("count", "discussed", "voted", frozenset({SETTLED})),
        Transition("record", "on_agenda", "recorded", frozenset({SETTLED})),
        Transition("record", "discussed", "recorded", frozenset({SETTLED})),
        Transition("record", "voted", "recorded"),
        Transition("table", "on_agenda", "tabled"),
        Transition("table", "discussed", "tabled"),
        Transition("drop", "on_agenda", "dropped"),
        Transition("drop", "discussed", "dropped"),
    ),
)
LIVE = frozenset({"on_agenda", "discussed"})

# What can become of an item that is no proposal.
ACCEPTED, NOTED, AGREED, DECLINED = "accepted", "noted", "agreed", "declined"
FREE_OUTCOMES = (AGREED, NOTED, DECLINED)
MINUTES_OUTCOMES = (ACCEPTED, DECLINED)

# What ends a body's matter without the body.
ELSEWHERE = frozenset({"withdraw", "approve_cancel", "skip", "custom_route", "approve_custom_route", "moved"})


@dataclass(frozen=True, slots=True)
class Quorum:
    """How many of a body are there, and how many have to be."""

    present: int
    seats: int
    needed: int

    @property
    def is_reached(self) -> bool:
        """Whether enough are there."""
        return self.present >= self.needed


def quorum(share: float, seats: Collection[Collection[str]], present: Collection[str], out: Collection[str]) -> Quorum:
    """The quorum of those who may take part. A seat is a voice: of the member, or of the alternate in the member's place."""
    voices = [{*people} for people in seats if people and next(iter(people)) not in out]
    there = sum(1 for people in voices if people & {*present} - {*out})
    return Quorum(there, len(voices), max(1, math.ceil(share * len(voices) - 1e-9)))


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a matter before a body."""

    outcome: str
    at: datetime
    by_vote: bool = False
    decided_by: str = ""
    reason: str = ""
    counts: tuple[tuple[str, int], ...] = ()
    votes: tuple[tuple[str, str], ...] = ()  # who voted how, unless the ballot was secret
    recused: tuple[str, ...] = ()

    @property
    def is_the_bodys(self) -> bool:
        """Whether the body decided, and not somebody before it could."""
        return self.outcome not in ELSEWHERE

    @property
    def as_row(self) -> dict[str, Any]:
        """As an agenda item keeps it."""
        return {
            "outcome": self.outcome,
            "reason": self.reason,
            "counts": dict(self.counts),
            "votes": [list(vote) for vote in self.votes],
            "recused": list(self.recused),
            "decided_by": self.decided_by[:26],
            "decided_at": self.at,
        }


def result_of(route: engine.Route, run: engine.Run, task: str, opened_in: int) -> Result | None:
    """What became of the task that revision `opened_in` opened; None while it is open."""
    if _is_open(run, task, opened_in):
        return None
    history = run.history
    opened = next(n for n, entry in enumerate(history) if entry.revision >= opened_in)
    # Once closed it stays closed: the decision that closed it is found by halving.
    tries = range(opened + 1, len(history) + 1)
    closed = tries[
        bisect_left(tries, True, key=lambda n: not _is_open(engine.replay(route, history[:n]), task, opened_in))
    ]
    before, after = engine.replay(route, history[: closed - 1]), engine.replay(route, history[:closed])
    return _told(route, before, after, history[closed - 1], task)


def _is_open(run: engine.Run, task: str, opened_in: int) -> bool:
    standing = run.task(task)
    return standing is not None and standing.opened_in == opened_in


def _told(route: engine.Route, before: engine.Run, after: engine.Run, entry: Entry, task: str) -> Result:
    standing = before.task(task)
    ballot = standing.ballot if standing else None
    rule = engine.task_now(route, before, task).rule
    verb, own = entry.verb, entry.task == task
    by_vote = own and verb in (engine.Verb.VOTE, engine.Verb.CLOSE_VOTE, engine.Verb.RECUSE)
    outcome = _outcome(before, after, entry, task)
    if ballot is None or rule is None:
        return Result(outcome, entry.at, by_vote, "" if by_vote else entry.by.seat, entry.decision.comment)
    if own and verb is engine.Verb.VOTE and entry.decision.vote:
        ballot = cast(ballot, engine.CastVote(entry.by.seat, entry.decision.vote))
    standing_votes = [vote for vote in ballot.votes if vote.seat not in after.recused]
    return Result(
        outcome,
        entry.at,
        by_vote,
        "" if by_vote else entry.by.seat,
        # Why a member votes as they do stays with the ballot, which may be secret.
        "" if by_vote else entry.decision.comment,
        tuple(sorted(Counter(vote.vote.value for vote in standing_votes).items())),
        tuple((vote.seat, vote.vote.value) for vote in engine.shown(rule, ballot) if vote in standing_votes),
        tuple(person for person in _all_of(ballot) if person in after.recused),
    )


def _all_of(ballot: engine.Ballot) -> tuple[str, ...]:
    roll = ballot.roll
    return tuple(dict.fromkeys(person for person in (*roll.members, roll.chair, roll.deputy) if person))


def _outcome(before: engine.Run, after: engine.Run, entry: Entry, task: str) -> str:
    passed = next((one for one in after.passed[len(before.passed) :] if one.task == task), None)
    if passed:
        return (engine.Verb.APPROVE if passed.verb in APPROVING else passed.verb).value
    if entry.task == task and entry.verb in RETURNING:
        return entry.verb.value
    if after.state is engine.State.REJECTED:
        return engine.Verb.REJECT.value
    if entry.verb in (engine.Verb.DECLINE, engine.Verb.WITHDRAW, engine.Verb.APPROVE_CANCEL, engine.Verb.SKIP):
        return entry.verb.value
    if entry.verb in (engine.Verb.CUSTOM_ROUTE, engine.Verb.APPROVE_CUSTOM_ROUTE):
        return engine.Verb.CUSTOM_ROUTE.value
    if entry.task == task:
        return engine.Verb.REQUEST_CHANGES.value  # what a vote comes to that carries nothing
    return "moved"
