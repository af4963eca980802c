"""The dry run: who would be asked today for a proposal like this, why, and where each decision would lead."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from insignia.core.errors import InsigniaError
from insignia.domain.access.permissions import Permission
from insignia.domain.institutions import queries as institutions
from insignia.domain.proposals.workflow import queries, simulating
from insignia.edges.web.words import translated

from ..doors import admit, institution
from ..governing.dry_run import SampleForm, stops_of, walks_of
from ..governing.names import Names
from ..page import page


@require_safe
def simulator(request: HttpRequest) -> HttpResponseBase:
    """One route, walked with a sample proposal."""
    admit(request, Permission.WORKFLOW_MANAGE)
    versions = queries.every_version()
    names = Names.here()
    form = SampleForm(request.GET, versions=versions, names=names, units=list(institutions.units().order_by("name")))
    context: dict[str, Any] = {"form": form, "versions": versions, "units": form.units}
    if form.version is not None and form.proposing is not None:
        house = simulating.house_for(institution(request), [form.version])
        try:
            walk = simulating.walked(form.version, house, form.facts(), form.proposing)
            context |= {"stops": stops_of(form.version.route, walk, names, form), "day": house.day}
        except InsigniaError as refused:
            context["problem"] = translated(refused)
    return page(request, "simulator/simulator.html", context, status=422 if context.get("problem") else 200)


@require_safe
def levels(request: HttpRequest) -> HttpResponseBase:
    """Every level by its own route, side by side: who would be asked."""
    admit(request, Permission.WORKFLOW_MANAGE)
    names = Names.here()
    units = list(institutions.units().order_by("name"))
    unit = next((one for one in units if one.public_id == request.GET.get("unit")), units[0] if units else None)
    walks = walks_of(institution(request), list(institutions.levels()), unit, names) if unit else []
    return page(request, "simulator/levels.html", {"walks": walks, "units": units, "unit": unit})
