"""Badges that exist already come in from a file: looked at first, then taken in, marked as approved before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from insignia.core.errors import Rejected
from insignia.domain.access.actor import Actor
from insignia.domain.access.permissions import Permission
from insignia.domain.catalog import actions, importing
from insignia.domain.catalog import queries as catalog
from insignia.domain.ground import clock
from insignia.domain.institutions import outline
from insignia.edges.web.words import translated

from .. import achievement_sheet as sheet
from ..achievement_doors import admit_somewhere, admit_writer
from ..doors import institution
from ..forms.people import STALE, FileForm, RowsForm
from ..page import done, page

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "HEAD", "POST"])
def bring_in(request: HttpRequest) -> HttpResponseBase:
    """Ask for the file, show what its rows will do, do it."""
    by, lines = _admit(request)
    if request.method != "POST":
        return _ask(request, FileForm())
    try:
        if "rows" in request.POST:
            return _decide(request, by, lines)
        return _look(request, lines)
    except Rejected as refused:
        return _ask(request, FileForm(), problem=translated(refused))


@require_safe
def template_csv(request: HttpRequest) -> HttpResponseBase:
    """An empty file for any spreadsheet program."""
    _admit(request)
    return _download(sheet.template_csv(), "badges.csv", "text/csv; charset=utf-8")


@require_safe
def template_xlsx(request: HttpRequest) -> HttpResponseBase:
    """The same as a workbook, with a sheet that explains each column."""
    _admit(request)
    return _download(sheet.template_xlsx(), "badges.xlsx", _XLSX)


def _admit(request: HttpRequest) -> tuple[Actor, list[outline.Line]]:
    """Who may write badges and make them active, and the units for which they may do both."""
    by = admit_somewhere(request, Permission.ACHIEVEMENT_ACTIVATE)
    _by, lines = admit_writer(request)
    return by, [line for line in lines if by.may(Permission.ACHIEVEMENT_ACTIVATE, on=line.unit)]


def _download(data: bytes, name: str, kind: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(data, content_type=kind, headers=headers)


def _ask(request: HttpRequest, form: FileForm, *, problem: str = "") -> HttpResponse:
    columns = [(name, sheet.HELP[name], name in importing.REQUIRED) for name in importing.COLUMNS]
    context = {"form": form, "columns": columns, "problem": problem, "most": importing.MOST_ROWS}
    return page(request, "achievements/import.html", context, status=422 if problem or form.is_bound else 200)


def _look(request: HttpRequest, lines: Sequence[outline.Line]) -> HttpResponse:
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _ask(request, form)
    sent = form.cleaned_data["file"]
    file, found = _read(request, sent.read(), sent.name, lines)
    return _shown(request, file, found, actions.check_drawable(found.lines))


def _read(
    request: HttpRequest, data: bytes, name: str, lines: Sequence[outline.Line]
) -> tuple[sheet.File, importing.Read]:
    here = institution(request)
    today: date = clock.today_in(here.zone)
    file = sheet.read(data, name, today=today)
    known = sheet.known(lines, slugs=catalog.taken_slugs(), institution=here, today=today)
    return file, importing.read(file.rows, known, faults=file.faults)


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that stays out, with every reason in words and the column that it is about."""

    number: int
    name: str
    reasons: tuple[tuple[str, str], ...]


def _shown(
    request: HttpRequest,
    file: sheet.File,
    found: importing.Read,
    refused: Sequence[actions.Outcome],
    *,
    status: int = 200,
) -> HttpResponse:
    reasons: dict[int, list[tuple[str, str]]] = {
        number: [(fault.column, _said(fault)) for fault in faults] for number, faults in found.by_row().items()
    }
    for outcome in refused:
        reasons.setdefault(outcome.row, []).append(("", translated(outcome.error) if outcome.error else ""))
    context = {
        "good": [line for line in found.lines if line.row not in reasons],
        "bad": [BadRow(number, found.names.get(number, ""), tuple(why)) for number, why in sorted(reasons.items())],
        "notes": file.notes,
        "ignored": file.ignored,
        "form": RowsForm(initial={"rows": file.text}),
    }
    return page(request, "achievements/import_preview.html", context, status=status)


def _said(fault: importing.Fault) -> str:
    return translated(Rejected(fault.message, params=dict(fault.params)))


def _decide(request: HttpRequest, by: Actor, lines: Sequence[outline.Line]) -> HttpResponseBase:
    form = RowsForm(request.POST)
    if not form.is_valid():
        raise Rejected(STALE, code="rows_missing")
    _file, found = _read(request, form.cleaned_data["rows"].encode(), "rows.csv", lines)
    undrawable = {outcome.row for outcome in actions.check_drawable(found.lines)}
    outcomes = actions.bring_in(by=by, lines=[line for line in found.lines if line.row not in undrawable])
    came = sum(1 for outcome in outcomes if outcome.error is None)
    left = len(found.names) - came
    said = ngettext(
        "%(count)d badge has come in. It is active as soon as its image is drawn.",
        "%(count)d badges have come in. Each is active as soon as its image is drawn.",
        came,
    ) % {"count": came}
    if left:
        said += " " + ngettext("%(count)d row was left out.", "%(count)d rows were left out.", left) % {"count": left}
    return done(request, said if came else _("Nothing has come in."), "achievements")
