"""Unpack a workbook's archive without trusting it.

Sizes are checked in the central directory first and counted again while unpacking: a forged directory may lie.
What was unpacked goes to the parser as a plain archive of our own, so that no entry means one thing to us and another
to it.
"""

import io
import zipfile
import zlib

from .limits import Limits
from .refusals import damaged, not_a_roster, too_much_inside

_WORKBOOK = "xl/workbook.xml"
_READ_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OSError,
    UnicodeError,
)
_SMALL = 1024 * 1024


def parts(data: bytes, name: str, limits: Limits) -> dict[str, bytes]:
    """The XML parts of the workbook by name; pictures, macros and other things inside are left packed."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            _check_directory(entries, name, limits)
            if _WORKBOOK not in archive.namelist():
                raise not_a_roster(name)
            found: dict[str, bytes] = {}
            left = limits.unpacked_bytes
            for entry in entries:
                if not entry.filename.endswith((".xml", ".rels")):
                    continue
                if entry.filename in found:
                    raise damaged(name)
                with archive.open(entry) as part:
                    content = part.read(left + 1)
                left -= len(content)
                if left < 0:
                    raise too_much_inside(name)
                found[entry.filename] = content
            return found
    except _READ_ERRORS:
        raise damaged(name) from None


def _check_directory(entries: list[zipfile.ZipInfo], name: str, limits: Limits) -> None:
    if len(entries) > limits.archive_entries or sum(entry.file_size for entry in entries) > limits.unpacked_bytes:
        raise too_much_inside(name)
    for entry in entries:
        if entry.file_size > _SMALL and entry.file_size > limits.unpacked_ratio * max(entry.compress_size, 1):
            raise too_much_inside(name)


def plain(parts_by_name: dict[str, bytes]) -> io.BytesIO:
    """The same parts as an archive written by us, not compressed."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for part_name, content in parts_by_name.items():
            archive.writestr(part_name, content)
    packed.seek(0)
    return packed
