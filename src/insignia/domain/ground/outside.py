"""Nothing slow happens while a transaction is open.

Signing, rendering, mailing and fetching call `assert_no_transaction()` first. An open transaction holds the only write
lock of SQLite, or rows of PostgreSQL, for as long as a slow server likes: page writes waited seconds instead of
milliseconds when signing stood inside one.
"""

from django.db import connections


class InsideTransaction(AssertionError):
    """Slow or outside work was about to start while a database transaction was open: a mistake in our code."""


def assert_no_transaction() -> None:
    """Raise InsideTransaction when this thread holds a transaction of ours open on any database.

    The transaction that Django's test cases wrap around a whole test does not count; Django marks it itself.
    """
    for connection in connections.all(initialized_only=True):
        if any(not getattr(block, "_from_testcase", False) for block in getattr(connection, "atomic_blocks", ())):
            raise InsideTransaction("A transaction is open; do slow work before or after it.")
