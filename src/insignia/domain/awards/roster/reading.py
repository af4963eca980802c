"""Read a roster file into a `Sheet`: what kind of file it is, where its headings are, which rows hold something."""

from collections.abc import Iterable, Sequence
from datetime import date

from insignia.core.errors import Rejected
from insignia.core.words import N_

from . import text_files, workbooks
from .limits import LIMITS, Limits
from .refusals import not_a_roster
from .values import Cell, Note, Row, Sheet, shown

HELP_MARK = "# help:"
"""How the help row of our own template begins: such a row is no learner."""

_OTHER_KINDS = (
    b"%PDF",
    b"\xd0\xcf\x11\xe0",  # XLS, and any workbook with a password
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"7z\xbc\xaf",
    b"Rar!",
    b"PK",  # what begins otherwise than a first entry: an empty or a spanned archive
    b"{",
    b"<",  # some systems call a web page "export.xls"
)


def read(data: bytes, filename: str, *, limits: Limits = LIMITS) -> Sheet:
    """The table inside `data`, a CSV or XLSX file as uploaded; the content decides, the name is only for messages.

    Raises `Rejected`, in words for whoever sent the file, when it is no such file, damaged, empty or too large.
    """
    name = shown(filename.replace("\\", "/").rsplit("/", 1)[-1]) or "?"
    if len(data) > limits.file_bytes:
        raise Rejected(
            N_("“%(file)s” has %(size)s MB; a roster may have at most %(limit)s MB. Send it in several files."),
            code="roster_too_large",
            params={"file": name, "size": _megabytes(len(data)), "limit": _megabytes(limits.file_bytes)},
        )
    if not data.strip():
        raise Rejected(N_("“%(file)s” is empty."), code="roster_empty", params={"file": name})
    if data.startswith(b"PK\x03\x04"):
        book = workbooks.read(data, name, limits)
        return _sheet(book.rows, name, limits, notes=book.notes, day_zero=book.day_zero)
    _refuse_other_kinds(data, name)
    text, notes = text_files.decode(data, name)
    if not text.strip(" \r\n" + text_files.DELIMITERS):
        raise Rejected(N_("“%(file)s” is empty."), code="roster_empty", params={"file": name})
    return _sheet(text_files.rows(text, limits), name, limits, notes=notes)


def _refuse_other_kinds(data: bytes, name: str) -> None:
    if data[:64].removeprefix(b"\xef\xbb\xbf").lstrip().startswith(_OTHER_KINDS):
        raise not_a_roster(name)


def _megabytes(size: int) -> str:
    return f"{size / (1024 * 1024):.1f}".removesuffix(".0")


def _sheet(
    rows: Iterable[Row], name: str, limits: Limits, *, notes: Sequence[Note], day_zero: date | None = None
) -> Sheet:
    """Headings from the first row that holds something, then every later one that does."""
    headers: tuple[str, ...] | None = None
    found: list[Row] = []
    said = list(notes)
    for row in rows:
        cells = _without_blank_tail(row.cells)
        if not cells:
            continue
        if headers is None:
            headers = _headers(cells, name, limits, said)
            continue
        if _is_help(cells):
            said.append(
                Note("help_row", N_("Row %(row)s is the template's help row and was left out."), {"row": row.number})
            )
            continue
        if len(found) == limits.rows:
            raise Rejected(
                N_("“%(file)s” has more than %(limit)s rows. Send it in several files."),
                code="roster_too_many_rows",
                params={"file": name, "limit": limits.rows},
            )
        found.append(Row(row.number, cells))
    if headers is None:
        raise Rejected(N_("“%(file)s” is empty."), code="roster_empty", params={"file": name})
    if not found:
        raise Rejected(
            N_("“%(file)s” holds headings but no rows below them."), code="roster_without_rows", params={"file": name}
        )
    return Sheet(headers, tuple(found), tuple(said), day_zero)


def _without_blank_tail(cells: Sequence[Cell]) -> tuple[Cell, ...]:
    end = len(cells)
    while end and is_blank(cells[end - 1]):
        end -= 1
    return tuple(cells[:end])


def is_blank(cell: Cell) -> bool:
    """Whether a cell shows nothing."""
    return isinstance(cell, str) and not cell.strip(" \t\r\n\u00a0\u200b\ufeff")


def _is_help(cells: Sequence[Cell]) -> bool:
    first = next(cell for cell in cells if not is_blank(cell))
    return isinstance(first, str) and first.strip().startswith(HELP_MARK)


def _headers(cells: Sequence[Cell], name: str, limits: Limits, notes: list[Note]) -> tuple[str, ...]:
    if len(cells) > limits.columns:
        raise Rejected(
            N_("“%(file)s” has %(count)s columns; a roster may have at most %(limit)s."),
            code="roster_too_many_columns",
            params={"file": name, "count": len(cells), "limit": limits.columns},
        )
    given = [" ".join(str(cell).split()) for cell in cells]
    if any("@" in header and "." in header and " " not in header for header in given):
        raise Rejected(
            N_(
                "The first row of “%(file)s” holds a person, not headings. Put a row such as “email, name, awarded_on” "
                "above it."
            ),
            code="roster_without_headings",
            params={"file": name},
        )
    if too_long := next((header for header in given if len(header) > 200), None):
        raise Rejected(
            N_("A heading of “%(file)s” is longer than 200 characters: “%(heading)s”."),
            code="roster_heading_too_long",
            params={"file": name, "heading": shown(too_long)},
        )
    headers: list[str] = []
    for position, header in enumerate(given):
        plain = "".join(c for c in header if c.isprintable()) or f"({_letters(position)})"
        unique, count = plain, 1
        while unique in headers:
            count += 1
            unique = f"{plain} ({count})"
        if count == 2:
            notes.append(
                Note("heading_twice", N_("The heading “%(heading)s” stands there more than once."), {"heading": plain})
            )
        headers.append(unique)
    return tuple(headers)


def _letters(position: int) -> str:
    """The spreadsheet's name of a column: A, B, ... Z, AA."""
    letters = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
