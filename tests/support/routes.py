"""Every address of the site: who may see it, in which states, and what is to be expected there.

`tests/edges/web/test_routes.py` fails when the URL resolver knows an address that is not here. The crawl visits what is
here (`./run crawl` everything, the suite each page once, roles taking turns). To add a page, add a line:

    Route("issuing:batch", roles={Role.GRANTOR}, states={
        State.FULL: Visit(lambda world: reverse("issuing:batch", args=[world.batch.public_id])),
        State.ERROR: Visit(lambda world: reverse("issuing:batch", args=["unknown"]), status=404),
    })

A `World` is what the crawl's database holds: built once per state by `WORLDS`, with a person for each role.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol

from django.urls import URLPattern, URLResolver, get_resolver
from playwright.sync_api import Page


class State(StrEnum):
    """How much there is to see: nothing yet, everything, or the page after something went wrong."""

    EMPTY = "empty"
    FULL = "full"
    ERROR = "error"


class Role(StrEnum):
    """Who looks: nobody in particular, or a person in one of the roles of the institution."""

    ANYBODY = "anybody"
    EARNER = "earner"
    GRANTOR = "grantor"
    ISSUER = "issuer"
    REGISTRAR = "registrar"
    PROGRAM_MANAGER = "program-manager"
    PROPOSER = "proposer"
    REVIEWER = "reviewer"
    SKILL_REVIEWER = "skill-reviewer"
    COMMITTEE = "committee"
    ADMINISTRATOR = "administrator"


class World(Protocol):
    """The rows behind a crawl. Routes read from it what their addresses need."""

    def person(self, role: Role) -> Any:
        """The user who plays this role, or None for `Role.ANYBODY`."""

    def __getattr__(self, name: str) -> Any: ...


Address = Callable[[World], str]


@dataclass(frozen=True)
class Visit:
    """One way to see a page: its address, the status to expect, and what is done there before looking."""

    address: Address
    status: int = 200
    then: Callable[[Page], None] | None = None


@dataclass(frozen=True)
class Route:
    """A page for people, by the name that the URL resolver gives it."""

    name: str
    roles: frozenset[Role] | set[Role]
    states: Mapping[State, Visit] = field(default_factory=dict)

    def visits(self) -> Iterator[tuple[Role, State, Visit]]:
        for role in sorted(self.roles):
            for state, visit in self.states.items():
                yield role, state, visit


# Addresses that are no pages for people, each with the reason why no browser looks at it. A name that ends with a colon
# or a star stands for all that begin so.
# Each audience keeps its own tables, beside this file, in the modules that stand at its end.
NOT_PAGES: dict[str, str] = {"api-v1:": "the API, which answers programs; schemathesis looks at it"}

ROUTES: tuple[Route, ...] = (
    Route("styleguide", roles={Role.ANYBODY}, states={State.FULL: Visit(lambda _world: "/styleguide")}),
)


def _world(name: str) -> Callable[[], World]:
    def build() -> World:
        from tests.support import worlds  # which knows the roles above

        made: World = getattr(worlds, name)()
        return made

    return build


# How the database of each state is made. ERROR pages are looked at in the full world.
WORLDS: dict[State, Callable[[], World]] = {State.EMPTY: _world("empty"), State.FULL: _world("full")}


def names_in_resolver() -> Iterator[str]:
    """Every address of the site, by its name; what has no name, by its path."""

    def walk(patterns: Iterable[Any], namespace: str, path: str) -> Iterator[str]:
        for pattern in patterns:
            here = path + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                below = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
                yield from walk(pattern.url_patterns, below, here)
            elif isinstance(pattern, URLPattern):
                yield f"{namespace}{pattern.name}" if pattern.name else here

    yield from sorted(set(walk(get_resolver().url_patterns, "", "/")))


def without_entry() -> list[str]:
    """The addresses that are neither in ROUTES nor in NOT_PAGES."""
    listed = {route.name for route in ROUTES}
    prefixes = tuple(name.rstrip("*") for name in NOT_PAGES if name.endswith((":", "*")))
    return [
        name
        for name in names_in_resolver()
        if name not in listed and name not in NOT_PAGES and not (prefixes and name.startswith(prefixes))
    ]


def without_address() -> list[str]:
    """The entries of ROUTES and NOT_PAGES that the URL resolver does not know (any more)."""
    known = list(names_in_resolver())
    stale = [route.name for route in ROUTES if route.name not in known]
    for name in NOT_PAGES:
        if name.endswith((":", "*")):
            stale += [] if any(one.startswith(name.rstrip("*")) for one in known) else [name]
        elif name not in known:
            stale.append(name)
    return stale


from tests.support import (  # noqa: E402 - written in the words above
    achievement_routes,
    checkin_routes,
    earner_routes,
    governance_routes,
    issuing_routes,
    program_routes,
    public_routes,
)

for _audience in (
    achievement_routes,
    checkin_routes,
    earner_routes,
    governance_routes,
    issuing_routes,
    program_routes,
    public_routes,
):
    ROUTES += _audience.ROUTES
    NOT_PAGES |= _audience.NOT_PAGES
