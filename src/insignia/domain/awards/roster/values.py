"""The plain values that pass between reading a roster, naming its columns and checking its lines."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from insignia.core.words import N_

Cell = str | date
"""What one cell holds: text, or a real date where the workbook says that it is one."""

Translate = Callable[[str], str]
"""Turns a text marked by `N_` into the reader's language; edges hand in gettext."""

IN_ROW = N_("Row %(row)s: %(reason)s")
IN_COLUMN = N_("Row %(row)s, column “%(header)s”: %(reason)s")


def untranslated(text: str) -> str:
    """The `Translate` of programs that speak English only."""
    return text


def shown(text: str) -> str:
    """`text` as it can stand inside a message: short, on one line, every character that cannot be seen spelled out."""
    visible = "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text[:60])
    return visible + "…" if len(text) > 60 else visible


@dataclass(frozen=True, slots=True)
class Row:
    """One row that holds something. `number` counts as a spreadsheet does: the headings are usually row 1."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """Something worth telling about the file as a whole that does not stand in the way."""

    code: str
    message: str
    params: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.message % self.params if self.params else self.message


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as read, before anyone says what its columns mean.

    `headers` are unique and never empty. A row may have fewer or more cells than there are headers: the lines tell.
    `day_zero` is set for workbooks only: the day from which their date numbers count.
    """

    headers: tuple[str, ...]
    rows: tuple[Row, ...]
    notes: tuple[Note, ...] = ()
    day_zero: date | None = None


@dataclass(frozen=True, slots=True)
class AwardLine:
    """One line that can be awarded: every value checked, `email` in the form in which addresses are compared."""

    row: int
    email: str
    email_given: str
    name: str
    awarded_on: date
    narrative: str = ""
    evidence_url: str = ""
    evidence_name: str = ""
    variant: str = ""
    external_id: str = ""
    attested_where: str = ""
    attested_on: date | None = None
    attested_by: str = ""
    share_consent_on: date | None = None


@dataclass(frozen=True, slots=True)
class LineError:
    """What is wrong with a row. `column` is our name of it ("" = the whole row), `params["header"]` the file's own."""

    row: int
    column: str
    code: str
    message: str
    params: Mapping[str, Any] = field(default_factory=dict)

    @property
    def reason(self) -> str:
        """The message in English, without the place."""
        return self.worded(untranslated)

    def worded(self, translate: Translate) -> str:
        """The message in the language of `translate`, without the place."""
        return translate(self.message) % self.params if self.params else translate(self.message)

    def placed(self, translate: Translate) -> str:
        """The message with row and column in front."""
        frame = IN_COLUMN if self.params.get("header") else IN_ROW
        return translate(frame) % {**self.params, "row": self.row, "reason": self.worded(translate)}

    def __str__(self) -> str:
        return self.placed(untranslated)


@dataclass(frozen=True, slots=True)
class Parsed:
    """The outcome of checking a sheet: who can be awarded, what is wrong, who stands there twice.

    Every row of the sheet is in exactly one of `lines`, `errors` (perhaps with several reasons) and `duplicates`.
    `headers` and `problem_rows` keep the original cells of rows with a problem, for a file of corrections.
    """

    lines: tuple[AwardLine, ...]
    errors: tuple[LineError, ...]
    duplicates: tuple[LineError, ...]
    notes: tuple[Note, ...] = ()
    headers: tuple[str, ...] = ()
    problem_rows: tuple[Row, ...] = ()

    def problems(self) -> dict[int, tuple[LineError, ...]]:
        """Every error and duplicate by row number, in the order of the file."""
        found: dict[int, tuple[LineError, ...]] = {}
        for problem in sorted((*self.errors, *self.duplicates), key=lambda problem: problem.row):
            found[problem.row] = (*found.get(problem.row, ()), problem)
        return found
