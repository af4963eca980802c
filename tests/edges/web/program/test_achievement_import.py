"""Existing badges from a file: every row is shown with what it does before anything is done."""

import html
import re
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from insignia.domain.awards import roster
from insignia.domain.catalog.importing import COLUMNS
from insignia.domain.catalog.models import Achievement
from tests.edges.web.program.staff import Desk, desk_of, file_of, words
from tests.support import builders
from tests.support.builders import an_achievement, an_institution

pytestmark = pytest.mark.usefixtures("institution")

ROW = {
    "name": "Data Storytelling",
    "level": "Level I Badge",
    "unit_code": "computing",
    "description": "Turn data into stories.",
    "criteria": "- Hand in five pages\n- Talk about them",
    "outcomes": "Choose a chart|Write briefly",
    "skills": "communication|technology",
    "demand": "One posting of five.",
    "links": "Syllabus https://courses.example/s",
    "audience": "students",
    "tags": "data",
    "approved_on": "2021-05-31",
    "approved_by": "Micro-Credential Committee",
    "image_title": "",
    "symbol": "chart",
    "valid_months": "",
    "credit": "",
}


def a_file(*rows: dict[str, str], columns: tuple[str, ...] = COLUMNS) -> str:
    return roster.csv_bytes([columns, *([row.get(column, "") for column in columns] for row in rows)]).decode()


def rows_in(page: Any) -> str:
    found = re.search(r'name="rows" value="([^"]*)"', page.content.decode())
    assert found
    return html.unescape(found[1])


def look(desk: Desk, text: str, name: str = "badges.csv") -> Any:
    return desk.send("achievement_import", file=file_of(text, name))


def test_a_file_is_looked_at_and_then_brought_in_marked_as_approved_before() -> None:
    desk = desk_of("program_manager")
    page = look(desk, a_file(ROW, {**ROW, "name": "Lab Safety", "level": "souvenir", "skills": "", "demand": ""}))
    assert "2 badges come in" in words(page)
    assert "left out" not in words(page)
    assert not Achievement.objects.exists()
    done = words(desk.send("achievement_import", rows=rows_in(page)))
    assert "2 badges have come in." in done
    assert "The images of 2 badges are being drawn." in done
    builders.worked_through()
    achievement = Achievement.objects.get(slug="data-storytelling")
    assert achievement.state == "active"
    content = achievement.current.content  # type: ignore[union-attr]
    assert content.criteria == "- Hand in five pages\n- Talk about them"
    assert [skill.code for skill in content.skills] == ["communication", "technology"]
    public = desk.client.get(f"/a/{achievement.public_id}").content.decode()
    assert "Micro-Credential Committee" in public
    assert "31 May 2021" in public
    assert "being drawn" not in desk.read("achievements")


def test_rows_with_a_problem_say_everything_that_is_wrong_and_leave_the_others_alone() -> None:
    an_achievement(name="Charts")
    desk = desk_of("program_manager")
    bad = {
        **ROW,
        "name": "Bad",
        "level": "Level 9",
        "unit_code": "nowhere",
        "skills": "dancing",
        "approved_on": "31.13.2021",
    }
    file = a_file(bad, ROW, {**ROW, "name": "Charts"}, ROW, {**ROW, "name": "Gold", "level": "level_2", "symbol": ""})
    page = look(desk, file)
    said = words(page)
    assert "4 rows are left out" in said
    assert "1 badge comes in" in said
    for reason in (
        "level There is no level “Level 9”. There are: Souvenir, Level I Badge",
        "unit_code There is no unit with the code “nowhere”",
        "skills There is no skill with the code “dancing”",
        "approved_on There is no such day as “31.13.2021”.",
        "name There is a badge with this name already.",
        "name Row 3 has the same name.",
        "needs a symbol or a picture of its own",
    ):
        assert reason in said, reason
    done = words(desk.send("achievement_import", rows=rows_in(page)))
    assert "1 badge has come in." in done
    assert "4 rows were left out." in done
    assert sorted(Achievement.objects.values_list("slug", flat=True)) == ["charts", "data-storytelling"]


