"""Every page x every role: who may not see a page does not, and an administrator of another institution is nobody here.

Who may is declared in the tables of tests/support/routes.py; a page without a declaration fails `test_routes.py`.
"""

from collections.abc import Iterable

import pytest
from django.test import Client

from tests.support import builders, routes
from tests.support.routes import Role, State

# Rights are the same on each database.
pytestmark = pytest.mark.appearance

REFUSED = (302, 403, 404)
# Pages of one person's own (sign-in, account, badges) show each what is theirs; the desks are shown by role.
DESKS = ("governance:", "issuing:", "program:")

_ISSUING = {Role.ADMINISTRATOR, Role.GRANTOR, Role.ISSUER}
_ASKING = {Role.ADMINISTRATOR, Role.ISSUER}
_READING = {*_ISSUING, Role.PROGRAM_MANAGER, Role.REGISTRAR}
# Whoever reads proposals anywhere may know which bodies there are; what they deal with is for those who read all of them.
_KEEPING_BODIES = {Role.ADMINISTRATOR, Role.COMMITTEE, Role.PROGRAM_MANAGER}
_READING_AGENDAS = {*_KEEPING_BODIES, Role.REGISTRAR, Role.SKILL_REVIEWER}
_KNOWING_BODIES = {*_READING_AGENDAS, Role.REVIEWER}
# Who may besides those for whom the crawl visits the page. The desk says to everybody what they can do there, or who can help.
ALSO = {
    "governance:body": _KNOWING_BODIES,
    "governance:committees": _KNOWING_BODIES,
    "governance:intent": {Role.ADMINISTRATOR, Role.PROGRAM_MANAGER, Role.PROPOSER},
    "governance:intent_new": {*_ASKING, Role.PROGRAM_MANAGER, Role.REVIEWER},
    "governance:intents": {*_ASKING, Role.PROGRAM_MANAGER, Role.PROPOSER, Role.REVIEWER},
    "governance:meeting": _READING_AGENDAS,
    "governance:minutes": _READING_AGENDAS,
    "governance:packet": _READING_AGENDAS,
    "governance:production": {Role.COMMITTEE, Role.PROPOSER, Role.REGISTRAR, Role.REVIEWER, Role.SKILL_REVIEWER},
    "governance:production_task": {
        Role.ADMINISTRATOR,
        Role.COMMITTEE,
        Role.ISSUER,
        Role.PROPOSER,
        Role.REGISTRAR,
        Role.REVIEWER,
        Role.SKILL_REVIEWER,
    },
    "governance:proposal": {
        Role.ADMINISTRATOR,
        Role.COMMITTEE,
        Role.PROGRAM_MANAGER,
        Role.PROPOSER,
        Role.REGISTRAR,
        Role.REVIEWER,
        Role.SKILL_REVIEWER,
    },
    "issuing:award": _READING,
    "issuing:awarded": _READING,
    "issuing:batch": _ISSUING,
    "issuing:batches": {Role.REGISTRAR},
    "issuing:checkin": _ISSUING,
    "issuing:checkin_edit": _ISSUING,
    "issuing:checkin_new": _ISSUING,
    "issuing:checkin_remove": _ISSUING,
    "issuing:checkin_screen": _ISSUING,
    "issuing:correct": {Role.ADMINISTRATOR, Role.PROGRAM_MANAGER},
    "issuing:desk": set(Role) - {Role.ANYBODY},
    "issuing:mapping": _ISSUING,
    "issuing:reinstate": _READING - {Role.GRANTOR},
    "issuing:request": _ASKING,
    "issuing:request_add": _ASKING,
    "issuing:request_file": _ASKING,
    "issuing:request_new": _ASKING,
    "issuing:request_one": _ASKING,
    "issuing:request_row": _ASKING,
    "issuing:revoke": _READING - {Role.GRANTOR},
    "issuing:revoke_batch": {Role.ISSUER},
    "issuing:suspend": _READING - {Role.GRANTOR},
    "issuing:verify": {Role.ADMINISTRATOR},
    "program:achievement": {Role.REVIEWER, Role.SKILL_REVIEWER},
    "program:achievements": {Role.GRANTOR, Role.REVIEWER, Role.SKILL_REVIEWER},
    "program:grantors": {Role.REVIEWER, Role.SKILL_REVIEWER},
    "program:home": {Role.REGISTRAR},
    "program:mail": {Role.REGISTRAR},
    "program:message": {Role.REGISTRAR},
    "program:setup": {Role.REGISTRAR},
}


@pytest.fixture
def world(db: None) -> routes.World:
    return routes.WORLDS[State.FULL]()


def let_in(world: routes.World, client: Client, pages: Iterable[routes.Route]) -> dict[str, int]:
    """The pages of `pages` at which `client` was not refused."""
    visits = [(route.name, route.states[State.FULL]) for route in pages if State.FULL in route.states]
    answers = {name: client.get(visit.address(world)).status_code for name, visit in visits}
    assert answers, "no page was asked for"
    return {name: status for name, status in answers.items() if status not in REFUSED}


def desks(*, not_for: Role | None = None) -> list[routes.Route]:
    """The pages of the desks; of these, those that are not for a role."""
    return [
        route
        for route in routes.ROUTES
        if route.name.startswith(DESKS)
        and (not_for is None or not_for not in {*route.roles, *ALSO.get(route.name, ())})
    ]


@pytest.mark.requirement("R-104", "R-908")
@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_nobody_sees_a_page_of_the_desks_that_is_not_for_their_role(world: routes.World, role: Role) -> None:
    client = Client()
    if (person := world.person(role)) is not None:
        client.force_login(person)
    assert let_in(world, client, desks(not_for=role)) == {}


def test_nobody_who_is_not_signed_in_sees_what_is_not_for_everybody(world: routes.World) -> None:
    pages = [
        route for route in routes.ROUTES if Role.ANYBODY not in route.roles and not route.name.startswith("account_")
    ]
    assert let_in(world, Client(), pages) == {}


@pytest.mark.requirement("R-104")
def test_an_administrator_of_another_institution_is_nobody_here(world: routes.World) -> None:
    with builders.an_institution():
        foreigner = builders.a_person()
        builders.a_member("administrator", user=foreigner)
    client = Client()
    client.force_login(foreigner)
    assert let_in(world, client, [page for page in desks() if page.name != "issuing:desk"]) == {}
