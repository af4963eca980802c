"""An institution's look: two numbers and two typefaces of its choice, checked, as the last layer of the style sheet."""

import re
from collections.abc import Mapping
from typing import Any

from insignia.core.errors import Rejected
from insignia.core.words import N_

# Within these bounds every text keeps its contrast, in both themes: lightness is fixed by the design tokens.
HUES = (0.0, 360.0)
STRENGTHS = (0.05, 0.115)
_FAMILY = r'(?:[A-Za-z][A-Za-z0-9 -]{0,40}|"[A-Za-z][A-Za-z0-9 -]{0,40}")'
FONT_FAMILIES = re.compile(rf"{_FAMILY}(?:,\s*{_FAMILY}){{0,9}}")


def theme_css(theme: Mapping[str, Any]) -> str:
    """The style sheet of an institution; raises `Rejected` when a value is not one that we can vouch for.

    `theme` may hold `hue` (degrees), `strength`, `font_display` and `font_text` (lists of families). What is missing
    stays as the design has it.
    """
    values: list[str] = []
    if "hue" in theme:
        values.append(f"--accent-h: {_between(theme['hue'], HUES, 'hue')};")
    if "strength" in theme:
        values.append(f"--accent-c: {_between(theme['strength'], STRENGTHS, 'strength')};")
    for key in ("font_display", "font_text"):
        if theme.get(key):
            values.append(f"--{key.replace('_', '-')}: {_families(theme[key])};")
    return f"@layer theme {{ :root {{ {' '.join(values)} }} }}\n" if values else ""


def _between(value: Any, bounds: tuple[float, float], name: str) -> str:
    low, high = bounds
    # A truth value is a number to Python, and never meant as one.
    if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
        raise Rejected(
            N_("The theme's %(name)s must be a number from %(low)s to %(high)s."),
            code="theme_out_of_bounds",
            params={"name": name, "low": f"{low:g}", "high": f"{high:g}"},
        )
    return f"{value:g}"


def _families(value: Any) -> str:
    if not isinstance(value, str) or not FONT_FAMILIES.fullmatch(value):
        raise Rejected(
            N_("Name the theme's typefaces as words separated by commas, for example: Charter, Georgia, serif."),
            code="theme_bad_font",
        )
    return value
