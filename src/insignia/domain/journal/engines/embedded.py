"""The default engine: a loop in a process of our own, woken by news where news can reach it.

On SQLite the database file itself tells: `PRAGMA data_version` changes when another process has committed, and asking
costs microseconds. On PostgreSQL the loop looks again after at most a second.
"""

import threading
import time

from django.db import connection

GLANCE = 0.05

_woken = threading.Event()


def wake() -> None:
    """End the worker's pause, if the worker lives in this process."""
    _woken.set()


def pause(seconds: float, stop: threading.Event) -> None:
    """Rest for `seconds`, or until there is news or `stop` is set."""
    until = time.monotonic() + seconds
    before = _data_version()
    while time.monotonic() < until and not stop.is_set():
        if _woken.wait(GLANCE) or _data_version() != before:
            break
    _woken.clear()


def _data_version() -> int:
    if connection.vendor != "sqlite":
        return 0
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA data_version")
        return int(cursor.fetchone()[0])
