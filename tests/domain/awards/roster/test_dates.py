"""A day is taken only when it is certain which one is meant."""

from datetime import date, datetime

import pytest

from insignia.domain.awards import roster

TODAY = date(2026, 11, 25)


def read(*cells, order=roster.DateOrder.UNSAID, day_zero=None, column="awarded_on"):
    """Day or error code for each cell of one column."""
    rows = tuple(roster.Row(n, (f"p{n}@mail.example", "Ana", cell)) for n, cell in enumerate(cells, start=2))
    mapping = roster.Mapping({"email": ("email",), "name": ("name",), column: ("day",)}, order)
    found = roster.parse(
        roster.Sheet(("email", "name", "day"), rows, day_zero=day_zero),
        mapping,
        today=TODAY,
        default_awarded_on=date(2026, 1, 1),
    )
    outcome = {line.row: getattr(line, column) for line in found.lines} | {e.row: e.code for e in found.errors}
    return [outcome[row.number] for row in rows]


def reason(cell, **more) -> str:
    rows = (roster.Row(2, ("a@mail.example", "Ana", cell)),)
    sheet = roster.Sheet(("email", "name", "awarded_on"), rows, **more)
    (error,) = roster.parse(sheet, roster.guess(sheet.headers), today=TODAY).errors
    assert error.column == "awarded_on"
    return error.reason


@pytest.mark.parametrize(
    "written",
    [
        "2026-09-30",
        "2026/9/30",
        "2026.09.30",
        " 2026-09-30 ",
        "2026-09-30T10:15:00Z",
        "2026-09-30 00:00:00",
        "2026-09-30 10:15:00 UTC",
        "2026-09-30T10:15:00.123+02:00",
        "30/09/2026",
        "30.9.2026",
        "30. 9. 2026",
        "30-09-2026",
        "09/30/2026",
        "9/30/2026 10:32:05",
        "9/30/2026 10:32 AM",
        "30 September 2026",
        "30 Sept. 2026",
        "30-Sep-2026",
        "30th September 2026",
        "Sep 30, 2026",
        "September 30 2026",
        date(2026, 9, 30),
        datetime(2026, 9, 30, 23, 59),
    ],
)
def test_a_day_that_is_certain_is_taken_however_it_is_written(written):
    assert read(written) == [date(2026, 9, 30)]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("03/04/2026", "date_ambiguous"),
        ("3.4.2026", "date_ambiguous"),
        ("30/09/26", "date_short_year"),
        ("30-Sep-26", "date_short_year"),
        ("2026-02-30", "date_impossible"),
        ("31/04/2026", "date_impossible"),
        ("13/13/2026", "date_impossible"),
        ("0000-01-01", "date_impossible"),
        ("2026-11-26", "date_in_future"),
        ("1899-12-31", "date_too_early"),
        ("46295", "date_unreadable"),
        ("yesterday", "date_unreadable"),
        ("yes", "date_unreadable"),
        ("30 Nonember 2026", "date_unreadable"),
        ("٢٠٢٦-٠٩-٣٠", "date_unreadable"),
        ("2026-09", "date_unreadable"),
        ("=TODAY()", "date_unreadable"),
        ("2026-09-30; DROP TABLE", "date_unreadable"),
        (date(2026, 11, 26), "date_in_future"),
        (date(1800, 1, 1), "date_too_early"),
    ],
)
def test_a_day_that_is_not_certain_or_not_possible_is_refused(written, code):
    assert read(written) == [code]


def test_the_same_number_twice_is_certain():
    assert read("04/04/2026") == [date(2026, 4, 4)]


def test_an_ambiguous_date_is_refused_with_both_days_it_may_mean():
    assert reason("03/04/2026") == (
        "“03/04/2026” can mean two days (day or month first). Write it as year-month-day: 2026-04-03 or 2026-03-04."
    )


def test_today_is_possible_and_tomorrow_is_refused_by_name():
    assert read("2026-11-25") == [TODAY]
    assert reason("2026-11-26") == "The date 2026-11-26 is in the future; today is 2026-11-25."


def test_one_row_that_is_certain_tells_how_the_column_is_meant():
    assert read("03/04/2026", "25/06/2026") == [date(2026, 4, 3), date(2026, 6, 25)]
    assert read("03/04/2026", "06/25/2026") == [date(2026, 3, 4), date(2026, 6, 25)]


def test_a_column_that_contradicts_itself_tells_nothing():
    assert read("03/04/2026", "25/06/2026", "06/25/2026") == ["date_ambiguous", date(2026, 6, 25), date(2026, 6, 25)]


def test_a_person_may_say_how_the_dates_are_meant():
    assert read("03/04/2026", order=roster.DateOrder.DAY_FIRST) == [date(2026, 4, 3)]
    assert read("03/04/2026", order=roster.DateOrder.MONTH_FIRST) == [date(2026, 3, 4)]
    assert read("25/06/2026", order=roster.DateOrder.MONTH_FIRST) == ["date_impossible"]


def test_date_numbers_are_days_in_a_workbook_only():
    assert read("46295", "46295.75", day_zero=date(1899, 12, 30)) == [date(2026, 9, 30)] * 2
    assert read("44833", day_zero=date(1904, 1, 1)) == [date(2026, 9, 30)]
    assert read("99999", "12", day_zero=date(1899, 12, 30)) == ["date_in_future", "date_unreadable"]


def test_where_the_spreadsheet_may_have_swapped_day_and_month_its_dates_are_not_believed():
    assert read(date(2026, 4, 3), "25/06/2026", date(2026, 9, 30), date(2026, 5, 5)) == [
        "date_swapped",
        date(2026, 6, 25),
        date(2026, 9, 30),
        date(2026, 5, 5),
    ]


@pytest.mark.parametrize("column", ["attested_on", "share_consent_on"])
def test_the_other_dates_are_read_the_same_way_and_may_be_empty(column):
    assert read("", "  ", "2026-09-30", "2026-12-01", column=column) == [
        None,
        None,
        date(2026, 9, 30),
        "date_in_future",
    ]
