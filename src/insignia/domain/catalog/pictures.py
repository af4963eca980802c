"""From a template, a version and its artwork to the images that awards carry."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from insignia.core.errors import Rejected
from insignia.core.words import N_
from insignia.domain.ground.outside import assert_no_transaction

from . import images
from .models import AchievementVersion, BadgeTemplate
from .rules import STANDARD

PNG_SIZE = 600
MARK_SIZE = 128
# The template that a level's distinction variant is drawn with, by the key of its plain one.
DISTINCTION = {"level-1": "level-1-distinction", "level-2": "level-2-distinction"}


@dataclass(frozen=True, slots=True)
class Picture:
    """What rendering made: the full badge as SVG and PNG, the small mark, its alternative text, and warnings."""

    svg: bytes
    png: bytes
    mark: bytes
    alt: str
    warnings: tuple[str, ...]


def draw(version: AchievementVersion, template: BadgeTemplate, *, palette: Mapping[str, str] | None = None) -> Picture:
    """Render the image of `version` in `template`; raises `Rejected` when a slot that must be filled is empty."""
    assert_no_transaction()
    shape, values = images.Template.from_text(template.svg, template.sidecar), _values(version)
    palette = _fitting(shape, palette)
    badge = images.render(shape, values, palette=palette)
    mark = images.render(shape, values, rendition="mark", palette=palette)
    return Picture(
        svg=badge.svg,
        png=images.to_png(badge.svg, size=PNG_SIZE),
        mark=images.to_png(mark.svg, size=MARK_SIZE),
        alt=badge.alt,
        warnings=tuple(str(w) for w in badge.warnings),
    )


def sketch(version: AchievementVersion, template: BadgeTemplate, *, palette: Mapping[str, str] | None = None) -> bytes:
    """The SVG that `draw` would make, without the work of turning it into pixels."""
    shape = images.Template.from_text(template.svg, template.sidecar)
    return images.render(shape, _values(version), palette=_fitting(shape, palette)).svg


# The sides at which a badge is looked at before it is used: large, on a page, and in a list.
LARGE, MIDDLE, SMALL = 600, 200, 64


@dataclass(frozen=True, slots=True)
class Proof:
    """A badge as pixels in the sizes in which people meet it, what is said instead of it, and what its maker should know."""

    large: bytes
    middle: bytes
    small: bytes
    alt: str
    warnings: tuple[str, ...]


def proof(
    version: AchievementVersion, template: BadgeTemplate, *, palette: Mapping[str, str] | None = None, title: str = ""
) -> Proof:
    """`version` in `template`, to be looked at; with a `title` as if that were its name, drawn in full."""
    assert_no_transaction()
    shape, values = images.Template.from_text(template.svg, template.sidecar), _values(version)
    if title:
        values = {**values, "title": title, "short_title": ""}
    palette = _fitting(shape, palette)
    badge = images.render(shape, values, palette=palette)
    mark = images.render(shape, values, rendition="mark", palette=palette)
    return Proof(
        large=images.to_png(badge.svg, size=LARGE),
        middle=images.to_png(badge.svg, size=MIDDLE),
        small=images.to_png(mark.svg, size=SMALL),
        alt=badge.alt,
        warnings=badge.warnings,
    )


def _fitting(shape: images.Template, palette: Mapping[str, str] | None) -> dict[str, str]:
    """Those of the institution's colours that this template leaves to it: silver and gold stay silver and gold."""
    return {name: value for name, value in (palette or {}).items() if name in shape.recolour}


def _values(version: AchievementVersion) -> dict[str, Any]:
    content = version.content
    if version.artwork and not version.artwork.alt.strip():
        raise Rejected(
            N_("Say in words what the picture shows: people who cannot see it hear that."), code="alt_missing"
        )
    return {
        "title": content.name,
        "short_title": content.image_title,
        "issuer": version.achievement.issuer.name,
        "artwork": bytes(version.artwork.png) if version.artwork else content.symbol,
        "artwork_alt": version.artwork.alt if version.artwork else "",
    }


def template_key(plain: str, variant: str) -> str:
    """The key of the template for `variant` of a level whose plain template is `plain`."""
    return plain if variant == STANDARD else DISTINCTION.get(plain, plain)
