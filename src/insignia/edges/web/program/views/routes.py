"""The routes of proposals: which there are, one drawn as its steps, its versions and how they differ."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from insignia.domain.access.permissions import Permission
from insignia.domain.institutions import queries as institutions
from insignia.domain.people import names as people
from insignia.domain.proposals.workflow import defining, finding, queries

from ..doors import admit
from ..governing.names import Names
from ..governing.route_sheets import sheet_of
from ..governing.sheets import differences
from ..page import page


@require_safe
def routes(request: HttpRequest) -> HttpResponseBase:
    """All of them, with where each is used and how many proposals are on it."""
    admit(request, Permission.WORKFLOW_MANAGE)
    running, used, kinds = defining.running(), _levels(), own_kinds()
    versions: dict[str, list[Any]] = {}
    for version in queries.every_version():
        versions.setdefault(version.key, []).append(version)
    rows = [
        {
            "version": every[0],
            "steps": len(every[0].route.steps),
            "levels": used.get(every[0].key, []),
            "kind": kinds.get(every[0].key, ""),
            "running": sum(running.get(version.pk, 0) for version in every),
        }
        for every in versions.values()
    ]
    return page(request, "routes/list.html", {"rows": rows})


def own_kinds() -> dict[str, Any]:
    """The kinds of proposals that take a route, or a form, of their own where there is one with this key."""
    return {key: label for key, label in finding.KINDS if key != "new"}


def _levels() -> dict[str, list[str]]:
    used: dict[str, list[str]] = {}
    for level in institutions.levels():
        used.setdefault(level.policy.workflow, []).append(level.name)
    return used


@require_safe
def route(request: HttpRequest, key: str) -> HttpResponseBase:
    """One route as it is now, and every version of it."""
    admit(request, Permission.WORKFLOW_MANAGE)
    return _show(request, queries.route_version(key))


@require_safe
def version(request: HttpRequest, key: str, number: int) -> HttpResponseBase:
    """One version, and what it changed."""
    admit(request, Permission.WORKFLOW_MANAGE)
    return _show(request, queries.route_version(key, number))


def _show(request: HttpRequest, shown: Any) -> HttpResponseBase:
    names = Names.here()
    versions = queries.route_versions(shown.key)
    before = next((one for one in versions if one.number == shown.number - 1), None)
    running, makers = defining.running(), people.names_of(one.made_by for one in versions)
    sheet = sheet_of(shown.route, names)
    context = {
        "version": shown,
        "is_newest": shown.number == versions[0].number,
        "sheet": sheet,
        "steps": list(zip(shown.route.steps, sheet.parts, strict=True)),
        "levels": _levels().get(shown.key, []),
        "kind": own_kinds().get(shown.key, ""),
        "versions": [(one, makers.get(one.made_by, ""), running.get(one.pk, 0)) for one in versions],
        "changes": differences(sheet_of(before.route, names), sheet) if before else None,
    }
    return page(request, "routes/route.html", context)
