"""`demonstration`: the demonstration's story, told once for all tests that look at it."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from insignia.config import processes
from insignia.demo import story


@pytest.fixture(scope="module")
def _told(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The story, in a transaction around all the tests of a module; each of them begins another inside of it."""
    with django_db_blocker.unblock():
        around = transaction.atomic()
        around._from_testcase = True
        around.__enter__()
        try:
            processes.make_secrets()
            story.make()
            yield
        finally:
            transaction.set_rollback(True)
            around.__exit__(None, None, None)


@pytest.fixture
def demonstration(_told: None, db: None, settings: Any) -> None:
    """Both universities, with the demonstration's own addresses."""
    settings.ROOT_URLCONF = "insignia.demo.urls"
    settings.DEMO = True
