"""Write CSV and XLSX that no spreadsheet program can take for formulas (OWASP ASVS 5.0, 1.2.10)."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Any

import openpyxl
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils import get_column_letter

from .cleaning import FORMULA_STARTS

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_CELL_CHARACTERS = 32_767


def safe_cell(text: str) -> str:
    """`text` with an apostrophe in front where a spreadsheet program would compute it."""
    seen = text.lstrip(" \u00a0\ufeff\n\x00\x0b\x0c")
    return "'" + text if text.startswith("\x00") or seen.startswith(FORMULA_STARTS) else text


def csv_bytes(rows: Iterable[Sequence[str]]) -> bytes:
    """CSV for spreadsheet programs: UTF-8 with its mark (else Excel garbles accents), every cell quoted and safe."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, quoting=csv.QUOTE_ALL)
    for row in rows:
        writer.writerow([safe_cell(_writable(cell)) for cell in row])
    return written.getvalue().encode("utf-8-sig")


def xlsx_bytes(sheets: Iterable[tuple[str, Iterable[Sequence[str]]]]) -> bytes:
    """A workbook of named sheets in which every cell, and every cell still to be filled, is text."""
    book = openpyxl.Workbook(write_only=True)
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        filled = [list(row) for row in rows]
        for position in range(max((len(row) for row in filled), default=0)):
            column = sheet.column_dimensions[get_column_letter(position + 1)]
            column.number_format = "@"  # so that Excel leaves "007" and "2026-11-25" as they are typed
            column.width = 24
        for row in filled:
            sheet.append([_text_cell(sheet, text) for text in row])
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def _text_cell(sheet: Any, text: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, safe_cell(_writable(text))[:_CELL_CHARACTERS])
    cell.data_type = "s"  # openpyxl would make an error of "#N/A"
    cell.number_format = "@"
    return cell


def _writable(text: str) -> str:
    return _NOT_IN_XML.sub("\ufffd", text)
