"""Units and people from a file: look first, then decide."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from insignia.core.errors import Rejected
from insignia.domain.access.permissions import Permission
from insignia.domain.institutions import bulk
from insignia.edges.web import words

from .. import importing
from ..doors import admit, institution
from ..forms.people import STALE, FileForm, RowsForm
from ..page import done, page


@dataclass(frozen=True, slots=True)
class Kind:
    """What is imported: how its file is read, tried and carried out, and the words around it."""

    name: str
    permission: Permission
    columns: tuple[str, ...]
    read: Callable[[bytes, str], importing.File[Any]]
    preview: Callable[..., list[bulk.Outcome]]
    carry_out: Callable[..., list[bulk.Outcome]]
    said: Callable[[int], str]


def _units_said(count: int) -> str:
    return ngettext("%(count)d unit was added.", "%(count)d units were added.", count) % {"count": count}


def _people_said(count: int) -> str:
    return ngettext(
        "%(count)d person was given a role and is told by mail.",
        "%(count)d people were given roles and are told by mail.",
        count,
    ) % {"count": count}


UNITS = Kind(
    "units",
    Permission.UNIT_MANAGE,
    importing.UNIT_COLUMNS,
    importing.units,
    bulk.preview_units,
    bulk.import_units,
    _units_said,
)
PEOPLE = Kind(
    "people",
    Permission.MEMBER_MANAGE,
    importing.PEOPLE_COLUMNS,
    importing.people,
    bulk.preview_people,
    bulk.import_people,
    _people_said,
)


@require_http_methods(["GET", "HEAD", "POST"])
def units(request: HttpRequest) -> HttpResponseBase:
    """Units from a file."""
    return _import(request, UNITS)


@require_http_methods(["GET", "HEAD", "POST"])
def people(request: HttpRequest) -> HttpResponseBase:
    """People and their roles from a file."""
    return _import(request, PEOPLE)


@require_safe
def units_template(request: HttpRequest) -> HttpResponseBase:
    """An empty file of units."""
    admit(request, Permission.UNIT_MANAGE)
    return _download(importing.template(importing.UNIT_COLUMNS, importing.UNIT_EXAMPLE), "units.csv")


@require_safe
def people_template(request: HttpRequest) -> HttpResponseBase:
    """An empty file of people."""
    admit(request, Permission.MEMBER_MANAGE)
    return _download(importing.template(importing.PEOPLE_COLUMNS, importing.PEOPLE_EXAMPLE), "people.csv")


def _download(data: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(data, content_type="text/csv; charset=utf-8", headers=headers)


def _import(request: HttpRequest, kind: Kind) -> HttpResponseBase:
    by = admit(request, kind.permission)
    if request.method != "POST":
        return _ask(request, kind, FileForm())
    try:
        if "rows" not in request.POST:
            return _look(request, kind, by)
        return _decide(request, kind, by)
    except Rejected as refused:
        return _ask(request, kind, FileForm(), problem=words.translated(refused))


def _ask(request: HttpRequest, kind: Kind, form: FileForm, *, problem: str = "") -> HttpResponse:
    meanings = importing.column_words()
    columns = [(name, meanings[name]) for name in kind.columns]
    context = {"form": form, "kind": kind.name, "columns": columns, "problem": problem}
    return page(request, "import.html", context, status=422 if problem or form.is_bound else 200)


def _look(request: HttpRequest, kind: Kind, by: Any) -> HttpResponse:
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _ask(request, kind, form)
    sent = form.cleaned_data["file"]
    file = kind.read(sent.read(), sent.name)
    return _shown(request, kind, file, kind.preview(by=by, institution=institution(request), lines=file.lines))


def _shown(
    request: HttpRequest, kind: Kind, file: importing.File[Any], outcomes: Sequence[bulk.Outcome]
) -> HttpResponse:
    rows = file.shown(outcomes)
    context = {
        "kind": kind.name,
        "columns": file.columns,
        "good": [row for row in rows if not row.problem],
        "bad": [row for row in rows if row.problem],
        "form": RowsForm(initial={"rows": file.text}),
    }
    return page(request, "import_preview.html", context)


def _decide(request: HttpRequest, kind: Kind, by: Any) -> HttpResponseBase:
    form = RowsForm(request.POST)
    if not form.is_valid():
        raise Rejected(STALE, code="rows_missing")
    file = kind.read(form.cleaned_data["rows"].encode(), "rows.csv")
    outcomes = kind.carry_out(by=by, institution=institution(request), lines=file.lines)
    count = sum(1 for outcome in outcomes if outcome.error is None)
    left = len(outcomes) - count + len(file.unreadable)
    said = kind.said(count) if count else _("Nothing was added.")
    if left:
        said += " " + ngettext("%(count)d row was left out.", "%(count)d rows were left out.", left) % {"count": left}
    return done(request, said, kind.name)
