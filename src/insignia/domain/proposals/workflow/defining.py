"""A route as an institution wants it: read against the roles, forms and bodies that there are, before it is kept."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.db.models import Count

from insignia.core.errors import InsigniaError, Rejected
from insignia.core.words import N_
from insignia.core.workflow import route as engine
from insignia.core.workflow.plain import refusal
from insignia.domain.proposals.bodies import queries as bodies
from insignia.domain.proposals.writing.rules import ENDED

from . import facts
from .models import RouteVersion, Run


def read(data: Mapping[str, Any], *, key: str) -> engine.Route:
    """The route that `data` writes; `Rejected` lists every fault, in words that a program manager understands."""
    found: list[InsigniaError] = []
    route = None
    try:
        route = engine.read_route(data, key=key, roles=facts.role_keys(), facts=facts.possible())
    except Rejected as refused:
        found += refused.details or (refused,)
    found += _of_bodies(data)
    if route is None or found:
        raise refusal(key, found)
    return route


def _of_bodies(data: Mapping[str, Any]) -> list[Rejected]:
    """Bodies that are asked and do not exist. Asked of what is written, so that it is told beside all other faults."""
    known = {one.key for one in bodies.bodies()}
    steps = data.get("steps")
    found = []
    for step in steps if isinstance(steps, list) else ():
        tasks = step.get("tasks", [step]) if isinstance(step, Mapping) else ()
        for task in tasks if isinstance(tasks, list) else ():
            body = task.get("body") if isinstance(task, Mapping) else None
            if isinstance(body, str) and body and body not in known:
                where = str(task.get("key") or step.get("key") or "")
                found.append(
                    Rejected(
                        N_("“%(where)s” asks the body “%(body)s”, which does not exist."),
                        code="unknown_body",
                        params={"where": where, "body": body},
                    )
                )
    return found


def running() -> Mapping[int, int]:
    """How many proposals are on their way under each version, by the version's key; none is left out."""
    counted = Run.objects.exclude(state__in=ENDED).order_by().values_list("route").annotate(n=Count("pk"))
    return Counter(dict(counted))


def means_the_same(version: RouteVersion, route: engine.Route) -> bool:
    """Whether `route`, however it is written, is what this version says."""
    return {**version.read, "version": 1} == {**route.to_data(), "version": 1}
