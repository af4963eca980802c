"""The journal in words, narrowed, and taken along."""

import csv
import io
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from insignia.domain.ground import clock
from insignia.domain.institutions import actions as institutions
from insignia.domain.journal import bus
from insignia.domain.journal.events import REGISTERED
from insignia.edges.web.program import happenings, reactions
from tests.edges.web.program.staff import Desk, desk_for, desk_of
from tests.support import builders

EVENTS = sorted(name for name in REGISTERED if not name.startswith("tests."))


@pytest.fixture
def desk(institution: Any) -> Desk:
    return desk_of("auditor")


def rows(desk: Desk, **query: str) -> list[dict[str, str]]:
    response = desk.get("journal_csv", **query)
    assert response["Content-Type"].startswith("text/csv")
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


# --- Words
@pytest.mark.parametrize("name", EVENTS)
def test_every_event_has_words(name: str) -> None:
    assert name in happenings.SENTENCES
    said = happenings.sentence(name, {"things": ["a", "b"]})
    assert name not in said
    assert "%" not in said


def test_there_are_no_words_for_events_that_do_not_exist() -> None:
    assert sorted({name.partition(":")[0] for name in happenings.SENTENCES}) == EVENTS


def test_every_event_stands_in_an_area_that_can_be_chosen() -> None:
    assert {name.partition(".")[0] for name in EVENTS} == set(happenings.AREAS)


@pytest.mark.parametrize("name", sorted(n for n in bus.reactions() if not n.startswith("tests.")))
def test_every_background_task_has_words(name: str) -> None:
    assert name in reactions.TASKS


def test_one_and_several_are_told_apart() -> None:
    assert happenings.sentence("awards.granted", {"awards": ["a"]}) == "1 badge was awarded"
    assert happenings.sentence("awards.granted", {"awards": ["a", "b"]}) == "2 badges were awarded"
    assert happenings.sentence("catalog.achievement_moved", {"verb": "pause"}) == "A badge was paused"
    assert happenings.sentence("catalog.achievement_moved", {"verb": "of a later release"}) == (
        "The state of a badge was changed"
    )
    assert happenings.sentence("of.a_later_release", {}) == "of.a_later_release"


# --- The page
def test_the_journal_names_who_did_what_to_what(desk: Desk) -> None:
    manager = builders.a_member("program_manager", user=builders.a_person(name="Mateo Alderman"))
    institutions.give_role(
        by=manager, institution=builders.here(), email="ada@x.example", name="Ada Marlowe", role_key="auditor"
    )
    builders.an_achievement(name="Wildfire Watch")
    text = desk.read("journal")
    assert "1 role was given: Ada Marlowe Mateo Alderman" in text
    assert "A badge was made active: Wildfire Watch" in text


def test_entries_are_narrowed_by_area_person_and_day(desk: Desk) -> None:
    manager = builders.a_member("program_manager", user=builders.a_person(name="Mateo Alderman"))
    institutions.add_unit(by=manager, institution=builders.here(), name="Library")
    builders.an_achievement()
    assert {row["Event"].partition(".")[0] for row in rows(desk, area="catalog")} == {"catalog"}
    assert [(row["Who"], row["Event"]) for row in rows(desk, who="alderman")] == [
        ("Mateo Alderman", "institutions.changed")
    ]
    assert rows(desk, who="nobody of this name") == []
    today = clock.today_in(builders.here().zone)
    assert rows(desk, day=(today - timedelta(days=1)).isoformat()) == []
    assert len(rows(desk, day=today.isoformat())) == bus.read().count()
    assert "No entry matches" in desk.read("journal", day="1999-01-01")


def test_entries_are_narrowed_by_one_kind_of_event_and_by_days(desk: Desk) -> None:
    builders.an_achievement()
    assert {row["Event"] for row in rows(desk, area="catalog.version_frozen")} == {"catalog.version_frozen"}
    today = clock.today_in(builders.here().zone)
    yesterday, tomorrow = today - timedelta(days=1), today + timedelta(days=1)
    everything = bus.read().count()
    for since, until, expected in (
        (yesterday, tomorrow, everything),
        (today, today, everything),
        (tomorrow, None, 0),
        (None, yesterday, 0),
        (yesterday, None, everything),
    ):
        found = rows(desk, since=since.isoformat() if since else "", until=until.isoformat() if until else "")
        assert len(found) == expected


