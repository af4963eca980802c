"""XLSX: what a person sees in the first sheet, and nothing that takes the process down."""

import io
import random
import struct
import zipfile
from datetime import date, datetime

import openpyxl
import pytest

from insignia.core.errors import Rejected
from insignia.domain.awards import roster

SHEET = "xl/worksheets/sheet1.xml"
TEXTS = "xl/sharedStrings.xml"


def workbook(*rows, more_sheets=(), first_rows_below=0) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in ([],) * first_rows_below + rows:
        sheet.append(row)
    for title, other_rows, state in more_sheets:
        other = book.create_sheet(title)
        other.sheet_state = state
        for row in other_rows:
            other.append(row)
    return saved(book)


def saved(book) -> bytes:
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def with_parts(changes: dict[str, bytes], *, base: bytes | None = None) -> bytes:
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(base or workbook(["email", "name"], ["a@mail.example", "Ana"]))) as old,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        contents = {name: old.read(name) for name in old.namelist()} | changes
        for name, content in contents.items():
            new.writestr(name, content)
    return packed.getvalue()


def with_cells(cells: str, **parts: bytes) -> bytes:
    xml = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        + cells
        + "</sheetData></worksheet>"
    )
    return with_parts({SHEET: xml.encode()})


def refusal(data: bytes) -> Rejected:
    with pytest.raises(Rejected) as caught:
        roster.read(data, "class.xlsx")
    assert "%(" not in str(caught.value)
    return caught.value


def test_cells_are_what_a_person_sees():
    data = workbook(
        ["email", "name", "day", "id", "share", "long id"],
        ["ana@mail.example", "Ana Núñez", date(2026, 6, 12), 482913, 0.5, "000482913"],
        [],
        ["bo@mail.example", "مريم", datetime(2026, 6, 12, 9, 30), True, -3, 12345678901234567],
    )
    sheet = roster.read(data, "class.xlsx")
    assert sheet.headers == ("email", "name", "day", "id", "share", "long id")
    assert [(row.number, row.cells) for row in sheet.rows] == [
        (2, ("ana@mail.example", "Ana Núñez", date(2026, 6, 12), "482913", "0.5", "000482913")),
        (4, ("bo@mail.example", "مريم", datetime(2026, 6, 12, 9, 30), "TRUE", "-3", "1.234567890123457e+16")),
    ]


def test_row_numbers_count_from_the_top_of_the_sheet():
    sheet = roster.read(workbook(["email", "name"], ["a@mail.example", "Ana"], first_rows_below=4), "class.xlsx")
    assert [row.number for row in sheet.rows] == [6]


def test_the_first_visible_sheet_that_holds_something_is_read_and_the_others_are_told():
    people = [["email", "name"], ["a@mail.example", "Ana"]]
    data = workbook(
        more_sheets=[("Old", [["email", "name"], ["x@mail.example", "X"]], "hidden"), ("Class", people, "visible")]
    )
    sheet = roster.read(data, "class.xlsx")
    assert [row.cells for row in sheet.rows] == [("a@mail.example", "Ana")]
    assert [str(note) for note in sheet.notes] == ["Only the sheet “Class” was read; the workbook has others."]


def test_a_formula_is_never_computed_and_the_stored_value_is_taken_with_a_note():
    data = with_cells(
        '<row r="1"><c r="A1" t="str"><v>email</v></c><c r="B1" t="str"><v>name</v></c></row>'
        '<row r="2"><c r="A2" t="str"><v>a@mail.example</v></c>'
        '<c r="B2" t="str"><f>CONCATENATE("A","na")</f><v>Ana as stored</v></c></row>'
        '<row r="3"><c r="A3" t="str"><v>b@mail.example</v></c><c r="B3"><f>WEBSERVICE("x")</f></c></row>'
        '<row r="4"><c r="A4" t="str"><v>c@mail.example</v></c><c r="B4" t="e"><v>#N/A</v></c></row>'
    )
    sheet = roster.read(data, "class.xlsx")
    assert [row.cells for row in sheet.rows] == [
        ("a@mail.example", "Ana as stored"),
        ("b@mail.example",),
        ("c@mail.example",),
    ]
    assert [(note.code, note.params["count"]) for note in sheet.notes] == [("formulas_stored", 2), ("faulty_cells", 1)]


def test_text_that_looks_like_a_formula_stays_text():
    book = openpyxl.Workbook()
    book.active.append(["email", "name"])
    book.active.append(["a@mail.example", "x"])
    book.active["B2"].value = "=1+1"
    book.active["B2"].data_type = "s"
    assert roster.read(saved(book), "class.xlsx").rows[0].cells == ("a@mail.example", "=1+1")


def test_the_day_from_which_date_numbers_count_is_the_workbooks_own():
    assert roster.read(workbook(["email"], ["x"]), "class.xlsx").day_zero == date(1899, 12, 30)
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    for row in (["email", "day"], ["x", date(2026, 6, 12)]):
        book.active.append(row)
    sheet = roster.read(saved(book), "class.xlsx")
    assert sheet.day_zero == date(1904, 1, 1)
    assert sheet.rows[0].cells[1] == date(2026, 6, 12)


def test_formatted_but_empty_cells_far_away_are_no_content():
    data = with_cells(
        '<row r="1"><c r="A1" t="str"><v>email</v></c></row><row r="2"><c r="A2" t="str"><v>x</v></c></row>'
        '<row r="1048576"><c r="XFD1048576" s="0"/></row>'
    )
    assert [row.number for row in roster.read(data, "class.xlsx").rows] == [2]


# What takes a process down that parses it: each is a few kilobytes.


