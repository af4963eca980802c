"""Files for people: a template that can be filled in and sent, and the rows to correct."""

import csv
import io
from datetime import date

import openpyxl

from insignia.domain.awards import roster

TODAY = date(2026, 11, 25)


def cells_of(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_a_template_filled_in_below_its_help_row_is_read_back():
    for data in (
        roster.template_csv() + "ana@mail.example,Ana Núñez,2026-06-12\r\n".encode(),
        filled_in(roster.template_xlsx(), ["ana@mail.example", "Ana Núñez", "2026-06-12"]),
    ):
        sheet = roster.read(data, "template")
        assert sheet.headers == roster.COLUMNS
        (line,) = roster.parse(sheet, roster.guess(sheet.headers), today=TODAY).lines
        assert (line.email, line.name, line.awarded_on) == ("ana@mail.example", "Ana Núñez", date(2026, 6, 12))


def filled_in(data: bytes, row: list[str]) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(data))
    book.worksheets[0].append(row)
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def test_the_workbook_explains_every_column_and_keeps_what_is_typed_as_text():
    book = openpyxl.load_workbook(io.BytesIO(roster.template_xlsx()))
    people, about = book.worksheets
    assert [cell.value for cell in people[1]] == list(roster.COLUMNS)
    assert people.column_dimensions["H"].number_format == "@"
    explained = {row[0]: row[2] for row in about.iter_rows(min_row=2, values_only=True)}
    assert explained == roster.HELP


def test_the_template_speaks_the_readers_language_but_keeps_its_headings():
    german = roster.template_csv(lambda text: f"[{text}]")
    headings, helps = cells_of(german)
    assert headings == list(roster.COLUMNS)
    assert helps[1] == f"[{roster.HELP['name']}]"
    assert len(openpyxl.load_workbook(io.BytesIO(roster.template_xlsx(lambda text: f"{{{text}}}"))).sheetnames) == 2


def test_the_rows_to_correct_come_with_their_number_and_every_reason():
    data = b"E-mail;Student name;Group\nana@mail.example;Ana;A\nx;;B\nana@mail.example;Ana;=C\nbo@mail.example;Bo;D\n"
    sheet = roster.read(data, "class.csv")
    found = roster.parse(sheet, roster.guess(sheet.headers), today=TODAY, default_awarded_on=TODAY)
    assert cells_of(roster.errors_csv(found)) == [
        ["E-mail", "Student name", "Group", "Row in the file", "To correct"],
        ["x", "", "B", "3", "“x” is not a mail address: it has no @.; The name is missing."],
        [
            *("ana@mail.example", "Ana", "'=C", "4"),
            "ana@mail.example is in row 2 already; this row is left out.",
        ],
    ]


def test_the_file_of_rows_to_correct_can_be_corrected_and_sent_again():
    sheet = roster.read(b"email,name,narrative\nana@mail.example,,- a list\n", "class.csv")
    found = roster.parse(sheet, roster.guess(sheet.headers), today=TODAY, default_awarded_on=TODAY)
    corrected = roster.errors_csv(found).replace(b'"ana@mail.example",""', b'"ana@mail.example","Ana"')
    again = roster.read(corrected, "corrected.csv")
    (line,) = roster.parse(again, roster.guess(again.headers), today=TODAY, default_awarded_on=TODAY).lines
    assert (line.name, line.narrative) == ("Ana", "- a list")


def test_without_a_problem_the_file_holds_only_its_headings():
    sheet = roster.read(b"email,name\na@mail.example,Ana\n", "class.csv")
    found = roster.parse(sheet, roster.guess(sheet.headers), today=TODAY, default_awarded_on=TODAY)
    assert len(cells_of(roster.errors_csv(found))) == 1