def test_what_the_system_did_for_somebody_and_by_itself_can_be_told(desk: Desk) -> None:
    manager = builders.a_member("program_manager", user=builders.a_person(name="Mateo Alderman"))
    by = replace(builders.SYSTEM, on_behalf_of=manager.id)
    institutions.add_unit(by=by, institution=builders.here(), name="Library")
    assert [row["Event"] for row in rows(desk, who="alderman")] == ["institutions.changed"]
    assert {row["Who"] for row in rows(desk, who="insignia")} == {"Insignia itself"}


def test_the_whole_story_of_a_badge_holds_its_awards_and_nothing_of_others(desk: Desk) -> None:
    award = builders.accepted(builders.an_award(builders.an_achievement(name="Wildfire Watch")))
    builders.accepted(builders.an_award(builders.an_achievement(name="Lab Safety")))
    about = f"achievement:{award.achievement.public_id}"
    told = rows(desk, about=about)
    assert {row["About"] for row in told} <= {"Wildfire Watch", ""}
    assert {"catalog.version_frozen", "awards.granted", "awards.accepted"} <= {row["Event"] for row in told}
    accepted = [row for row in told if row["Event"] == "awards.accepted"]
    assert [row["Subject"] for row in accepted] == [f"award:{award.public_id}"]
    page = desk.read("journal", about=about)
    assert "Only the story of Wildfire Watch ." in page
    assert "Lab Safety" not in page
    of_earner = {row["Event"] for row in rows(desk, about=f"recipient:{award.recipient.public_id}")}
    assert "awards.accepted" in of_earner
    assert "catalog.version_frozen" not in of_earner
    assert rows(desk, about="achievement:nothing") == []


def test_each_subject_leads_to_its_story(desk: Desk) -> None:
    achievement = builders.an_achievement(name="Wildfire Watch")
    page = desk.get("journal", area="catalog").content.decode()
    assert f"area=catalog&amp;about=achievement%3A{achievement.public_id}" in page


@pytest.mark.parametrize(
    "query",
    [
        {"day": "2026-13-45"},
        {"since": "soon"},
        {"area": "nothing"},
        {"page": "x"},
        {"about": "nothing"},
        {"about": ":"},
    ],
)
def test_a_filter_that_means_nothing_filters_nothing(desk: Desk, query: dict[str, str]) -> None:
    assert "No entry matches" not in desk.read("journal", **query)


@pytest.mark.parametrize("day", ["2026-03-08", "2026-11-01"])
def test_a_day_begins_and_ends_in_the_institutions_zone_when_clocks_change(institution: Any, day: str) -> None:
    zone = ZoneInfo(institution.zone)
    begins = datetime.fromisoformat(f"{day}T00:00:00").replace(tzinfo=zone)
    ends = (datetime.fromisoformat(f"{day}T00:00:00") + timedelta(days=1)).replace(tzinfo=zone)
    moments = {
        "before": begins - timedelta(seconds=1),
        "first": begins,
        "last": ends.astimezone(ZoneInfo("UTC")) - timedelta(seconds=1),
        "after": ends,
    }
    for name, at in moments.items():
        with clock.frozen(at.astimezone(ZoneInfo("UTC"))):
            institutions.add_unit(by=builders.SYSTEM, institution=institution, name=name)
    with clock.frozen(ends.astimezone(ZoneInfo("UTC")) + timedelta(days=2)):
        desk = desk_of("auditor")
    assert len([row for row in rows(desk, day=day) if row["Event"] == "institutions.changed"]) == 2


def test_the_file_holds_what_the_page_shows_and_computes_nothing(desk: Desk) -> None:
    person = builders.a_person("eve@x.example", name='=HYPERLINK("https://evil.example")')
    manager = builders.a_member("program_manager", user=person)
    institutions.add_unit(by=manager, institution=builders.here(), name="Library")
    newest = rows(desk)[0]
    assert newest["Who"].startswith("'=HYPERLINK")
    assert newest["What"] == "A unit was added or renamed"


def test_the_journal_of_another_institution_is_not_shown(desk: Desk) -> None:
    with builders.an_institution():
        builders.an_achievement(name="Somewhere Else")
    assert "Somewhere Else" not in desk.read("journal")
    assert len(rows(desk)) == bus.read().count()


def test_a_page_of_entries_asks_the_same_number_of_questions_however_many(desk: Desk) -> None:
    def more(number: int) -> None:
        for one in range(number):
            manager = builders.a_member("program_manager", user=builders.a_person())
            institutions.add_unit(by=manager, institution=builders.here(), name=f"Unit {number} {one}")
            builders.an_achievement()

    more(1)
    few = desk.questions("journal")
    more(5)
    assert desk.questions("journal") == few


def test_an_earner_never_comes_to_the_journal(institution: Any) -> None:
    assert desk_for(builders.a_person()).get("journal").status_code == 403
