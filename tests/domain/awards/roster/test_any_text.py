"""Whatever stands in a file, the answer is rows, errors or a refusal; whatever we write, no spreadsheet computes it."""

import csv
import io
import re
import unicodedata
from datetime import date

import openpyxl
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from insignia.core.errors import Rejected
from insignia.domain.awards import roster

TODAY = date(2026, 11, 25)
ANY_TEXT = st.one_of(
    st.text(st.characters(), max_size=40),  # with surrogates and everything else
    st.text(st.sampled_from("=+-@\t\r\n'\",; \x00\u202e\ufeff\ud800\uffff0129/.aé%(){}"), max_size=30),
    st.sampled_from(
        ["ana@mail.example", "Ana", "2026-06-12", "25/11/2026", "https://work.example/", "%(row)s", "#REF!"]
    ),
)
CELL = st.one_of(ANY_TEXT, st.dates())
BOOK = roster.xlsx_bytes([("People", [["email", "name"], ["a@mail.example", "Ana"]])])
UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def read_or_refused(data: bytes, filename: str) -> roster.Sheet | Rejected:
    try:
        return roster.read(data, filename)
    except Rejected as refused:
        return refused


def parsed(sheet: roster.Sheet, **more) -> roster.Parsed:
    mapping = roster.Mapping({column: (header,) for column, header in zip(roster.COLUMNS, sheet.headers, strict=False)})
    return roster.parse(sheet, mapping, today=TODAY, default_awarded_on=TODAY, known_variants=["Gold"], **more)


@UNHURRIED
@given(st.lists(st.lists(CELL, max_size=14), min_size=1, max_size=6), st.sampled_from([None, date(1899, 12, 30)]))
@example([["a@mail.example", "Ana", "9" * 3_999]], None)
def test_any_cells_become_lines_errors_or_duplicates_and_no_row_is_lost(rows, day_zero):
    numbered = tuple(roster.Row(number, tuple(cells)) for number, cells in enumerate(rows, start=2))
    found = parsed(roster.Sheet(roster.COLUMNS, numbered, day_zero=day_zero))
    good, wrong, twice = ({item.row for item in items} for items in (found.lines, found.errors, found.duplicates))
    assert good | wrong | twice == {row.number for row in numbered}
    assert len(good) + len(wrong) + len(twice) == len(numbered)
    assert {row.number for row in found.problem_rows} == wrong | twice
    for problem in (*found.errors, *found.duplicates):
        assert str(problem).isprintable()
        assert f"Row {problem.row}" in str(problem)
    for line in found.lines:
        line.name.encode("utf-8")
        assert unicodedata.is_normalized("NFC", line.name)
        assert not re.search(
            r"[\x00-\x1f\u202a-\u202e\u2066-\u2069\ufffe\uffff]", line.name + line.email + line.evidence_url
        )
        assert re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", line.email)
        assert date(1900, 1, 1) <= line.awarded_on <= TODAY
    roster.errors_csv(found).decode("utf-8-sig")


@UNHURRIED
@given(
    st.one_of(st.binary(max_size=300), ANY_TEXT.map(lambda text: text.encode("utf-8", "surrogatepass"))),
    st.text(max_size=20),
)
@example(b"PK\x03\x04" + bytes(40), "x.xlsx")
@example(b'email,name\n"', "x.csv")
@example(b"email\n" + b"a" * 200_000, "x.csv")
def test_any_bytes_are_read_or_refused_in_words(data, filename):
    outcome = read_or_refused(data, filename)
    if isinstance(outcome, Rejected):
        assert str(outcome).isprintable()
        assert "%(" not in str(outcome) or "%(" in filename
    else:
        assert outcome.rows
        assert len(set(outcome.headers)) == len(outcome.headers)


@UNHURRIED
@given(st.lists(st.tuples(st.integers(0, 20_000), st.integers(0, 255)), min_size=1, max_size=4))
def test_a_workbook_with_any_byte_changed_is_read_or_refused(changes):
    book = bytearray(BOOK)
    for place, byte in changes:
        book[4 + place % (len(book) - 4)] = byte
    outcome = read_or_refused(bytes(book), "x.xlsx")
    assert isinstance(outcome, roster.Sheet) or str(outcome).isprintable()


def computes(text: str) -> bool:
    """Whether a spreadsheet program takes the content of a CSV cell for a formula; some of them skip spaces first."""
    return text.lstrip(" \u00a0\ufeff\n\x00\x0b\x0c").startswith(
        ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
    )


@UNHURRIED
@given(st.lists(st.lists(ANY_TEXT, min_size=1, max_size=4), min_size=1, max_size=4))
def test_no_cell_of_a_csv_that_we_write_computes(rows):
    written = roster.csv_bytes(rows).decode("utf-8-sig")
    again = list(csv.reader(io.StringIO(written, newline="")))
    assert [len(row) for row in again] == [len(row) for row in rows]
    assert not any(computes(cell) for row in again for cell in row)


@settings(UNHURRIED, max_examples=40)
@given(st.lists(st.lists(ANY_TEXT, min_size=1, max_size=4), min_size=1, max_size=4))
def test_no_cell_of_a_workbook_that_we_write_computes(rows):
    book = openpyxl.load_workbook(io.BytesIO(roster.xlsx_bytes([("People", rows)])))
    cells = [cell for row in book.active.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s"}
    assert not any(computes(cell.value) for cell in cells)


@UNHURRIED
@given(ANY_TEXT)
def test_safe_cells_keep_their_text(text):
    assert roster.safe_cell(text) in (text, "'" + text)
    assert roster.safe_cell("Ana") == "Ana"
    assert [roster.safe_cell(start + "1")[0] for start in "=+-@\t\r\x00＝"] == ["'"] * 8
