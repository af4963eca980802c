"""Badges that exist already: rows become lines or say everything that is wrong; what comes in is marked and active."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from insignia.core.errors import NotPermitted, Rejected
from insignia.domain.access.actor import SYSTEM, Actor, Scope
from insignia.domain.catalog import actions, importing, queries
from insignia.domain.catalog.actions import bringing_in
from insignia.domain.catalog.models import Achievement, BadgeImage
from insignia.domain.catalog.rules import Link, SkillAlignment
from insignia.domain.institutions.rules import LevelPolicy
from insignia.domain.journal import bus
from insignia.domain.journal.models import Delivery
from tests.support import builders

SKILL = SkillAlignment("Writing", "https://frameworks.example/writing", "writing", "Example")
KNOWN = importing.Known(
    levels={"level1": "level_1", "leveliBadge".casefold(): "level_1", "souvenir": "souvenir"},
    policies={"level_1": LevelPolicy(skills_required=True), "souvenir": LevelPolicy()},
    level_names=("Level I Badge", "Souvenir"),
    units={"computing": "Computing"},
    skills={"writing": SKILL},
    symbols=frozenset({"chart", "star"}),
    slugs=frozenset({"taken-already"}),
    today=date(2026, 11, 25),
    language="fr",
)
GOOD = {
    "name": "Data  Storytelling",
    "level": "Level 1",
    "unit_code": "COMPUTING",
    "description": "Turn data into stories.",
    "criteria": "- Hand in five pages",
    "outcomes": "Choose a chart | Write  briefly | Choose a chart",
    "skills": "writing",
    "demand": "One posting of five.",
    "links": "The syllabus https://x.example/s | https://x.example/bare",
    "audience": "students|Alumni",
    "tags": "data | writing",
    "approved_on": "2021-05-31",
    "approved_by": "Micro-Credential Committee",
    "image_title": "Stories",
    "symbol": "Chart",
    "valid_months": "36",
    "credit": "Not for credit",
}


def read(*rows: dict[str, Any], known: importing.Known = KNOWN, **more: Any) -> importing.Read:
    numbered = [importing.Row(number, values) for number, values in enumerate(rows, start=2)]
    return importing.read(numbered, known, **more)


def faults_of(**changes: Any) -> list[tuple[str, str]]:
    """Column and code of everything that is wrong with the good row once it is changed."""
    found = read({**GOOD, **changes})
    assert not found.lines
    return [(fault.column, fault.code) for fault in found.by_row()[2]]


def test_a_row_becomes_content() -> None:
    found = read(GOOD)
    assert found.faults == ()
    (line,) = found.lines
    assert (line.row, line.slug, line.level, line.unit) == (2, "data-storytelling", "level_1", "Computing")
    assert (line.approved_by, line.approved_on) == ("Micro-Credential Committee", date(2021, 5, 31))
    content = line.content
    assert (content.name, content.criteria) == ("Data Storytelling", "- Hand in five pages")
    assert content.outcomes == ("Choose a chart", "Write briefly")
    assert content.skills == (SKILL,)
    assert content.links == (
        Link("The syllabus", "https://x.example/s"),
        Link("https://x.example/bare", "https://x.example/bare"),
    )
    assert (content.audience, content.tags) == (("students", "Alumni"), ("data", "writing"))
    assert (content.symbol, content.valid_months, content.credit) == ("chart", 36, "noncredit")
    assert (content.image_title, content.language) == ("Stories", "fr")


def test_a_real_date_of_a_workbook_is_taken_as_it_is() -> None:
    assert read({**GOOD, "approved_on": date(2020, 2, 29)}).lines[0].approved_on == date(2020, 2, 29)


def test_a_souvenir_needs_neither_skills_nor_demand() -> None:
    assert len(read({**GOOD, "level": "souvenir", "skills": "", "demand": ""}).lines) == 1


@pytest.mark.parametrize(
    ("changes", "faults"),
    [
        ({"name": ""}, [("name", "value_missing")]),
        ({"name": "!!!"}, [("name", "name_without_letters")]),
        ({"name": "Taken already"}, [("name", "slug_taken")]),
        ({"level": "Level 9"}, [("level", "level_unknown")]),
        ({"level": ""}, [("level", "value_missing")]),
        ({"unit_code": "nowhere"}, [("unit_code", "unit_unknown")]),
        ({"description": " "}, [("description", "missing_description")]),
        ({"criteria": ""}, [("criteria", "value_missing")]),
        ({"outcomes": " | "}, [("outcomes", "missing_outcomes")]),
        ({"skills": ""}, [("skills", "missing_skills")]),
        ({"skills": "writing|dancing"}, [("skills", "skill_unknown")]),
        ({"demand": ""}, [("demand", "missing_demand")]),
        ({"links": ""}, [("links", "value_missing")]),
        ({"links": "Syllabus javascript:alert(1)"}, [("links", "link_unreadable")]),
        ({"links": "Syllabus https://nodot"}, [("links", "link_unreadable")]),
        ({"approved_on": ""}, [("approved_on", "value_missing")]),
        ({"approved_on": "31.05.2021"}, [("approved_on", "day_unreadable")]),
        ({"approved_on": "2026-11-26"}, [("approved_on", "approved_in_future")]),
        ({"approved_by": ""}, [("approved_by", "value_missing")]),
        ({"symbol": "dragon"}, [("symbol", "symbol_unknown")]),
        ({"valid_months": "three"}, [("valid_months", "months_unreadable")]),
        ({"valid_months": "-1"}, [("valid_months", "months_unreadable")]),
        ({"valid_months": "601"}, [("valid_months", "months_unreadable")]),
        ({"credit": "maybe"}, [("credit", "credit_unknown")]),
        ({"name": "N" * 201}, [("name", "too_long")]),
        ({"criteria": "c" * 10_001}, [("criteria", "too_long")]),
        ({"image_title": "t" * 61}, [("image_title", "too_long")]),
    ],
)
def test_what_is_wrong_with_a_row_is_said_by_column(changes: dict[str, str], faults: list[tuple[str, str]]) -> None:
    assert faults_of(**changes) == faults


def test_everything_that_is_wrong_is_said_at_once_in_the_order_of_the_columns() -> None:
    found = faults_of(level="?", unit_code="?", approved_on="?", symbol="?")
    assert [column for column, _code in found] == ["level", "unit_code", "approved_on", "symbol"]


def test_faults_leave_other_rows_alone_and_of_two_with_one_name_the_first_comes_in() -> None:
    found = read({**GOOD, "level": "?"}, GOOD, {**GOOD, "name": "data storytelling"}, {**GOOD, "name": "Another"})
    assert [line.row for line in found.lines] == [3, 5]
    assert {row: [fault.code for fault in faults] for row, faults in found.by_row().items()} == {
        2: ["level_unknown"],
        4: ["name_twice"],
    }
    assert dict(found.names) == {2: "Data  Storytelling", 3: "Data  Storytelling", 4: "data storytelling", 5: "Another"}


def test_what_could_not_be_read_before_keeps_a_row_out_and_is_said_once() -> None:
    before = [importing.Fault(2, "approved_on", "date_impossible", "There is no such day.")]
    found = read({**GOOD, "approved_on": "31.13.2021"}, faults=before)
    assert (found.lines, [fault.code for fault in found.faults]) == ((), ["date_impossible"])
    assert read({**GOOD}, faults=before).lines == ()


def test_every_fault_fills_its_own_message() -> None:
    everything = dict.fromkeys(importing.COLUMNS, "?")
    for fault in read(everything, {**GOOD, "name": "x" * 300}, GOOD, GOOD).faults:
        assert "%(" not in fault.message % fault.params


# --- Columns
def test_headings_are_understood_as_people_write_them() -> None:
    headers = ["Badge name", "Type", "Unit", "DESCRIPTION", "Requirements", "Learning outcomes", "Artifacts"]
    found = importing.columns_of([*headers, "Date approved", "Committee", "Colour"])
    assert list(found.values()) == [
        "name",
        "level",
        "unit_code",
        "description",
        "criteria",
        "outcomes",
        "links",
        "approved_on",
        "approved_by",
    ]
    assert importing.unknown_headings([*headers, "Date approved", "Committee", "Colour"]) == ("Colour",)


def test_our_own_headings_are_all_understood_and_each_is_used_once() -> None:
    assert tuple(importing.columns_of(importing.COLUMNS).values()) == importing.COLUMNS
    assert importing.columns_of([*importing.COLUMNS, "Title"]).get(len(importing.COLUMNS)) is None


def test_a_file_without_a_needed_column_is_refused_by_its_name() -> None:
    with pytest.raises(Rejected) as refused:
        importing.columns_of([column for column in importing.COLUMNS if column not in ("level", "approved_by")])
    assert (refused.value.code, refused.value.params) == ("column_missing", {"column": "level, approved_by"})


# --- Bringing in
def line(row: int = 2, **changes: Any) -> importing.Line:
    values: dict[str, Any] = {
        "row": row,
        "slug": f"old-{row}",
        "level": "level_1",
        "unit": "computing",
        "content": builders.content(f"Old {row}"),
        "approved_by": "Micro-Credential Committee",
        "approved_on": date(2021, 5, 31),
    }
    return importing.Line(**{**values, **changes})


@pytest.fixture
def manager(institution: Any) -> Actor:
    return builders.a_member("program_manager")


def test_what_comes_in_is_active_once_drawn_and_says_who_approved_it_before(manager: Actor) -> None:
    (outcome,) = actions.bring_in(by=manager, lines=[line()])
    assert outcome.error is None
    achievement = Achievement.objects.get()
    assert (achievement.state, achievement.slug) == ("in_production", "old-2")
    assert [found.pk for found in queries.arriving()] == [achievement.pk]
    builders.worked_through()
    achievement.refresh_from_db()
    assert achievement.state == "active"
    version = achievement.current
    assert version is not None
    assert (version.approved_by, version.approved_on) == ("Micro-Credential Committee", date(2021, 5, 31))
    assert version.content_hash == version.content.fingerprint()
    assert BadgeImage.objects.get().version == version
    assert not queries.arriving()
    told = bus.read(name="catalog.version_frozen").get()
    assert (told.author, told.on_behalf_of) == ("system", manager.id)


def test_many_are_drawn_in_chunks(manager: Actor) -> None:
    actions.bring_in(by=manager, lines=[line(row) for row in range(2, 25)])
    told = [len(entry.data["achievements"]) for entry in bus.read(name="catalog.achievements_brought_in")]
    assert sorted(told) == [3, 10, 10]
    assert Delivery.objects.filter(reaction="catalog.complete_arrivals").count() == 3


def test_a_row_that_is_refused_leaves_the_others_alone(manager: Actor) -> None:
    lines = [line(2), line(3, slug="old-2"), line(4, unit="gone"), line(5)]
    outcomes = actions.bring_in(by=manager, lines=lines)
    assert [outcome.error and outcome.error.code for outcome in outcomes] == [None, "slug_taken", "place_gone", None]
    assert sorted(Achievement.objects.values_list("slug", flat=True)) == ["old-2", "old-5"]


def test_who_may_write_but_not_activate_brings_nothing_in(institution: Any) -> None:
    unit = builders.a_unit()
    issuer = builders.a_member("issuer", scope=Scope("unit", unit.public_id))
    (outcome,) = actions.bring_in(by=issuer, lines=[line()])
    assert isinstance(outcome.error, NotPermitted)
    assert not Achievement.objects.exists()


def test_the_background_work_may_run_twice(manager: Actor) -> None:
    actions.bring_in(by=manager, lines=[line()])
    ids = [Achievement.objects.get().public_id]
    assert actions.complete_arrivals(ids, on_behalf_of=manager.id) == []
    assert actions.complete_arrivals(ids, on_behalf_of=manager.id) == []
    assert bus.read(name="catalog.version_frozen").count() == 1


def test_words_that_were_changed_after_coming_in_are_not_passed_off_as_approved(manager: Actor) -> None:
    actions.bring_in(by=manager, lines=[line()])
    achievement = Achievement.objects.select_related("unit", "level", "issuer", "institution").get()
    draft = actions.write_draft(by=manager, achievement=achievement, content=builders.content("Rewritten"))
    assert (draft.approved_by, draft.approved_on) == ("", None)
    builders.worked_through()
    achievement.refresh_from_db()
    assert achievement.state == "in_production"


def test_one_that_cannot_be_drawn_stays_a_draft_and_does_not_hold_up_the_others(manager: Actor) -> None:
    good, bad = line(2), line(3, level="level_2", content=replace(builders.content("Bare"), symbol=""))
    assert [
        (found.row, found.error.code if found.error else "") for found in bringing_in.check_drawable([good, bad])
    ] == [(3, "slot_empty")]
    assert not Achievement.objects.exists()
    actions.bring_in(by=SYSTEM, lines=[bad, good])
    builders.worked_through()
    states = dict(Achievement.objects.values_list("slug", "state"))
    assert states == {"old-2": "active", "old-3": "in_production"}
    assert not Delivery.objects.filter(state="dead").exists()