def test_when_no_row_is_sound_there_is_nothing_to_confirm() -> None:
    page = look(desk_of("program_manager"), a_file({**ROW, "level": "?"}))
    assert "No row can come in." in words(page)
    assert "Bring in 1" not in words(page)


def test_days_are_read_as_a_whole_column_makes_them_certain() -> None:
    page = look(
        desk_of("program_manager"),
        a_file({**ROW, "approved_on": "25/11/2021"}, {**ROW, "name": "Other", "approved_on": "03/04/2021"}),
    )
    assert "25 Nov 2021" in words(page)
    assert "3 Apr 2021" in words(page)
    unsure = words(look(desk_of("program_manager"), a_file({**ROW, "approved_on": "03/04/2021"})))
    assert "can mean two days" in unsure


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        ("", "badges.csv", "is empty"),
        ("name,level\nA,B\n", "badges.csv", "has no column “unit_code"),
        (",".join(COLUMNS) + "\n", "badges.csv", "holds headings but no rows"),
        ("%PDF-1.7 nothing", "badges.pdf", "is not CSV or XLSX"),
        (",".join(COLUMNS) + "\n" + "x\n" * 201, "badges.csv", "has more than 200 rows"),
        (",".join(COLUMNS) + '\n"open,\n', "badges.csv", "quotation marks do not match"),
    ],
)
def test_a_file_that_is_none_is_refused_in_plain_words(text: str, name: str, said: str) -> None:
    answer = look(desk_of("program_manager"), text, name)
    assert answer.status_code == 422
    assert said in words(answer)


def test_a_file_that_is_too_large_is_refused() -> None:
    answer = look(desk_of("program_manager"), a_file({**ROW, "criteria": "c" * 1_100_000}))
    assert answer.status_code == 422
    assert not Achievement.objects.exists()


def test_cells_that_would_compute_or_hide_something_are_taken_as_text_or_refused() -> None:
    page = look(
        desk_of("program_manager"),
        a_file({**ROW, "description": "=1+1"}, {**ROW, "name": "Turned", "description": "a\u202eb"}),
    )
    assert "1 badge comes in" in words(page)
    assert "turns the direction of text around" in words(page)


def test_a_column_that_means_nothing_is_named() -> None:
    page = look(desk_of("program_manager"), a_file({**ROW, "colour": "red"}, columns=(*COLUMNS, "colour")))
    assert "The column “colour” means nothing here and was left out." in words(page)


def test_the_empty_file_can_be_filled_in_and_sent() -> None:
    desk = desk_of("program_manager")
    answer = desk.get("achievement_csv")
    assert answer["Content-Disposition"] == 'attachment; filename="badges.csv"'
    row = a_file(ROW).split("\n", 1)[1]
    page = words(look(desk, answer.content.decode("utf-8-sig") + row))
    assert "1 badge comes in" in page
    assert "Row 2 is the template's help row and was left out." in page


def test_the_empty_workbook_can_be_filled_in_and_sent() -> None:
    desk = desk_of("program_manager")
    answer = desk.get("achievement_xlsx")
    assert answer["Content-Disposition"] == 'attachment; filename="badges.xlsx"'
    book = openpyxl.load_workbook(BytesIO(answer.content))
    book.worksheets[0].append([ROW[column] for column in COLUMNS])
    filled = BytesIO()
    book.save(filled)
    page = desk.send("achievement_import", file=SimpleUploadedFile("badges.xlsx", filled.getvalue()))
    assert "1 badge comes in" in words(page)


def test_a_page_that_lost_its_rows_says_so() -> None:
    answer = desk_of("program_manager").send("achievement_import", rows="")
    assert answer.status_code == 422
    assert "Send the file again." in words(answer)


def test_units_and_skills_of_another_institution_are_not_known() -> None:
    desk = desk_of("program_manager")
    with an_institution():
        builders.a_unit("elsewhere")
    page = look(desk, a_file({**ROW, "unit_code": "elsewhere"}))
    assert "There is no unit with the code “elsewhere”" in words(page)
