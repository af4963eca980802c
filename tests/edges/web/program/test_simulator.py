"""The dry run: who would be asked today, by name and why, where each decision leads, what is passed over."""

from typing import Any

import pytest

from insignia.domain.ground import tenancy
from insignia.domain.institutions import queries as institutions
from insignia.domain.institutions.models import Membership
from tests.edges.web.program.staff import Desk, desk_for, desk_of, words
from tests.support import builders, governance, worlds
from tests.support.routes import Role


@pytest.fixture
def cast(institution: Any) -> governance.Cast:
    return governance.ksu_cast()


@pytest.fixture
def desk(cast: governance.Cast) -> Desk:
    return desk_of("program_manager")


@pytest.fixture
def place(db: None) -> worlds.Place:
    return worlds.empty()


def walked(desk: Desk, cast: governance.Cast, route: str = "full", **facts: str) -> str:
    given = {f"fact-{name}": value for name, value in facts.items()}
    return desk.read("simulator", route=route, unit=cast.unit.public_id, **given)


def test_who_is_asked_by_name_why_and_where_each_decision_leads(desk: Desk, cast: governance.Cast) -> None:
    text = walked(desk, cast)
    for said in (
        "Career Casey holds the role",
        "Leader Lou holds the role",
        "Presides: Member 1",
        "Executive Ellis holds the role",
        "Approve to “Executive administrator”",
        "Request changes to the proposer, then to “Micro-Credential Committee”",
        "Approve Approved: the end",
        "Reject Rejected: the end",
    ):
        assert said in text, said


def test_a_vacant_role_is_said_and_who_stands_in(desk: Desk, cast: governance.Cast) -> None:
    other = builders.a_unit("empty")
    text = desk.read("simulator", route="full", unit=other.public_id)
    assert f"Nobody holds the role “Unit leader” ({other.name})." in text
    assert "Manager Morgan stands in for the office, because the role is vacant" in text


def test_nobody_is_told_as_a_dead_end_where_nobody_may_stand_in(desk: Desk, cast: governance.Cast) -> None:
    Membership.objects.filter(user=cast["executive"]).delete()
    text = walked(desk, cast)
    assert "Nobody is asked" in text
    assert "the proposal would wait here until somebody holds the role “Executive administrator”" in text


@pytest.mark.requirement("R-066")
def test_what_is_passed_over_says_why_and_only_what_conditions_ask_is_asked(desk: Desk, cast: governance.Cast) -> None:
    text = walked(desk, cast, change="editorial")
    assert "Passed over: it is on the way only if “What is changed” is not “Nothing but words”." in text
    form = desk.get("simulator", route="full").context["form"]
    assert set(form.fields) == {"route", "unit", "fact-change"}
    assert set(desk.get("simulator", route="souvenir_light").context["form"].fields) == {
        "route",
        "unit",
        "fact-audience",
    }


def test_the_channel_of_the_audience_says_who_approves(desk: Desk, cast: governance.Cast) -> None:
    assert "Engaged Emery holds the role" in walked(desk, cast, "souvenir_light", audience="students")
    assert "Manager Morgan holds the role" in walked(desk, cast, "souvenir_light", audience="staff")
    assert "Manager Morgan holds the role" in walked(desk, cast, "souvenir_light", audience="mixed")


def test_every_level_is_walked_by_its_own_route(desk: Desk, cast: governance.Cast) -> None:
    text = desk.read("simulator_levels", unit=cast.unit.public_id)
    for level in institutions.levels():
        assert level.name in text
    assert text.count("Executive Ellis") == 4
    assert text.count("Engaged Emery") == 1


def test_without_routes_or_units_the_page_says_what_is_needed(place: worlds.Place) -> None:
    with tenancy.of(place.institution):
        desk = desk_for(place.person(Role.ADMINISTRATOR))
        assert "There is nothing to walk before there is a route." in desk.read("simulator")
        assert "Levels, a route and a unit are needed." in words(desk.get("simulator_levels"))


def test_the_dry_run_asks_the_database_as_often_however_many_people_there_are(
    desk: Desk, cast: governance.Cast
) -> None:
    few = desk.questions("simulator"), desk.questions("simulator_levels")
    for number in range(4):
        governance.a_colleague("unit_leader", name=f"Leader {number}", scope=cast.unit)
        builders.a_unit(f"unit-{number}")
    assert (desk.questions("simulator"), desk.questions("simulator_levels")) == few
