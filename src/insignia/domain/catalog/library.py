"""The library of badge templates: new versions, what was drawn with older ones, and drawing it anew from a day on."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.text import slugify

from insignia.core.errors import NotFound, Rejected
from insignia.core.words import N_
from insignia.domain.access.actor import Actor
from insignia.domain.access.permissions import Permission
from insignia.domain.ground.outside import assert_no_transaction
from insignia.domain.institutions.models import Institution

from . import actions, images, pictures, queries
from .models import Achievement, BadgeImage, BadgeTemplate
from .rules import searchable

MOST_BYTES = 512 * 1024
# What a preview is drawn with: a title as they mostly are, and one that is as long as they get.
SHORT_TITLE = "Data Storytelling"
LONG_TITLE = "Interdisciplinary Environmental Communication and Community Engagement for Emergency Preparedness"
_SYMBOL = "chart"
_CHUNK = 10
# Nobody looks for more than this, and a database need not.
_LONGEST, _WORDS = 200, 10


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


def uses(key: str, actor: Actor, *, words: str = "") -> list[Use]:
    """The badges that can be awarded and whose standard image is drawn with the template `key`, by name.

    Only those on which `actor` may change templates; with `words` only those in which all of them stand.
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
    for word in searchable(words[:_LONGEST]).split()[:_WORDS]:
        rows = rows.filter(version__achievement__search_text__contains=word)
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


def drawn_anew(achievement: Achievement, found: BadgeTemplate) -> bytes:
    """What the image of `achievement` would be with one version of a template. Nothing is kept."""
    assert_no_transaction()
    version = achievement.current
    if version is None:
        raise NotFound(N_("There is no such badge here."))
    return pictures.sketch(version, found, palette=achievement.institution.theme.get("badge"))
