"""Units, people and roles on their pages."""

from datetime import timedelta
from typing import Any

import pytest

from insignia.domain.access.actor import SYSTEM, Scope
from insignia.domain.access.permissions import Permission
from insignia.domain.institutions import actions as institutions
from insignia.domain.institutions.models import Membership, Unit
from insignia.domain.journal import bus
from insignia.domain.notifications.models import Message
from insignia.domain.people.models import User
from tests.edges.web.program.staff import Desk, desk_of, words
from tests.support import builders


@pytest.fixture
def desk(institution: Any) -> Desk:
    return desk_of("program_manager")


def person(**changes: Any) -> dict[str, Any]:
    form = {"name": "Ada Marlowe", "email": "Ada@Pinecrest.example", "role": "registrar", "unit": ""}
    return {**form, "starts_on": "", "ends_on": "", **changes}


def held_by(email: str) -> Membership:
    return Membership.objects.get(user__email=email)


# --- Units
def test_a_unit_is_added_below_another_and_renamed(desk: Desk) -> None:
    college = builders.a_unit()
    form = {"name": "Fire Laboratory", "code": "", "kind": "division", "parent": college.public_id}
    assert "“Fire Laboratory” is added." in words(desk.send("unit_add", **form))
    laboratory = Unit.objects.get(code="fire-laboratory")
    assert (laboratory.parent, laboratory.kind) == (college, "division")
    page = desk.get("units").content.decode()
    assert 'data-depth="1">Fire Laboratory' in page
    desk.send("unit", laboratory.public_id, name="Wildfire Laboratory")
    laboratory.refresh_from_db()
    assert (laboratory.name, laboratory.code) == ("Wildfire Laboratory", "fire-laboratory")


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"name": ""}, "This field is required."),
        ({"name": "Another", "code": "computing"}, "There is already a unit with the code “computing”."),
        ({"name": "Another", "kind": "guild"}, "Select a valid choice"),
        ({"name": "Another", "parent": "nowhere"}, "Select a valid choice"),
    ],
)
def test_a_wrong_unit_is_said_beside_it(desk: Desk, form: dict[str, str], said: str) -> None:
    response = desk.send("unit_add", **{"code": "", "kind": "academic", "parent": "", **form})
    assert response.status_code == 422
    assert said in words(response)
    assert Unit.objects.count() == 1


@pytest.mark.requirement("R-104")
def test_whoever_keeps_one_unit_sees_and_changes_that_one_and_what_is_below(institution: Any) -> None:
    own, other = builders.a_unit("computing"), builders.a_unit("library")
    below = institutions.add_unit(by=SYSTEM, institution=institution, name="Graphics", parent=own)
    desk = desk_of("program_manager", scope=Scope("unit", own.public_id))
    text = desk.read("units")
    assert "College of Computing" in text
    assert "Graphics" in text
    assert other.name not in text
    assert desk.send("unit", below.public_id, name="Computer Graphics").status_code == 200
    assert desk.send("unit", other.public_id, name="Taken over").status_code == 403
    form = {"name": "Rendering", "code": "", "kind": "academic"}
    assert desk.send("unit_add", **form, parent="").status_code == 422
    assert desk.send("unit_add", **form, parent=other.public_id).status_code == 422
    assert desk.send("unit_add", **form, parent=below.public_id).status_code == 200
    assert Unit.objects.get(code="rendering").parent == below
    for closed in ("units_import", "people", "levels", "mail", "journal", "templates"):
        assert desk.get(closed).status_code == 403, closed


def test_an_outline_of_any_depth_is_read_at_once(desk: Desk) -> None:
    def chain(name: str) -> None:
        parent = None
        for depth in range(7):
            parent = institutions.add_unit(
                by=SYSTEM, institution=builders.here(), name=f"{name} {depth}", parent=parent
            )

    few = desk.questions("units")
    for number in range(4):
        chain(f"Chain {number}")
    assert desk.questions("units") == few


