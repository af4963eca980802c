"""The institution's endorsement of a version that was approved: the page for people, the signed bytes for programs."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from insignia.core.openbadges import EndorsementCredential
from insignia.domain.catalog import queries as catalog
from insignia.domain.catalog.composition import variant_name
from insignia.domain.catalog.rules import STANDARD
from insignia.domain.credentials import endorsing, verification
from insignia.domain.ground import clock
from insignia.edges.web import tenant
from insignia.edges.web.http import render, wants_fragment

from .. import answers
from ..standing import standing_of_endorsement


@require_safe
def endorsement(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """What stands at an endorsement's `id`: for each reader the form that they ask for."""
    found = endorsing.by_public_id(public_id)
    kind = answers.wanted(request, answers.PAGE, *answers.CREDENTIAL)
    return answers.varied(_page(request, found) if kind == answers.PAGE else _bytes(request, found, kind))


@require_safe
def as_json(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """The exact bytes that were signed, to keep."""
    found = endorsing.by_public_id(public_id)
    name = f"{found.version.achievement.slug}-endorsement.json"
    return _bytes(request, found, answers.CREDENTIAL[0], filename=name)


def _bytes(request: HttpRequest, found: Any, kind: str, **more: str) -> HttpResponseBase:
    return answers.answer(request, bytes(found.credential.document), kind, keep=answers.FOR_EVER, **more)


def _page(request: HttpRequest, found: Any) -> HttpResponseBase:
    version, achievement = found.version, found.version.achievement
    tenant.enter(request, achievement.institution)
    checked = verification.verify(bytes(found.credential.document))
    says = checked.credential if isinstance(checked.credential, EndorsementCredential) else None
    image = catalog.current_image(version, found.variant)
    context = {
        "endorsement": found,
        "achievement": achievement,
        "version": version,
        "name": variant_name(version.content.name, found.variant),
        "issuer": found.credential.issuer,
        "comment": says.credential_subject.endorsement_comment if says else "",
        "image": image,
        "image_address": reverse("public:image_svg", args=[image.public_id]) if image else "",
        "version_address": _version_address(found),
        "verification": checked,
        "standing": standing_of_endorsement(checked),
        "checked_at": clock.now(),
        "piece": wants_fragment(request),
    }
    return render(request, "public/endorsement.html", context)


def _version_address(found: Any) -> str:
    place = [found.version.achievement.public_id, found.version.number]
    if found.variant == STANDARD:
        return reverse("public:version", args=place)
    return reverse("public:variant", args=[*place, found.variant])
