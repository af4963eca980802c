"""Finding a person: by name, address or number; and on one page all that is known here of why they have their badge or not."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from insignia.core.errors import NotPermitted, Rejected
from insignia.core.words import N_
from insignia.domain.access.actor import Actor
from insignia.domain.access.permissions import Permission
from insignia.domain.awards import actions, acts, earners
from insignia.domain.notifications import finding as mail_finding
from insignia.domain.notifications import next_steps
from insignia.domain.notifications import queries as mail
from insignia.edges.web import http
from insignia.edges.web.words import translated

from ..pages import page

_A_PAGE = 50
_RIGHTS = (Permission.AWARD_READ, Permission.RECIPIENT_READ, Permission.MAIL_READ)


@dataclass(frozen=True, slots=True)
class Story:
    """One award: why it stands as it does, how its mails fared, and what to do next. `may` says whether that is theirs to do."""

    award: Any
    why: str
    letters: tuple[Any, ...]
    step: next_steps.Step
    may: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a roster that was refused, and what was wrong with it."""

    row: Any
    why: str


def find(request: HttpRequest) -> HttpResponse:
    """Who is known here by these words; and addresses of which only a mail or a refused row is known."""
    by = _admit(request)
    words = request.GET.get("q", "").strip()
    shown = Paginator(earners.find(by, words), _A_PAGE).get_page(request.GET.get("page"))
    actions.note_reading(by=by, recipients=shown)
    only = dict.fromkeys([*mail_finding.addresses(by, words), *earners.refused_addresses(by, words)])
    known = set(earners.readable(by).filter(email__in=list(only)).values_list("email", flat=True))
    context = {"page": shown, "words": words, "addresses": [address for address in only if address not in known]}
    return page(request, "earners.html", context)


def earner(request: HttpRequest, public_id: str) -> HttpResponse:
    """One person: awards, mails, claims, refused rows, each to whom it may be shown."""
    by = _admit(request)
    recipient = earners.earner_for(by, public_id)
    actions.note_reading(by=by, recipients=[recipient])
    awards = earners.awards_of(by, recipient)
    letters = mail_finding.about(by, awards, address=recipient.email)
    claiming = earners.claiming_of(recipient)
    context = {
        "earner": recipient,
        "address": recipient.email,
        "stories": [_story(by, award, letters, claiming) for award in awards],
        "is_cut": len(awards) == earners.MOST_AWARDS,
        "claiming": claiming,
        "reads_record": earners.reads_record(by, recipient),
        **_besides(by, letters, recipient.email),
    }
    return page(request, "earner.html", context)


def at(request: HttpRequest) -> HttpResponse:
    """What is known of an address that belongs to nobody who may be shown; the person's page where it does."""
    by = _admit(request)
    address = request.GET.get("address", "").strip().lower()
    if "@" not in address:
        raise Rejected(N_("Give a whole mail address."), code="address_missing")
    if recipient := earners.earner_at(by, address):
        return redirect(reverse("issuing:earner", args=[request.institution.slug, recipient.public_id]))  # type: ignore[attr-defined]
    letters = mail_finding.about(by, [], address=address)
    return page(request, "earner.html", {"earner": None, "address": address, **_besides(by, letters, address)})


def _admit(request: HttpRequest) -> Actor:
    by = http.actor(request)
    if not any(by.may_somewhere(right) for right in _RIGHTS):
        raise NotPermitted(
            N_("You may not do this here. Ask a program manager of the institution for the right “%(permission)s”."),
            code="not_permitted",
            params={"permission": Permission.RECIPIENT_READ.value},
        )
    return by


def _reads_mail(by: Actor) -> bool:
    """Whether `by` may open the page of a mail."""
    return bool(by.places(Permission.MAIL_READ, "institution"))


def _besides(by: Actor, letters: Sequence[Any], address: str) -> dict[str, Any]:
    return {
        "letters": [(letter, _(mail.why(letter)) if mail.why(letter) else "") for letter in letters],
        "reads_mail": _reads_mail(by),
        "rows": [Row(row, _said(row)) for row in earners.refused_rows(by, address)],
    }


def _story(by: Actor, award: Any, letters: Sequence[Any], claiming: earners.Claiming) -> Story:
    about = tuple(letter for letter in letters if any(told.award_id == award.pk for told in letter.tells_of.all()))
    step = next_steps.of(award, about, claiming)
    open_acts = acts.open_to(by, award)
    may = _reads_mail(by) if step.act == "mail" else step.act in open_acts
    reason = actions.REVOCATION_REASONS.get(award.state_code, "")
    return Story(award, ". ".join(filter(None, [_(reason) if reason else "", award.state_reason])), about, step, may)


def _said(row: Any) -> str:
    return translated(Rejected(row.message, params=row.params)) if row.message else ""
