"""How a body decides: who may vote, who presides, when a vote counts, and what it comes to."""

import math
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace

from insignia.core.errors import Rejected
from insignia.core.words import N_
from insignia.core.workflow.definition import Ballots, Task, TieBreak, VotingRule
from insignia.core.workflow.state import Ballot, CastVote, Roll, Vote
from insignia.core.workflow.verbs import Verb


@dataclass(frozen=True, slots=True)
class Tally:
    """Where a vote stands."""

    base: int  # how many may vote
    took_part: int
    needed: int  # how many have to take part
    counts: tuple[tuple[str, int], ...]  # vote, how many

    @property
    def has_quorum(self) -> bool:
        """Whether enough took part."""
        return self.took_part >= self.needed


def convened(roll: Roll, before: Ballot | None) -> Ballot:
    """The ballot of a body that sits as `roll` says; votes cast before stand, if the seat is still there."""
    votes = before.votes if before else ()
    return Ballot(roll, tuple(vote for vote in votes if vote.seat in roll.members))


def electorate(ballot: Ballot, recused: Collection[str]) -> tuple[str, ...]:
    """The members who may vote."""
    return tuple(member for member in ballot.roll.members if member not in recused)


def presiding(ballot: Ballot, recused: Collection[str]) -> str:
    """Who presides: the chair, or where the chair's interests conflict the deputy, or nobody of the body."""
    return next((person for person in (ballot.roll.chair, ballot.roll.deputy) if person and person not in recused), "")


def cast(ballot: Ballot, vote: CastVote) -> Ballot:
    """The ballot with this vote in it, in the place of one that the seat cast before."""
    others = tuple(other for other in ballot.votes if other.seat != vote.seat)
    return replace(ballot, votes=(*others, vote))


def without(ballot: Ballot, seat: str) -> Ballot:
    """The ballot without the vote of a member who turns out to be conflicted."""
    return replace(ballot, votes=tuple(vote for vote in ballot.votes if vote.seat != seat))


def tally(rule: VotingRule, ballot: Ballot, recused: Collection[str]) -> Tally:
    """Where the vote stands, without saying who voted how."""
    base = len(electorate(ballot, recused))
    # Half of seven are four; what float arithmetic puts a hair above three is still three.
    needed = max(1, math.ceil(rule.quorum * base - 1e-9))
    counts = Counter(vote.vote.value for vote in ballot.votes)
    return Tally(base, len(ballot.votes), needed, tuple(sorted(counts.items())))


def outcome(task: Task, rule: VotingRule, ballot: Ballot) -> Verb | None:
    """What the votes come to; None: as many for as against, and whoever presides decides.

    What is carried has the share that the rule wants, and more votes than speak otherwise. Rejecting takes as much as
    approving; everything between sends the proposal back.
    """
    counts = Counter(vote.vote for vote in ballot.votes if vote.vote is not Vote.ABSTAIN)
    total = counts.total()
    for vote in (Vote.APPROVE, Vote.REJECT):
        # To the hundredth, so that two of three are enough for 0.67.
        if 2 * counts[vote] > total and round(counts[vote] / total, 2) >= round(rule.threshold, 2):
            return Verb(vote.value)
    tied = 2 * counts[Vote.APPROVE] == total
    if tied and rule.tie_break is TieBreak.CHAIR:
        return None
    return Verb.REQUEST_CHANGES if task.allows(Verb.REQUEST_CHANGES) else Verb.REJECT


def shown(rule: VotingRule, ballot: Ballot) -> tuple[CastVote, ...]:
    """The votes as others may see them: of a secret ballot nothing but what `tally` says."""
    return ballot.votes if rule.ballots is Ballots.OPEN else ()


def check_votable(task: Task, vote: Vote) -> None:
    """Refuse a vote for something that this task does not offer."""
    if vote is not Vote.ABSTAIN and not task.allows(Verb(vote.value)):
        raise Rejected(
            N_("“%(vote)s” is not put to the vote here."), code="not_put_to_the_vote", params={"vote": vote.value}
        )
