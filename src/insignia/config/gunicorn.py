"""What gunicorn is told beside its command line: to end when the process that looks after it is gone."""

import os
import signal
from typing import Any

import django


def on_starting(server: Any) -> None:
    """Tie this process to its parent, so that no web process is left behind without one."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "insignia.config.settings")
    django.setup()
    from insignia.domain.journal import supervisor

    supervisor.tether(lambda: os.kill(os.getpid(), signal.SIGTERM))
