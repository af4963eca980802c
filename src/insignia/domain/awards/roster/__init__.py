"""Rosters: a CSV or XLSX file of learners, read and checked without touching a table (architecture trace A, step 2).

    sheet = roster.read(data, filename)                 the table in the file, or `Rejected`
    mapping = roster.guess(sheet.headers)               which heading means which of our columns
    parsed = roster.parse(sheet, mapping, today=...)    lines to award, errors by row, duplicates

Pure functions on plain values; edges may import this package directly.
"""

from .columns import COLUMNS, REQUIRED, DateOrder, Mapping, guess
from .limits import LIMITS, Limits
from .lines import parse
from .reading import HELP_MARK, read
from .spreadsheets import csv_bytes, safe_cell, xlsx_bytes
from .template import HELP, errors_csv, template_csv, template_xlsx
from .values import IN_COLUMN, IN_ROW, AwardLine, Cell, LineError, Note, Parsed, Row, Sheet

__all__ = [
    "COLUMNS",
    "HELP",
    "HELP_MARK",
    "IN_COLUMN",
    "IN_ROW",
    "LIMITS",
    "REQUIRED",
    "AwardLine",
    "Cell",
    "DateOrder",
    "Limits",
    "LineError",
    "Mapping",
    "Note",
    "Parsed",
    "Row",
    "Sheet",
    "csv_bytes",
    "errors_csv",
    "guess",
    "parse",
    "read",
    "safe_cell",
    "template_csv",
    "template_xlsx",
    "xlsx_bytes",
]
