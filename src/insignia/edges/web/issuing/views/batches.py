"""Rosters and lists: all of them, and one in whatever state it is in."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from insignia.domain.access.permissions import Permission
from insignia.domain.awards import finding, queries, roster
from insignia.domain.notifications import queries as mail
from insignia.edges.web import http

from .. import rows as rowing
from ..files import attachment
from ..pages import page, require_somewhere

_A_PAGE = 25
_ROWS = 20


def batches(request: HttpRequest) -> HttpResponse:
    """Every roster and list, searched and narrowed."""
    by = http.actor(request)
    if not by.may_somewhere(Permission.ISSUANCE_DECIDE):
        require_somewhere(by, Permission.AWARD_GRANT)
    words, state = request.GET.get("q", "").strip(), request.GET.get("state", "")
    found = finding.batches(by, words=words, state=state)
    context = {
        "page": Paginator(found, _A_PAGE).get_page(request.GET.get("page")),
        "words": words,
        "state": state,
        "states": finding.BATCH_STATES,
        "is_narrowed": bool(words or state),
    }
    return page(request, "batches.html", context)


def batch(request: HttpRequest, public_id: str) -> HttpResponse:
    """One roster: to be checked, being awarded, or done."""
    by = http.actor(request)
    found = queries.batch_for(by, public_id)
    if _needs_mapping(found):
        return redirect("issuing:mapping", found.achievement.institution.slug, found.public_id)
    context = {
        "batch": found,
        "achievement": found.achievement,
        "counts": (counts := queries.batch_counts(found)),
        "images": finding.variant_images(found.achievement),
        **(
            _before(request, found, counts)
            if found.state in ("uploaded", "checked")
            else _after(request, found, counts)
        ),
        "may_revoke": by.may(Permission.AWARD_REVOKE, on=found),
    }
    return page(request, "batch.html", context, besides=found.public_id)


def _needs_mapping(batch: Any) -> bool:
    return batch.state == "uploaded" and bool(roster.Mapping.from_json(batch.mapping).missing_required)


def _before(request: HttpRequest, batch: Any, counts: dict[str, int]) -> dict[str, Any]:
    return {
        **_listed(request, batch, counts, is_over=False),
        "notes": rowing.notes(batch),
        "before": queries.same_file_before(batch),
        "undo_minutes": batch.achievement.institution.policy("undo_minutes_batch"),
    }


def _after(request: HttpRequest, batch: Any, counts: dict[str, int]) -> dict[str, Any]:
    to_sign = counts["unsigned"] - counts["unsignable"]
    going = batch.state == "granting" or (batch.state == "granted" and to_sign > 0)
    expected = counts["waiting"] + counts["awarded"]
    return {
        **_listed(request, batch, counts, is_over=True),
        "is_working": going,
        "tone": "good" if batch.state == "granted" and not going else "",
        "expected": expected,
        "is_held": batch.state in ("granting", "granted") and counts["held"] > 0,
        "told": counts["signed"] - counts["held"],
        "mails": mail.counts(mail.messages_of_batch(batch)) if not going else {},
        "progress": _("%(done)s of %(all)s signed") % {"done": counts["signed"], "all": expected},
    }


def _listed(request: HttpRequest, batch: Any, counts: dict[str, int], *, is_over: bool) -> dict[str, Any]:
    """The rows that are shown: those with a problem where there are some, else all, as the tabs say."""
    wrong = counts["duplicates"] + counts["refused"]
    which = request.GET.get("rows") or ("problems" if wrong and is_over else "all")
    words = request.GET.get("q", "").strip()
    found = finding.rows(batch, problems=which == "problems", words=words)
    at = Paginator(found, _ROWS).get_page(request.GET.get("page"))
    tabs = [
        (_("All, %(count)s") % {"count": counts["total"]}, "?rows=all", which != "problems"),
        (_("With a problem, %(count)s") % {"count": wrong}, "?rows=problems", which == "problems"),
    ]
    return {"page": at, "rows": rowing.shown(at, is_over=is_over), "tabs": tabs, "words": words, "which": which}


def problems(request: HttpRequest, public_id: str) -> HttpResponse:
    """The rows that were not awarded, with the reasons: to correct and send again. No cell of it computes."""
    found = queries.batch_for(http.actor(request), public_id)
    data = roster.csv_bytes(rowing.problem_file(queries.problem_rows(found)))
    return attachment(data, "rows-to-correct.csv", "text/csv; charset=utf-8")
