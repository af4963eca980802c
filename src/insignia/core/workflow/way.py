"""The steps that one run has before it, custom ones included."""

from insignia.core.errors import Rejected
from insignia.core.words import N_
from insignia.core.workflow.conditions import Facts
from insignia.core.workflow.definition import CHANNEL_APPROVER, Return, Route, Step, Task
from insignia.core.workflow.state import Run, Then


def way(route: Route, run: Run) -> tuple[Step, ...]:
    """All steps in order, whether or not their conditions hold."""
    steps = list(route.steps)
    for detour in run.detours:
        anchor = position(tuple(steps), detour.anchor)
        steps.insert(anchor if detour.then is Then.RETURN_HERE else anchor + 1, detour.step)
    return tuple(steps)


def position(steps: tuple[Step, ...], key: str) -> int:
    """Where the step with this key stands."""
    return [step.key for step in steps].index(key)


def step_now(route: Route, run: Run) -> Step:
    """The step at which the run is, or was when it was returned or ended."""
    steps = way(route, run)
    return steps[position(steps, run.step)]


def task_now(route: Route, run: Run, key: str) -> Task:
    """What the route says about a task of that step."""
    return next(task for task in step_now(route, run).tasks if task.key == key)


def return_target(route: Route, run: Run, step: Step) -> str:
    """The step at which a proposal goes on that `step` sent back."""
    match step.resubmit_to.to:
        case Return.SAME:
            return step.key
        case Return.NAMED:
            return step.resubmit_to.step
    # The proposer has just written: the first who reads it is meant.
    return next(first.key for first in way(route, run) if not first.is_proposers)


def role_for(route: Route, task: Task, facts: Facts) -> str:
    """The role that has the task; of a channel's approver it depends on the audience."""
    if task.role != CHANNEL_APPROVER:
        return task.role
    channel = route.channel_for(facts)
    if channel is None or not channel.approver:
        raise Rejected(
            N_("There is no channel for the audience “%(audience)s”."),
            code="no_channel",
            params={"audience": facts.get("audience", "")},
        )
    return channel.approver
