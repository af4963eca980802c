"""Dates as spreadsheets and people write them. What is uncertain is refused: a wrong date would be signed for ever."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from insignia.core.words import N_

from .cleaning import Unfit
from .columns import DateOrder
from .values import Cell, shown

_TIME = r"(?:,? +[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?: ?[AaPp][Mm])?)?"
_ISO = re.compile(
    r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})(?:[T ][0-9]{1,2}:[0-9:.]+ ?(?:Z|UTC|[+-][0-9]{2}:?[0-9]{2})?)?"
)
_LOCAL = re.compile(r"([0-9]{1,2})([/.-]) ?([0-9]{1,2})\2 ?([0-9]{4})" + _TIME)
_SHORT_YEAR = re.compile(r"[0-9]{1,2}([/.-])(?:[0-9]{1,2}|[A-Za-z]{3,9})\1[0-9]{2}" + _TIME)
_DAY_NAMED = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?[ -]+([A-Za-z]{3,9})\.?,?[ -]+([0-9]{4})" + _TIME)
_NAMED_DAY = re.compile(r"([A-Za-z]{3,9})\.? +([0-9]{1,2})(?:st|nd|rd|th)?,? +([0-9]{4})" + _TIME)
_SERIAL = re.compile(r"[1-9][0-9]{4}(?:\.[0-9]+)?")
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_EARLIEST = date(1900, 1, 1)


@dataclass(frozen=True, slots=True)
class Reading:
    """How one column's dates are to be read, learnt from all its cells."""

    order: DateOrder
    day_zero: date | None
    may_be_swapped: bool


def reading(cells: Iterable[Cell], *, order: DateOrder, day_zero: date | None) -> Reading:
    """Look over a whole column. One 25/11/2026 tells how its 03/04/2026 is meant, unless another row says the opposite.

    Where a workbook has real dates and such text in one column, the spreadsheet read it in the wrong order: it turned
    03/04/2026 into a date, perhaps with day and month swapped, and left 25/11/2026 as text, as no year has a month 25.
    """
    day_first = month_first = real = False
    for cell in cells:
        if isinstance(cell, date):
            real = True
        elif found := _LOCAL.fullmatch(cell.strip()):
            first, second = int(found[1]), int(found[3])
            day_first |= first > 12 >= second
            month_first |= second > 12 >= first
    if order is DateOrder.UNSAID and day_first != month_first:
        order = DateOrder.DAY_FIRST if day_first else DateOrder.MONTH_FIRST
    return Reading(order, day_zero, real and (day_first or month_first))


def read(cell: Cell, how: Reading, *, today: date) -> date | None:
    """The date in a cell, None for an empty one; raises `Unfit`. `today` is the institution's day: nothing is later."""
    if isinstance(cell, date):
        found = cell.date() if isinstance(cell, datetime) else cell
        if how.may_be_swapped and found.day <= 12 and found.day != found.month:
            raise Unfit(
                "date_swapped",
                N_(
                    "It is not certain that %(value)s is right: the spreadsheet took other dates of this column for "
                    "text, so it may have swapped day and month. Write all of them as year-month-day."
                ),
                value=found.isoformat(),
            )
    else:
        written = " ".join(cell.split())
        if not written:
            return None
        found = _from_text(written, how)
    if found < _EARLIEST:
        raise Unfit("date_too_early", N_("The date %(value)s is before 1900."), value=found.isoformat())
    if found > today:
        raise Unfit(
            "date_in_future",
            N_("The date %(value)s is in the future; today is %(today)s."),
            value=found.isoformat(),
            today=today.isoformat(),
        )
    return found


def _from_text(written: str, how: Reading) -> date:
    if found := _ISO.fullmatch(written):
        return _day(written, found[1], found[3], found[4])
    if found := _DAY_NAMED.fullmatch(written):
        return _day(written, found[3], _month(written, found[2]), found[1])
    if found := _NAMED_DAY.fullmatch(written):
        return _day(written, found[3], _month(written, found[1]), found[2])
    if found := _LOCAL.fullmatch(written):
        return _local(written, int(found[1]), int(found[3]), found[4], how.order)
    if _SHORT_YEAR.fullmatch(written):
        raise Unfit("date_short_year", N_("Write the year of “%(value)s” with four digits."), value=shown(written))
    if how.day_zero is not None and _SERIAL.fullmatch(written):
        return how.day_zero + timedelta(days=int(float(written)))
    raise _not_a_date(written)


def _local(written: str, first: int, second: int, year: str, order: DateOrder) -> date:
    if order is DateOrder.UNSAID and first != second and first <= 12 and second <= 12:
        raise Unfit(
            "date_ambiguous",
            N_("“%(value)s” can mean two days (day or month first). Write it as year-month-day: %(one)s or %(other)s."),
            value=written,
            one=_day(written, year, second, first).isoformat(),
            other=_day(written, year, first, second).isoformat(),
        )
    if order is DateOrder.UNSAID:
        order = DateOrder.MONTH_FIRST if second > 12 else DateOrder.DAY_FIRST
    day, month = (first, second) if order is DateOrder.DAY_FIRST else (second, first)
    return _day(written, year, month, day)


def _day(written: str, year: str | int, month: str | int, day: str | int) -> date:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise Unfit("date_impossible", N_("There is no such day as “%(value)s”."), value=shown(written)) from None


def _month(written: str, word: str) -> int:
    for number, month in enumerate(_MONTHS, start=1):
        if month.startswith(word.lower()) or word.lower() == "sept" == month[:4]:
            return number
    raise _not_a_date(written)


def _not_a_date(written: str) -> Unfit:
    return Unfit(
        "date_unreadable",
        N_("“%(value)s” is not a date. Write it as year-month-day, such as 2026-11-25."),
        value=shown(written),
    )
