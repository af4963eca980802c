"""The Registrar's queue: look through requests, see what is twice or named otherwise, return rows with a reason, issue (R-124)."""

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

from insignia.core.errors import Conflict, InsigniaError, NotPermitted, Rejected
from insignia.domain.access.actor import Actor
from insignia.domain.access.permissions import Permission
from insignia.domain.awards import actions, finding, queries
from insignia.domain.awards import issuance_queries as asked
from insignia.edges.web import http

from .. import request_rows
from ..pages import attempt, page, require_somewhere
from .request import tabs

_A_PAGE = 25
_ROWS = 50


def queue(request: HttpRequest) -> HttpResponse:
    """Every request that was sent; those that wait where nothing else is chosen."""
    by = http.actor(request)
    require_somewhere(by, Permission.ISSUANCE_DECIDE)
    words, flagged = request.GET.get("q", "").strip(), request.GET.get("flagged", "")
    state = request.GET.get("state", "" if words else "open")
    found = asked.queue(by, words=words, state=state, flagged=flagged)
    context = {
        "page": Paginator(found, _A_PAGE).get_page(request.GET.get("page")),
        "words": words,
        "state": state,
        "flagged": flagged,
        "states": [("open", _("Waiting and under way")), *asked.REQUEST_STATES[1:], ("", _("All"))],
        "is_narrowed": bool(words or flagged or state != "open"),
    }
    return page(request, "queue.html", context)


def verify(request: HttpRequest, public_id: str) -> HttpResponse:
    """One request, row by row."""
    by = http.actor(request)
    found = asked.request_before(by, public_id)
    return _page(request, by, found)


def _page(
    request: HttpRequest, by: Actor, found: Any, *, refusal: InsigniaError | None = None, status: int = 200
) -> HttpResponse:
    counts = asked.row_counts(found)
    which, words = request.GET.get("rows", ""), request.GET.get("q", "").strip()
    flagged = which == "flagged"
    some = asked.flags(asked.rows(found, which="" if flagged else which, words=words))
    if flagged:
        some = asked.flagged(asked.rows(found, which="waiting", words=words))
    at = Paginator(some.select_related("request"), _ROWS).get_page(request.GET.get("page"))
    context = {
        "asked": found,
        "achievement": found.achievement,
        "images": finding.variant_images(found.achievement),
        "counts": counts,
        "valid": asked.valid(found, by=by).count(),
        "flags": (flags := asked.flagged(asked.rows(found, which="waiting")).count()),
        "hindrance": asked.hindrance(found),
        "page": at,
        "rows": request_rows.to_verify(at, own=by.addresses),
        "tabs": _tabs(counts, flags, which),
        "which": which,
        "words": words,
        "refusal": refusal,
        "reason": request.POST.get("reason", ""),
        "ticked": request.POST.getlist("row"),
        **_progress(found, counts),
    }
    return page(request, "verify.html", context, status=status)


def _tabs(counts: Any, flags: int, which: str) -> list[tuple[str, str, bool]]:
    found = [tab for tab in tabs(counts, which) if tab[1] != "?rows=wrong"]
    looks = (_("To look at, %(count)s") % {"count": flags}, "?rows=flagged", which == "flagged")
    return [found[0], looks, *found[1:]] if flags or which == "flagged" else found


def _progress(found: Any, counts: Any) -> dict[str, Any]:
    batch = asked.last_batch(found)
    if batch is None:
        return {"batch": None}
    numbers = queries.batch_counts(batch)
    expected = numbers["waiting"] + numbers["awarded"]
    going = batch.state == "granting" or numbers["unsigned"] > numbers["unsignable"]
    return {
        "batch": batch,
        "is_working": going and counts.total > 0,
        "is_held": batch.state in ("granting", "granted") and numbers["held"] > 0,
        "signed": numbers["signed"],
        "expected": expected,
        "progress": _("%(done)s of %(all)s issued") % {"done": numbers["signed"], "all": expected},
    }


@require_POST
def begin(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take it up, so that colleagues see who verifies it."""
    by = http.actor(request)
    found = asked.request_before(by, public_id)

    def act() -> str:
        actions.verify_request(by=by, request=found)
        return _("You verify this request now; colleagues see that.")

    return attempt(request, act, back=_address(found))


@require_POST
def issue(request: HttpRequest, public_id: str) -> HttpResponse:
    """Issue one row, those that are ticked, or all against which nothing stands."""
    only, ticked = request.POST.get("only", ""), request.POST.getlist("row")
    if request.POST.get("which") == "valid":
        return _decide(request, public_id, lambda by, found: _issued(actions.issue_valid(by=by, request=found)))
    rows = [only] if only else ticked
    return _decide(request, public_id, lambda by, found: _issued(actions.issue_rows(by=by, request=found, rows=rows)))


def _issued(batch: Any) -> str:
    return _("The badges are being issued. You can leave this page; it goes on, and can be undone for a while.")


@require_POST
def send_back(request: HttpRequest, public_id: str) -> HttpResponse:
    """Return the rows that are ticked, or all that wait, with a reason."""
    reason, ticked = request.POST.get("reason", ""), request.POST.getlist("row")
    if request.POST.get("which") == "all":
        return _decide(
            request,
            public_id,
            lambda by, found: _returned(actions.return_request(by=by, request=found, reason=reason)),
        )
    return _decide(
        request,
        public_id,
        lambda by, found: _returned(actions.return_rows(by=by, request=found, rows=ticked, reason=reason)),
    )


def _returned(count: int) -> str:
    return ngettext(
        "%(count)s row is back with the unit, which is told why.",
        "%(count)s rows are back with the unit, which is told why.",
        count,
    ) % {"count": count}


def _decide(request: HttpRequest, public_id: str, act: Callable[[Actor, Any], str]) -> HttpResponse:
    """Do it and go back; what a rule refuses is said on the page, with what was ticked and typed."""
    by = http.actor(request)
    found = asked.request_before(by, public_id)
    try:
        messages.success(request, act(by, found))
    except (Rejected, Conflict, NotPermitted) as refusal:
        if isinstance(refusal, NotPermitted) and refusal.code != "self_award":
            raise
        return _page(request, by, found, refusal=refusal, status=http.status_of(refusal) or 422)
    return redirect(_address(found))


def _address(found: Any) -> str:
    return reverse("issuing:verify", args=[found.achievement.institution.slug, found.public_id])
