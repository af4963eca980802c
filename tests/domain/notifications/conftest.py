"""An institution, a mail server that keeps what it is sent, and no pace."""

import pytest


@pytest.fixture(autouse=True)
def _no_pace(settings):
    settings.MAIL_PER_MINUTE = 1_000_000
