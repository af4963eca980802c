"""The start of the desk: what one may award, what is under way, what was awarded last; or why there is nothing (R-109)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse

from insignia.core.errors import InsigniaError
from insignia.domain.awards import finding, queries
from insignia.domain.awards import issuance_queries as asked
from insignia.domain.ground import clock
from insignia.edges.web import http

from ..pages import page


@dataclass(frozen=True, slots=True)
class Offer:
    """A badge that this person holds the right to award, and what stands in the way today, if anything."""

    achievement: Any
    image: str
    hindrance: InsigniaError | None
    may_ask: bool = False


def desk(request: HttpRequest) -> HttpResponse:
    """What may I award, and what became of what I awarded?"""
    by = http.actor(request)
    words = request.GET.get("q", "")
    offers = _to_ask_for(by, words) if _by_registrar(request) else _offers(by, words)
    context = {
        "offers": offers,
        "is_searched": "q" in request.GET,
        "registrar_awards": _by_registrar(request),
        "appointments": _without_effect(by),
        "batches": queries.batches_for(by).filter(state__in=["uploaded", "checked", "granting"])[:5],
        "recent": finding.awards(by, finding.Wanted())[:8] if offers or request.GET.get("q") else (),
    }
    return page(request, "desk.html", context)


def _offers(by: Any, words: str) -> list[Offer]:
    achievements: Sequence[Any] = list(finding.awardable(by, words=words))
    images = finding.images_of(achievements)
    hindrances = finding.hindrances(by, achievements)
    return [Offer(a, images.get(a.pk, ""), hindrances[a.pk]) for a in achievements]


def _by_registrar(request: HttpRequest) -> bool:
    """Whether the Registrar makes all awards here, upon requests (R-121)."""
    return bool(request.institution.policy("awarding") == "registrar")  # type: ignore[attr-defined]


def _to_ask_for(by: Any, words: str) -> list[Offer]:
    """What one may ask the Registrar for; then what one could award, if the Registrar did not."""
    askable = asked.askable(by, words=words)
    keys = {achievement.pk for achievement in askable}
    offers = [offer for offer in _offers(by, words) if offer.achievement.pk not in keys]
    images = finding.images_of(askable)
    return [Offer(a, images.get(a.pk, ""), None, may_ask=True) for a in askable] + offers


def _without_effect(by: Any) -> list[Any]:
    """Appointments by which this person cannot award today: over, or not begun."""
    today = clock.today_in
    return [g for g in finding.own_appointments(by) if not g.is_active_on(today(g.achievement.institution.zone))]
