"""Calendar files (RFC 5545), read by an independent parser."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from insignia.core.calendars import Appointment, calendar

NOW = datetime(2026, 11, 24, 19, 0, tzinfo=UTC)
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=200)


def an_appointment(**changes: object) -> Appointment:
    values = {
        "uid": "one@badges.example",
        "sequence": 0,
        "starts_at": NOW,
        "ends_at": NOW + timedelta(minutes=90),
        "stamped_at": NOW,
        "title": "Committee",
    }
    return Appointment(**{**values, **changes})  # type: ignore[arg-type]


@given(title=TEXT, place=TEXT, description=st.lists(TEXT, min_size=1, max_size=4))
def test_whatever_people_wrote_comes_back_whole(title: str, place: str, description: list[str]) -> None:
    text = "\n".join(description)
    written = calendar([an_appointment(title=title, place=place, description=text)], name=title)
    (event,) = Calendar.from_ical(written).walk("VEVENT")
    assert (str(event["SUMMARY"]), str(event["LOCATION"]), str(event["DESCRIPTION"])) == (title, place, text)


@given(title=TEXT)
def test_lines_are_folded_between_characters_and_end_as_the_standard_says(title: str) -> None:
    written = calendar([an_appointment(title=title)], name="Committee")
    assert written.endswith(b"END:VCALENDAR\r\n")
    lines = written.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert all(b"\n" not in line and b"\r" not in line for line in lines)
    for line in lines:
        line.decode()  # no character was cut in two


def test_moments_are_those_of_the_world_whatever_their_zone() -> None:
    east = datetime(2026, 7, 1, 9, 30, tzinfo=timezone(timedelta(hours=9)))
    written = calendar([an_appointment(starts_at=east, ends_at=None)], name="Committee")
    assert b"DTSTART:20260701T003000Z\r\n" in written
    assert b"DTEND" not in written
    with pytest.raises(ValueError, match="time zone"):
        calendar([an_appointment(starts_at=datetime(2026, 7, 1))], name="Committee")


def test_what_is_cancelled_says_so_and_counts_up() -> None:
    written = calendar([an_appointment(is_cancelled=True, sequence=3)], name="Committee", zone="Europe/Vienna")
    (event,) = Calendar.from_ical(written).walk("VEVENT")
    assert (str(event["STATUS"]), int(event["SEQUENCE"])) == ("CANCELLED", 3)
    assert b"X-WR-TIMEZONE:Europe/Vienna" in written


def test_line_breaks_in_a_name_make_no_lines_of_their_own() -> None:
    written = calendar([an_appointment(uid="a\r\nBEGIN:VALARM", url="https://x.example/\r\nATTACH:y")], name="x\r\ny")
    assert b"\r\nBEGIN:VALARM" not in written
    assert b"\r\nATTACH" not in written
