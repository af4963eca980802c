"""Every page of the site, as everyone who may see it, in a browser."""

from collections.abc import Callable

import pytest

from tests.support.crawling import Crawler, Stop
from tests.support.routes import State, World


@pytest.mark.appearance
@pytest.mark.slow
def test_every_page_answers_and_has_no_accessibility_violation(
    leg: list[Stop], crawler: Crawler, world_of: Callable[[State], World], live_app: object
) -> None:
    world = world_of(leg[0].state)
    for stop in leg:
        crawler.go(stop, world)
    assert not crawler.faults, "\n".join(crawler.faults)
