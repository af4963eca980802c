"""Badge images: templates with slots, filled, drawn as SVG with outlined text, and turned into PNG.

No tables and no Django: a template is two texts (`Template.from_text`), wherever they are kept.
"""

from .artwork import reencode_artwork
from .notes import Note
from .raster import to_png
from .rendering import RenderedImage, render
from .shipped import SHIPPED, icon_names, icon_svg
from .template import Template
from .vector import own_artwork

__all__ = [
    "SHIPPED",
    "Note",
    "RenderedImage",
    "Template",
    "icon_names",
    "icon_svg",
    "own_artwork",
    "reencode_artwork",
    "render",
    "to_png",
]
