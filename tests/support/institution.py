"""`institution`: one that is ready to issue, with the tenant set to it; for tests that need nothing special of it."""

from collections.abc import Iterator

import pytest

from insignia.domain.institutions.models import Institution
from tests.support import builders


@pytest.fixture
def institution(db: None) -> Iterator[Institution]:
    with builders.an_institution() as institution:
        yield institution
