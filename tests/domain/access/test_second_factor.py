"""The lock behind the pages: what decides for others asks for a second factor, through whatever door."""

from dataclasses import replace

import pytest

from insignia.core.errors import NotPermitted
from insignia.domain.access.actor import Actor, Door, Holding, Scope
from insignia.domain.access.permissions import NEEDS_SECOND_FACTOR, Permission
from insignia.domain.awards import actions as awards
from insignia.domain.awards.models import Award
from tests.support.builders import a_claim, a_grantor, an_achievement, an_earner

COLLEGE = Scope("institution", "i")


class Somewhere:
    def scopes(self) -> list[Scope]:
        return [COLLEGE]


@pytest.mark.parametrize("permission", list(Permission))
def test_a_right_that_decides_asks_for_a_second_factor(permission: Permission) -> None:
    bare = Actor("x", "X", Door.PAGE, holdings=(Holding(COLLEGE, frozenset({permission})),), second_factor=False)
    replace(bare, second_factor=True).require(permission, on=Somewhere())
    if permission in NEEDS_SECOND_FACTOR:
        with pytest.raises(NotPermitted) as refused:
            bare.require(permission, on=Somewhere())
        assert refused.value.code == "second_factor_needed"
    else:
        bare.require(permission, on=Somewhere())


@pytest.mark.usefixtures("institution")
def test_a_grantor_without_one_awards_nothing() -> None:
    badge = an_achievement()
    by = a_grantor(of=badge)
    with pytest.raises(NotPermitted, match="second factor"):
        awards.grant_award(by=replace(by, second_factor=False), achievement=badge, earner=an_earner(), claim=a_claim())
    assert not Award.objects.exists()
    assert awards.grant_award(by=by, achievement=badge, earner=an_earner(), claim=a_claim()).state == "granted"
