"""One request, for the unit: its rows, what is wrong with them, correcting them, and sending it to the Registrar."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from insignia.core.errors import Conflict, Rejected
from insignia.domain.access.actor import Actor
from insignia.domain.awards import actions, finding, roster
from insignia.domain.awards import issuance_queries as asked
from insignia.edges.web import http
from insignia.edges.web.words import translated

from .. import request_rows, rows
from ..files import attachment
from ..pages import attempt, page
from ..request_forms import LearnerForm, values_of

_ROWS = 25


def request(request: HttpRequest, public_id: str) -> HttpResponse:
    """The request in whatever state it is in."""
    found = asked.request_of(http.actor(request), public_id)
    counts = asked.row_counts(found)
    which, words = request.GET.get("rows", ""), request.GET.get("q", "").strip()
    at = Paginator(asked.rows(found, which=which, words=words), _ROWS).get_page(request.GET.get("page"))
    context = {
        "asked": found,
        "achievement": found.achievement,
        "images": finding.variant_images(found.achievement),
        "counts": counts,
        "hindrance": asked.hindrance(found),
        "attestation": actions.ATTESTATION_TEXT,
        "notes": rows.notes(found),
        "page": at,
        "rows": request_rows.shown(at),
        "tabs": tabs(counts, which),
        "which": which,
        "words": words,
    }
    return page(request, "request.html", context)


def tabs(counts: Any, which: str) -> list[tuple[str, str, bool]]:
    """The sides of the rows: those in which there is something."""
    every = [
        ("", _("All, %(count)s") % {"count": counts.total}, counts.total),
        ("wrong", _("To correct, %(count)s") % {"count": counts.wrong}, counts.wrong),
        ("returned", _("Returned, %(count)s") % {"count": counts.returned}, counts.returned),
        ("waiting", _("With the Registrar, %(count)s") % {"count": counts.waiting}, counts.waiting),
        ("issued", _("Issued, %(count)s") % {"count": counts.issued}, counts.issued),
    ]
    return [(words, f"?rows={key}", key == which) for key, words, number in every if number or key in ("", which)]


def row(request: HttpRequest, public_id: str, row: str) -> HttpResponse:
    """One learner of a request, as typed, with what is wrong beside it."""
    by = http.actor(request)
    found = asked.request_of(by, public_id)
    wanted = asked.row_of(found, row)
    if request.method == "POST":
        return _kept(
            request, found, lambda: actions.correct_row(by=by, row=wanted, values=values_of(request.POST)), row
        )
    if wanted.state not in ("open", "returned"):
        return redirect("issuing:request", found.achievement.institution.slug, found.public_id)
    form = LearnerForm(achievement=found.achievement, line=wanted.line, row=wanted if wanted.code else None)
    return _row_page(request, found, form, wanted)


def add(request: HttpRequest, public_id: str) -> HttpResponse:
    """One more learner."""
    by = http.actor(request)
    found = asked.request_of(by, public_id)
    if request.method == "POST":
        return _kept(request, found, lambda: actions.add_row(by=by, request=found, values=values_of(request.POST)), "")
    return _row_page(request, found, LearnerForm(achievement=found.achievement, line={}), None)


def _kept(request: HttpRequest, found: Any, act: Callable[[], None], row: str) -> HttpResponse:
    """Keep what was typed; stay where something is wrong with it."""
    slug = found.achievement.institution.slug
    try:
        act()
    except (Conflict, Rejected) as error:
        messages.error(request, translated(error))
        return redirect("issuing:request", slug, found.public_id)
    kept = asked.row_of(found, row) if row else asked.rows(found).last()
    if kept is not None and kept.code:
        return redirect("issuing:request_row", slug, found.public_id, kept.public_id)
    messages.success(request, _("Kept. Nothing is wrong with it."))
    return redirect("issuing:request", slug, found.public_id)


def _row_page(request: HttpRequest, found: Any, form: LearnerForm, row: Any) -> HttpResponse:
    context = {
        "asked": found,
        "achievement": found.achievement,
        "images": finding.variant_images(found.achievement),
        "form": form,
        "row": row,
    }
    return page(request, "request_row.html", context)


@require_POST
def take_out(request: HttpRequest, public_id: str, row: str) -> HttpResponse:
    """Take a learner out of the request."""
    by = http.actor(request)
    found = asked.request_of(by, public_id)
    wanted = asked.row_of(found, row)

    def act() -> str:
        actions.withdraw_row(by=by, row=wanted)
        return _("Taken out of the request.")

    return attempt(request, act, back=_address(found))


@require_POST
def send(request: HttpRequest, public_id: str) -> HttpResponse:
    """Send what is fine to the Registrar."""
    by = http.actor(request)
    found = asked.request_of(by, public_id)
    return attempt(request, lambda: _send(by, found, request.POST.get("attested", "")), back=_address(found))


def _send(by: Actor, found: Any, attested: str) -> str:
    count = actions.send_request(by=by, request=found, attested=attested)
    return ngettext("%(count)s row is with the Registrar now.", "%(count)s rows are with the Registrar now.", count) % {
        "count": count
    }


@require_POST
def discard(request: HttpRequest, public_id: str) -> HttpResponse:
    """Throw away a draft."""
    by = http.actor(request)
    found = asked.request_of(by, public_id)

    def act() -> str:
        actions.discard_request(by=by, request=found)
        return _("The draft was thrown away.")

    slug = found.achievement.institution.slug
    try:
        messages.success(request, act())
    except (Conflict, Rejected) as error:
        messages.error(request, translated(error))
        return redirect(_address(found))
    return redirect("issuing:requests", slug)


def problems(request: HttpRequest, public_id: str) -> HttpResponse:
    """The rows that need correcting, as a file; no cell of it computes."""
    found = asked.request_of(http.actor(request), public_id)
    wrong = [*asked.rows(found, which="wrong"), *asked.rows(found, which="returned").filter(code="")]
    data = roster.csv_bytes(request_rows.problem_file(sorted(wrong, key=lambda row: row.number)))
    return attachment(data, "rows-to-correct.csv", "text/csv; charset=utf-8")


def _address(found: Any) -> str:
    return reverse("issuing:request", args=[found.achievement.institution.slug, found.public_id])
