"""CSV as people really save it: which encoding, which delimiter, which rows."""

import codecs
import csv
import io
import re
from collections.abc import Iterator

from insignia.core.errors import Rejected
from insignia.core.words import N_

from . import columns
from .limits import Limits
from .values import Note, Row

DELIMITERS = ",;\t"

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with the same two bytes
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_UTF8_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_SEPARATOR_LINE = re.compile(r"sep=([,;\t])\r?\n", re.IGNORECASE)

_SAVE_AGAIN = N_(
    "The letters of “%(file)s” cannot be read for certain. Open it in your spreadsheet program and save it as "
    "“CSV UTF-8”."
)


def decode(data: bytes, name: str) -> tuple[str, tuple[Note, ...]]:
    """The text of a CSV file, and a note where the encoding had to be guessed; `Rejected` where no guess is safe."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], encoding, name), ()
    if guessed := _utf16_without_mark(data):
        return _strictly(data, guessed, name), (_guessed("UTF-16"),)
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        pass
    # One wrong byte in a file that is otherwise UTF-8 is damage: read as Windows-1252 it would garble every accent.
    if _UTF8_SEQUENCE.search(data) or _CONTROL.search(data):
        raise Rejected(_SAVE_AGAIN, code="roster_encoding", params={"file": name})
    return _strictly(data, "cp1252", name), (_guessed("Windows-1252"),)


def _guessed(encoding: str) -> Note:
    return Note(
        "encoding_guessed",
        N_(
            "The file does not say how its letters are stored; it was read as %(encoding)s. Check the accents in names."
        ),
        {"encoding": encoding},
    )


def _strictly(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise Rejected(_SAVE_AGAIN, code="roster_encoding", params={"file": name}) from None


def _utf16_without_mark(data: bytes) -> str | None:
    """Headings are mostly ASCII, so in UTF-16 nearly every second byte at the beginning is zero."""
    start = data[:200]
    if len(data) % 2 or len(start) < 4:
        return None
    even, odd = start[::2].count(0), start[1::2].count(0)
    half = len(start) // 2
    if odd > 0.7 * half and not even:
        return "utf-16-le"
    if even > 0.7 * half and not odd:
        return "utf-16-be"
    return None


def rows(text: str, limits: Limits) -> Iterator[Row]:
    """Every record with its number in a spreadsheet: a line break in quotes does not count, an empty line does."""
    if named := _SEPARATOR_LINE.match(text):  # Excel's own line, which Excel does not show
        text, delimiter = text[named.end() :], named[1]
    else:
        delimiter = _delimiter(text)
    records = _records(text, delimiter)
    number = 0
    while True:
        number += 1
        try:
            cells = next(records, None)
        except csv.Error:
            raise Rejected(
                N_(
                    "In row %(row)s the quotation marks do not match, so it is not certain where its cells end. A cell "
                    "that begins with a quotation mark must end with one, and marks inside it are written twice."
                ),
                code="roster_quotes",
                params={"row": number},
            ) from None
        if cells is None:
            return
        # A few cells beyond the limit are enough to tell that there are too many.
        yield Row(number, tuple(cells[: limits.columns * 2]))


def _records(text: str, delimiter: str) -> Iterator[list[str]]:
    # Strict, because the lenient reader swallows all later people into one cell when a quotation mark is never closed.
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True, skipinitialspace=True)


def _delimiter(text: str) -> str:
    """The delimiter under which the headings say most to us; failing that, the one that makes most columns."""

    def worth(delimiter: str) -> tuple[int, int]:
        try:
            headings = next(
                (row for row in _records(text[:20_000], delimiter) if any(cell.strip() for cell in row)), []
            )
        except csv.Error:
            return (0, 0)
        return (len(columns.guess(headings).columns), len(headings))

    return max(DELIMITERS, key=worth)
