"""A credential: the page for people; for programs the signed bytes, a token, or a picture with the credential in it."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from insignia.core.openbadges import AchievementCredential, bake
from insignia.domain.awards import queries as awards
from insignia.domain.awards.participation import completed
from insignia.domain.catalog.composition import variant_name
from insignia.domain.catalog.rules import STANDARD
from insignia.domain.credentials import actions as credentials
from insignia.domain.credentials import verification
from insignia.domain.ground import clock
from insignia.edges.web.http import indexable, render, wants_fragment
from insignia.edges.web.qr import qr_code

from .. import answers, labels
from ..approval import approval_of
from ..doors import enter_only_institution
from ..holder import name_of
from ..shown import entered, shown
from ..standing import standing


@require_safe
def credential(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """What stands at a credential's `id`: for each reader the form that they ask for."""
    award = entered(request, public_id)
    if award is None:
        return answers.varied(_not_shown(request))
    kind = answers.wanted(request, answers.PAGE, *answers.CREDENTIAL, *answers.TOKEN)
    if kind in answers.CREDENTIAL:
        return answers.varied(_bytes(request, award, kind))
    return answers.varied(_token(request, award, kind) if kind in answers.TOKEN else _page(request, award))


@require_safe
def as_json(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """The exact bytes that were signed, to keep."""
    award = entered(request, public_id)
    if award is None:
        return _not_shown(request)
    return _bytes(request, award, answers.CREDENTIAL[0], filename=f"{award.achievement.slug}.json")


@require_safe
def as_token(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """The same credential as a VC-JWT, to keep."""
    award = entered(request, public_id)
    if award is None:
        return _not_shown(request)
    return _token(request, award, "text/plain", filename=f"{award.achievement.slug}.jwt")


@require_safe
def as_png(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """The badge as a PNG with the credential in it."""
    award = entered(request, public_id)
    if award is None:
        return _not_shown(request)
    return _picture(request, award, bytes(award.image.png), "image/png")


@require_safe
def as_svg(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """The badge as an SVG with the credential in it."""
    award = entered(request, public_id)
    if award is None:
        return _not_shown(request)
    return _picture(request, award, bytes(award.image.svg), "image/svg+xml")


def _not_shown(request: HttpRequest) -> HttpResponseBase:
    enter_only_institution(request)
    return render(request, "public/not_shown.html", {"next": request.path}, status=404)


def _answer(request: HttpRequest, award: Any, body: bytes, kind: str, **more: str) -> HttpResponseBase:
    # Whoever may see it today may not tomorrow: nothing is kept without asking anew.
    keep = answers.NOT_AT_ALL if award.visibility == "private" else answers.ASK_ANEW
    response = answers.answer(request, body, kind, keep=keep, **more)
    patch_vary_headers(response, ["Cookie"])
    return response


def _bytes(request: HttpRequest, award: Any, kind: str, **more: str) -> HttpResponseBase:
    return _answer(request, award, bytes(award.credential.document), kind, **more)


def _token(request: HttpRequest, award: Any, kind: str, **more: str) -> HttpResponseBase:
    return _answer(request, award, credentials.make_token(award.credential).encode(), kind, **more)


def _picture(request: HttpRequest, award: Any, picture: bytes, kind: str) -> HttpResponseBase:
    baked = bake(picture, bytes(award.credential.document).decode())
    name = f"{award.achievement.slug}.{'png' if kind == 'image/png' else 'svg'}"
    headers = {"Content_Security_Policy": "default-src 'none'; sandbox"}
    return _answer(request, award, baked, kind, filename=name, **headers)


def _page(request: HttpRequest, award: Any) -> HttpResponseBase:
    found = verification.verify(bytes(award.credential.document))
    signed = found.credential if isinstance(found.credential, AchievementCredential) else None
    achievement, content = award.achievement, award.version.content
    address = award.credential.url
    is_public = award.visibility == "public"
    context = {
        "award": award,
        "achievement": achievement,
        "content": content,
        "holder": name_of(signed),
        "name": variant_name(content.name, award.variant),
        "variant": labels.variant(award.variant),
        "given_for": labels.given_for(
            achievement.level.policy, completed(content, basis=award.basis, period=award.period)
        ),
        "issuer": award.credential.issuer,
        "verification": found,
        "standing": standing(award, found),
        "checked_at": clock.now(),
        "evidence": [item for item in award.evidence.all() if item.shared],
        "approval": approval_of(award.version, award.variant),
        "version_address": _version_address(award),
        "image_address": reverse("public:image_svg", args=[award.image.public_id]),
        "address": address,
        "address_words": address.partition("://")[2],
        "qr": qr_code(address),
        "successor": _successor(request, award),
        "is_own": request.user.is_authenticated and award.recipient.user_id == request.user.pk,
        "summary": labels.summary(content.description),
        "is_public": is_public,
        "is_private": award.visibility == "private",
        "piece": wants_fragment(request),
    }
    response = render(request, "public/credential.html", context)
    may_be_listed = is_public and award.state == "accepted" and not achievement.institution.policy("noindex")
    return indexable(response) if may_be_listed else response


def _version_address(award: Any) -> str:
    place = [award.achievement.public_id, award.version.number]
    if award.variant == STANDARD:
        return reverse("public:version", args=place)
    return reverse("public:variant", args=[*place, award.variant])


def _successor(request: HttpRequest, award: Any) -> Any | None:
    """The corrected award, where there is one and the reader may see it."""
    found = awards.successor(award) if award.state == "superseded" else None
    return shown(request, found.credential.public_id) if found is not None and found.credential is not None else None
