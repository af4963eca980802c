"""Colours to begin with: a hue and a strength each, named after what has them."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Swatch:
    """A hue and a strength, its name, and how it looks on a light and on a dark page."""

    name: Any
    hue: int
    strength: float

    @property
    def light(self) -> str:
        """The accent on paper; as in static/css/tokens.css."""
        return f"oklch(.42 {self.strength:g} {self.hue})"

    @property
    def dark(self) -> str:
        """The accent on a dark page."""
        return f"oklch(.8 {self.strength * 0.72:.4g} {self.hue})"


SWATCHES = (
    Swatch(_("Ink"), 236, 0.085),
    Swatch(_("Cornflower"), 265, 0.115),
    Swatch(_("Lilac"), 305, 0.095),
    Swatch(_("Berry"), 350, 0.095),
    Swatch(_("Brick"), 28, 0.1),
    Swatch(_("Ochre"), 75, 0.08),
    Swatch(_("Pine"), 158, 0.075),
    Swatch(_("Lagoon"), 200, 0.075),
)
