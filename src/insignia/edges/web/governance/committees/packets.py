"""The packet of a meeting, to be read on a screen, printed, or taken along as PDF."""

from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import formats, timezone, translation
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from insignia.edges.web import typesetting

from ..answers import Comparison, Item, Line, Part, Side
from ..pages import page
from . import doors, paper

_TEMPLATE = Path(__file__).with_name("packet.typ")


@require_safe
def packet(request: HttpRequest, meeting_id: str) -> HttpResponseBase:
    """All of it on one page."""
    by, one = doors.reader_of(request, meeting_id)
    return page(request, "committees/packet.html", {"meeting": one, "matters": paper.matters(request, by, one)})


@require_safe
def packet_file(request: HttpRequest, meeting_id: str) -> HttpResponse:
    """All of it as PDF, tagged for screen readers."""
    by, one = doors.reader_of(request, meeting_id)
    content = typesetting.pdf(_TEMPLATE, _data(one, paper.matters(request, by, one)))
    response = HttpResponse(content, content_type="application/pdf")
    name = f"{slugify(one.body.short_name or one.body.name)}-{one.day.isoformat()}.pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _data(one: Any, matters: list[paper.Matter]) -> dict[str, Any]:
    begins = timezone.localtime(one.starts_at)
    time = formats.date_format(begins, "H:i")
    if one.ends_at:
        time = _("%(begins)s to %(ends)s") % {
            "begins": time,
            "ends": formats.date_format(timezone.localtime(one.ends_at), "H:i"),
        }
    return {
        "lang": (translation.get_language() or "en").split("-")[0],
        "body": one.body.name,
        "institution": one.institution.name,
        "day": formats.date_format(begins, "j F Y"),
        "when": " · ".join(filter(None, [formats.date_format(begins, "l j F Y"), time, one.place])),
        "words": {
            "packet": _("Packet"),
            "agenda": _("Agenda"),
            "standards": _("Standards"),
            "changed": _("What changed since the version before"),
            "reviews": _("What reviewers said"),
            "before": _("Before"),
            "after": _("Now"),
            "page": _("Page"),
            "nothing": _("Not answered"),
            "same": _("Nothing changed since the version before."),
        },
        "standards": list(one.body.standards),
        "matters": [_matter(matter) for matter in matters],
    }


def _matter(matter: paper.Matter) -> dict[str, Any]:
    item = matter.item
    return {
        "number": matter.number,
        "title": matter.title,
        "note": matter.note,
        "text": item.text.splitlines() if item.kind == "free" else [],
        "whole": bool(item.proposal),
        "parts": [_part(part) for part in matter.parts],
        "compared": matter.comparison is not None,
        "changes": _changes(matter.comparison) if matter.comparison else [],
        "reviews": [
            {
                "head": " · ".join(filter(None, [review.who, review.task, review.said])),
                "marks": [{"criterion": c, "mark": str(m), "comment": said} for c, m, said in review.marks],
                "comment": review.comment.splitlines(),
            }
            for review in matter.reviews
        ],
    }


def _part(part: Part) -> dict[str, Any]:
    return {"title": part.section.label, "lines": [_line(line) for line in part.lines]}


def _line(line: Line) -> dict[str, Any]:
    return {
        "question": line.question.label,
        "text": line.text.splitlines(),
        "items": [_said(item) for item in line.items],
    }


def _said(item: Item) -> str:
    return " · ".join(filter(None, [item.text, item.note, item.url if item.url != item.text else ""]))


def _changes(comparison: Comparison) -> list[dict[str, Any]]:
    return [
        {"question": change.question.label, "before": _side(change.before), "after": _side(change.after)}
        for change in comparison.changes
    ]


def _side(side: Side) -> dict[str, Any]:
    """Pieces with their marks; items each in a line of their own."""
    return {
        "pieces": [{"mark": mark, "text": text} for mark, text in side.pieces],
        "items": [{"mark": item.mark, "text": _said(item)} for item in side.items],
    }
