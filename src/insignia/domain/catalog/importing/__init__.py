"""Achievements that exist already, as a file holds them: rows of text become content, or say what is wrong with them.

    rows = ...                              each a `Row`: number and values by our columns (`columns_of` the headings)
    found = importing.read(rows, known)     lines that can come in, and the faults of the others

Pure: the file has been read into rows, and everything that a row may name (levels, units, skills, symbols) is handed in.
"""

from .columns import COLUMNS, MOST_ROWS, REQUIRED, columns_of, folded, unknown_headings
from .reading import read
from .values import Fault, Known, Line, Read, Row, Value

__all__ = [
    "COLUMNS",
    "MOST_ROWS",
    "REQUIRED",
    "Fault",
    "Known",
    "Line",
    "Read",
    "Row",
    "Value",
    "columns_of",
    "folded",
    "read",
    "unknown_headings",
]
