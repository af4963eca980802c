"""A roster file becomes rows with the numbers a person sees, or a refusal in words that help."""

import time

import pytest

from insignia.core.errors import Rejected
from insignia.domain.awards import roster

PEOPLE = "email,name\nana@mail.example,Ana Núñez\nzoe@mail.example,Zoë O'Neill\n"


def rows_of(data: bytes) -> list[tuple[int, tuple[roster.Cell, ...]]]:
    return [(row.number, row.cells) for row in roster.read(data, "class.csv").rows]


def codes_of(sheet: roster.Sheet) -> list[str]:
    return [note.code for note in sheet.notes]


def refusal(data: bytes, filename: str = "class.csv") -> Rejected:
    with pytest.raises(Rejected) as caught:
        roster.read(data, filename)
    return caught.value


@pytest.mark.parametrize(
    ("encoding", "mark", "notes"),
    [
        ("utf-8", b"", []),
        ("utf-8-sig", b"", []),
        ("utf-16-le", b"\xff\xfe", []),
        ("utf-16-be", b"\xfe\xff", []),
        ("utf-32-le", b"\xff\xfe\x00\x00", []),
        ("utf-16-le", b"", ["encoding_guessed"]),
        ("utf-16-be", b"", ["encoding_guessed"]),
        ("cp1252", b"", ["encoding_guessed"]),
        ("latin-1", b"", ["encoding_guessed"]),
    ],
)
def test_accents_survive_whatever_way_the_file_was_saved(encoding, mark, notes):
    sheet = roster.read(mark + PEOPLE.encode(encoding), "class.csv")
    assert sheet.headers == ("email", "name")
    assert [row.cells[1] for row in sheet.rows] == ["Ana Núñez", "Zoë O'Neill"]
    assert codes_of(sheet) == notes


def test_a_guessed_encoding_is_told_in_plain_words():
    (note,) = roster.read(PEOPLE.encode("cp1252"), "class.csv").notes
    assert "Windows-1252" in str(note)
    assert "Check the accents" in str(note)


@pytest.mark.parametrize(
    "data",
    [
        PEOPLE.encode() + "Ren\xe9".encode("latin-1"),  # one damaged byte in a file that is otherwise UTF-8
        b"email,name\nana@mail.example,Ana\x81\n",  # a byte that Windows-1252 does not have
        b"email,name\nana@mail.example,\xe9\x01\n",  # Windows-1252, but with a control character
        b"\xff\xfee\x00m\x00a",  # UTF-16 cut in the middle of a letter
        b"\xef\xbb\xbfemail,name\nana@mail.example,Ren\xe9\n",  # says UTF-8 and is not
    ],
)
def test_bytes_that_make_no_sense_are_refused_instead_of_guessed(data):
    refused = refusal(data)
    assert refused.code == "roster_encoding"
    assert "save it as “CSV UTF-8”" in str(refused)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_found(delimiter):
    text = delimiter.join(["E-mail", "Student name"]) + "\n" + delimiter.join(["ana@mail.example", "Ana Núñez"])
    assert rows_of(text.encode()) == [(2, ("ana@mail.example", "Ana Núñez"))]


def test_the_delimiter_is_the_one_under_which_the_headings_make_sense():
    text = 'email;name;awarded on, by the committee, or later\na@mail.example;"Núñez; Ana";2026-06-12\n'
    assert rows_of(text.encode()) == [(2, ("a@mail.example", "Núñez; Ana", "2026-06-12"))]


def test_excels_own_separator_line_is_obeyed_and_not_counted():
    assert rows_of(b"sep=;\r\nemail;name\r\na@mail.example;Ana, the first\r\n") == [
        (2, ("a@mail.example", "Ana, the first"))
    ]


def test_rows_are_numbered_as_a_spreadsheet_shows_them():
    text = 'email,name,narrative\n\na@mail.example,Ana,"two\nlines"\n,,\n  ,\t,\nb@mail.example,Bo,\n'
    assert [number for number, _cells in rows_of(text.encode())] == [3, 6]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_every_way_to_end_a_line_is_read(newline):
    assert [number for number, _ in rows_of(PEOPLE.replace("\n", newline).encode())] == [2, 3]


