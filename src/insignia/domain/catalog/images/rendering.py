"""A template and its values become an image: SVG with outlined text, its text alternative, and warnings for the editor.

The same input gives the same bytes. The SVG carries no styles, scripts, fonts or links, so a strict content security
policy and SVG sanitisers leave it whole; its ids carry a prefix, so that several badges may stand inline on one page.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Literal

from .drawing import Drawing
from .filling import fill
from .template import Template


@dataclass(frozen=True, slots=True)
class RenderedImage:
    """The image as SVG, what to say instead of it, and what the editor should know (each a `Note`)."""

    svg: bytes
    alt: str
    warnings: tuple[str, ...]


def render(
    template: Template,
    values: Mapping[str, Any],
    *,
    rendition: Literal["badge", "mark"] = "badge",
    palette: Mapping[str, str] | None = None,
) -> RenderedImage:
    """Fill the template. `values` are told in `filling.fill`; `palette` holds an institution's own accent colours.

    Raises `Rejected` with a code: "slot_empty", "slot_unknown", "slot_malformed", "text_too_long", "no_glyph",
    "alt_missing", "symbol_unknown", "colour_malformed", "colour_fixed", "contrast_too_low", and those of
    `artwork.reencode_artwork`.
    """
    filling = fill(template, values)
    colours = template.coloured(palette or {})
    drawing = Drawing(template, filling, rendition)
    drawing.choose_parts()
    drawing.draw_slots()
    drawing.paint(colours)
    alt = template.alt(filling.words)
    drawing.label(filling.title, alt)
    svg = drawing.finish(_prefix(template, values, rendition, colours))
    return RenderedImage(svg, alt, (*filling.notes, *drawing.notes))


def _prefix(template: Template, values: Mapping[str, Any], rendition: str, colours: Mapping[str, str]) -> str:
    """The same for the same image, another for any other."""

    def plain(value: object) -> str:
        return sha256(value).hexdigest() if isinstance(value, bytes | bytearray) else str(value)

    parts = [template.digest, rendition, dict(colours), dict(values)]
    return f"i{sha256(json.dumps(parts, sort_keys=True, default=plain).encode()).hexdigest()[:10]}-"
