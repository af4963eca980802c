"""The pages of roles: compared, added, changed by ticking rights."""

from typing import Any

import pytest

from insignia.domain.access.permissions import Permission
from insignia.domain.institutions.models import Role
from tests.edges.web.program.staff import Desk, desk_of, words


@pytest.fixture
def desk(institution: Any) -> Desk:
    return desk_of("administrator")


def held(key: str) -> list[str]:
    return list(Role.objects.get(key=key).permissions)


def offered(desk: Desk, *at: str) -> set[str]:
    groups = desk.get(*at).context["form"].fields["permissions"].choices
    return {value for _group, choices in groups for value, _label in choices}


def test_a_role_is_added_and_offered_where_people_are_invited(desk: Desk) -> None:
    response = desk.send("role_add", name="Dean", permissions=["proposal:read", "proposal:decide"])
    assert "The role is added." in words(response)
    assert held("dean") == ["proposal:decide", "proposal:read"]
    assert "Dean" in desk.read("people_add")
    assert "Dean" in desk.read("roles")


def test_a_role_is_renamed_and_its_rights_are_ticked_and_unticked(desk: Desk) -> None:
    assert "Nobody" not in desk.read("role", "registrar")
    response = desk.send("role", "registrar", name="Registry", permissions=["award:read", "issuance:decide"])
    assert "The role is changed, for everybody who holds it." in words(response)
    role = Role.objects.get(key="registrar")
    assert (role.name, role.permissions) == ("Registry", ["award:read", "issuance:decide"])


def test_every_right_can_be_ticked_and_is_explained(desk: Desk) -> None:
    assert offered(desk, "role_add") == {permission.value for permission in Permission}


def test_saving_a_role_as_its_form_shows_it_changes_nothing(desk: Desk) -> None:
    for role in list(Role.objects.all()):
        form = desk.get("role", role.key).context["form"]
        desk.send("role", role.key, name=form["name"].value(), permissions=form["permissions"].value())
        assert (Role.objects.get(pk=role.pk).name, held(role.key)) == (role.name, role.permissions)


def test_who_does_not_run_the_institution_gives_and_takes_only_what_they_have(institution: Any) -> None:
    manager = desk_of("program_manager")
    own = set(held("program_manager"))
    assert offered(manager, "role", "administrator") == own
    assert "It holds these rights as well, which you cannot give or take:" in manager.read("role", "administrator")
    refused = manager.send("role_add", name="Sovereign", permissions=["institution:manage"])
    assert refused.status_code == 422
    assert "Select a valid choice" in words(refused)
    manager.send("role", "grantor", name="Grantor", permissions=["award:read", "mail:read"])
    assert held("grantor") == ["award:grant", "award:read", "mail:read"]


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"name": ""}, "This field is required."),
        ({"name": "Registrar"}, "There is a role “Registrar” already."),
        ({"name": "✦✦✦"}, "needs a name in Latin letters"),
        ({"name": "Dean", "permissions": ["moon:land"]}, "Select a valid choice"),
    ],
)
def test_what_is_wrong_stands_beside_what_was_typed(desk: Desk, form: dict[str, Any], said: str) -> None:
    before = Role.objects.count()
    response = desk.send("role_add", **{"permissions": ["mail:read"], **form})
    assert response.status_code == 422
    assert said in words(response)
    assert Role.objects.count() == before


def test_the_last_administrator_keeps_what_makes_one(desk: Desk) -> None:
    before = held("administrator")
    response = desk.send("role", "administrator", name="Administrator", permissions=["institution:manage"])
    assert response.status_code == 422
    assert "Nobody would be left who runs the institution and gives roles." in words(response)
    assert held("administrator") == before


def test_the_comparison_asks_no_more_with_more_roles(desk: Desk) -> None:
    few = desk.questions("roles")
    for number in range(12):
        desk.send("role_add", name=f"Role {number}", permissions=["mail:read"])
    assert desk.questions("roles") == few
