"""The library of badge templates: new versions, what was drawn with older ones, and drawing it anew from a day on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.text import slugify

from insignia.core.errors import NotFound, Rejected
from insignia.core.words import N_
from insignia.domain.access.actor import SYSTEM, Actor
from insignia.domain.access.permissions import Permission
from insignia.domain.ground import clock
from insignia.domain.ground.outside import assert_no_transaction
from insignia.domain.institutions.models import Institution
from insignia.domain.journal.bus import publish

from . import actions, images, pictures, queries
from .events import TemplatePlanned
from .models import Achievement, BadgeImage, BadgeTemplate

MOST_BYTES = 512 * 1024
# What a preview is drawn with: a title as they mostly are, and one that is as long as they get.
SHORT_TITLE = "Data Storytelling"
LONG_TITLE = "Interdisciplinary Environmental Communication and Community Engagement for Emergency Preparedness"
_SYMBOL = "chart"
_CHUNK = 10


def template(public_id: str) -> BadgeTemplate:
    """One template version of the current institution; raises `NotFound`."""
    found = BadgeTemplate.objects.select_related("institution").filter(public_id=public_id).first()
    if found is None:
        raise _none()
    return found


def versions(key: str) -> list[BadgeTemplate]:
    """Every version of one template of the current institution, the newest first; raises `NotFound`."""
    found = list(queries.template_versions(key))
    if not found:
        raise _none()
    return found


def _none() -> NotFound:
    return NotFound(N_("There is no such badge template here."))


def sample(found: BadgeTemplate, *, title: str, issuer: str, palette: Mapping[str, str] | None = None) -> bytes:
    """A badge that nobody can earn, as SVG, to see a template by; raises what `images.render` raises."""
    assert_no_transaction()
    return _sample(images.Template.from_text(found.svg, found.sidecar), title, issuer, palette)


def _sample(shape: images.Template, title: str, issuer: str, palette: Mapping[str, str] | None) -> bytes:
    values = {"title": title, "issuer": issuer}
    if "artwork" in shape.slots:
        values["artwork"] = _SYMBOL
    return images.render(shape, values, palette=palette).svg


def receive_template(*, by: Actor, institution: Institution, svg: bytes, sidecar: bytes) -> BadgeTemplate:
    """Take in the two files of a template: a new one, or a new version of the one that the sidecar names.

    Raises `Rejected` with what is wrong: too large, no text, malformed, not drawable with the institution's colours.
    """
    by.require(Permission.TEMPLATE_MANAGE, on=institution)
    drawing, table = _text(svg, "SVG"), _text(sidecar, "TOML")
    shape = images.Template.from_text(drawing, table)
    if slugify(shape.name) != shape.name or not 0 < len(shape.name) <= 60:
        raise Rejected(
            N_("“%(name)s” cannot be the short name of a template: use small letters, digits and hyphens."),
            code="template_name",
            params={"name": shape.name[:60]},
        )
    for title in (SHORT_TITLE, LONG_TITLE):
        _sample(shape, title, institution.name, institution.theme.get("badge"))
    return actions.add_template(
        by=by, institution=institution, key=shape.name, name=shape.title[:120], svg=drawing, sidecar=table
    )


def _text(data: bytes, kind: str) -> str:
    if len(data) > MOST_BYTES:
        raise Rejected(
            N_("The %(kind)s file is larger than 512 kB; a template is mostly a tenth of that."),
            code="template_too_large",
            params={"kind": kind},
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Rejected(
            N_("The %(kind)s file is not a text in UTF-8."), code="template_no_text", params={"kind": kind}
        ) from None


# --- Where templates are in use
@dataclass(frozen=True, slots=True)
class Use:
    """A badge, its present image, and the version of the template with which that was drawn."""

    achievement: Achievement
    image: BadgeImage
    number: int


def uses(key: str, actor: Actor) -> list[Use]:
    """The badges that can be awarded and whose standard image is drawn with the template `key`, by name.

    Only those on which `actor` may change templates.
    """
    rows = (
        BadgeImage.objects.filter(
            is_current=True,
            template__key=key,
            version__achievement__state__in=[Achievement.State.ACTIVE, Achievement.State.PAUSED],
        )
        .defer("svg", "png", "mark")
        .select_related(
            "template",
            "version__achievement__current",
            "version__achievement__issuer",
            "version__achievement__level",
            "version__achievement__institution",
            "version__achievement__unit__institution",
            "version__achievement__unit__parent__parent__parent",
        )
        .order_by("version__name", "pk")
    )
    found: dict[int, Use] = {}
    for row in rows:
        achievement = row.version.achievement
        if achievement.current_id == row.version_id and actor.may(Permission.TEMPLATE_MANAGE, on=achievement):
            found.setdefault(achievement.pk, Use(achievement, row, row.template.number))
    return list(found.values())


def fitting(found: BadgeTemplate, palette: Mapping[str, str]) -> dict[str, str]:
    """Those colours of `palette` that this template leaves to the institution."""
    shape = images.Template.from_text(found.svg, found.sidecar)
    return {name: value for name, value in palette.items() if name in shape.recolour}


def drawn_anew(achievement: Achievement, key: str) -> bytes:
    """What the image of `achievement` would be with the newest version of the template `key`. Nothing is kept."""
    assert_no_transaction()
    newest = versions(key)[0]
    version = achievement.current
    if version is None:
        raise NotFound(N_("There is no such badge here."))
    return pictures.sketch(version, newest, palette=achievement.institution.theme.get("badge"))


def plan_redrawing(
    *, by: Actor, institution: Institution, achievements: Sequence[Achievement], on: date | None = None
) -> int:
    """Have the images of `achievements` drawn with the newest templates, now or at the start of the day `on` (R-048).

    It is done in the background, a few at a time. Gives how many badges it will be.
    """
    for achievement in achievements:
        by.require(Permission.TEMPLATE_MANAGE, on=achievement)
    if not achievements:
        raise Rejected(N_("Choose at least one badge."), code="nothing_chosen")
    today = clock.today_in(institution.zone)
    if on is not None and on < today:
        raise Rejected(N_("The day is over already. Choose today or a later one."), code="day_over")
    start = datetime.combine(on, time(), ZoneInfo(institution.zone)) if on and on > today else None
    with transaction.atomic():
        for first in range(0, len(achievements), _CHUNK):
            chunk = achievements[first : first + _CHUNK]
            publish(
                TemplatePlanned(achievements=tuple(one.public_id for one in chunk)),
                by=by,
                subject=("institution", institution.public_id),
                not_before=start,
            )
    return len(achievements)


def redraw(public_ids: Sequence[str]) -> int:
    """Draw anew what is not as the newest templates draw it; run again it finds nothing left to do."""
    found = Achievement.objects.filter(public_id__in=list(public_ids)).select_related(
        "current__artwork", "level", "issuer", "institution", "unit__parent__parent__parent"
    )
    return actions.apply_templates(by=SYSTEM, achievements=[one for one in found if _is_outdated(one)])


def _is_outdated(achievement: Achievement) -> bool:
    newest = {one.key: one for one in queries.templates()}
    version = achievement.current
    if version is None:
        return False
    version.achievement = achievement
    palette = achievement.institution.theme.get("badge")
    for image in BadgeImage.objects.filter(version=version, is_current=True).defer("png", "mark"):
        key = pictures.template_key(achievement.level.policy.template, image.variant)
        if key not in newest or bytes(image.svg) != pictures.sketch(version, newest[key], palette=palette):
            return True
    return False
