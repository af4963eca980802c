"""Files of units and of people: read into lines that an action takes, with what cannot be read said row by row.

Nothing is kept between the preview and the decision: the rows travel in the page and are read again by the same way.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Generic, TypeVar

from django.utils.translation import gettext as _

from insignia.core.errors import Rejected
from insignia.core.words import N_
from insignia.domain.awards import roster
from insignia.domain.awards.roster import addresses, cleaning
from insignia.domain.awards.roster import dates as roster_dates
from insignia.domain.institutions.bulk import Outcome, PersonLine, UnitLine
from insignia.edges.web import words

from .forms.people import Said

LIMITS = replace(roster.LIMITS, file_bytes=1024 * 1024, rows=1_000, cell_characters=400)
UNIT_COLUMNS = ("name", "code", "kind", "parent_code")
PEOPLE_COLUMNS = ("email", "name", "role", "unit_code", "from", "until")
UNIT_EXAMPLE = ("College of Computing", "computing", "academic", "")
PEOPLE_EXAMPLE = ("ada.marlowe@pinecrest.example", "Ada Marlowe", "Program manager", "", "", "")
# A day to come is a sound end of a role, while the roster's reader refuses days that are not over.
_END_OF_TIME = date(2200, 1, 1)

AnyLine = TypeVar("AnyLine", UnitLine, PersonLine)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A row that is no line, with the reason in words."""

    number: int
    cells: tuple[str, ...]
    problem: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A row as the preview shows it; no problem means that it will be carried out."""

    number: int
    cells: tuple[str, ...]
    problem: str = ""


@dataclass(frozen=True, slots=True)
class File(Generic[AnyLine]):
    """A file as it was read: lines, rows that are none, and the same rows as text to travel in the page."""

    columns: tuple[str, ...]
    lines: tuple[AnyLine, ...]
    cells: dict[int, tuple[str, ...]]
    unreadable: tuple[Unreadable, ...]
    text: str

    def shown(self, outcomes: Iterable[Outcome]) -> list[Shown]:
        """Every row in the order of the file, with what stands against it."""
        rows = [Shown(row.number, row.cells, row.problem) for row in self.unreadable]
        for outcome in outcomes:
            problem = words.translated(outcome.error) if outcome.error else ""
            rows.append(Shown(outcome.number, self.cells[outcome.number], problem))
        return sorted(rows, key=lambda row: row.number)


def units(data: bytes, filename: str) -> File[UnitLine]:
    """A file of units; raises `Rejected` where it is no such file."""
    return _read(data, filename, UNIT_COLUMNS, ("name",), _unit)


def people(data: bytes, filename: str) -> File[PersonLine]:
    """A file of people and their roles; raises `Rejected` where it is no such file."""
    return _read(data, filename, PEOPLE_COLUMNS, ("email", "name", "role"), _person)


def _unit(number: int, cells: Sequence[roster.Cell]) -> UnitLine:
    name, code, kind, parent = (_text(cell) for cell in cells)
    cleaning.refuse_formula(name)
    return UnitLine(number, name=cleaning.line(name, 200), code=code, kind=kind.lower(), parent_code=parent)


def _person(number: int, cells: Sequence[roster.Cell]) -> PersonLine:
    email, name, role, unit = (_text(cell) for cell in cells[:4])
    return PersonLine(
        number,
        email=addresses.address(email),
        name=cleaning.person_name(name, 200),
        role=role,
        unit_code=unit,
        starts_on=_day(cells[4]),
        ends_on=_day(cells[5]),
    )


def _text(cell: roster.Cell) -> str:
    return cell.isoformat() if isinstance(cell, date) else cleaning.line(cell, LIMITS.cell_characters)


def _day(cell: roster.Cell) -> date | None:
    how = roster_dates.reading([cell], order=roster.DateOrder.UNSAID, day_zero=None)
    return roster_dates.read(cell, how, today=_END_OF_TIME)


def _read(
    data: bytes,
    filename: str,
    columns: tuple[str, ...],
    required: tuple[str, ...],
    line_of: Callable[[int, Sequence[roster.Cell]], AnyLine],
) -> File[AnyLine]:
    sheet = roster.read(data, filename, limits=LIMITS)
    places = {header.strip().lower().replace(" ", "_"): place for place, header in enumerate(sheet.headers)}
    if lacking := [column for column in required if column not in places]:
        raise Rejected(
            N_("The file has no column “%(column)s”. Its first row must hold: %(columns)s."),
            code="column_missing",
            params={"column": lacking[0], "columns": ", ".join(columns)},
        )
    lines: list[AnyLine] = []
    shown: dict[int, tuple[str, ...]] = {}
    unreadable: list[Unreadable] = []
    for row in sheet.rows:
        cells = [_cell(row.cells, places.get(column)) for column in columns]
        shown[row.number] = tuple(_plain(cell) for cell in cells)
        try:
            lines.append(line_of(row.number, cells))
        except cleaning.Unfit as unfit:
            unreadable.append(Unreadable(row.number, shown[row.number], words.translated(Said(unfit))))
    return File(columns, tuple(lines), shown, tuple(unreadable), _as_text(columns, shown))


def _cell(cells: Sequence[roster.Cell], place: int | None) -> roster.Cell:
    return cells[place] if place is not None and place < len(cells) else ""


def _plain(cell: roster.Cell) -> str:
    return cell.isoformat() if isinstance(cell, date) else cell.strip()


def _as_text(columns: tuple[str, ...], rows: dict[int, tuple[str, ...]]) -> str:
    return roster.csv_bytes([columns, *rows.values()]).decode("utf-8-sig")


def template(columns: tuple[str, ...], example: tuple[str, ...]) -> bytes:
    """An empty file to fill in, with an example that is left out when it is read."""
    return roster.csv_bytes([columns, (f"# help: {_('for example')} {example[0]}", *example[1:])])


def column_words() -> dict[str, Any]:
    """What each column is for."""
    return {
        "name": _("The name."),
        "code": _("A short name for files and addresses; left empty, it is made from the name."),
        "kind": _("academic, non_academic, division or site; left empty, academic."),
        "parent_code": _("The code of the unit above it, in the file or here already."),
        "email": _("The address to which the invitation goes."),
        "role": _("The name of a role, as it stands on the page of roles."),
        "unit_code": _("The unit in which the role holds; left empty, the whole institution."),
        "from": _("The first day, as year-month-day; left empty, from now on."),
        "until": _("The last day; left empty, until somebody ends it."),
    }
