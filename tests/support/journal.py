"""Emptying the test database between transactional tests, though the journal refuses to be emptied.

In production nothing takes the triggers away. A test that commits for real is cleaned up by Django's `flush`, so here,
and only here, they step aside for that moment.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction

from insignia.domain.journal import append_only


@pytest.fixture(scope="session", autouse=True)
def _the_journal_may_be_emptied_between_tests() -> Iterator[None]:
    operations = type(connection.ops)
    real = operations.execute_sql_flush

    def flush(self: Any, sql_list: list[str]) -> None:
        vendor = self.connection.vendor
        with transaction.atomic(using=self.connection.alias), self.connection.cursor() as cursor:
            present = [
                table for table in append_only.TABLES if table in self.connection.introspection.table_names(cursor)
            ]
            for table in present:
                for statement in append_only.drop(vendor, table):
                    cursor.execute(statement)
            real(self, sql_list)
            for table in present:
                for statement in append_only.create(vendor, table):
                    cursor.execute(statement)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(operations, "execute_sql_flush", flush)
        yield
