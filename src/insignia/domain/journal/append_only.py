"""Triggers that let entries and seals be added and never changed or removed, in either database.

They hold against our own code and a careless hand at a console. Against one who drops the triggers first, the chain of
seals tells.
"""

from collections import Counter

from django.db.backends.base.base import BaseDatabaseWrapper

TABLES = {
    "journal_entry": ("id", "public_id"),
    "journal_seal": ("id", "last", "previous", "digest"),
}
"""The guarded tables, and their unique columns: through those SQLite's INSERT OR REPLACE would remove a row unasked."""

POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION journal_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$
"""
POSTGRESQL_TRIGGER = """
CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION journal_append_only()
"""


def create(vendor: str, table: str) -> list[str]:
    """The statements that make `table` append-only on `vendor` (sqlite, postgresql)."""
    if vendor == "sqlite":
        taken = " OR ".join(f"{column} = NEW.{column}" for column in TABLES[table])
        replaces = f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {taken})"  # noqa: S608 - our own constants
        return [
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} {condition} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            for verb, condition in (("UPDATE", ""), ("DELETE", ""), ("INSERT", replaces))
        ]
    return [POSTGRESQL_FUNCTION, POSTGRESQL_TRIGGER.format(table=table)]


def drop(vendor: str, table: str) -> list[str]:
    """The statements that take the triggers away: for reversing the migration and for emptying a test database."""
    if vendor == "sqlite":
        return [f"DROP TRIGGER IF EXISTS {table}_no_{verb}" for verb in ("update", "delete", "insert")]
    return [f"DROP TRIGGER IF EXISTS {table}_no_change ON {table}"]


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Tables whose triggers are gone: a migration that rebuilds a table on SQLite drops them; doctor asks here."""
    catalogue = (
        "SELECT tbl_name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
    )
    with connection.cursor() as cursor:
        cursor.execute(catalogue)
        guarded = Counter(row[0] for row in cursor.fetchall())
    return [table for table in TABLES if guarded[table] < len(drop(connection.vendor, table))]
