"""Award one person in under a minute (R-105), and see what becomes of it."""

import time
from collections.abc import Callable
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from insignia.core.errors import Conflict, InsigniaError
from insignia.domain.access.actor import Actor
from insignia.domain.access.permissions import Permission
from insignia.domain.awards import actions, acts, finding, queries
from insignia.domain.catalog import queries as catalog
from insignia.domain.ground import clock, ids
from insignia.domain.journal import idempotency
from insignia.edges.web import http

from ..claim_form import fresh, pieces_of
from ..forms import AwardForm
from ..guidance import instructions
from ..pages import page

_LONGEST_WAIT = 3.0  # seconds in which the first of two clicks is done


def award_one(request: HttpRequest, achievement: str) -> HttpResponse:
    """The form, and the award that it makes."""
    by, wanted = http.actor(request), catalog.achievement_for(http.actor(request), achievement)
    if refusal := finding.hindrance(by, wanted):
        return hindered(request, wanted, refusal)
    pieces = pieces_of(request.POST)
    if request.method != "POST" or "more" in request.POST:
        begin = request.POST.dict() if request.POST else fresh(clock.today_in(wanted.institution.zone))
        return _form_page(request, wanted, AwardForm(achievement=wanted, pieces=pieces, initial=begin))
    form = AwardForm(request.POST, achievement=wanted, pieces=pieces)
    if not form.is_valid():
        return _form_page(request, wanted, form, status=422)
    try:
        award = _once(request, by, lambda: _grant(by, wanted, form))
    except InsigniaError as error:
        form.refuse(error)
        return _form_page(request, wanted, form, status=http.status_of(error) or 422)
    return redirect("issuing:awarded", wanted.institution.slug, wanted.public_id, award)


def _grant(by: Actor, achievement: Any, form: AwardForm) -> str:
    return actions.grant_award(by=by, achievement=achievement, earner=form.earner(), claim=form.claim()).public_id


def _once(request: HttpRequest, by: Actor, grant: Callable[[], str]) -> str:
    """Grant what this form asks for once, however often its button was pressed; gives the award's id.

    The key is that of the form and of all that is in it: whoever goes back and enters somebody else awards anew.
    """
    told = sorted((k, v) for k, v in request.POST.lists() if k != "csrfmiddlewaretoken")
    digest = sha256(repr(told).encode()).hexdigest()
    outcome = _reserved(f"award-one:{digest}", by, digest)
    if isinstance(outcome, idempotency.Stored):
        return outcome.body.decode()
    try:
        with transaction.atomic():
            award = grant()
            outcome.finish(status=303, content_type="text/plain", body=award.encode())
    except BaseException:
        outcome.abandon()
        raise
    return award


def _reserved(key: str, by: Actor, digest: str) -> idempotency.Stored | idempotency.Reservation:
    """The right to do it, or what the first click came to; a click that is a little later waits for the first."""
    give_up_at = time.monotonic() + _LONGEST_WAIT
    while True:
        try:
            return idempotency.once(key, actor_id=by.id, request_hash=digest, institution=by.institution)
        except Conflict:
            if time.monotonic() > give_up_at:
                raise
            time.sleep(0.1)


def _form_page(request: HttpRequest, achievement: Any, form: AwardForm, *, status: int = 200) -> HttpResponse:
    context = {
        "achievement": achievement,
        "images": finding.variant_images(achievement),
        "form": form,
        "form_key": request.POST.get("form_key") or ids.new_public_id(),
        "instructions": instructions(achievement),
    }
    return page(request, "one.html", context, status=status)


def hindered(request: HttpRequest, achievement: Any, refusal: InsigniaError) -> HttpResponse:
    """Why this badge cannot be awarded by this person today, and what to do about it."""
    may_ask = http.actor(request).may(Permission.ISSUANCE_REQUEST, on=achievement)
    context = {"achievement": achievement, "refusal": refusal, "may_ask": may_ask}
    return page(request, "hindered.html", context, status=http.status_of(refusal) or 403)


def awarded(request: HttpRequest, achievement: str, award: str) -> HttpResponse:
    """It is done: what happens next, and how to take it back or go on."""
    by = http.actor(request)
    made = queries.award_for(by, award)
    context = {"award": made, "achievement": made.achievement, "acts": acts.open_to(by, made)}
    return page(request, "awarded.html", context, besides=made.public_id)
