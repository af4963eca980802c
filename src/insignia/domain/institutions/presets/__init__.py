"""Presets: a way of running a programme, as a TOML file.

`insignia init --preset ksu` copies one into rows; from then on the rows rule. A preset may not name code. Each app
registers the sections that are its own (`registry`); here they are read, compared with the rows, taken in, and written.
"""

from . import checks, house, levels  # noqa: F401 - the last two register the sections of this app
from .differences import CALLED, Change, Kind, Part, Shape, whole_tables
from .registry import Section, section
from .taking import Preview, Previewed, apply, as_toml, export, load, named, names, parse, preview, take, whole_names

__all__ = [
    "CALLED",
    "Change",
    "Kind",
    "Part",
    "Preview",
    "Previewed",
    "Section",
    "Shape",
    "apply",
    "as_toml",
    "checks",
    "export",
    "load",
    "named",
    "names",
    "parse",
    "preview",
    "section",
    "take",
    "whole_names",
    "whole_tables",
]