@pytest.mark.parametrize(
    "far",
    [
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        '<row r="1048576"><c r="A1"><v>1</v></c><c><v>1</v></c></row><row><c r="XFD1"><v>1</v></c></row>',
        '<row r="9999999"><c><v>1</v></c><c r="ZZZ1"><v>1</v></c></row>',
        "<row/>" * 100_000 + "<row>" + "<c/>" * 2_000 + "<c><v>1</v></c></row>",
    ],
    ids=["opposite corners", "odd references", "beyond the sheet", "without references"],
)
def test_two_cells_in_opposite_corners_are_refused_before_the_block_between_is_laid_out(far):
    refused = refusal(with_cells('<row r="1"><c r="A1"><v>1</v></c></row>' + far))
    assert refused.code == "roster_sheet_too_wide"
    assert "Delete what lies outside the table" in str(refused)


@pytest.mark.parametrize("reference", ["A99999999999", "ZZZZZZZZZ1", "a1", "A0", "1A", "", "Ａ1"])
def test_a_cell_reference_that_is_none_is_refused(reference):
    assert refusal(with_cells(f'<row r="1"><c r="{reference}"><v>1</v></c></row>')).code == "roster_damaged"


def test_one_long_text_used_in_very_many_cells_is_refused():
    text = "A" * 30_000
    cells = "".join(
        f'<row r="{row}">' + "".join(f'<c r="{letter}{row}" t="s"><v>0</v></c>' for letter in "ABCDEFGH") + "</row>"
        for row in range(1, 1_001)
    )
    bomb = with_parts({TEXTS: f"<sst><si><t>{text}</t></si></sst>".encode()}, base=with_cells(cells))
    assert refusal(bomb).code == "roster_unpacks_too_large"


@pytest.mark.parametrize(
    "texts",
    [
        "<sst><si><t>a</t></si></sst>",  # the sheet names text 1, which is not there
        "<sst><si><t>a</t><si><t>b</t></si></si></sst>",
    ],
)
def test_shared_texts_that_do_not_add_up_are_refused(texts):
    data = with_parts({TEXTS: texts.encode()}, base=with_cells('<row r="1"><c r="A1" t="s"><v>1</v></c></row>'))
    assert refusal(data).code == "roster_damaged"


def test_a_second_list_of_shared_texts_is_refused():
    texts = b"<sst><si><t>a</t></si></sst>"
    assert refusal(with_parts({TEXTS: texts, "xl/a_sharedstrings.xml": texts})).code == "roster_damaged"


def test_entities_are_refused_before_they_unfold():
    laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><sst><si><t>&b;</t></si></sst>'
    for texts in (laughs, "<!DOCTYPE sst><sst><si><t>email</t></si></sst>"):
        named = with_cells('<row r="1"><c r="A1" t="s"><v>0</v></c></row>')
        assert refusal(with_parts({TEXTS: texts.encode()}, base=named)).code == "roster_damaged"


def test_a_zip_bomb_is_refused_by_its_directory():
    bomb = with_parts({"xl/worksheets/sheet2.xml": b" " * (60 * 1024 * 1024)})
    assert len(bomb) < 100_000
    refused = refusal(bomb)
    assert refused.code == "roster_unpacks_too_large"
    assert "unpacks to far more than a roster holds" in str(refused)


def test_a_ratio_that_no_spreadsheet_reaches_is_refused_below_the_size_limit():
    assert refusal(with_parts({"xl/media/image1.png": bytes(8 * 1024 * 1024)})).code == "roster_unpacks_too_large"


def test_the_size_of_everything_inside_counts_before_anything_is_unpacked():
    data = with_parts({"xl/media/image1.png": random.Random(1).randbytes(200_000)})
    assert roster.read(data, "class.xlsx", limits=roster.Limits(unpacked_bytes=300_000)).rows
    with pytest.raises(Rejected) as caught:
        roster.read(data, "class.xlsx", limits=roster.Limits(unpacked_bytes=190_000))
    assert caught.value.code == "roster_unpacks_too_large"


def test_very_many_elements_are_refused_before_they_take_their_time():
    assert refusal(with_cells("<row>" + "<c/>" * 3_000_000 + "</row>")).code == "roster_unpacks_too_large"


def test_very_many_entries_are_refused():
    assert refusal(with_parts({f"xl/media/{n}": b"" for n in range(600)})).code == "roster_unpacks_too_large"


def test_a_directory_that_lies_about_the_size_is_not_believed():
    honest = with_parts({"xl/worksheets/sheet2.xml": b"<worksheet>" + b" " * (60 * 1024 * 1024)})
    lying = honest.replace(struct.pack("<L", 60 * 1024 * 1024 + 11), struct.pack("<L", 1000))
    assert lying != honest
    assert refusal(lying).code == "roster_damaged"


def test_an_entry_that_stands_there_twice_is_refused():
    data = with_parts({})
    packed = io.BytesIO(data)
    with zipfile.ZipFile(packed, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr(SHEET, "<worksheet/>")
    assert refusal(packed.getvalue()).code == "roster_damaged"


@pytest.mark.parametrize("name", ["content.xml", "word/document.xml", "xl/workbook.bin", "readme.txt"])
def test_other_archives_are_no_workbook(name):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(name, "email,name\na@mail.example,Ana\n")
    assert refusal(packed.getvalue()).code == "roster_not_csv_or_xlsx"


@pytest.mark.parametrize("kept", [0.1, 0.5, 0.9, 0.99])
def test_a_workbook_cut_short_is_refused(kept):
    data = workbook(["email", "name"], ["a@mail.example", "Ana"])
    assert refusal(data[: int(len(data) * kept)]).code == "roster_damaged"


def test_broken_xml_is_refused():
    assert refusal(with_parts({SHEET: b"<worksheet><sheetData><row>"})).code == "roster_damaged"


def test_an_empty_workbook_is_refused():
    assert refusal(workbook()).code == "roster_empty"
