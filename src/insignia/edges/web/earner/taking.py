"""Accepting, from wherever it is done: which offers are meant, and where the earner goes next."""

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from insignia.domain.access.actor import Actor
from insignia.domain.awards import actions as awards


def chosen_by(request: HttpRequest, offers: Iterable[Any]) -> list[Any]:
    """Those of `offers` that the form names, or all of them when it names none."""
    named = frozenset(request.POST.getlist("award"))
    return [offer for offer in offers if not named or offer.public_id in named]


def to_choose(by: Actor, offers: Sequence[Any]) -> str:
    """Accept `offers`; the address where who may see them is chosen, which for each is nobody until then."""
    awards.accept(by=by, awards=offers)
    return f"{reverse('earner:choose')}?{urlencode([('award', offer.public_id) for offer in offers])}"
