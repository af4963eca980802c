"""Who holds the database: an upgrade wants it for itself, and says so where somebody is still at work.

On SQLite those who serve hold a place beside the database together, and the worker holds one alone; an upgrade takes
both, so that nobody starts meanwhile. PostgreSQL itself knows who is connected, from whichever machine.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

from insignia.core.errors import Conflict
from insignia.core.words import N_
from insignia.domain.journal import supervisor

_OTHERS = """
SELECT coalesce(nullif(application_name, ''), 'somebody') || coalesce(' at ' || host(client_addr), '') FROM pg_stat_activity
WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid() ORDER BY pid
"""


@contextmanager
def together() -> Iterator[None]:
    """Serve, beside others who serve. Conflict `upgrading` while an upgrade has the database for itself."""
    with _place(fcntl.LOCK_SH, N_("The database is being upgraded. Start again once that is done."), "upgrading"):
        yield


@contextmanager
def alone() -> Iterator[None]:
    """Have the database for oneself. Conflict `in_use` where somebody serves or works."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(_OTHERS)
            others = [row[0] for row in cursor.fetchall()]
        if others:
            raise Conflict(
                N_("Others are connected to the database. Stop `insignia serve` and every `insignia worker` first."),
                code="in_use",
                details=others,
            )
    in_use = N_("`insignia serve` is running on this database. Stop it first.")
    with _place(fcntl.LOCK_EX, in_use, "in_use"), supervisor.only_worker_of_sqlite():
        yield


@contextmanager
def _place(how: int, taken: str, code: str) -> Iterator[None]:
    if connection.vendor != "sqlite":
        yield
        return
    path = Path(connection.settings_dict["NAME"]).with_suffix(".serving-lock")
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as file:
        try:
            fcntl.flock(file, how | fcntl.LOCK_NB)
        except OSError:
            raise Conflict(taken, code=code) from None
        yield