def test_ragged_rows_keep_what_they_have():
    assert rows_of(b"email,name,variant\na@mail.example\nb@mail.example,Bo,,,extra\n") == [
        (2, ("a@mail.example",)),
        (3, ("b@mail.example", "Bo", "", "", "extra")),
    ]


def test_a_quotation_mark_that_is_never_closed_does_not_swallow_the_people_below():
    refused = refusal(b'email,name\na@mail.example,Ana\nb@mail.example,"Bo\nc@mail.example,Cy\n')
    assert refused.code == "roster_quotes"
    assert "In row 3 the quotation marks do not match" in str(refused)


def test_text_after_a_closing_quotation_mark_is_refused_by_row():
    assert "In row 2 " in str(refusal(b'email,name\na@mail.example,"Ana" the first\n'))


def test_quotation_marks_inside_a_name_are_no_mistake():
    assert rows_of('email,name\na@mail.example,Ana "Nena" Núñez\n'.encode())[0][1][1] == 'Ana "Nena" Núñez'


def test_headings_that_stand_twice_or_are_empty_get_names_of_their_own():
    sheet = roster.read(b"email,name,,Email,email\na@mail.example,Ana,x,y,z\n", "class.csv")
    assert sheet.headers == ("email", "name", "(C)", "Email", "email (2)")
    assert codes_of(sheet) == ["heading_twice"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "roster_empty"),
        (b" \r\n\t \n", "roster_empty"),
        (b",,,\n,,\n", "roster_empty"),
        (b"email,name\n", "roster_without_rows"),
        (b"email,name\n,\n\n", "roster_without_rows"),
        (b"ana@mail.example,Ana\nbo@mail.example,Bo\n", "roster_without_headings"),
        ((",".join(f"c{i}" for i in range(41)) + "\na\n").encode(), "roster_too_many_columns"),
        (b"email,name," + b"x" * 201 + b"\na@mail.example,Ana\n", "roster_heading_too_long"),
        (b"email,name\n" + b"a@mail.example,Ana\n" * 10_001, "roster_too_many_rows"),
    ],
)
def test_what_cannot_be_a_roster_is_refused(data, code):
    refused = refusal(data)
    assert refused.code == code
    assert "%(" not in str(refused)


def test_exactly_as_many_rows_as_allowed_are_read():
    assert len(rows_of(b"email,name\n" + b"a@mail.example,Ana\n" * 10_000)) == 10_000


def test_a_file_of_50_mb_is_refused_at_once_with_the_limit():
    data = b"email,name\n" + b"a@mail.example,Ana Nunez\n" * (50 * 1024 * 1024 // 25)
    began = time.monotonic()
    refused = refusal(data, "all of them.csv")
    assert time.monotonic() - began < 0.5
    assert refused.code == "roster_too_large"
    assert str(refused) == ("“all of them.csv” has 50 MB; a roster may have at most 5 MB. Send it in several files.")


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7\n",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        b"\x89PNG\r\n\x1a\n",
        b"PK\x05\x06" + bytes(18),
        b"\x1f\x8b\x08\x00",
        b"<html><table><tr><td>email</td></tr></table></html>",
        b'\xef\xbb\xbf<?xml version="1.0"?><Workbook/>',
        b'{"email": "a@mail.example"}',
        b"{\\rtf1 email}",
    ],
)
def test_other_kinds_of_file_are_refused_with_what_to_do(data):
    refused = refusal(data, "C:\\fakepath\\class.xls")
    assert refused.code == "roster_not_csv_or_xlsx"
    assert str(refused).startswith("“class.xls” is not CSV or XLSX. Open it in your spreadsheet program and save it as")


def test_a_nul_byte_stays_in_its_cell_for_the_check_of_lines():
    assert rows_of(b"email,name\na@mail.example,A\x00na Maria Magdalena\n")[0][1][1] == "A\x00na Maria Magdalena"


def test_the_help_row_of_the_template_is_no_learner():
    sheet = roster.read(roster.template_csv() + b"a@mail.example,Ana\r\n", "template.csv")
    assert [row.number for row in sheet.rows] == [3]
    assert codes_of(sheet) == ["help_row"]
