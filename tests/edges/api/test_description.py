"""The API does what its description says, for whatever a machine thinks of sending (schemathesis)."""

from collections.abc import Iterator

import pytest
import schemathesis
from django.core import signals
from django.db import close_old_connections
from hypothesis import HealthCheck, settings

from insignia.config.wsgi import application
from insignia.domain.access.permissions import Permission
from tests.edges.api.test_v1 import token_of
from tests.support.builders import a_member, an_achievement

schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)


@pytest.fixture
def one_connection() -> Iterator[None]:
    """As Django's own test client does: the end of a request does not close the connection that the test works on."""
    signals.request_started.disconnect(close_old_connections)
    signals.request_finished.disconnect(close_old_connections)
    yield
    signals.request_started.connect(close_old_connections)
    signals.request_finished.connect(close_old_connections)


@pytest.fixture
def secret(institution: object, one_connection: None) -> str:
    an_achievement(level="souvenir")
    administrator = a_member("administrator")
    return token_of(administrator, *(right for right in Permission if administrator.may_somewhere(right)))


@schema.parametrize()
@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
def test_every_operation_answers_as_described(case: schemathesis.Case, secret: str) -> None:
    case.call_and_validate(headers={"Authorization": f"Bearer {secret}"})
