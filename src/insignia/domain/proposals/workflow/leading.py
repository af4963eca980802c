"""Where each decision would lead: found by the engine itself on a copy, so that a page cannot promise anything else."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from insignia.core.errors import InsigniaError
from insignia.core.workflow import route as engine
from insignia.core.workflow.plain import to_plain
from insignia.core.workflow.way import return_target, step_now, task_now
from insignia.domain.ground import clock
from insignia.domain.proposals.writing.models import Proposal

from .keeping import label_of, open_label
from .models import Run, TaskRun
from .people import House, askees, matter_of

_SOMEBODY = "somebody"
# Where these lead, whoever takes them says, or nothing about the way changes.
_NOT_TRIED = frozenset({engine.Verb.CUSTOM_ROUTE, engine.Verb.CONVENE, engine.Verb.RECUSE})


@dataclass(frozen=True, slots=True)
class Waits:
    """What a proposal would wait for: the task as people call it, its role or body, and who would be asked today."""

    label: str
    role: str
    body: str
    people: tuple[str, ...]  # their names; of a body nobody's


@dataclass(frozen=True, slots=True)
class Lead:
    """What a decision would lead to. `is_counted` tells of a vote that settles nothing yet, `missing` how many are still out."""

    choice: engine.Choice
    vote: engine.Vote | None
    state: engine.State
    step: str  # its label
    waits: tuple[Waits, ...]
    stays: bool  # at the step where it is
    back_to: str = ""  # the step, by its label, at which it goes on once it is handed in again
    is_counted: bool = False
    missing: int = 0
    is_secret: bool = False  # of a vote: what it would come to would tell how the others voted
    then: tuple[str, ...] = ()  # what the route wants to follow


def leads(
    proposal: Proposal,
    row: Run,
    by: engine.Decider,
    options: Iterable[tuple[engine.Choice, engine.Vote | None]],
    house: House,
    writers: Sequence[str],
) -> list[Lead]:
    """Where each of these decisions by `by` would lead today; those that lead nowhere else are left out."""
    found = []
    for choice, vote in options:
        if choice.verb in _NOT_TRIED:
            continue
        if vote and _is_secret(row, choice.task):
            found.append(_kept_secret(row, by, choice, vote))
            continue
        try:
            found.append(_lead(proposal, row, by, choice, vote, house, writers))
        except InsigniaError:
            continue  # what the engine would refuse leads nowhere
    return found


def if_carried(proposal: Proposal, row: Run, key: str, house: House, writers: Sequence[str]) -> Lead | None:
    """Where the approval of the body leads whose task `key` is."""
    route, run = row.route.route, row.run
    task, open_task = task_now(route, run, key), run.task(key)
    if task.rule is None or open_task is None:
        return None
    alone = engine.Ballot(engine.Roll((_SOMEBODY,), chair=_SOMEBODY))
    row = Run(route=row.route, data=run.with_task(replace(open_task, ballot=alone)).to_data())
    votes = task.rule.mode is not engine.Mode.CHAIR_RECORDS
    choice = engine.Choice(key, engine.Verb.VOTE if votes else engine.Verb.APPROVE)
    by = engine.Decider(_SOMEBODY, frozenset({open_task.role, task.rule.chair}))
    return _lead(proposal, row, by, choice, engine.Vote.APPROVE if votes else None, house, writers)


def _lead(
    proposal: Proposal,
    row: Run,
    by: engine.Decider,
    choice: engine.Choice,
    vote: engine.Vote | None,
    house: House,
    writers: Sequence[str],
) -> Lead:
    route, run = row.route.route, row.run
    task = task_now(route, run, choice.task) if choice.task else None
    after, effects = engine.decide(
        route, run, choice.task, _complete(task, choice.verb, vote), by, at=clock.now(), revision=run.revision
    )
    labels = {step.key: label_of(step) for step in engine.way(route, after)}
    ended = next((effect for effect in effects if isinstance(effect, engine.Ended)), None)
    counted = any(isinstance(effect, engine.VoteCounted) and effect.outcome for effect in effects)
    back = ""
    if after.state is engine.State.CHANGES_REQUESTED and run.state is not engine.State.CHANGES_REQUESTED:
        back = labels.get(return_target(route, after, step_now(route, after)), "")
    still = after.task(choice.task) if vote and not counted else None
    return Lead(
        choice,
        vote,
        after.state,
        labels.get(after.step, ""),
        tuple(_waits(proposal, row, after, house, writers, done=choice.task)) if not after.is_over else (),
        stays=after.step == run.step,
        back_to=back,
        is_counted=still is not None,
        missing=_missing(after, still) if still else 0,
        then=ended.then if ended else (),
    )


def _is_secret(row: Run, key: str) -> bool:
    rule = task_now(row.route.route, row.run, key).rule
    return rule is not None and rule.ballots is engine.Ballots.SECRET


def _kept_secret(row: Run, by: engine.Decider, choice: engine.Choice, vote: engine.Vote) -> Lead:
    """Of a secret vote no more than that it is counted, and how many are still out once it is cast."""
    run = row.run
    open_task = run.task(choice.task)
    ballot = open_task.ballot if open_task else None
    voted = {one.seat for one in ballot.votes} | {by.seat} if ballot else set()
    members = [one for one in ballot.roll.members if one not in run.recused] if ballot else []
    missing = sum(member not in voted for member in members)
    return Lead(choice, vote, run.state, "", (), stays=True, is_counted=True, missing=missing, is_secret=True)


def _complete(task: engine.Task | None, verb: engine.Verb, vote: engine.Vote | None) -> engine.Decision:
    return engine.Decision(
        verb,
        comment=_SOMEBODY,
        ratings=tuple(engine.Rating(criterion, 1) for criterion in task.criteria) if task else (),
        attestations=frozenset(task.attest) if task else frozenset(),
        recommended=_SOMEBODY if verb is engine.Verb.RECOMMEND_TYPE else "",
        vote=vote,
    )


def _missing(run: engine.Run, task: engine.TaskRun) -> int:
    members = [one for one in task.ballot.roll.members if one not in run.recused] if task.ballot else []
    return len(members) - len(task.ballot.votes) if task.ballot else 0


def _waits(
    proposal: Proposal, row: Run, after: engine.Run, house: House, writers: Sequence[str], *, done: str
) -> Iterable[Waits]:
    matter = matter_of(proposal, writers, after.recused)
    route = row.route.route
    for one in engine.waiting_for(route, after):
        if one.task and one.task == done and after.step == row.run.step and after.state is row.run.state:
            continue
        own = next((detour.step for detour in after.detours if detour.step.key == one.step), None)
        asked = TaskRun(
            step=one.step,
            task=one.task,
            role=one.role,
            scope=one.scope.value,
            body=one.body,
            person=one.person,
            verbs=[verb.value for verb in one.verbs],
            own_step=to_plain(own) if own else None,
        )
        people = () if one.body else askees(asked, route, house, matter).named
        yield Waits(
            open_label(route, after, one),
            one.role,
            house.bodies.get(one.body, one.body),
            tuple(house.names.get(person.person, "") or _writer(proposal, person.person) for person in people),
        )


def _writer(proposal: Proposal, person: str) -> str:
    return str(proposal.proposer) if proposal.proposer.public_id == person else ""
