"""The page of an achievement, of each of its versions and variants, its documents, and a card for other sites."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from insignia.core.errors import NotFound
from insignia.core.words import N_
from insignia.domain.catalog import queries as catalog
from insignia.domain.catalog.basis import basis_of
from insignia.domain.catalog.composition import variant_name
from insignia.domain.catalog.rules import STANDARD
from insignia.edges.web import tenant
from insignia.edges.web.http import render

from .. import answers, labels
from ..approval import approval_of
from ..cards import cards
from ..documents import achievement_document

# A card on another site: it may be framed by any, and links out of its frame.
_FRAMED = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *"


@require_safe
def achievement(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """What can be earned, as it stands today."""
    current = _current(public_id)
    return _page_or_document(request, current, STANDARD, keep=answers.A_MINUTE)


@require_safe
def document(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """The current version as a document, whatever the request prefers."""
    return _document(request, _current(public_id), STANDARD, "application/ld+json", keep=answers.A_MINUTE)


@require_safe
def version(request: HttpRequest, public_id: str, number: int, variant: str = STANDARD) -> HttpResponseBase:
    """One version in one variant: the Open Badges `achievement.id`. What it says never changes."""
    return _page_or_document(request, catalog.public_version(public_id, number), variant, keep=answers.FOR_EVER)


@require_safe
def version_document(request: HttpRequest, public_id: str, number: int, variant: str = STANDARD) -> HttpResponseBase:
    """The same as a document, whatever the request prefers."""
    found = catalog.public_version(public_id, number)
    return _document(request, found, variant, "application/ld+json", keep=answers.FOR_EVER)


@require_safe
def embed(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """A small card that other sites may show in a frame."""
    found = catalog.public_achievement(public_id)
    tenant.enter(request, found.institution)
    context = {"card": cards([found])[0], "achievement": found}
    response = render(request, "public/embed.html", context)
    response.headers["Content-Security-Policy"] = _FRAMED
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _current(public_id: str) -> Any:
    return catalog.public_version(public_id, catalog.public_achievement(public_id).current.number)  # type: ignore[union-attr]


def _page_or_document(request: HttpRequest, found: Any, variant: str, *, keep: str) -> HttpResponseBase:
    kind = answers.wanted(request, answers.PAGE, *answers.LINKED_DATA)
    page = (
        _page(request, found, variant) if kind == answers.PAGE else _document(request, found, variant, kind, keep=keep)
    )
    return answers.varied(page)


def _document(request: HttpRequest, found: Any, variant: str, kind: str, *, keep: str) -> HttpResponseBase:
    image = catalog.first_image(found, variant)
    if image is None:
        raise _no_variant(variant)
    body = answers.json_bytes(achievement_document(found, variant=variant, image=image))
    return answers.answer(request, body, kind, keep=keep)


def _page(request: HttpRequest, found: Any, variant: str) -> HttpResponseBase:
    whole, content = found.achievement, found.content
    tenant.enter(request, whole.institution)
    image = catalog.current_image(found, variant)
    if image is None:
        raise _no_variant(variant)
    frozen = [one for one in catalog.versions_of(whole) if one.frozen_at]
    context = {
        "achievement": whole,
        "version": found,
        "content": content,
        "summary": labels.summary(content.description),
        "variant": variant,
        "name": variant_name(content.name, variant),
        "image": image,
        "image_address": reverse("public:image_svg", args=[image.public_id]),
        "audiences": [labels.audience(value) for value in content.audience],
        "credit": labels.credit(content.credit) if content.credit else "",
        "given_for": labels.given_for(whole.level.policy, basis_of(content)),
        "validity": labels.validity(content.valid_months or whole.level.policy.valid_months),
        "assessment": list(labels.assessment(whole.level.policy, whole.unit)),
        "variants": [value for value in whole.variants if value != variant],
        "approval": approval_of(found, variant),
        "is_current": found.pk == whole.current_id,
        "versions": [one for one in frozen if one.pk != found.pk],
        "data_address": _data_address(found, variant),
    }
    return answers.listed(whole.institution, render(request, "public/achievement.html", context))


def _data_address(found: Any, variant: str) -> str:
    place = [found.achievement.public_id, found.number]
    if variant == STANDARD:
        return reverse("public:version_document", args=place)
    return reverse("public:variant_document", args=[*place, variant])


def _no_variant(variant: str) -> NotFound:
    return NotFound(N_("This badge has no variant “%(variant)s”."), params={"variant": variant})
