"""The crawl: which visits there are, what is looked at in each, and where its pictures go.

--crawl everything    every page in every role and state, in both themes and both sizes (`./run crawl`)
--crawl once          every page once; role, state, theme and size take turns (the suite)
--crawl-into FOLDER   save a picture of each visit
"""

import itertools
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.support import routes
from tests.support.browsing import LOOKS, Browsing, Look, Violation
from tests.support.routes import Role, Route, State, Visit, World


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--crawl", choices=["once", "everything"], default="once", help="how much of the site is visited")
    parser.addoption("--crawl-into", metavar="FOLDER", help="save a picture of each page that the crawl visits")


@dataclass(frozen=True)
class Stop:
    """One visit of the crawl."""

    route: Route
    role: Role
    state: State
    visit: Visit
    look: Look

    def __str__(self) -> str:
        return f"{self.route.name}-{self.role}-{self.state}-{self.look}"


def stops(how_much: str) -> list[Stop]:
    if how_much == "everything":
        return [Stop(route, *visit, look) for route in routes.ROUTES for visit in route.visits() for look in LOOKS]
    chosen = []
    for number, route in enumerate(routes.ROUTES):
        # Looks, roles and states take turns; who may see which page at all, the permission matrix asks for every one.
        round_, look = divmod(number, len(LOOKS))
        of_role = [list(visits) for _role, visits in itertools.groupby(route.visits(), key=lambda visit: visit[0])]
        if of_role:
            visits = of_role[number % len(of_role)]
            chosen.append(Stop(route, *visits[round_ % len(visits)], LOOKS[look]))
    return chosen


@pytest.fixture
def world_of() -> Callable[[State], World]:
    """The world of a state, built in this test's database. Error pages are looked at where there is something."""

    def build(state: State) -> World:
        return routes.WORLDS[State.FULL if state is State.ERROR else state]()

    return build


class Crawler:
    """Goes to stops and collects what is wrong there, so that one run tells of every page."""

    def __init__(self, browser: Browsing, axe: Callable[[Page], list[Violation]], pictures: Path | None) -> None:
        self._browser = browser
        self._axe = axe
        self._pictures = pictures
        self.faults: list[str] = []

    def go(self, stop: Stop, world: World) -> None:
        page = self._browser.page(as_=world.person(stop.role), theme=stop.look.theme, width=stop.look.width)
        address = stop.visit.address(world)
        response = page.goto(address, wait_until="load")
        status = response.status if response else 0
        if status != stop.visit.status:
            self.faults.append(f"{stop}: {address} answered {status}, not {stop.visit.status}")
        if stop.visit.then:
            stop.visit.then(page)
        self.faults += [f"{stop}: {violation}" for violation in self._axe(page)]
        # A page that has to be pushed sideways on a telephone is broken, whatever else it is.
        wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if wider > 0:
            self.faults.append(f"{stop}: {address} is {wider} pixels wider than the window")
        if self._pictures:
            self._pictures.mkdir(parents=True, exist_ok=True)
            name = re.sub(
                r"[^\w.-]+", "_", f"{stop.route.name}.{stop.role}.{stop.state}.{stop.visit.status}.{stop.look}.png"
            )
            page.screenshot(path=self._pictures / name, full_page=True)
        self.faults += [f"{stop}: {problem}" for problem in self._browser.problems]
        self._browser.problems.clear()
        self._browser.close()


@pytest.fixture
def crawler(browser: Browsing, axe: Callable[[Page], list[Violation]], request: pytest.FixtureRequest) -> Crawler:
    folder = request.config.getoption("--crawl-into")
    return Crawler(browser, axe, Path(folder) if folder else None)


def pytest_generate_tests(metafunc: Any) -> None:
    """A test that asks for `leg` is run for every role in every state: one world, many pages."""
    if "leg" not in metafunc.fixturenames:
        return
    legs: dict[tuple[Role, State], list[Stop]] = {}
    for stop in stops(metafunc.config.getoption("--crawl")):
        legs.setdefault((stop.role, stop.state), []).append(stop)
    metafunc.parametrize("leg", list(legs.values()), ids=[f"{role}-{state}" for role, state in legs])
