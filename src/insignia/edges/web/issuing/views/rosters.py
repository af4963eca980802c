"""A roster comes in as a file; and an empty one goes out."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext

from insignia.core.errors import InsigniaError
from insignia.domain.access.actor import Actor
from insignia.domain.awards import actions, finding, roster
from insignia.domain.catalog import queries as catalog
from insignia.domain.ground import clock
from insignia.edges.web import http
from insignia.edges.web.words import translated

from ..fields import iso
from ..files import attachment
from ..forms import RosterForm
from ..given_for import said
from ..guidance import instructions
from ..mapping_form import NAMES
from ..pages import page
from .one import hindered

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def upload(request: HttpRequest, achievement: str) -> HttpResponse:
    """The form, and the roster that comes with it; it is looked through before anybody is awarded."""
    by, wanted = http.actor(request), catalog.achievement_for(http.actor(request), achievement)
    if refusal := finding.hindrance(by, wanted):
        return hindered(request, wanted, refusal)
    if request.method != "POST":
        today = clock.today_in(wanted.institution.zone)
        return _form_page(request, wanted, RosterForm(achievement=wanted, initial={"awarded_on": iso(today)}))
    form = RosterForm(request.POST, request.FILES, achievement=wanted)
    if not form.is_valid():
        return _form_page(request, wanted, form, status=422)
    try:
        batch = _taken_in(by, wanted, form)
    except InsigniaError as error:
        form.add_error("roster", translated(error))
        return _form_page(request, wanted, form, status=http.status_of(error) or 422)
    return redirect("issuing:batch", wanted.institution.slug, batch.public_id)


def _taken_in(by: Actor, achievement: Any, form: RosterForm) -> Any:
    file = form.cleaned_data["roster"]
    batch = actions.upload_batch(
        by=by, achievement=achievement, data=file.read(), filename=file.name or "", source="page", **said(form)
    )
    mapping = roster.Mapping.from_json(batch.mapping)
    return actions.remap_batch(by=by, batch=batch, mapping=mapping, awarded_on=form.cleaned_data["awarded_on"])


def _form_page(request: HttpRequest, achievement: Any, form: RosterForm, *, status: int = 200) -> HttpResponse:
    context = {
        "achievement": achievement,
        "images": finding.variant_images(achievement),
        "form": form,
        "instructions": instructions(achievement),
        "columns": [
            (column, NAMES[column], gettext(roster.HELP[column]), column in roster.REQUIRED)
            for column in roster.COLUMNS
        ],
        "limits": roster.LIMITS,
    }
    return page(request, "roster.html", context, status=status)


def template_csv(request: HttpRequest) -> HttpResponse:
    """The headings and a row of help, for any spreadsheet program."""
    return attachment(roster.template_csv(gettext), "roster.csv", "text/csv; charset=utf-8")


def template_xlsx(request: HttpRequest) -> HttpResponse:
    """The headings, and a sheet that explains each of them."""
    return attachment(roster.template_xlsx(gettext), "roster.xlsx", _XLSX)
