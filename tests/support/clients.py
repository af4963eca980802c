"""A client whose requests begin as on a server: without a tenant, language or zone of the test's own."""

import contextvars
from typing import Any

from django.test import Client
from django.utils import timezone, translation

from insignia.domain.ground import tenancy, tracing


class Browserlike(Client):
    """Each request works in a context of its own.

    A copy of the test's context, not an empty one: where Playwright keeps an event loop in this thread, Django keeps
    its database connections in the context, and an empty one would not see the test's transaction.
    """

    def request(self, **request: Any) -> Any:
        return contextvars.copy_context().run(self._request, **request)

    def _request(self, **request: Any) -> Any:
        tenancy._current.set(None)
        tracing._request_id.set("")
        translation.deactivate()
        timezone.deactivate()
        return super().request(**request)
