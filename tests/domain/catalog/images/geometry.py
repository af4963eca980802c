"""Where things stand in a rendered badge, read back from its outlines."""

import re
from dataclasses import dataclass
from io import BytesIO
from xml.etree import ElementTree

from fontTools.pens.boundsPen import BoundsPen
from fontTools.svgLib.path.parser import parse_path
from PIL import Image

from insignia.domain.catalog.images import RenderedImage, render, to_png
from insignia.domain.catalog.images.template import Template

SVG = "{http://www.w3.org/2000/svg}"


@dataclass(frozen=True)
class Ink:
    """The box around one drawn line, y downwards."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left


def root_of(image: RenderedImage) -> ElementTree.Element:
    return ElementTree.fromstring(image.svg)


def slot(image: RenderedImage, key: str) -> ElementTree.Element | None:
    """The group of a slot, or None if nothing was drawn in it."""
    return next((e for e in root_of(image).iter() if re.fullmatch(rf"i\w+-slot-{key}", e.get("id", ""))), None)


def lines(image: RenderedImage, key: str) -> list[Ink]:
    """The ink of each line in a text slot, from top to bottom."""
    group = slot(image, key)
    found = []
    for path in group.iter(f"{SVG}path") if group is not None else ():
        pen = BoundsPen(None)
        parse_path(path.get("d"), pen)
        left, top, right, bottom = pen.bounds
        found.append(Ink(left, top, right, bottom))
    return found


def pixels(image: RenderedImage, size: int, ground: str = "white") -> Image.Image:
    """The badge as it looks on a page of one colour."""
    badge = Image.open(BytesIO(to_png(image.svg, size=size))).convert("RGBA")
    page = Image.new("RGBA", badge.size, ground)
    page.alpha_composite(badge)
    return page.convert("RGB")


def example(template: Template, **more: object) -> RenderedImage:
    """A badge with everything that its template asks for."""
    values = {"title": "Data Storytelling", "issuer": "Pinecrest State University", "artwork": "chart", **more}
    rendition = values.pop("rendition", "badge")
    return render(template, values, rendition=rendition)
