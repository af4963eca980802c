"""Awards: all that one works with (R-104), as a list, as a file, and one by one with all that happened to it."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from insignia.domain.access.permissions import Permission
from insignia.domain.awards import actions, acts, finding, queries, roster
from insignia.domain.catalog.composition import VARIANT_NAMES
from insignia.domain.institutions import queries as institutions
from insignia.domain.notifications import queries as mail
from insignia.edges.web import http

from .. import timeline
from ..files import attachment
from ..pages import page, require_somewhere

_A_PAGE = 50
_MOST_EXPORTED = 50_000
# The model says it to the earner ("Only you"); here it is said of them.
_VISIBLE_TO = {
    "private": gettext_lazy("The earner alone"),
    "link": gettext_lazy("Whoever has the link"),
    "public": gettext_lazy("Everybody"),
}


def _wanted(request: HttpRequest) -> finding.Wanted:
    given = {name: request.GET.get(name, "").strip() for name in ("state", "level", "batch", "sort")}
    return finding.Wanted(words=request.GET.get("q", "").strip(), **given)


def awards(request: HttpRequest) -> HttpResponse:
    """The list, searched, narrowed and sorted by the address."""
    by = http.actor(request)
    require_somewhere(by, Permission.AWARD_READ)
    wanted = _wanted(request)
    shown = Paginator(finding.awards(by, wanted), _A_PAGE).get_page(request.GET.get("page"))
    actions.note_reading(by=by, recipients=[award.recipient for award in shown])
    context = {
        "page": shown,
        "wanted": wanted,
        "states": finding.AWARD_STATES,
        "levels": institutions.levels(),
        "batch": queries.batch_for(by, wanted.batch) if wanted.batch else None,
        "is_narrowed": bool(wanted.words or wanted.state or wanted.level or wanted.batch),
    }
    return page(request, "awards.html", context)


def export(request: HttpRequest) -> HttpResponse:
    """The same list as a file; no cell of it computes."""
    by = http.actor(request)
    require_somewhere(by, Permission.AWARD_READ)
    found = list(finding.awards(by, _wanted(request))[:_MOST_EXPORTED])
    actions.note_reading(by=by, recipients=[award.recipient for award in found])
    head = [_("Name"), _("Mail address"), _("Number"), _("Badge"), _("Level"), _("Variant"), _("Day"), _("State")]
    rows = [[*head, _("Verified by"), _("Valid until"), _("Credential")], *(_cells(award) for award in found)]
    return attachment(roster.csv_bytes(rows), "awards.csv", "text/csv; charset=utf-8")


def _cells(award: Any) -> list[str]:
    return [
        award.recipient.name,
        award.recipient.email,
        award.recipient.external_id,
        award.version.name,
        award.achievement.level.name,
        award.variant,
        award.awarded_on.isoformat(),
        str(award.get_state_display()),
        award.verified_by_name,
        award.expires_on.isoformat() if award.expires_on else "",
        award.credential.url if award.credential else "",
    ]


def award(request: HttpRequest, public_id: str) -> HttpResponse:
    """One award: who, for what, on what ground, what happened, and what can be done now."""
    by = http.actor(request)
    found = queries.award_for(by, public_id)
    actions.note_reading(by=by, recipients=[found.recipient])
    context = {
        "award": found,
        "achievement": found.achievement,
        "evidence": found.evidence.all(),
        "attestation": finding.attestation(found),
        "variant": _(VARIANT_NAMES.get(found.variant, found.variant)),
        "visible_to": _VISIBLE_TO[found.visibility],
        "timeline": timeline.of(found),
        "mails": [(message, mail.why(message)) for message in mail.messages_of(found)],
        "acts": acts.open_to(by, found),
        "successor": queries.successor(found),
    }
    return page(request, "award.html", context, besides=found.public_id)
