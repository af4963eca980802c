"""How long proposals take, as figures with what they mean, and as a file."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from insignia.domain.access.permissions import Permission
from insignia.domain.awards.roster import csv_bytes
from insignia.domain.proposals.workflow import figures
from insignia.edges.web.doors import admit_somewhere, institution

from ..pages import page
from .showing import waited

_FUNNEL: dict[str, Any] = {
    "intents": gettext_lazy("Intents"),
    "handed_in": gettext_lazy("Handed in"),
    "approved": gettext_lazy("Approved"),
    "active": gettext_lazy("Active"),
}


@dataclass(frozen=True, slots=True)
class Table:
    """One table of spans, with what its rows are and what they mean."""

    key: str
    title: str
    of: str
    definition: str
    rows: tuple[tuple[Any, str, str, str], ...]  # span, median, p90, oldest


@require_safe
def turnaround(request: HttpRequest) -> HttpResponseBase:
    """Time in each step, before each body and in each unit; where it stays longest; how many come through."""
    admit_somewhere(request, Permission.PROPOSAL_READ)
    found = figures.turnaround()
    context = {
        "found": found,
        "tables": _tables(found),
        "pipeline": [
            (span, _days(span.median), _address(request, span.key)) for span in found.steps if span.open or span.count
        ],
        "whole": found.whole,
        "median": _days(found.whole.median),
        "p90": _days(found.whole.p90),
        "rounds": formats.number_format(found.rounds, 1) if found.rounds else "",
        "funnel": [(str(_FUNNEL[key]), count) for key, count in found.funnel],
        "most": max((count for _key, count in found.funnel), default=0),
    }
    return page(request, "review/turnaround.html", context)


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The same as a file; no cell of it computes."""
    admit_somewhere(request, Permission.PROPOSAL_READ)
    found = figures.turnaround()
    head = [_("Of"), _("Name"), _("Ended"), _("Median days"), _("90 % within days"), _("Open now"), _("Oldest since")]
    rows = [head]
    for table in _tables(found):
        for span, _median, _p90, _oldest in table.rows:
            rows.append(
                [
                    table.of,
                    _name(span),
                    str(span.count),
                    _plain(span.median),
                    _plain(span.p90),
                    str(span.open),
                    span.oldest.date().isoformat() if span.oldest else "",
                ]
            )
    rows += [[_("Funnel"), str(_FUNNEL[key]), str(count), "", "", "", ""] for key, count in found.funnel]
    response = HttpResponse(csv_bytes(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="turnaround.csv"'
    response["Cache-Control"] = "private, no-store"
    return response


def _tables(found: figures.Turnaround) -> list[Table]:
    return [
        Table(
            "steps",
            _("Time in each step"),
            _("Step"),
            _(
                "From when a proposal comes to the step until it leaves it. Days on hold count; waiting for its "
                "proposer is a row of its own."
            ),
            _rows(found.steps),
        ),
        Table(
            "bodies",
            _("Before each body"),
            _("Body"),
            _("From when a matter is before the body until it has decided, was returned or ended."),
            _rows(found.bodies),
        ),
        Table(
            "units",
            _("By unit"),
            _("Unit"),
            _("From when a proposal was first handed in until its end, however it ended."),
            _rows(found.units),
        ),
    ]


def _rows(spans: tuple[figures.Span, ...]) -> tuple[tuple[Any, str, str, str], ...]:
    return tuple(
        (span, _days(span.median), _days(span.p90), waited(span.oldest) if span.oldest else "") for span in spans
    )


def _name(span: figures.Span) -> str:
    return str(_("With its proposer")) if span.key == figures.RETURNED else span.label


def _days(value: float | None) -> str:
    return "" if value is None else formats.number_format(round(value, 1), 0 if value >= 10 else 1)


def _plain(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"


def _address(request: HttpRequest, step: str) -> str:
    base = reverse("governance:all_proposals", args=[institution(request).slug])
    return f"{base}?state=changes_requested" if step == figures.RETURNED else f"{base}?step={step}"
