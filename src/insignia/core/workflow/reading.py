"""Routes from the tables of a file, as people write them: short where a step has one task, silent about what is usual."""

import dataclasses
from collections.abc import Mapping, Set
from typing import Any

from insignia.core.errors import InsigniaError, Rejected
from insignia.core.words import N_
from insignia.core.workflow.checking import problems_of
from insignia.core.workflow.definition import PROPOSER, Route, Task
from insignia.core.workflow.plain import Reader, refusal
from insignia.core.workflow.verbs import Verb

# The label of a step with one task is the step's.
_OF_TASK = {field.name for field in dataclasses.fields(Task)} - {"key", "label"}
_TO_WRITE = [Verb.SUBMIT, Verb.WITHDRAW]
_TO_REVIEW = [Verb.APPROVE, Verb.REQUEST_CHANGES]


def read_route(
    data: Mapping[str, object], *, key: str, roles: Set[str], facts: Mapping[str, Set[str | int | bool]]
) -> Route:
    """The route that `data` writes under the name `key`; `Rejected` lists everything that is wrong with it.

    `roles` are the institution's; `facts` those that a condition may ask, each with its values, or with none where any
    may occur.
    """
    reader = Reader()
    route: Route = reader.read(Route, in_full({"key": key, **data}), key)
    found = (*reader.problems, *problems_of(route, roles=roles, facts=facts))
    if found:
        raise refusal(key, found)
    return route


def read_routes(data: object, *, roles: Set[str], facts: Mapping[str, Set[str | int | bool]]) -> Mapping[str, Route]:
    """All routes of a file's table `workflows`, by key, with the faults of all of them in one refusal."""
    if not isinstance(data, Mapping):
        raise refusal("workflows", [Rejected(N_("Routes are written as tables."), code="wrong_kind")])
    routes: dict[str, Route] = {}
    found: list[InsigniaError] = []
    for key, table in data.items():
        try:
            if not isinstance(table, Mapping):
                raise refusal(key, [Rejected(N_("A route is written as a table."), code="wrong_kind")])
            routes[key] = read_route(table, key=key, roles=roles, facts=facts)
        except Rejected as fault:
            found.extend(fault.details)
    if found:
        raise refusal("workflows", found)
    return routes


def in_full(data: Mapping[str, object]) -> Mapping[str, object]:
    """What `data` writes with everything that goes without saying."""
    steps = data.get("steps")
    if not isinstance(steps, list):
        return data
    return {**data, "steps": [_step(step, number) for number, step in enumerate(steps)]}


def _step(step: object, number: int) -> object:
    if not isinstance(step, Mapping):
        return step
    if "tasks" in step:
        tasks = step["tasks"]
    else:
        tasks = [{"key": step.get("key", ""), **{name: step[name] for name in step if name in _OF_TASK}}]
        step = {name: step[name] for name in step if name not in _OF_TASK}
    return {**step, "tasks": [_task(task, number) for task in tasks] if isinstance(tasks, list) else tasks}


def _task(task: Any, number: int) -> object:
    if not isinstance(task, Mapping) or "decisions" in task:
        return task
    # Whoever is asked first without a word on what to decide is asked to write.
    return {"decisions": _TO_WRITE if number == 0 or task.get("role") == PROPOSER else _TO_REVIEW, **task}
