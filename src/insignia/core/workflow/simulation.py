"""A route walked before anyone has to: who would be asked, and where each decision would lead.

It is walked by the engine itself, with people who may do everything, so that it cannot say anything else than what
will happen.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from insignia.core.workflow.conditions import Condition, Facts
from insignia.core.workflow.definition import PROPOSER, Mode, Route, Step, Task
from insignia.core.workflow.effects import ReturnedToProposer
from insignia.core.workflow.permitting import may
from insignia.core.workflow.resolving import Asked, Directory, Matter, name_for
from insignia.core.workflow.run import decide, start
from insignia.core.workflow.state import Decider, Decision, Rating, Roll, Run, Vote
from insignia.core.workflow.verbs import PASSING, State, Verb
from insignia.core.workflow.way import role_for, step_now

_SOMEBODY = "somebody"
_NOT_TRIED = frozenset({Verb.CUSTOM_ROUTE})  # it leads wherever the one who takes it says


@dataclass(frozen=True, slots=True)
class Lead:
    """Where a decision leads: the state, the step at which the run then is, and where it would come back."""

    verb: Verb
    state: State
    step: str
    resubmit_to: str = ""


@dataclass(frozen=True, slots=True)
class AskedFor:
    """A task on the way, who is asked, and where each decision of theirs leads."""

    task: Task
    role: str
    asked: Asked
    leads: tuple[Lead, ...]


@dataclass(frozen=True, slots=True)
class Stop:
    """A step on the way; where its condition does not hold, that condition, and nobody is asked."""

    step: Step
    tasks: tuple[AskedFor, ...] = ()
    skipped_by: Condition | None = None


def simulate(route: Route, facts: Facts, matter: Matter, directory: Directory, *, on: date) -> tuple[Stop, ...]:
    """The steps of `route` for a proposal with these facts, in order, as they would be on this day."""
    at = datetime.combine(on, time(), UTC)
    stops = []
    run, _effects = start(route, facts, by=Decider(_SOMEBODY), at=at)
    for step in route.steps:
        if step.key != run.step or run.is_over:
            stops.append(Stop(step, skipped_by=step.condition))
            continue
        run = _convened(route, run, at)
        stops.append(
            Stop(step, tuple(_asked_for(route, run, step, task, matter, directory, at) for task in step.tasks))
        )
        for task in step.tasks:
            if run.task(task.key):
                leads_on = next(verb for verb in task.decisions if verb in PASSING)
                run = _decided(route, run, task, _complete(task, leads_on), at)[0]
    return tuple(stops)


def _convened(route: Route, run: Run, at: datetime) -> Run:
    for task in step_now(route, run).tasks:
        if task.rule:
            roll = Roll(members=(_SOMEBODY,), chair=_SOMEBODY)
            run = _decided(route, run, task, Decision(Verb.CONVENE, roll=roll), at)[0]
    return run


def _asked_for(
    route: Route, run: Run, step: Step, task: Task, matter: Matter, directory: Directory, at: datetime
) -> AskedFor:
    role = role_for(route, task, run.facts)
    leads = []
    for verb in task.decisions:
        decision = _complete(task, verb)
        if verb not in _NOT_TRIED and may(route, run, task.key, decision.verb, _whoever(route, run, task)):
            after, target = _decided(route, run, task, decision, at)
            leads.append(Lead(verb, after.state, after.step, target))
    return AskedFor(task, role, name_for(route, step, task, role, matter, directory, on=at.date()), tuple(leads))


def _decided(route: Route, run: Run, task: Task, decision: Decision, at: datetime) -> tuple[Run, str]:
    """The run after this decision, and where it comes back if it went to the proposer."""
    by = _whoever(route, run, task)
    after, effects = decide(route, run, task.key, decision, by, at=at, revision=run.revision)
    returns = (effect.resubmit_to for effect in effects if isinstance(effect, ReturnedToProposer))
    return after, next(returns, "")


def _complete(task: Task, verb: Verb) -> Decision:
    """A decision with all that the task asks for; what is decided by vote, as the vote of the only member."""
    vote = Vote(verb.value) if task.rule and task.rule.mode is Mode.VOTE and verb.value in set(Vote) else None
    return Decision(
        Verb.VOTE if vote else verb,
        comment=_SOMEBODY,
        ratings=tuple(Rating(criterion, 0) for criterion in task.criteria),
        attestations=frozenset(task.attest),
        recommended=_SOMEBODY,
        vote=vote,
    )


def _whoever(route: Route, run: Run, task: Task) -> Decider:
    role = role_for(route, task, run.facts)
    if task.is_proposers:
        return Decider(PROPOSER, frozenset({role, PROPOSER}), via=task.via)
    return Decider(task.person or _SOMEBODY, frozenset({role, route.manager}), via=task.via)