# --- People
def test_somebody_is_given_a_role_in_a_unit_and_told_by_mail(desk: Desk) -> None:
    unit = builders.a_unit()
    end = (builders.today() + timedelta(days=30)).isoformat()
    response = desk.send("people_add", **person(unit=unit.public_id, ends_on=end))
    assert "An invitation goes to ada@pinecrest.example." in words(response)
    held = held_by("ada@pinecrest.example")
    assert (held.role.key, held.scope, held.given_by) == (
        "registrar",
        unit.scopes()[0],
        desk.user and desk.user.public_id,
    )
    builders.worked_through()
    assert Message.objects.filter(address="ada@pinecrest.example", kind="role_given").count() == 1
    text = desk.read("people", q="marlowe")
    assert "Invited" in text
    assert "College of Computing" in text


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"email": "ada@pinecrest,example"}, "comma"),
        ({"email": "=cmd()@x.example"}, "formula"),
        ({"email": ""}, "This field is required."),
        ({"name": ""}, "This field is required."),
        ({"role": "emperor"}, "Select a valid choice"),
        ({"unit": "nowhere"}, "Select a valid choice"),
        ({"starts_on": "2026-05-02", "ends_on": "2026-05-01"}, "The role ends before it begins."),
        ({"starts_on": "May"}, "Enter a valid date."),
    ],
)
def test_a_wrong_invitation_is_said_beside_it_and_invites_nobody(
    desk: Desk, changes: dict[str, str], said: str
) -> None:
    response = desk.send("people_add", **person(**changes))
    assert response.status_code == 422
    assert said in words(response)
    assert not bus.read(name="institutions.roles_given").exclude(author="system").exists()


def test_a_role_ends_after_asking_and_not_before(desk: Desk) -> None:
    desk.send("people_add", **person())
    held = held_by("ada@pinecrest.example")
    assert "End this role?" in desk.read("role_end", held.public_id)
    assert Membership.objects.filter(pk=held.pk).exists()
    assert "no longer has the role" in words(desk.send("role_end", held.public_id))
    assert not Membership.objects.filter(pk=held.pk).exists()


def test_an_administrator_cannot_end_their_own_role(institution: Any) -> None:
    desk = desk_of("administrator")
    own = Membership.objects.get(user=desk.user)
    assert "Ask another administrator." in words(desk.send("role_end", own.public_id))
    assert Membership.objects.filter(pk=own.pk).exists()


def test_people_are_found_by_name_address_and_role(desk: Desk) -> None:
    desk.send("people_add", **person())
    desk.send("people_add", **person(name="Bo Yilmaz", email="bo@pinecrest.example", role="auditor"))
    assert "Bo Yilmaz" not in desk.read("people", q="ada@pine")
    assert "Ada Marlowe" not in desk.read("people", role="auditor")
    assert "Nobody matches" in desk.read("people", q="nobody of this name")


def test_the_people_of_other_institutions_are_not_listed(desk: Desk) -> None:
    with builders.an_institution():
        builders.a_member("registrar", user=builders.a_person("far@away.example", name="Far Away"))
    assert "Far Away" not in desk.read("people")
    assert "Nobody matches" in desk.read("people", q="Far Away")


def test_a_list_of_people_asks_the_same_number_of_questions_however_long(desk: Desk) -> None:
    achievement = builders.an_achievement()

    def more(number: int) -> None:
        for one in range(number):
            user = builders.a_person()
            builders.a_member("issuer", user=user, scope=builders.a_unit(f"unit{number}-{one}").scopes()[0])
            builders.a_grantor(of=achievement, user=user)

    more(1)
    few = desk.questions("people")
    more(12)
    assert desk.questions("people") == few
    assert desk.read("people").count("by appointment") == 13


# --- Roles
def test_the_matrix_says_of_every_role_what_it_may(desk: Desk) -> None:
    text = desk.read("roles")
    for permission in Permission:
        assert permission.value in text
    assert "Nobody may award a badge to themselves" in text
    rows = desk.get("roles").context["rows"]
    keys = next(row for row in rows if row["word"] == "key:manage")
    assert [role.key for role, held in keys["cells"] if held] == ["administrator"]


def test_nobody_is_invited_twice_into_one_account(desk: Desk) -> None:
    desk.send("people_add", **person())
    desk.send("people_add", **person(role="auditor", email="ADA@pinecrest.example"))
    assert User.objects.filter(email="ada@pinecrest.example").count() == 1
