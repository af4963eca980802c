"""Each row becomes a line that can come in, or says everything that is wrong with it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.utils.text import slugify

from insignia.core.words import N_

from .. import rules
from ..rules import Content, Link, SkillAlignment
from .columns import COLUMNS, REQUIRED, folded
from .values import Fault, Known, Line, Read, Row

# How long a text may be; what is not named here is one line.
_LENGTHS = {
    "name": 200,
    "image_title": 60,
    "description": 5_000,
    "criteria": 10_000,
    "demand": 2_000,
    "outcomes": 5_000,
}
_LINE = 500
_CREDITS = {"credit": "credit", "yes": "credit", "forcredit": "credit"} | {
    "noncredit": "noncredit",
    "no": "noncredit",
    "notforcredit": "noncredit",
    "none": "noncredit",
}


def read(rows: Iterable[Row], known: Known, *, faults: Sequence[Fault] = ()) -> Read:
    """Check every row; `faults` are those that were found before. Of two rows with one name the first comes in."""
    lines: list[Line] = []
    found = list(faults)
    # A cell that could not even be read is said once.
    spoilt = {(fault.row, fault.column) for fault in faults}
    spoilt_rows = {fault.row for fault in faults}
    names: dict[int, str] = {}
    taken: dict[str, int] = {}
    for row in rows:
        reader = _Reader(row, known)
        line = reader.line(taken)
        names[row.number] = reader.text("name")
        found += [fault for fault in reader.faults if (fault.row, fault.column) not in spoilt]
        if line is not None and row.number not in spoilt_rows:
            lines.append(line)
            taken[line.slug] = row.number
    return Read(tuple(lines), tuple(found), names)


class _Reader:
    """One row."""

    def __init__(self, row: Row, known: Known) -> None:
        self.row, self.known = row, known
        self.faults: list[Fault] = []

    def line(self, taken: Mapping[str, int]) -> Line | None:
        """The row as a line, or None with its faults noted."""
        for column in REQUIRED:
            if not self.row.values.get(column):
                self._fault(column, "value_missing", N_("This is empty, and every badge needs it."))
        level, unit = self._level(), self._unit()
        approved_on = self._day("approved_on")
        content = self._content()
        slug = slugify(content.name)[: rules.SLUG_LENGTH]
        self._check_name(slug, taken)
        if level:
            policy = self.known.policies[level]
            said = {fault.column for fault in self.faults}
            for lack in rules.missing(content, policy):
                column = (lack.code or "").removeprefix("missing_")
                if column not in said:
                    self._fault(column, lack.code or "", lack.message)
        if self.faults or approved_on is None:
            return None
        return Line(self.row.number, slug, level, unit, content, self.text("approved_by"), approved_on)

    def text(self, column: str) -> str:
        """What stands in `column`, without blanks around it."""
        value = self.row.values.get(column, "")
        return value.isoformat() if isinstance(value, date) else value.strip()

    def _fault(self, column: str, code: str, message: str, /, **params: object) -> None:
        self.faults.append(Fault(self.row.number, column, code, message, params))

    def _content(self) -> Content:
        for column in COLUMNS:
            limit = _LENGTHS.get(column, _LINE)
            if len(self.text(column)) > limit:
                message = N_("This has %(count)s characters; at most %(limit)s are possible.")
                self._fault(column, "too_long", message, count=len(self.text(column)), limit=limit)
        return Content(
            name=" ".join(self.text("name").split()),
            description=self.text("description"),
            criteria=self.text("criteria"),
            outcomes=self._parts("outcomes"),
            skills=self._skills(),
            links=self._links(),
            tags=self._parts("tags"),
            language=self.known.language,
            audience=self._parts("audience"),
            credit=self._credit(),
            demand=self.text("demand"),
            valid_months=self._months(),
            image_title=self.text("image_title"),
            symbol=self._symbol(),
        )

    def _parts(self, column: str) -> tuple[str, ...]:
        parts = (" ".join(part.split()) for part in re.split(r"[|\n]", self.text(column)))
        return tuple(dict.fromkeys(part for part in parts if part))

    def _level(self) -> str:
        given = self.text("level")
        found = self.known.levels.get(folded(given), "")
        if given and not found:
            message = N_("There is no level “%(level)s”. There are: %(levels)s.")
            self._fault("level", "level_unknown", message, level=given, levels=", ".join(self.known.level_names))
        return found

    def _unit(self) -> str:
        given = self.text("unit_code")
        found = self.known.units.get(given.casefold(), "")
        if given and not found:
            message = N_("There is no unit with the code “%(code)s” for which you may write badges.")
            self._fault("unit_code", "unit_unknown", message, code=given)
        return found

    def _skills(self) -> tuple[SkillAlignment, ...]:
        given = self._parts("skills")
        for code in given:
            if code not in self.known.skills:
                message = N_("There is no skill with the code “%(code)s” in your frameworks.")
                self._fault("skills", "skill_unknown", message, code=code)
        return tuple(self.known.skills[code] for code in given if code in self.known.skills)

    def _links(self) -> tuple[Link, ...]:
        found = []
        for part in self._parts("links"):
            name, _blank, url = part.rpartition(" ")
            if not re.fullmatch(r"https?://[^\s<>\"]+\.[^\s<>\"]+", url) or len(url) > _LINE:
                message = N_("“%(value)s” is no link: write its name, a blank, and an address with https://.")
                self._fault("links", "link_unreadable", message, value=part[:60])
                continue
            found.append(Link(name or url, url))
        return tuple(found)

    def _credit(self) -> str:
        given = folded(self.text("credit"))
        if given and given not in _CREDITS:
            message = N_("Write “credit” or “noncredit”, not “%(value)s”.")
            self._fault("credit", "credit_unknown", message, value=self.text("credit")[:60])
        return _CREDITS.get(given, "")

    def _months(self) -> int:
        given = self.text("valid_months")
        if not given:
            return 0
        if not re.fullmatch(r"[0-9]{1,3}", given) or int(given) > rules.MOST_MONTHS:
            message = N_("“%(value)s” is no number of months from 0 (does not expire) to %(most)s.")
            self._fault("valid_months", "months_unreadable", message, value=given[:60], most=rules.MOST_MONTHS)
            return 0
        return int(given)

    def _symbol(self) -> str:
        given = self.text("symbol").casefold()
        if given and given not in self.known.symbols:
            message = N_("There is no symbol “%(symbol)s”. There are: %(symbols)s.")
            names = ", ".join(sorted(self.known.symbols))
            self._fault("symbol", "symbol_unknown", message, symbol=given[:60], symbols=names)
        return given

    def _day(self, column: str) -> date | None:
        given = self.text(column)
        if not given:
            return None
        try:
            found = date.fromisoformat(given)
        except ValueError:
            message = N_("“%(value)s” is not a day. Write it as year-month-day, such as 2021-05-31.")
            self._fault(column, "day_unreadable", message, value=given[:60])
            return None
        if found > self.known.today:
            message = N_("The approval is dated %(day)s, which is in the future.")
            self._fault(column, "approved_in_future", message, day=found.isoformat())
            return None
        return found

    def _check_name(self, slug: str, taken: Mapping[str, int]) -> None:
        if self.text("name") and not slug:
            self._fault("name", "name_without_letters", N_("The name needs letters or digits for its address."))
        elif slug in self.known.slugs:
            self._fault("name", "slug_taken", N_("There is a badge with this name already."))
        elif slug in taken:
            self._fault("name", "name_twice", N_("Row %(other)s has the same name."), other=taken[slug])
