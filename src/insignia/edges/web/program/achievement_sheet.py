"""A file of badges: read into rows, with what cannot be read said row by row; and an empty one to fill in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from insignia.domain.awards import roster
from insignia.domain.awards.roster import cleaning, dates
from insignia.domain.awards.roster.reading import HELP_MARK
from insignia.domain.catalog import images, importing
from insignia.domain.frameworks import queries as frameworks
from insignia.domain.institutions import outline
from insignia.domain.institutions import queries as institutions

from .achievement_content import alignment

LIMITS = replace(roster.LIMITS, file_bytes=1024 * 1024, rows=importing.MOST_ROWS)
_LONGEST = 12_000
HELP = {
    "name": _("What the badge is called."),
    "level": _("A level of your ladder, by its name."),
    "unit_code": _("The code of the unit that owns it."),
    "description": _("For the catalogue."),
    "criteria": _("What somebody must do to earn it; Markdown."),
    "outcomes": _("What a person can do afterwards. Several with | between them."),
    "skills": _("Codes of skills in your frameworks, with | between them."),
    "demand": _("Who looks for these skills at work. Levels that ask for skills need it."),
    "links": _("A name, a blank and an address, such as: Syllabus https://www.example.org/syllabus. Several with |."),
    "audience": _("For whom: students, faculty, staff, or words of your own, with | between them."),
    "tags": _("Words to find it by, with | between them."),
    "approved_on": _("The day on which it was approved, as year-month-day: 2021-05-31."),
    "approved_by": _("The body or person who approved it then."),
    "image_title": _("A short title for the image, where the name is long."),
    "symbol": _("The name of a symbol for the image, such as: chart."),
    "valid_months": _("For how many months an award is valid; empty or 0: it does not expire."),
    "credit": _("“credit” or “noncredit”; may stay empty."),
}
_EXAMPLE = {
    "name": "Data Storytelling",
    "level": "Level I Badge",
    "unit_code": "computing",
    "description": "Turn a data set into a story that holds.",
    "criteria": "Hand in a story of five pages about one data set.",
    "outcomes": "Choose a chart that tells the truth | Write for a reader in a hurry",
    "skills": "communication | technology",
    "demand": "One posting of five in the region asks for it.",
    "links": "Syllabus https://www.pinecrest.example/storytelling",
    "audience": "students | staff",
    "tags": "data | writing",
    "approved_on": "2021-05-31",
    "approved_by": "Micro-Credential Committee",
    "image_title": "",
    "symbol": "chart",
    "valid_months": "0",
    "credit": "noncredit",
}


@dataclass(frozen=True, slots=True)
class File:
    """A file that was read: its rows, faults of single cells, remarks about the whole, and its text to travel along."""

    rows: tuple[importing.Row, ...]
    faults: tuple[importing.Fault, ...]
    notes: tuple[Any, ...]
    ignored: tuple[str, ...]
    text: str


def read(data: bytes, filename: str, *, today: date) -> File:
    """Read a file of badges; raises `Rejected` where it is no such file."""
    sheet = roster.read(data, filename, limits=LIMITS)
    columns = importing.columns_of(sheet.headers)
    day_place = next(place for place, column in columns.items() if column == "approved_on")
    how = dates.reading(_column(sheet, day_place), order=roster.DateOrder.UNSAID, day_zero=sheet.day_zero)
    rows, faults = [], []
    for row in sheet.rows:
        cells = {column: row.cells[place] for place, column in columns.items() if place < len(row.cells)}
        values = {}
        for column, cell in cells.items():
            try:
                values[column] = _day(cell, how, today) if column == "approved_on" else _text(cell)
            except cleaning.Unfit as unfit:
                values[column] = str(cell)[:_LONGEST]
                faults.append(importing.Fault(row.number, column, unfit.code, unfit.message, dict(unfit.params)))
        rows.append(importing.Row(row.number, values))
    ignored = importing.unknown_headings(sheet.headers)
    return File(tuple(rows), tuple(faults), sheet.notes, ignored, _as_text(rows))


def _column(sheet: roster.Sheet, place: int) -> list[roster.Cell]:
    return [row.cells[place] for row in sheet.rows if place < len(row.cells)]


def _text(cell: roster.Cell) -> str:
    return cell.isoformat() if isinstance(cell, date) else cleaning.text(cell, _LONGEST)


def _day(cell: roster.Cell, how: dates.Reading, today: date) -> str:
    found = dates.read(cell, how, today=today)
    return found.isoformat() if found else ""


def _as_text(rows: Iterable[importing.Row]) -> str:
    """The rows as they travel in the page from the preview to the decision, where they are read anew."""
    lines = [list(importing.COLUMNS)]
    lines += [[str(row.values.get(column, "")) for column in importing.COLUMNS] for row in rows]
    return roster.csv_bytes(lines).decode("utf-8-sig")


def known(lines: Sequence[outline.Line], *, slugs: frozenset[str], institution: Any, today: date) -> importing.Known:
    """What the rows may name: the levels and skills that are here, and the units for which one may write badges."""
    levels = list(institutions.levels())
    words = {importing.folded(word): level.key for level in levels for word in _words(level)}
    return importing.Known(
        levels=words,
        policies={level.key: level.policy for level in levels},
        level_names=[level.name for level in levels],
        units={line.unit.code.casefold(): line.unit.code for line in lines},
        skills={skill.code: alignment(skill) for skill in frameworks.skills()},
        symbols=frozenset(images.icon_names()),
        slugs=slugs,
        today=today,
        language=institution.language,
    )


def _words(level: Any) -> tuple[str, ...]:
    return (*level.aliases, level.key, level.name)


def template_csv() -> bytes:
    """The headings, and below them a row of help that is left out when the file is read."""
    helps = [str(HELP[column]) for column in importing.COLUMNS]
    helps[0] = f"{HELP_MARK} {helps[0]}"
    return roster.csv_bytes([importing.COLUMNS, helps])


def template_xlsx() -> bytes:
    """A sheet with the headings, and a second one that explains each of them with an example."""
    about = [[gettext("Column"), "", gettext("Meaning"), gettext("Example")]]
    for column in importing.COLUMNS:
        need = gettext("required") if column in importing.REQUIRED else gettext("may stay empty")
        about.append([column, need, str(HELP[column]), _EXAMPLE[column]])
    return roster.xlsx_bytes([(gettext("Badges"), [importing.COLUMNS]), (gettext("Help"), about)])
