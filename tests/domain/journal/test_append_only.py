"""Entries and seals can be added, and neither changed nor removed, whatever the tool."""

import pytest
from django.db import DatabaseError, connection, transaction

from insignia.domain.journal import append_only
from insignia.domain.journal.models import Entry, Seal

from .news import tell

pytestmark = pytest.mark.django_db


def refused(work):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        work()


def sql(statement):
    def run():
        with connection.cursor() as cursor:
            cursor.execute(statement)

    return run


def test_an_entry_can_neither_be_changed_nor_removed(college):
    entry = tell(college, "x")
    entry.reason = "another"
    refused(entry.save)
    refused(entry.delete)
    refused(lambda: Entry.objects.update(author="somebody else"))
    refused(sql("UPDATE journal_entry SET reason = 'x'"))
    refused(sql("DELETE FROM journal_entry"))
    assert Entry.objects.get().reason == ""


def test_an_entry_cannot_be_replaced_by_another_under_its_key(college):
    entry = tell(college, "x")
    with pytest.raises(DatabaseError), transaction.atomic():
        Entry(pk=entry.pk, public_id=entry.public_id, name="forged", author="x").save(force_insert=True)
    assert Entry.objects.get().name == entry.name


@pytest.mark.parametrize("same", ["id", "public_id"])
def test_the_databases_own_ways_round_are_closed(college, same):
    tell(college, "x")
    columns = [field.column for field in Entry._meta.concrete_fields]
    chosen = ", ".join(column if column == same or column not in ("id", "public_id") else "'9'" for column in columns)
    ways = {
        "sqlite": f"INSERT OR REPLACE INTO journal_entry ({', '.join(columns)}) SELECT {chosen} FROM journal_entry",
        "postgresql": "TRUNCATE journal_entry CASCADE",
    }
    refused(sql(ways[connection.vendor]))


def test_a_seal_can_neither_be_changed_nor_removed():
    Seal.objects.create(first=1, last=1, count=1, previous="0" * 64, digest="1" * 64, leaves=b"")
    refused(lambda: Seal.objects.update(digest="2" * 64))
    refused(lambda: Seal.objects.all().delete())


def test_missing_triggers_are_noticed(college):
    assert append_only.missing(connection) == []
    for statement in append_only.drop(connection.vendor, "journal_entry")[:1]:
        sql(statement)()
    assert append_only.missing(connection) == ["journal_entry"]
