"""Who is asked for what at this moment: the answer to “where is it, who has it, what can I do”."""

from dataclasses import dataclass

from insignia.core.workflow import voting
from insignia.core.workflow.definition import PROPOSER, Mode, Route, Scope
from insignia.core.workflow.permitting import ON_RUN, ON_TASK, UNLISTED, may
from insignia.core.workflow.state import BallotState, Decider, Run
from insignia.core.workflow.verbs import PASSING, State, Verb
from insignia.core.workflow.way import task_now


@dataclass(frozen=True, slots=True)
class Choice:
    """A decision that somebody may take now; no task: it is about the whole run."""

    task: str
    verb: Verb


@dataclass(frozen=True, slots=True)
class Waiting:
    """What a run waits for, and for whom; no task: it is about the whole run."""

    role: str
    verbs: tuple[Verb, ...]
    task: str = ""
    step: str = ""
    scope: Scope = Scope.INSTITUTION
    body: str = ""
    person: str = ""


def open_to(route: Route, run: Run, by: Decider) -> tuple[Choice, ...]:
    """What `by` may decide now: the buttons on the page."""
    tasks = [
        Choice(open_task.task, verb)
        for open_task in run.open_tasks
        for task in (task_now(route, run, open_task.task),)
        for verb in ON_TASK
        if verb in UNLISTED or task.allows(verb)
    ]
    whole = [Choice("", verb) for verb in ON_RUN]
    return tuple(choice for choice in (*tasks, *whole) if may(route, run, choice.task, choice.verb, by))


def editable(route: Route, run: Run, by: Decider) -> frozenset[str]:
    """The fields of the proposal that `by`, who has a task, may edit before deciding."""
    held = (task_now(route, run, choice.task) for choice in open_to(route, run, by) if choice.verb in PASSING)
    return frozenset(field for task in held for field in task.edits)


def waiting_for(route: Route, run: Run) -> tuple[Waiting, ...]:
    """Everything that a run waits for. It is never empty before the run is over."""
    match run.state:
        case State.SUSPENDED:
            waiting = [Waiting(route.manager, (Verb.RESUME,))]
        case State.CHANGES_REQUESTED:
            waiting = [Waiting(PROPOSER, (Verb.RESUBMIT, Verb.WITHDRAW), step=run.step)]
        case State.ON_HOLD:
            waiting = [_task(route, run, run.held_task, (Verb.RELEASE,))]
        case State.DRAFT | State.IN_REVIEW:
            waiting = [_task(route, run, task.task) for task in run.open_tasks]
        case _:
            return ()
    if run.cancel_requested_by:
        waiting.append(Waiting(route.manager, (Verb.APPROVE_CANCEL, Verb.REFUSE_CANCEL)))
    if run.detour_requested and run.state is State.IN_REVIEW:
        waiting.append(Waiting(route.manager, (Verb.APPROVE_CUSTOM_ROUTE, Verb.REFUSE_CUSTOM_ROUTE)))
    return tuple(waiting)


def _task(route: Route, run: Run, key: str, verbs: tuple[Verb, ...] = ()) -> Waiting:
    """Of a body: to be convened, to vote, or, where its vote led nowhere, for whoever presides."""
    task, open_task = task_now(route, run, key), run.task(key)
    role, person, verbs = open_task.role if open_task else task.role, task.person, verbs or task.decisions
    if task.rule and open_task:
        ballot = open_task.ballot
        if ballot is None:
            return Waiting(task.rule.chair, (Verb.CONVENE,), key, run.step, task.scope, task.body)
        votable = task.rule.mode is not Mode.CHAIR_RECORDS and voting.electorate(ballot, run.recused)
        if verbs == (Verb.RELEASE,) or ballot.state is BallotState.TIED or not votable:
            person = voting.presiding(ballot, run.recused)
            role = _presiding_role(route, run, key, person)
    return Waiting(role, verbs, key, run.step, task.scope, task.body, person)


def _presiding_role(route: Route, run: Run, key: str, person: str) -> str:
    open_task, rule = run.task(key), task_now(route, run, key).rule
    if not open_task or not open_task.ballot or not rule or not person:
        return route.manager
    return rule.chair if person == open_task.ballot.roll.chair else rule.deputy
