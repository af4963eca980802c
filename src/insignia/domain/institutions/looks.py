"""What an institution's colours and typefaces may be: two numbers and two lists of families, and a palette of its badges."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from insignia.core.errors import Rejected
from insignia.core.words import N_

# Within these bounds every text keeps its contrast, in both themes: lightness is fixed by the design tokens.
HUES = (0.0, 360.0)
STRENGTHS = (0.05, 0.115)
_FAMILY = r'(?:[A-Za-z][A-Za-z0-9 -]{0,40}|"[A-Za-z][A-Za-z0-9 -]{0,40}")'
FONT_FAMILIES = re.compile(rf"{_FAMILY}(?:,\s*{_FAMILY}){{0,9}}")
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")


def faults(theme: Mapping[str, Any]) -> Iterator[Rejected]:
    """What is wrong with a theme that may hold `hue`, `strength`, `font_display`, `font_text` and the table `badge`."""
    for word, value in theme.items():
        if word == "hue":
            yield from between(value, HUES, word)
        elif word == "strength":
            yield from between(value, STRENGTHS, word)
        elif word in ("font_display", "font_text"):
            yield from families(value)
        elif word != "badge" or not _is_palette(value):
            yield Rejected(
                N_("The theme knows no “%(word)s” of this kind. Colours of badges are written as #RRGGBB."),
                code="theme_unknown",
                params={"word": word},
            )


def between(value: Any, bounds: tuple[float, float], name: str) -> Iterator[Rejected]:
    """A fault unless `value` is a number within `bounds`."""
    low, high = bounds
    # A truth value is a number to Python, and never meant as one.
    if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
        yield Rejected(
            N_("The theme's %(name)s must be a number from %(low)s to %(high)s."),
            code="theme_out_of_bounds",
            params={"name": name, "low": f"{low:g}", "high": f"{high:g}"},
        )


def families(value: Any) -> Iterator[Rejected]:
    """A fault unless `value` names typefaces, or is empty."""
    if not isinstance(value, str) or (value and not FONT_FAMILIES.fullmatch(value)):
        yield Rejected(
            N_("Name the theme's typefaces as words separated by commas, for example: Charter, Georgia, serif."),
            code="theme_bad_font",
        )


def _is_palette(value: Any) -> bool:
    return isinstance(value, Mapping) and all(
        isinstance(colour, str) and _COLOUR.fullmatch(colour) for colour in value.values()
    )
