"""The images of a version: drawn in the newest templates, one a variant, and kept beside those that were there before."""

from collections.abc import Sequence
from dataclasses import dataclass

from insignia.core.errors import NotFound
from insignia.core.words import N_
from insignia.domain.institutions import queries as institutions
from insignia.domain.institutions.models import TaxonomyLevel, Unit

from . import pictures, queries, rules
from .models import Achievement, AchievementVersion, Artwork, BadgeImage, BadgeTemplate
from .rules import Content


@dataclass(frozen=True, slots=True)
class Drawn:
    """One image that is not kept yet."""

    variant: str
    template: BadgeTemplate
    picture: pictures.Picture


def templates_for(
    version: AchievementVersion, achievement: Achievement, *, chosen: BadgeTemplate | None = None
) -> list[tuple[str, BadgeTemplate]]:
    """The template of each variant of `version`, the standard one first; raises `NotFound` where one is missing.

    The newest of its kind, unless an older one is `chosen`, or was for a draft.
    """
    plain = achievement.level.policy.template
    newest = {template.key: template for template in queries.templates()}
    if chosen is None and version.frozen_at is None:
        chosen = version.template
    if chosen is not None:
        newest[chosen.key] = chosen
    found = []
    for variant in (rules.STANDARD, *version.content.variants):
        key = pictures.template_key(plain, variant)
        if key not in newest:
            raise NotFound(
                N_("The institution has no badge template “%(key)s”, which this level asks for."),
                code="template_missing",
                params={"key": key},
            )
        found.append((variant, newest[key]))
    return found


def draw_all(
    version: AchievementVersion, achievement: Achievement, *, chosen: BadgeTemplate | None = None
) -> list[Drawn]:
    """The images of every variant of `version`; raises what `pictures.draw` raises."""
    palette = achievement.institution.theme.get("badge")
    return [
        Drawn(variant, template, pictures.draw(version, template, palette=palette))
        for variant, template in templates_for(version, achievement, chosen=chosen)
    ]


def sketch_all(version: AchievementVersion, achievement: Achievement) -> list[tuple[str, bytes]]:
    """The same as SVG only, by variant: to look at, and to know that it can be drawn."""
    palette = achievement.institution.theme.get("badge")
    return [
        (variant, pictures.sketch(version, template, palette=palette))
        for variant, template in templates_for(version, achievement)
    ]


def proposed(
    *, unit: Unit, level: TaxonomyLevel, content: Content, artwork: Artwork | None = None
) -> list[tuple[str, bytes]]:
    """What an achievement that is written nowhere yet would look like, by variant; raises what `sketch_all` raises."""
    achievement = Achievement(unit=unit, level=level, issuer=institutions.issuer_of(unit), institution=unit.institution)
    version = AchievementVersion(achievement=achievement, name=content.name, artwork=artwork)
    version.content_data = content.to_data()
    return sketch_all(version, achievement)


def keep_images(version: AchievementVersion, drawn: Sequence[Drawn]) -> None:
    """Let awards of `version` get these images from now on; those made before keep theirs (R-047)."""
    BadgeImage.objects.filter(version=version, is_current=True).update(is_current=False)
    BadgeImage.objects.bulk_create(
        BadgeImage(
            institution_id=version.institution_id,
            version=version,
            template=one.template,
            variant=one.variant,
            svg=one.picture.svg,
            png=one.picture.png,
            mark=one.picture.mark,
            alt=one.picture.alt,
        )
        for one in drawn
    )
