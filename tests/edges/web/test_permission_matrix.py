"""Every page x every role: who may not see a page does not, and an administrator of another institution is nobody here.

Who may is declared in the tables of tests/support/routes.py; a page without a declaration fails `test_routes.py`.
"""

import pytest
from django.test import Client

from tests.support import builders, routes
from tests.support.routes import Role, State

REFUSED = (302, 403, 404)
PUBLIC = frozenset(Role)


@pytest.fixture
def world(db: None) -> routes.World:
    return routes.WORLDS[State.FULL]()


def answers(world: routes.World, client: Client, *, to: frozenset[Role]) -> dict[str, int]:
    """What `client` gets at each page that none of the roles in `to` may see; only what was not refused."""
    let_in = {}
    for route in routes.ROUTES:
        visit = route.states.get(State.FULL)
        if visit is None or not to.isdisjoint(route.roles):
            continue
        status = client.get(visit.address(world)).status_code
        if status not in REFUSED:
            let_in[route.name] = status
    return let_in


@pytest.mark.requirement("R-104", "R-908")
@pytest.mark.parametrize("role", list(Role))
def test_nobody_sees_a_page_that_is_not_for_their_role(world: routes.World, role: Role) -> None:
    client = Client()
    if (person := world.person(role)) is not None:
        client.force_login(person)
    assert answers(world, client, to=frozenset({role})) == {}


@pytest.mark.requirement("R-104")
def test_an_administrator_of_another_institution_is_nobody_here(world: routes.World) -> None:
    with builders.an_institution():
        foreigner = builders.a_person()
        builders.a_member("administrator", user=foreigner)
    client = Client()
    client.force_login(foreigner)
    assert answers(world, client, to=frozenset({Role.ANYBODY, Role.EARNER})) == {}
