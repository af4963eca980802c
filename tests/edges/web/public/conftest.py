"""What the tests of the public pages find: nobody has asked before, and credentials of an earner who shows them."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache

from insignia.domain.awards import actions as awards
from tests.support import builders


@pytest.fixture(autouse=True)
def nobody_asked_before() -> Iterator[None]:
    """How often an address asks is counted in the cache, which outlives a test."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def shown() -> Callable[..., Any]:
    """`shown(award)`: the award, taken by its earner, who lets everybody see it (or whoever has the `link`)."""

    def show(award: Any = None, *, visibility: str = "public", **values: Any) -> Any:
        taken = builders.accepted(award or builders.an_award(**values))
        awards.set_visibility(by=builders.acting(taken.recipient.user), award=taken, visibility=visibility)
        return builders.again(taken)

    return show
