"""Own artwork drawn as SVG: whatever the drawing holds, only shapes of a closed list come through, and become pixels.

Unlike a template (`markup`), which is refused for one wrong word, a drawing out of a drawing program is full of what
nobody needs here. So it is built anew from what is known, and what was left out is said. A process of its own turns it
into a picture, with a limit of time and memory: what is harmless to read may still be endless to draw.
"""

import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast
from xml.etree.ElementTree import Element

from insignia.core.errors import Rejected
from insignia.core.words import N_

from .artwork import MAX_BYTES, reencode_artwork
from .markup import tag
from .notes import Note
from .sieve import Sieve
from .weighing import check_weight, undrawable

MAX_CHARACTERS = 1_000_000
DEEPEST = 40
SIDE = 640
SECONDS = 10
MEMORY = 1024 * 1024 * 1024
_DOCTYPE = re.compile(r"<!DOCTYPE[^\[<>]*>")
_DECLARATION = re.compile(r"<!(?!--|\[CDATA\[)")
_LENGTH = re.compile(r"\s*(\d+(?:\.\d+)?|\.\d+)(?:px|pt|pc|mm|cm|in)?\s*", re.ASCII)
_LONGEST_OF_SHORTEST = 20
_DRAW = """
import resource, sys
import resvg_py
resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[3]),) * 2)
resource.setrlimit(resource.RLIMIT_CPU, (int(sys.argv[4]),) * 2)
drawing = sys.stdin.buffer.read().decode()
width, height = int(sys.argv[1]), int(sys.argv[2])
sys.stdout.buffer.write(bytes(resvg_py.svg_to_bytes(svg_string=drawing, width=width, height=height, skip_system_fonts=True)))
"""


@dataclass(frozen=True, slots=True)
class OwnArtwork:
    """A picture that was taken in, and what of the file is not in it."""

    png: bytes
    left_out: tuple[Note, ...] = ()


@lru_cache(maxsize=16)
def own_artwork(data: bytes) -> OwnArtwork:
    """A PNG or an SVG as a harmless square PNG; raises `Rejected`: what `reencode_artwork` raises, or "artwork_not_drawable"."""
    if len(data) > MAX_BYTES or not is_svg(data):
        return OwnArtwork(reencode_artwork(data))
    sieve = Sieve()
    drawing, width, height = cleaned(data, sieve)
    try:
        return OwnArtwork(reencode_artwork(_drawn(drawing, width, height)), sieve.notes)
    except Rejected as error:
        if error.code == "artwork_empty" and sieve.notes:
            raise Rejected(
                N_("Of this drawing nothing is left that could be seen. %(why)s"),
                code="artwork_empty",
                params={"why": " ".join(sieve.notes)},
            ) from None
        raise


def is_svg(data: bytes) -> bool:
    """Whether the content, whatever its name, sets out to be an SVG drawing."""
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    return (
        head.startswith(b"<")
        and b"<svg" in data[:65536]
        and not head[:9].lower().startswith((b"<html", b"<!doctype html"))
    )


def cleaned(data: bytes, sieve: Sieve) -> tuple[bytes, int, int]:
    """The drawing built anew, and its width and height in pixels; `sieve` remembers what was left out."""
    root = _parsed(data)
    box = _view_box(root)
    width, height = _size(box)
    sieve.read_styles(root)
    view = " ".join(f"{value:g}" for value in box)
    kept = Element(tag("svg"), {"viewBox": view, "width": str(width), "height": str(height)})
    kept.append(sieve.kept_as_group(root))
    sieve.drop_dangling(kept)
    check_weight(kept)
    return ET.tostring(kept), width, height


def _parsed(data: bytes) -> Element:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise undrawable(N_("it is not written in UTF-8")) from None
    if len(text) > MAX_CHARACTERS:
        raise undrawable(N_("it is longer than a million characters"))
    text = _DOCTYPE.sub("", text, count=1)
    if _DECLARATION.search(text):
        # Without entities of its own there are none that the parser could be made to expand or fetch.
        raise undrawable(N_("it declares entities of its own; let your drawing program save it as plain SVG"))
    parser: ET.XMLPullParser[Any] = ET.XMLPullParser(("start", "end"))
    depth = 0
    root: Element | None = None
    try:
        for start in range(0, len(text), 65536):
            parser.feed(text[start : start + 65536])
            for event, element in cast("Iterator[tuple[str, Element]]", parser.read_events()):
                root = element if root is None else root
                depth += 1 if event == "start" else -1
                if depth > DEEPEST:
                    raise undrawable(N_("its groups stand too deep in one another"))
        parser.close()
    except ET.ParseError as error:
        raise undrawable(N_("it is not well-formed XML (%(error)s)"), error=str(error)) from None
    if root is None or root.tag != tag("svg"):
        raise undrawable(N_("its outermost element is not <svg> as the standard names it"))
    return root


def _view_box(root: Element) -> tuple[float, float, float, float]:
    try:
        x, y, width, height = (float(part) for part in re.split(r"[\s,]+", root.get("viewBox", "").strip()))
    except ValueError:
        found = [_LENGTH.fullmatch(root.get(name, "")) for name in ("width", "height")]
        if not all(found):
            raise undrawable(N_("it does not say how large it is: it has no viewBox")) from None
        x, y = 0.0, 0.0
        width, height = (float(match[1]) for match in found if match)
    sizes = (width, height)
    if not all(1e-6 < size < 1e9 for size in sizes) or not all(abs(place) < 1e9 for place in (x, y)):
        raise undrawable(N_("it does not say how large it is: it has no viewBox"))
    if max(sizes) > _LONGEST_OF_SHORTEST * min(sizes):
        raise undrawable(N_("it is far too long for its width"))
    return x, y, width, height


def _size(box: tuple[float, float, float, float]) -> tuple[int, int]:
    scale = SIDE / max(box[2:])
    return round(box[2] * scale), round(box[3] * scale)


def _drawn(drawing: bytes, width: int, height: int) -> bytes:
    arguments = [str(value) for value in (width, height, MEMORY, SECONDS)]
    try:
        done = subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-I", "-c", _DRAW, *arguments], input=drawing, capture_output=True, timeout=2 * SECONDS
        )
    except subprocess.TimeoutExpired:
        raise undrawable(N_("it takes too long to draw; simplify it")) from None
    if done.returncode:
        raise undrawable(N_("it takes too long to draw, or cannot be drawn at all; simplify it"))
    return done.stdout
