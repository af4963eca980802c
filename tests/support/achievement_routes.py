"""The pages on which badges and their Grantors are looked after, for tests/support/routes.py."""

from collections.abc import Callable

from django.urls import reverse

from insignia.domain.awards.models import Grantor

from .routes import Address, Role, Route, State, Visit, World

READERS = frozenset({Role.ADMINISTRATOR, Role.PROGRAM_MANAGER, Role.REGISTRAR, Role.ISSUER, Role.GRANTOR})
WRITERS = frozenset({Role.ADMINISTRATOR, Role.PROGRAM_MANAGER, Role.ISSUER})
MANAGERS = frozenset({Role.ADMINISTRATOR, Role.PROGRAM_MANAGER})

NOT_PAGES = {
    "program:achievement_csv": "a file to fill in",
    "program:achievement_xlsx": "a file to fill in",
    "program:achievement_preview": "a picture, seen in the list of badges",
    "program:achievement_activate": "a form of the badge's page is sent there; it leads back",
}

_Id = Callable[[World], str]


def _at(name: str, *things: _Id, query: str = "") -> Address:
    return lambda world: reverse(f"program:{name}", args=[world.slug, *(thing(world) for thing in things)]) + query


def _achievement(world: World) -> str:
    return str(world.achievement.public_id)


def _grantor(world: World) -> str:
    return str(Grantor.across_institutions.filter(achievement=world.achievement).earliest("pk").public_id)


def _gone(world: World) -> str:
    return "nothing"


def _thing(name: str, roles: frozenset[Role], *things: _Id) -> Route:
    """A page about one badge: as it is, and for one that is not there."""
    return Route(
        f"program:{name}",
        roles,
        {
            State.FULL: Visit(_at(name, *things)),
            State.ERROR: Visit(_at(name, _gone, *things[1:]), status=404),
        },
    )


ROUTES = (
    Route(
        "program:achievements",
        READERS - {Role.GRANTOR},
        {
            State.EMPTY: Visit(_at("achievements")),
            State.FULL: Visit(_at("achievements")),
            State.ERROR: Visit(_at("achievements", query="?q=nothing+of+this+name")),
        },
    ),
    Route("program:achievement_new", WRITERS, {s: Visit(_at("achievement_new")) for s in (State.EMPTY, State.FULL)}),
    Route("program:achievement_import", MANAGERS, {State.FULL: Visit(_at("achievement_import"))}),
    Route("program:achievement_open_badges", WRITERS, {State.FULL: Visit(_at("achievement_open_badges"))}),
    _thing("achievement", READERS, _achievement),
    _thing("achievement_edit", WRITERS, _achievement),
    _thing("achievement_image", WRITERS, _achievement),
    _thing("achievement_move", WRITERS, _achievement, lambda world: "pause"),
    _thing("grantors", READERS, _achievement),
    _thing("grantor_training", WRITERS, _achievement, _grantor),
    _thing("grantor_end", WRITERS, _achievement, _grantor),
)
