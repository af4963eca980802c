"""A right that is held in a unit holds in every unit below it: for locks and for lists alike."""

import pytest

from insignia.core.errors import NotFound, Rejected
from insignia.domain.access.actor import SYSTEM, Scope
from insignia.domain.access.permissions import Permission
from insignia.domain.awards import queries
from insignia.domain.catalog import queries as catalog
from insignia.domain.institutions import actions as institutions
from insignia.domain.institutions.models import Unit
from tests.support.builders import a_grantor, a_member, an_achievement, an_award, here

pytestmark = pytest.mark.usefixtures("institution")


def stairs(name: str, steps: int) -> list[Unit]:
    """A unit at the top, one below it, and so on down."""
    units: list[Unit] = []
    for step in range(steps):
        parent = units[-1] if units else None
        units.append(institutions.add_unit(by=SYSTEM, institution=here(), name=f"{name} {step}", parent=parent))
    return units


@pytest.mark.requirement("R-104")
def test_whoever_works_for_a_division_sees_and_awards_what_the_deepest_unit_offers() -> None:
    division, deepest = (units := stairs("Division", 7))[0], units[-1]
    other = stairs("Other", 2)[-1]
    ours, theirs = an_achievement(unit=deepest), an_achievement(unit=other)
    award, foreign = an_award(ours), an_award(theirs)
    issuer = a_member("issuer", scope=Scope("unit", division.public_id))
    assert list(catalog.visible_to(issuer)) == [ours]
    assert list(queries.awardable(issuer)) == [ours]
    assert list(queries.visible_to(issuer)) == [award]
    with pytest.raises(NotFound):
        queries.award_for(issuer, foreign.public_id)
    for thing, yes in ((ours, True), (award, True), (theirs, False), (foreign, False)):
        assert issuer.may(Permission.AWARD_READ, on=thing) is yes


def test_a_right_does_not_climb() -> None:
    top, below = stairs("Division", 2)
    of_the_top = an_achievement(unit=top)
    assert list(catalog.visible_to(a_member("issuer", scope=Scope("unit", below.public_id)))) == []
    assert list(catalog.visible_to(a_grantor(of=of_the_top))) == [of_the_top]


def test_the_stairs_end() -> None:
    lowest = stairs("Division", 7)[-1]
    with pytest.raises(Rejected, match="at most 7 deep"):
        institutions.add_unit(by=SYSTEM, institution=here(), name="Cellar", parent=lowest)
