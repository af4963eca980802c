"""Roles: named sets of rights that an institution writes itself, and never past its last administrator."""

from datetime import timedelta
from typing import Any

import pytest

from insignia.core.errors import Conflict, NotPermitted, Rejected
from insignia.domain.access.actor import SYSTEM
from insignia.domain.access.permissions import Permission
from insignia.domain.ground import clock
from insignia.domain.institutions import actions, roles
from insignia.domain.institutions.models import Institution, Membership
from insignia.domain.journal import bus
from tests.support import builders

READ, GRANT, DECIDE = Permission.ACHIEVEMENT_READ, Permission.AWARD_GRANT, Permission.PROPOSAL_DECIDE


def added(by: Any, *permissions: Permission, name: str = "Dean of Studies") -> Any:
    return roles.add_role(by=by, institution=builders.here(), name=name, permissions=permissions)


def without(key: str, *gone: Permission) -> dict[str, Any]:
    role = roles.role(key)
    kept = [Permission(word) for word in role.permissions if word not in gone]
    return {"role": role, "name": role.name, "permissions": kept}


def test_a_role_is_added_given_and_holds(institution: Institution) -> None:
    added(builders.a_member("administrator"), READ, DECIDE)
    role = roles.role("dean_of_studies")
    assert (role.name, role.permissions) == ("Dean of Studies", ["achievement:read", "proposal:decide"])
    dean = builders.a_member("dean_of_studies")
    assert dean.may(DECIDE, on=institution)
    assert not dean.may(GRANT, on=institution)
    entry = bus.read().filter(name="institutions.changed", data__what="role").first()
    assert entry is not None
    assert entry.data["thing"] == "dean_of_studies"


def test_a_changed_role_holds_at_once_for_everybody_who_has_it(institution: Institution) -> None:
    registrar = builders.a_member("registrar")
    roles.change_role(by=builders.a_member("administrator"), **without("registrar", Permission.AWARD_REVOKE))
    again = builders.acting(Membership.objects.get(user__pk=registrar.user_pk).user)
    assert registrar.may(Permission.AWARD_REVOKE, on=institution)
    assert not again.may(Permission.AWARD_REVOKE, on=institution)


def test_nobody_gives_or_takes_a_right_that_they_do_not_have(institution: Institution) -> None:
    manager = builders.a_member("program_manager")
    with pytest.raises(NotPermitted, match="award:grant"):
        added(manager, READ, GRANT)
    with pytest.raises(NotPermitted, match="institution:manage"):
        roles.change_role(by=manager, **without("administrator", Permission.INSTITUTION_MANAGE))
    added(manager, READ)
    roles.change_role(by=manager, **without("grantor", READ))
    assert roles.role("grantor").permissions == ["award:grant", "award:read"]


def test_who_does_not_manage_people_writes_no_roles(institution: Institution) -> None:
    with pytest.raises(NotPermitted):
        added(builders.a_member("registrar"), READ)


@pytest.mark.parametrize("name", ["Registrar", "registrar ", "REGISTRAR"])
def test_two_roles_are_not_called_the_same(name: str, institution: Institution) -> None:
    admin = builders.a_member("administrator")
    with pytest.raises(Conflict):
        added(admin, name=name)
    with pytest.raises(Conflict):
        roles.change_role(by=admin, role=roles.role("auditor"), name=name, permissions=[READ])


@pytest.mark.parametrize("gone", [Permission.INSTITUTION_MANAGE, Permission.MEMBER_MANAGE])
def test_the_last_administrator_does_not_lose_what_makes_one(gone: Permission, institution: Institution) -> None:
    admin = builders.a_member("administrator")
    builders.a_member("registrar")
    with pytest.raises(Rejected, match="Nobody would be left"):
        roles.change_role(by=admin, **without("administrator", gone))
    assert gone in roles.role("administrator").permissions
    added(admin, *roles.LASTING, name="Provost")
    provost = builders.a_member("provost")
    roles.change_role(by=provost, **without("administrator", gone))
    assert gone not in roles.role("administrator").permissions


def test_somebody_whose_role_ends_does_not_count_as_the_one_who_stays(institution: Institution) -> None:
    admin = builders.a_member("administrator")
    added(admin, *roles.LASTING, name="Provost")
    provost = builders.a_member("provost")
    held = Membership.objects.filter(user__pk=provost.user_pk)
    held.update(ends_on=clock.today_in(institution.zone) + timedelta(days=30))
    with pytest.raises(Rejected, match="Nobody would be left"):
        roles.change_role(by=admin, **without("administrator", Permission.MEMBER_MANAGE))


def test_the_last_administrator_cannot_be_sent_away_by_a_program_manager(institution: Institution) -> None:
    builders.a_member("administrator")
    manager = builders.a_member("program_manager")
    held = Membership.objects.select_related("role", "user", "institution").get(role__key="administrator")
    with pytest.raises(Rejected, match="Nobody would be left"):
        actions.take_role(by=manager, membership=held)
    builders.a_member("administrator")
    actions.take_role(by=manager, membership=held)
    assert Membership.objects.filter(role__key="administrator").count() == 1


def test_a_right_of_a_later_release_survives_a_change(institution: Institution) -> None:
    role = roles.role("auditor")
    type(role).objects.filter(pk=role.pk).update(permissions=["audit:read", "moon:land"])
    roles.change_role(by=SYSTEM, role=roles.role("auditor"), name="Auditor", permissions=[READ])
    assert roles.role("auditor").permissions == ["achievement:read", "moon:land"]
