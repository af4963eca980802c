"""`live_app`: the whole application answering HTTP on this machine, on the test's database."""

from dataclasses import dataclass
from typing import Any

import pytest


@dataclass(frozen=True)
class LiveApp:
    url: str

    def at(self, path: str) -> str:
        return self.url + path


@pytest.fixture
def live_app(live_server: Any, settings: Any) -> LiveApp:
    """The application, with its public URL in the settings being the one at which it answers.

    By name, not by number: did:web and passkeys refuse addresses. Rows are committed and removed after the test.
    """
    port = live_server.url.rsplit(":", 1)[1]
    url = f"http://localhost:{port}"
    settings.PUBLIC_URL = url
    settings.CSRF_TRUSTED_ORIGINS = [url]
    return LiveApp(url)
