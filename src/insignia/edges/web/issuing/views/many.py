"""Award several people: pasted, or ticked among those who earned something before, with one claim for all."""

import re
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from insignia.core.errors import InsigniaError
from insignia.domain.access.actor import Actor
from insignia.domain.awards import actions, finding, pasted, roster
from insignia.domain.awards.rules import Claim
from insignia.domain.catalog import queries as catalog
from insignia.domain.ground import clock
from insignia.edges.web import http
from insignia.edges.web.words import translated

from ..claim_form import fresh
from ..forms import PeopleForm
from ..given_for import said
from ..guidance import instructions
from ..pages import page
from .one import hindered

_SHOWN = 30
_BETWEEN = re.compile(r"[\s<>,;\"()]+")


def award_many(request: HttpRequest, achievement: str) -> HttpResponse:
    """The form, and the list that it makes; it is looked through before anybody is awarded."""
    by, wanted = http.actor(request), catalog.achievement_for(http.actor(request), achievement)
    if refusal := finding.hindrance(by, wanted):
        return hindered(request, wanted, refusal)
    if request.method != "POST" or "search" in request.POST:
        begin = request.POST.dict() if request.POST else fresh(clock.today_in(wanted.institution.zone))
        return _form_page(request, by, wanted, PeopleForm(achievement=wanted, initial=begin))
    form = PeopleForm(request.POST, achievement=wanted)
    if not form.is_valid():
        return _form_page(request, by, wanted, form, status=422)
    try:
        parsed = _parsed(by, wanted, form, request.POST.getlist("recipient"))
        batch = actions.list_batch(by=by, achievement=wanted, parsed=parsed, source="list", **said(form))
    except InsigniaError as error:
        form.add_error("people", translated(error))
        return _form_page(request, by, wanted, form, status=http.status_of(error) or 422)
    return redirect("issuing:batch", wanted.institution.slug, batch.public_id)


def _parsed(by: Actor, achievement: Any, form: PeopleForm, ticked: list[str]) -> roster.Parsed:
    """The people of the form as lines, each with what is claimed of all of them."""
    claim = form.claim()
    chosen = list(finding.people(by, among=ticked)) if ticked else []
    text = "\n".join([form.cleaned_data["people"], *(recipient.email for recipient in chosen)])
    # Split, not searched for: an expression that looks for addresses takes for ever on long text without any.
    addresses = [word for word in _BETWEEN.split(text) if "@" in word]
    known = finding.names_at(by, addresses[: pasted.MOST_PEOPLE])
    parsed = pasted.parse(
        text,
        today=clock.today_in(achievement.institution.zone),
        awarded_on=claim.awarded_on,
        known_names=known,
        variants=achievement.variants,
    )
    return replace(parsed, lines=tuple(_with(line, claim) for line in parsed.lines))


def _with(line: roster.AwardLine, claim: Claim) -> roster.AwardLine:
    work = claim.evidence[0] if claim.evidence else None
    told = claim.attestation
    return replace(
        line,
        narrative=claim.narrative,
        variant=claim.variant,
        evidence_name=work.name if work else "",
        evidence_url=work.url if work else "",
        attested_where=told.where if told else "",
        attested_on=told.on if told else None,
        attested_by=told.by if told else "",
        share_consent_on=claim.share_consent_on,
    )


def _form_page(
    request: HttpRequest, by: Actor, achievement: Any, form: PeopleForm, *, status: int = 200
) -> HttpResponse:
    ticked = request.POST.getlist("recipient")
    words = request.POST.get("q", "")
    chosen = list(finding.people(by, among=ticked)) if ticked else []
    found = list(finding.people(by, words=words)[:_SHOWN])
    recipients = chosen + [recipient for recipient in found if recipient not in chosen]
    actions.note_reading(by=by, recipients=recipients)
    context = {
        "achievement": achievement,
        "images": finding.variant_images(achievement),
        "form": form,
        "recipients": recipients,
        "ticked": ticked,
        "words": words,
        "instructions": instructions(achievement),
    }
    return page(request, "many.html", context, status=status)
