"""An agenda as somebody sees it: what stands on it, how each matter stands, what they may do about it. Read at once."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from insignia.core.workflow import route as engine
from insignia.core.workflow.state import BallotState, Entry
from insignia.core.workflow.voting import electorate
from insignia.domain.access.actor import Actor
from insignia.domain.people.models import User
from insignia.domain.proposals.bodies import queries as bodies
from insignia.domain.proposals.bodies.models import Meeting
from insignia.domain.proposals.workflow import queries as workflow
from insignia.domain.proposals.workflow import standing
from insignia.domain.proposals.workflow.models import Run, TaskRun
from insignia.domain.proposals.workflow.people import House, decider
from insignia.domain.proposals.writing import queries as writing

from . import queries, rules
from .models import AgendaItem


@dataclass(frozen=True, slots=True)
class Standing:
    """How the ballot of one matter stands. Of a secret ballot it says how many voted, never how."""

    members: tuple[str, ...]
    may_vote: tuple[str, ...]
    voted: tuple[str, ...]
    recused: tuple[str, ...]
    presiding: str
    tally: engine.Tally
    mode: engine.Mode
    is_secret: bool
    is_tied: bool
    votes: tuple[engine.CastVote, ...] = ()

    @property
    def counts(self) -> Mapping[str, int]:
        """How many voted what, as far as it may be told before the end."""
        return {} if self.is_secret else dict(self.tally.counts)

    @property
    def missing(self) -> int:
        """How many have not voted."""
        return self.tally.base - self.tally.took_part

    @property
    def is_by_vote(self) -> bool:
        """Whether members vote on it."""
        return self.mode is not engine.Mode.CHAIR_RECORDS


@dataclass(frozen=True, slots=True)
class Line:
    """One matter on the agenda, with all that a reader may know and do."""

    item: AgendaItem
    version: int = 0
    before: int = 0  # the version before that one
    revision: int = 0
    task: engine.Task | None = None
    state: str = ""  # of the run
    is_open: bool = False  # whether it waits for the body now
    standing: Standing | None = None
    choices: frozenset[engine.Verb] = frozenset()
    own_vote: engine.CastVote | None = None
    rated: Mapping[str, Mapping[int, int]] = field(default_factory=dict)  # criterion, value, how many
    raters: int = 0
    labels: Mapping[str, str] = field(default_factory=dict)  # the institution's own words for criteria and attestations

    @property
    def is_convened(self) -> bool:
        """Whether there is a ballot."""
        return self.standing is not None


@dataclass(frozen=True, slots=True)
class Agenda:
    """A meeting with what is on its agenda and who sits there."""

    meeting: Meeting
    lines: tuple[Line, ...]
    sittings: tuple[bodies.Sitting, ...]
    chair: User | None
    deputy: User | None
    quorum: rules.Quorum
    waiting: tuple[TaskRun, ...]
    people: Mapping[str, User]

    @property
    def current(self) -> Line | None:
        """What is being talked about."""
        return next((line for line in self.lines if line.item.state == AgendaItem.State.DISCUSSED), None)

    @property
    def minutes(self) -> int:
        """How long it takes, as allotted."""
        return sum(line.item.minutes for line in self.lines)


def agenda_for(actor: Actor, meeting: Meeting) -> Agenda:
    """The agenda of `meeting` as `actor` sees it."""
    items = queries.items(meeting)
    lines = lines_for(actor, meeting, [one for one in items if one.state != AgendaItem.State.DROPPED or one.outcome])
    sittings = bodies.sittings_only(meeting.body)
    chair, deputy = bodies.presiding(meeting.body)
    voices = [voice for sitting in sittings if (voice := bodies.voice_of(sitting))]
    share = next((line.task.rule.quorum for line in lines if line.task and line.task.rule), None)
    known = [held.user for sitting in sittings for held in (sitting.member, sitting.alternate) if held]
    known += [held.user for held in (chair, deputy) if held]
    waiting = queries.unscheduled(meeting.body) if meeting.is_ahead or meeting.is_open else []
    return Agenda(
        meeting,
        tuple(lines),
        tuple(sittings),
        chair.user if chair else None,
        deputy.user if deputy else None,
        rules.quorum(engine.VotingRule().quorum if share is None else share, voices, meeting.present, ()),
        tuple(waiting),
        _people(known, lines),
    )


def lines_for(actor: Actor, meeting: Meeting, items: Sequence[AgendaItem]) -> list[Line]:
    """These items of a meeting as `actor` sees them."""
    house = standing.house(meeting.institution, standing.stamp_of(meeting.institution))
    runs = _runs(items)
    proposals = [item.proposal for item in items if item.proposal]
    writers = writing.writers(proposals) if proposals else {}
    versions = writing.version_numbers(proposals) if proposals else {}
    return [_line(actor, item, runs.get(item.proposal_id or 0), house, writers, versions) for item in items]


def _runs(items: Iterable[AgendaItem]) -> dict[int, Run]:
    keys = [item.proposal_id for item in items if item.proposal_id]
    return (
        {row.proposal_id: row for row in Run.objects.filter(proposal__in=keys).select_related("route")} if keys else {}
    )


def _people(known: Sequence[User], lines: Sequence[Line]) -> Mapping[str, User]:
    """Everybody whom a line names; those who sit on the body no more are asked for."""
    found = {user.public_id: user for user in known}
    named: set[str] = set()
    for line in lines:
        named |= {*line.item.recused, *(seat for seat, _vote in line.item.votes), line.item.decided_by}
        if line.standing:
            named |= {*line.standing.members, *line.standing.recused, line.standing.presiding}
    missing = named - {*found, ""}
    return {**workflow.people(missing), **found} if missing else found


def _line(
    actor: Actor,
    item: AgendaItem,
    row: Run | None,
    house: House,
    writers: Mapping[int, tuple[str, ...]],
    versions: Mapping[int, Sequence[int]],
) -> Line:
    if row is None or item.proposal is None:
        return Line(item)
    route, run = row.route.route, row.run
    step = next((one for one in engine.way(route, run) if one.key == item.step), None)
    task = next((one for one in step.tasks if one.key == item.task), None) if step else None
    numbers = versions.get(item.proposal.pk, ())
    authors = writers.get(item.proposal.pk, ())
    rated, raters = _rated(run, item, task)
    if actor.id in authors:
        rated, raters = {}, 0  # what reviewers say among themselves is not for those who write
    open_task = run.task(item.task)
    if task is None or open_task is None or open_task.opened_in != item.opened_in:
        return Line(
            item,
            *_two(numbers),
            task=task,
            state=run.state.value,
            rated=rated,
            raters=raters,
            labels=route.labels,
        )
    who = decider(actor, item.proposal, row, authors, house, item.task)
    choices = frozenset(one.verb for one in engine.open_to(route, run, who) if one.task == item.task)
    return Line(
        item,
        *_two(numbers),
        revision=run.revision,
        task=task,
        state=run.state.value,
        is_open=item.is_live and run.state is engine.State.IN_REVIEW,
        standing=_standing(run, open_task, task.rule),
        choices=choices if item.is_live else frozenset(),
        own_vote=next((vote for vote in open_task.ballot.votes if vote.seat == who.seat), None)
        if open_task.ballot
        else None,
        rated=rated,
        raters=raters,
        labels=route.labels,
    )


def _two(numbers: Sequence[int]) -> tuple[int, int]:
    """The newest version and the one before it."""
    newest = sorted(numbers, reverse=True)
    return (newest[0] if newest else 0, newest[1] if len(newest) > 1 else 0)


def _standing(run: engine.Run, open_task: engine.TaskRun, rule: engine.VotingRule | None) -> Standing | None:
    ballot = open_task.ballot
    if ballot is None or rule is None:
        return None
    belong = dict.fromkeys(person for person in (*ballot.roll.members, ballot.roll.chair, ballot.roll.deputy) if person)
    return Standing(
        ballot.roll.members,
        electorate(ballot, run.recused),
        tuple(vote.seat for vote in ballot.votes),
        tuple(person for person in belong if person in run.recused),
        engine.presiding(ballot, run.recused),
        engine.tally(rule, ballot, run.recused),
        rule.mode,
        rule.ballots is engine.Ballots.SECRET,
        ballot.state is BallotState.TIED,
        engine.shown(rule, ballot),
    )


def ratings_of(run: engine.Run, item: AgendaItem) -> list[Entry]:
    """Who rated the criteria of this matter, each by their last word, of those who may still be heard."""
    last = {
        entry.by.seat: entry
        for entry in run.history
        if entry.task == item.task and entry.revision > item.opened_in and entry.decision.ratings
    }
    return [entry for seat, entry in last.items() if seat not in run.recused]


def _rated(run: engine.Run, item: AgendaItem, task: engine.Task | None) -> tuple[Mapping[str, Mapping[int, int]], int]:
    if task is None or not task.criteria or (task.rule and task.rule.ballots is engine.Ballots.SECRET):
        return {}, 0
    entries = ratings_of(run, item)
    found: dict[str, Counter[int]] = {criterion: Counter() for criterion in task.criteria}
    for entry in entries:
        for rating in entry.decision.ratings:
            if rating.criterion in found:
                found[rating.criterion][rating.value] += 1
    return (found, len(entries)) if entries else ({}, 0)
