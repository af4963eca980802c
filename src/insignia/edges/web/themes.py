"""An institution's look: two numbers and two typefaces of its choice, checked, as the last layer of the style sheet."""

from collections.abc import Mapping
from typing import Any

from insignia.domain.institutions.looks import HUES, STRENGTHS, between, families


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
    for fault in between(value, bounds, name):
        raise fault
    return f"{value:g}"


def _families(value: Any) -> str:
    for fault in families(value):
        raise fault
    return str(value)
