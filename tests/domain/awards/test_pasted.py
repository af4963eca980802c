"""People pasted into a text area, in whatever form they were copied."""

import time
from datetime import date

import pytest

from insignia.core.errors import Rejected
from insignia.domain.awards import pasted, roster

TODAY = date(2026, 11, 25)
DAY = date(2026, 6, 12)


def parsed(text: str, **more) -> roster.Parsed:
    return pasted.parse(text, today=TODAY, awarded_on=DAY, **more)


@pytest.mark.parametrize(
    "line",
    [
        "Ana Núñez <ana@mail.example>",
        '"Ana Núñez" <ana@mail.example>',
        '"Núñez, Ana" <ANA@mail.example>;',
        "Núñez, Ana <ana@mail.example>,",
        "Ana Núñez <mailto:ana@mail.example>",
        "ana@mail.example, Ana Núñez",
        "Ana Núñez, ana@mail.example",
        "ana@mail.example\tAna Núñez",
        "Ana\tNúñez\tana@mail.example",
        "ana@mail.example; Ana Núñez",
        "  Ana  Núñez\u00a0<ana@mail.example>  ",
    ],
)
def test_a_person_is_understood_however_the_line_is_written(line):
    found = parsed(line)
    assert [str(error) for error in found.errors] == []
    assert [(person.email, person.name, person.awarded_on) for person in found.lines] == [
        ("ana@mail.example", "Ana Núñez", DAY)
    ]


def test_rows_are_the_lines_of_the_text():
    found = parsed("\n\nAna <ana@mail.example>\r\n\r\nBo <bo@mail,example>\nAna <Ana@mail.example>\n")
    assert [line.row for line in found.lines] == [3]
    assert [str(error) for error in found.errors] == [
        "Row 5, column “email”: The mail address “bo@mail,example” has a comma. A comma instead of a dot?"
    ]
    assert [(twice.row, twice.params["first"]) for twice in found.duplicates] == [(6, 3)]


@pytest.mark.parametrize(
    "line",
    [
        'Ana <ana@mail.example>; "Greaves, Bo" <bo@mail.example>',
        "Ana <ana@mail.example>, Bo Greaves <bo@mail.example>",
    ],
)
def test_several_people_copied_from_one_mail_stand_in_one_line(line):
    assert [(person.email, person.name) for person in parsed(line).lines] == [
        ("ana@mail.example", "Ana"),
        ("bo@mail.example", "Bo Greaves"),
    ]


def test_the_same_person_twice_in_one_line_is_awarded_once():
    found = parsed("Ana <ana@mail.example>; Ana <ana@mail.example>")
    assert (len(found.lines), len(found.duplicates)) == (1, 1)


@pytest.mark.parametrize("separator", [", ", "; ", " ", "\n"])
def test_whoever_is_known_may_be_given_by_address_alone(separator):
    known = {"ana@mail.example": "Ana Núñez", "bo@mail.example": "Bo Greaves"}
    found = parsed(separator.join(["Ana@mail.example", "bo@mail.example", "cy@mail.example"]), known_names=known)
    assert [person.name for person in found.lines] == ["Ana Núñez", "Bo Greaves"]
    assert [error.code for error in found.errors] == ["name_missing"]


def test_a_name_that_is_given_wins_over_the_known_one():
    assert parsed("Ana N. <ana@mail.example>", known_names={"ana@mail.example": "Ana"}).lines[0].name == "Ana N."


@pytest.mark.parametrize(
    ("line", "codes"),
    [
        ("Ana Núñez", ["email_without_at", "name_missing"]),
        ("=HYPERLINK(1) <ana@mail.example>", ["formula"]),
        ("Ana \u202e <ana@mail.example>", ["turned"]),
        ("Ana <>", ["email_missing"]),
        ("Ana <ana@mail.example> Bo <bo@mail.example>", ["email_with_name", "name_missing"]),
    ],
)
def test_what_is_no_person_is_an_error(line, codes):
    assert [error.code for error in parsed(line).errors] == codes


@pytest.mark.parametrize("unit", [" ", "\t", "a@", "<", ">", ";", ", ;", "a@b ", '"', "\u0301", "a <", "> ;"])
def test_long_text_of_any_kind_is_answered_at_once(unit):
    began = time.monotonic()
    try:
        parsed("x" + unit * (200_000 // len(unit) - 2) + "x")
    except Rejected as refused:
        assert refused.code == "pasted_too_many"  # noqa: PT017 - either answer will do, a hang will not
    assert time.monotonic() - began < 5


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "pasted_nothing"),
        (" \n;\n\u00a0", "pasted_nothing"),
        ("x" * 200_001, "pasted_too_long"),
        ("Ana <ana@mail.example>\n" * 1_001, "pasted_too_many"),
    ],
)
def test_nothing_and_too_much_are_refused(text, code):
    with pytest.raises(Rejected) as caught:
        parsed(text)
    assert caught.value.code == code
