"""XLSX: the first sheet that holds something, its cells as text or dates. Formulas are never computed."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import python_calamine

from insignia.core.errors import Rejected
from insignia.core.words import N_

from . import archives
from .limits import Limits
from .refusals import damaged
from .survey import Survey, survey
from .values import Cell, Note, Row

DAY_ZERO = date(1899, 12, 30)
"""Excel's day 0, chosen so that every day after February 1900 counts right in spite of its 29 February 1900."""
DAY_ZERO_1904 = date(1904, 1, 1)

_Raw = str | int | float | bool | date | datetime | time | timedelta


@dataclass(frozen=True, slots=True)
class Book:
    """The rows of the sheet that was chosen."""

    rows: tuple[Row, ...]
    notes: tuple[Note, ...]
    day_zero: date


def read(data: bytes, name: str, limits: Limits) -> Book:
    """The rows of an XLSX file; raises `Rejected` for other archives, bombs and damage before the parser is asked."""
    parts = archives.parts(data, name, limits)
    found = survey(parts, name, limits)
    sheet_name, cells, others = _first_sheet_with_content(archives.plain(parts), name)
    rows = tuple(
        Row(number, tuple(_cell(raw) for raw in row[: limits.columns * 2])) for number, row in enumerate(cells, start=1)
    )
    return Book(rows, _notes(found, sheet_name, others), DAY_ZERO_1904 if found.counts_from_1904 else DAY_ZERO)


def _first_sheet_with_content(packed: io.BytesIO, name: str) -> tuple[str, Sequence[Sequence[_Raw]], bool]:
    """Name and cells of the sheet, and whether the workbook has others besides."""
    try:
        book = python_calamine.CalamineWorkbook.from_object(packed)
        sheets = [
            about.name
            for about in book.sheets_metadata
            if about.typ == python_calamine.SheetTypeEnum.WorkSheet
            and about.visible == python_calamine.SheetVisibleEnum.Visible
        ]
        for sheet_name in sheets:
            cells = book.get_sheet_by_name(sheet_name).to_python(skip_empty_area=False)
            if any(value != "" for row in cells for value in row):
                return sheet_name, cells, len(sheets) > 1
    except Rejected:
        raise
    except BaseException as fault:
        # A panic of the parser (Rust) arrives as PanicException, which is no Exception.
        if isinstance(fault, Exception) or type(fault).__name__ == "PanicException":
            raise damaged(name) from None
        raise
    raise Rejected(N_("“%(file)s” is empty."), code="roster_empty", params={"file": name})


def _notes(found: Survey, sheet_name: str, others: bool) -> tuple[Note, ...]:
    notes = []
    if others:
        notes.append(
            Note(
                "first_sheet",
                N_("Only the sheet “%(sheet)s” was read; the workbook has others."),
                {"sheet": sheet_name},
            )
        )
    if found.formulas:
        notes.append(
            Note(
                "formulas_stored",
                N_("Formulas are not computed: %(count)s cells hold one, and the value stored with it was taken."),
                {"count": found.formulas},
            )
        )
    if found.faulty:
        notes.append(
            Note(
                "faulty_cells",
                N_("%(count)s cells show an error such as #N/A; they were read as empty."),
                {"count": found.faulty},
            )
        )
    return tuple(notes)


def _cell(raw: _Raw) -> Cell:
    """What a person sees in the cell, without the number format: whole numbers without “.0”, TRUE and FALSE."""
    if isinstance(raw, str | date):
        return raw
    if isinstance(raw, bool):
        return "TRUE" if raw else "FALSE"
    if isinstance(raw, float) and raw.is_integer() and abs(raw) < 1e15:
        return str(int(raw))
    return str(raw)
