"""The units of the institution, as far as whoever asks keeps them."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from insignia.domain.access.permissions import Permission
from insignia.domain.institutions import actions as institutions
from insignia.domain.institutions import outline, queries

from ..doors import admit_unit_keeper, institution
from ..forms.people import RenameForm, UnitForm
from ..page import carried_out, done, page, status_of


@require_safe
def units(request: HttpRequest) -> HttpResponseBase:
    """All of them, each below its parent."""
    by = admit_unit_keeper(request)
    context = {"lines": outline.outline(by), "keeps_all": by.may(Permission.UNIT_MANAGE, on=institution(request))}
    return page(request, "units.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponseBase:
    """One more unit."""
    by = admit_unit_keeper(request)
    here = institution(request)
    lines = outline.outline(by)
    form = UnitForm(request.POST or None, lines=lines, may_stand_on_top=by.may(Permission.UNIT_MANAGE, on=here))
    if carried_out(form, lambda: institutions.add_unit(by=by, institution=here, **_values(form, lines))):
        return done(request, _("“%(name)s” is added.") % {"name": form.cleaned_data["name"]}, "units")
    return page(request, "unit_add.html", {"form": form}, status=status_of(form))


def _values(form: UnitForm, lines: list[outline.Line]) -> dict[str, Any]:
    given = form.cleaned_data
    chosen = {line.unit.public_id: line.unit for line in lines}
    return {
        "name": given["name"],
        "code": given["code"],
        "kind": given["kind"],
        "parent": chosen.get(given["parent"]),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def rename(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Another name for a unit."""
    by = admit_unit_keeper(request)
    unit = queries.unit(public_id)
    by.require(Permission.UNIT_MANAGE, on=unit)
    form = RenameForm(request.POST or None, initial={"name": unit.name})
    if carried_out(form, lambda: institutions.rename_unit(by=by, unit=unit, name=form.cleaned_data["name"])):
        return done(request, _("The unit has its new name."), "units")
    return page(request, "unit.html", {"form": form, "unit": unit}, status=status_of(form))
