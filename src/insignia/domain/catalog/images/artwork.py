"""Own artwork: a picture that someone uploads becomes a harmless square PNG, or is refused in plain words.

What a file is, its content says, never its name. Sizes are read from the header before anything is decoded. Only the
chunks that make up the picture reach the decoder (PNG, third edition, 11.2 and 11.3.1), so that compressed texts and
profiles cannot swell; and what leaves here was written by us, pixel by pixel: nothing hidden in the file survives.
"""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO

from PIL import Image, ImageStat, UnidentifiedImageError

from insignia.core.errors import Rejected
from insignia.core.words import N_

MAX_BYTES = 2 * 1024 * 1024
MAX_PIXELS = 16_000_000
GREATEST_SIDE = 1200
EMBEDDED_SIDE = 512
SHARP_SIDE = 512
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_PICTURE_CHUNKS = frozenset({b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"})
_DEPTHS = {0: {1, 2, 4, 8, 16}, 2: {8, 16}, 3: {1, 2, 4, 8}, 4: {8, 16}, 6: {8, 16}}
_INDEXED = 3
_OTHER_FORMATS = (
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"RIFF", "WebP"),
    (b"BM", "BMP"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"%PDF", "PDF"),
    (b"PK\x03\x04", "ZIP"),
    (b"\x1f\x8b", "GZIP"),
)


def reencode_artwork(data: bytes) -> bytes:
    """The picture as a square PNG of at most 1200 px a side, transparent beside what was not square, without metadata.

    Raises `Rejected`: "artwork_too_large", "artwork_not_png", "artwork_broken", "artwork_too_many_pixels",
    "artwork_has_tail", "artwork_empty".
    """
    if len(data) > MAX_BYTES:
        raise Rejected(N_("The picture has more than 2 MB. Save it smaller and try again."), code="artwork_too_large")
    picture = _decoded(_stripped(data))
    picture.thumbnail((GREATEST_SIDE, GREATEST_SIDE), Image.Resampling.LANCZOS, reducing_gap=2.0)
    square = _squared(picture)
    if square.getchannel("A").getbbox() is None:
        raise Rejected(N_("The picture is fully transparent: there is nothing to see."), code="artwork_empty")
    return _written(square)


@dataclass(frozen=True, slots=True)
class Embedded:
    """A picture as a badge carries it. `ground` is the colour around what it shows: white where it is transparent."""

    png: bytes
    ground: str
    original_side: int


@lru_cache(maxsize=32)
def embedded(data: bytes) -> Embedded:
    """The picture ready for its slot: empty margins cut off, square, no larger than a badge needs it."""
    picture = _decoded(_stripped(reencode_artwork(data)))
    original_side = picture.width
    picture = _squared(picture.crop(picture.getchannel("A").getbbox()))
    if picture.width > EMBEDDED_SIDE:
        picture = picture.resize((EMBEDDED_SIDE, EMBEDDED_SIDE), Image.Resampling.LANCZOS)
    return Embedded(_written(picture), _ground(picture), original_side)


def _squared(picture: Image.Image) -> Image.Image:
    side = max(picture.size)
    square = Image.new("RGBA", (side, side), (0, 0, 0, 0))
    square.paste(picture, ((side - picture.width) // 2, (side - picture.height) // 2))
    return square


def _ground(picture: Image.Image) -> str:
    """The mean colour along the edge, if it is opaque: on a disc of it an opaque square melts into the badge."""
    side = picture.width
    strips = [(0, 0, side, 1), (0, side - 1, side, side), (0, 0, 1, side), (side - 1, 0, side, side)]
    edges = [picture.crop(strip) for strip in strips]
    if any(edge.getchannel("A").getextrema() != (255, 255) for edge in edges):
        return "#FFFFFF"
    means = [[ImageStat.Stat(edge).mean[channel] for edge in edges] for channel in range(3)]
    return "#" + "".join(f"{round(sum(values) / len(values)):02X}" for values in means)


def _stripped(data: bytes) -> bytes:
    """The same PNG with its picture chunks only; refuses what is not exactly one sound PNG."""
    if not data.startswith(_SIGNATURE):
        raise _not_png(data)
    kept = [_SIGNATURE]
    seen: list[bytes] = []
    colour = 0
    end = len(_SIGNATURE)
    for kind, body, raw, end in _chunks(data):  # noqa: B007 - the last end is needed below
        if not seen:
            colour = _check_header(kind, body)
        elif kind == b"IHDR":
            raise _broken()  # a second header would undo the check of the first
        seen.append(kind)
        if kind in _PICTURE_CHUNKS:
            kept.append(raw)
        elif not kind[0] & 0x20:
            raise _broken()  # an unknown chunk that calls itself critical
    if not seen or seen[-1] != b"IEND" or b"IDAT" not in seen:
        raise _broken()
    if colour == _INDEXED and b"PLTE" not in seen:
        raise _broken()
    if end != len(data):
        raise Rejected(
            N_("There is more in this file than a picture. Open it in a picture program and save it as PNG again."),
            code="artwork_has_tail",
        )
    return b"".join(kept)


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes, bytes, int]]:
    """(kind, body, whole chunk, where it ends) up to IEND; each with its checksum checked."""
    at = len(_SIGNATURE)
    while at + 12 <= len(data):
        (length,) = struct.unpack_from(">I", data, at)
        end = at + 12 + length
        if end > len(data):
            raise _broken()
        kind, body = data[at + 4 : at + 8], data[at + 8 : end - 4]
        if zlib.crc32(kind + body) != struct.unpack_from(">I", data, end - 4)[0]:
            raise _broken()
        yield kind, body, data[at:end], end
        if kind == b"IEND":
            return
        at = end


def _check_header(kind: bytes, body: bytes) -> int:
    """The header must come first and tell a size that we are willing to decode. Gives the colour type."""
    if kind != b"IHDR" or len(body) != 13:
        raise _broken()
    width, height, depth, colour, compression, filtering, interlace = struct.unpack(">IIBBBBB", body)
    if not width or not height or depth not in _DEPTHS.get(colour, ()) or compression or filtering or interlace > 1:
        raise _broken()
    if width * height > MAX_PIXELS:
        raise Rejected(
            N_(
                "The picture has %(width)s × %(height)s pixels. At most 16 million are accepted: 1200 × 1200 is plenty."
            ),
            code="artwork_too_many_pixels",
            params={"width": width, "height": height},
        )
    return int(colour)


def _decoded(data: bytes) -> Image.Image:
    try:
        with Image.open(BytesIO(data), formats=("PNG",)) as picture:
            picture.load()
            if picture.mode.startswith("I"):  # 16 bits of grey: eight are enough to look at
                return picture.convert("I").point(lambda value: value / 257).convert("L").convert("RGBA")
            return picture.convert("RGBA")
    except (OSError, SyntaxError, ValueError, EOFError, zlib.error, UnidentifiedImageError) as error:
        raise _broken() from error


def _written(picture: Image.Image) -> bytes:
    target = BytesIO()
    clean = Image.frombytes("RGBA", picture.size, picture.tobytes())  # without the info dictionary of the source
    clean.save(target, "PNG", compress_level=6)
    return target.getvalue()


def _not_png(data: bytes) -> Rejected:
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    name = next((name for start, name in _OTHER_FORMATS if data.startswith(start)), "")
    if head.startswith(b"<") and (b"<svg" in head or head.startswith(b"<?xml")):
        name = "SVG"
    if not name:
        return Rejected(
            N_("This file is not a PNG picture. Save the artwork as PNG and try again."), code="artwork_not_png"
        )
    return Rejected(
        N_("This file is a %(format)s file, whatever its name says. Save the artwork as PNG and try again."),
        code="artwork_not_png",
        params={"format": name},
    )


def _broken() -> Rejected:
    return Rejected(
        N_("The picture is damaged. Open it in a picture program and save it as PNG again."), code="artwork_broken"
    )
