"""Colours of a badge: parsing, contrast after WCAG 2.2 (success criterion 1.4.3), and an institution's own accent."""

import re
from collections.abc import Iterable, Mapping

from insignia.core.errors import Rejected
from insignia.core.words import N_

MIN_CONTRAST = 4.5
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
_WHITE, _BLACK = "#FFFFFF", "#16181C"


def luminance(colour: str) -> float:
    """Relative luminance of `#RRGGBB`, 0 for black and 1 for white (WCAG 2.2, "relative luminance")."""
    red, green, blue = (_linear(channel) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, two: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2, "contrast ratio")."""
    dark, light = sorted((luminance(one), luminance(two)))
    return (light + 0.05) / (dark + 0.05)


def check_colours(palette: Mapping[str, str]) -> None:
    """Refuse what is not `#RRGGBB`: a palette comes from a form and its values are written into the picture."""
    for name, value in palette.items():
        if not isinstance(value, str) or not _COLOUR.fullmatch(value):
            raise Rejected(
                N_("The colour “%(name)s” must be written as #RRGGBB, for example #1F3A5F."),
                code="colour_malformed",
                params={"name": name},
            )


def check_contrast(palette: Mapping[str, str], pairs: Iterable[tuple[str, str]]) -> None:
    """Refuse a palette in which a text would be hard to read on its ground."""
    for ink, ground in pairs:
        ratio = contrast(palette[ink], palette[ground])
        if ratio < MIN_CONTRAST:
            raise Rejected(
                N_(
                    "“%(ink)s” on “%(ground)s” has a contrast of %(ratio)s to 1; text needs at least 4.5 to 1. "
                    "Choose a darker or lighter colour."
                ),
                code="contrast_too_low",
                params={"ink": ink, "ground": ground, "ratio": f"{ratio:.1f}"},
            )


def complete_accent(chosen: Mapping[str, str]) -> dict[str, str]:
    """An institution names one accent; its shade and the text colour on it follow, unless they are chosen too."""
    if "accent" not in chosen:
        return dict(chosen)
    accent = chosen["accent"]
    shade = chosen.get("accent-deep", deepened(accent))
    ink = max((_WHITE, _BLACK), key=lambda candidate: min(contrast(candidate, accent), contrast(candidate, shade)))
    return {"accent-deep": shade, "accent-ink": ink, **chosen}


def mixed(colour: str, amount: float) -> str:
    """The colour with white (amount above 0, up to 1) or black (below 0, down to -1) mixed in."""
    target = 1.0 if amount > 0 else 0.0
    parts = (channel + (target - channel) * abs(amount) for channel in _channels(colour))
    return "#" + "".join(f"{round(part * 255):02X}" for part in parts)


def deepened(colour: str) -> str:
    """The colour in shade: a third darker in each channel."""
    return mixed(colour, -0.33)


def _channels(colour: str) -> tuple[float, float, float]:
    return int(colour[1:3], 16) / 255, int(colour[3:5], 16) / 255, int(colour[5:7], 16) / 255


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
