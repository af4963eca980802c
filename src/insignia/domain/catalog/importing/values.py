"""The plain values of reading a file of achievements."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from insignia.domain.institutions.rules import LevelPolicy

from ..rules import Content, SkillAlignment
from .columns import COLUMNS

Value = str | date


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the file, by our columns; `number` counts as a spreadsheet does."""

    number: int
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a row; `column` is ours, "" where it is the whole row."""

    row: int
    column: str
    code: str
    message: str
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Line:
    """A row that can come in: everything in it checked."""

    row: int
    slug: str
    level: str
    unit: str
    content: Content
    approved_by: str
    approved_on: date


@dataclass(frozen=True, slots=True)
class Known:
    """What the rows may name. Levels and units by every word for them, folded; the value is the key or code itself."""

    levels: Mapping[str, str]
    policies: Mapping[str, LevelPolicy]
    level_names: Sequence[str]
    units: Mapping[str, str]
    skills: Mapping[str, SkillAlignment]
    symbols: frozenset[str]
    slugs: frozenset[str]
    today: date
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Read:
    """The outcome: lines that can come in, what is wrong with the others, and what each row is called."""

    lines: tuple[Line, ...]
    faults: tuple[Fault, ...]
    names: Mapping[int, str] = field(default_factory=dict)

    def by_row(self) -> dict[int, tuple[Fault, ...]]:
        """The faults of each row that has one, in the order of rows and columns."""
        found: dict[int, tuple[Fault, ...]] = {}
        for fault in sorted(self.faults, key=_place):
            found[fault.row] = (*found.get(fault.row, ()), fault)
        return found


def _place(fault: Fault) -> tuple[int, int]:
    return fault.row, COLUMNS.index(fault.column) if fault.column in COLUMNS else len(COLUMNS)
