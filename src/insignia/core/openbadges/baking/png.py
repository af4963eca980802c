"""Badges in PNG: one `iTXt` chunk with the keyword `openbadgecredential`, right behind the header.

The chunks are walked, never the pixels decoded. Other tools' readers build trees of metadata and stop at the image
data, therefore the place of ours.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from isal import isal_zlib

from ..errors import N_, BakingError
from ..inflating import ZLIB, DamagedData, TooMuchData, inflate
from .picture import MAX_PAYLOAD_BYTES, damaged, the_one, too_large_payload

SIGNATURE = b"\x89PNG\r\n\x1a\n"
KEYWORD = b"openbadgecredential"
# Open Badges 2.0: `iTXt` with JSON or JWS, older files `tEXt` with the assertion's address.
OLDER_KEYWORD = b"openbadges"

_TEXT_CHUNKS = frozenset({b"iTXt", b"tEXt", b"zTXt"})
# Ordinary files have a chunk for every 8 KiB or more of image data.
_MAX_CHUNKS = 10_000


@dataclass(frozen=True, slots=True)
class Chunk:
    """One part of the file: its kind, its data, and all its bytes with length and checksum."""

    kind: bytes
    data: memoryview
    whole: memoryview

    def keyword(self) -> bytes:
        """What a text chunk is about; other chunks have none."""
        return bytes(self.data[:80]).partition(b"\0")[0] if self.kind in _TEXT_CHUNKS else b""


def is_png(image: bytes) -> bool:
    """Whether the file begins as a PNG does."""
    return image.startswith(SIGNATURE)


def bake(image: bytes, payload: str) -> bytes:
    """The image with the payload in it, in place of any other; all other chunks stay as they are."""
    try:
        text = payload.encode()
    except UnicodeEncodeError as error:
        raise BakingError(N_("The credential is not text."), code="not_text") from error
    if b"\0" in text:
        raise BakingError(N_("A PNG cannot hold a text with the character U+0000."), code="not_text")
    if len(text) > MAX_PAYLOAD_BYTES:
        raise too_large_payload()
    # Keyword, end of keyword, uncompressed, method 0, no language, no translated keyword.
    data = b"iTXt" + KEYWORD + b"\0\0\0\0\0" + text
    ours = struct.pack(">I", len(data) - 4) + data + struct.pack(">I", isal_zlib.crc32(data))
    header, *others = _chunks(image)
    kept = [chunk.whole for chunk in others if chunk.keyword() != KEYWORD]
    return b"".join((SIGNATURE, header.whole, ours, *kept))


def unbake(image: bytes) -> str:
    """The text of the one credential in the image, else of the one Open Badges 2.0 assertion."""
    current, older = [], []
    for chunk in _chunks(image):
        if chunk.kind == b"iTXt" and chunk.keyword() == KEYWORD:
            current.append(_international_text(chunk))
        elif chunk.kind == b"iTXt" and chunk.keyword() == OLDER_KEYWORD:
            older.append(_international_text(chunk))
        elif chunk.kind == b"tEXt" and chunk.keyword() == OLDER_KEYWORD:
            older.append(bytes(chunk.data[len(OLDER_KEYWORD) + 1 :]).decode("latin-1"))
    return the_one(current, older)


def _chunks(image: bytes) -> list[Chunk]:
    chunks = list(_walk(image))
    if chunks[0].kind != b"IHDR" or len(chunks[0].data) != 13:
        raise damaged(N_("The PNG does not begin with its header."))
    return chunks


def _walk(image: bytes) -> Iterator[Chunk]:
    """Every chunk up to the end mark, each with its checksum proven; what stands behind the end mark is left out."""
    view, at = memoryview(image), len(SIGNATURE)
    for _ in range(_MAX_CHUNKS):
        if at + 12 > len(image):
            raise damaged(N_("The PNG ends too early."))
        (length,) = struct.unpack_from(">I", image, at)
        end = at + 12 + length
        if end > len(image):
            raise damaged(N_("The PNG ends too early."))
        chunk = Chunk(bytes(view[at + 4 : at + 8]), view[at + 8 : end - 4], view[at:end])
        if isal_zlib.crc32(view[at + 4 : end - 4]) != struct.unpack_from(">I", image, end - 4)[0]:
            raise damaged(N_("The PNG is damaged: a checksum is wrong."))
        yield chunk
        if chunk.kind == b"IEND":
            return
        at = end
    raise damaged(N_("The PNG has too many parts."))


def _international_text(chunk: Chunk) -> str:
    """Keyword, compression flag and method, language tag, translated keyword, UTF-8 text (PNG 3rd ed., 11.3.3.4)."""
    _, _, rest = bytes(chunk.data).partition(b"\0")
    if len(rest) < 4 or rest[:2] not in (b"\0\0", b"\1\0"):
        raise damaged(N_("The text in the PNG is damaged."))
    compressed, after = rest[0], rest[2:].split(b"\0", 2)
    if len(after) != 3:
        raise damaged(N_("The text in the PNG is damaged."))
    try:
        return (_inflate(after[2]) if compressed else after[2]).decode()
    except UnicodeDecodeError as error:
        raise damaged(N_("The text in the PNG is damaged.")) from error


def _inflate(packed: bytes) -> bytes:
    """Badges are written uncompressed; what other tools compressed is read up to the limit and no further."""
    try:
        return inflate(packed, container=ZLIB, max_bytes=MAX_PAYLOAD_BYTES)
    except TooMuchData as error:
        raise too_large_payload() from error
    except DamagedData as error:
        raise damaged(N_("The text in the PNG is damaged.")) from error
