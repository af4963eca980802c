"""Check every row of a sheet: what can be awarded, what is wrong, who stands there twice. It decides nothing else."""

from collections.abc import Callable, Collection
from datetime import date
from typing import Any

from insignia.core.errors import Rejected
from insignia.core.words import N_

from . import addresses, cleaning, dates
from .cleaning import Unfit
from .columns import COLUMNS, DATES, REQUIRED, Mapping
from .limits import LIMITS, Limits
from .reading import is_blank
from .values import AwardLine, Cell, LineError, Note, Parsed, Row, Sheet, shown

_TEXTS: dict[str, Callable[[str], str]] = {
    "name": lambda given: cleaning.person_name(given, 200),
    "narrative": lambda given: cleaning.text(given, 2_000),
    "evidence_url": lambda given: cleaning.web_address(given, 2_000),
    "evidence_name": lambda given: cleaning.line(given, 200),
    "external_id": lambda given: cleaning.identifier(given, 100),
    "attested_where": lambda given: cleaning.line(given, 200),
    "attested_by": lambda given: cleaning.line(given, 200),
}


def parse(
    sheet: Sheet,
    mapping: Mapping,
    *,
    today: date,
    default_awarded_on: date | None = None,
    known_variants: Collection[str] = (),
    limits: Limits = LIMITS,
) -> Parsed:
    """Every row as an `AwardLine`, as errors, or as a duplicate of an earlier good row (same mailbox, same variant).

    `today` is the institution's day. `default_awarded_on` fills rows without a date. Raises `Rejected` when the mapping
    leaves out a column that every roster needs.
    """
    positions = mapping.positions(sheet.headers)
    _refuse_missing(mapping, positions)
    reader = _Reader(sheet, mapping, positions, today, default_awarded_on, known_variants, limits)
    lines: list[AwardLine] = []
    errors: list[LineError] = []
    duplicates: list[LineError] = []
    first_rows: dict[tuple[str, str], int] = {}
    problem_rows: list[Row] = []
    for row in sheet.rows:
        line, wrong = reader.line(row)
        if line is None:
            errors.extend(wrong)
            problem_rows.append(row)
            continue
        person = (addresses.mailbox(line.email), line.variant)
        if person in first_rows:
            duplicates.append(reader.duplicate(line, first_rows[person]))
            problem_rows.append(row)
        else:
            first_rows[person] = line.row
            lines.append(line)
    notes = [
        Note(
            "heading_gone",
            N_("The saved mapping expects a column “%(heading)s”; this file has none."),
            {"heading": heading},
        )
        for heading in mapping.not_in(sheet.headers)
    ]
    return Parsed(
        tuple(lines), tuple(errors), tuple(duplicates), (*sheet.notes, *notes), sheet.headers, tuple(problem_rows)
    )


def _refuse_missing(mapping: Mapping, positions: dict[str, tuple[int, ...]]) -> None:
    missing = [
        Rejected(N_("No column is chosen for “%(column)s”."), code="column_missing", params={"column": column})
        for column in REQUIRED
        if column in mapping.missing_required or column not in positions
    ]
    if missing:
        raise Rejected(
            N_("A roster needs a column with the mail address and one with the name. Say which they are."),
            code="columns_missing",
            details=missing,
        )


class _Reader:
    """Turns one row after another into a line, with all its errors at once."""

    def __init__(
        self,
        sheet: Sheet,
        mapping: Mapping,
        positions: dict[str, tuple[int, ...]],
        today: date,
        default_awarded_on: date | None,
        known_variants: Collection[str],
        limits: Limits,
    ) -> None:
        self.sheet, self.positions, self.today, self.limits = sheet, positions, today, limits
        self.default_awarded_on = default_awarded_on
        self.variants = {_alike(variant): variant for variant in known_variants}
        self.readings = {
            column: dates.reading(
                (cell for row in sheet.rows for cell in self._cells(row, column)),
                order=mapping.date_order,
                day_zero=sheet.day_zero,
            )
            for column in DATES
        }

    def line(self, row: Row) -> tuple[AwardLine | None, list[LineError]]:
        """The line, or None and every reason why there is none."""
        values: dict[str, Any] = {}
        wrong: list[LineError] = []
        readers: dict[str, Callable[[str], Any]] = {
            "email": lambda column: addresses.address(self._text(row, column)),
            "variant": lambda column: self._variant(self._text(row, column)),
            "awarded_on": lambda column: self._awarded_on(row, column),
            "attested_on": lambda column: self._date(row, column),
            "share_consent_on": lambda column: self._date(row, column),
            **{column: self._text_reader(row, clean) for column, clean in _TEXTS.items()},
        }
        for column in COLUMNS:
            try:
                values[column] = readers[column](column)
            except Unfit as unfit:
                wrong.append(self._error(row, column, unfit))
        if any(not is_blank(cell) for cell in row.cells[len(self.sheet.headers) :]):
            wrong.append(
                LineError(
                    row.number,
                    "",
                    "too_many_cells",
                    N_(
                        "The row has more cells than there are headings. A comma inside a text without quotation marks?"
                    ),
                )
            )
        if wrong:
            return None, wrong
        return AwardLine(row=row.number, email_given=addresses.trimmed(self._text(row, "email")), **values), []

    def duplicate(self, line: AwardLine, first: int) -> LineError:
        """Tell that the person of `line` stands in an earlier row."""
        return LineError(
            line.row,
            "email",
            "duplicate",
            N_("%(value)s is in row %(first)s already; this row is left out."),
            {"header": self._header("email"), "value": shown(line.email), "first": first},
        )

    def _text_reader(self, row: Row, clean: Callable[[str], str]) -> Callable[[str], str]:
        return lambda column: clean(self._text(row, column))

    def _cells(self, row: Row, column: str) -> list[Cell]:
        return [row.cells[place] for place in self.positions.get(column, ()) if place < len(row.cells)]

    def _text(self, row: Row, column: str) -> str:
        cells = [str(cell) for cell in self._cells(row, column) if not is_blank(cell)]
        for cell in cells:
            if len(cell) > self.limits.cell_characters:
                raise Unfit(
                    "cell_too_long",
                    N_("The cell has %(count)s characters; at most %(limit)s are possible."),
                    count=len(cell),
                    limit=self.limits.cell_characters,
                )
            if column == "name":
                cleaning.refuse_formula(cell)  # each part of a name that is joined from several
        return " ".join(cells)

    def _date(self, row: Row, column: str) -> date | None:
        cells = self._cells(row, column)
        return dates.read(cells[0], self.readings[column], today=self.today) if cells else None

    def _awarded_on(self, row: Row, column: str) -> date:
        found = self._date(row, column) or self.default_awarded_on
        if found is None:
            raise Unfit("date_missing", N_("The day of the award is missing."))
        return found

    def _variant(self, given: str) -> str:
        wanted = cleaning.line(given, 200)
        if not wanted:
            return ""
        if _alike(wanted) not in self.variants:
            raise Unfit(
                "variant_unknown",
                N_("The achievement has no variant “%(value)s”; it has: %(known)s."),
                value=shown(wanted),
                known=", ".join(self.variants.values()) or "—",
            )
        return self.variants[_alike(wanted)]

    def _header(self, column: str) -> str:
        places = self.positions.get(column, ())
        return " + ".join(self.sheet.headers[place] for place in places) or column

    def _error(self, row: Row, column: str, unfit: Unfit) -> LineError:
        return LineError(
            row.number, column, unfit.code, unfit.message, {**unfit.params, "header": self._header(column)}
        )


def _alike(variant: str) -> str:
    return " ".join(variant.casefold().split())
