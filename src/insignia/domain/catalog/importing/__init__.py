"""Achievements that exist already, as a file holds them: rows of text become content, or say what is wrong with them.

    rows = ...                              each a `Row`: number and values by our columns (`columns_of` the headings)
    found = importing.read(rows, known)     lines that can come in, and the faults of the others

A file of Open Badges, as other systems write it, is read by `read_badges`.

Pure: the file has been read into rows, and everything that a row may name (levels, units, skills, symbols) is handed in.
"""

from .columns import COLUMNS, MOST_ROWS, REQUIRED, columns_of, folded, unknown_headings
from .open_badges import MAX_BYTES as MAX_JSON
from .open_badges import ForeignBadge, Picture, read_badges
from .reading import read
from .values import Fault, Known, Line, Read, Row, Value

__all__ = [
    "COLUMNS",
    "MAX_JSON",
    "MOST_ROWS",
    "REQUIRED",
    "Fault",
    "ForeignBadge",
    "Known",
    "Line",
    "Picture",
    "Read",
    "Row",
    "Value",
    "columns_of",
    "folded",
    "read",
    "read_badges",
    "unknown_headings",
]
