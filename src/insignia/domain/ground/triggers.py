"""Columns that a database itself refuses to change once a condition holds: a second lock behind our own code."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import RunPython
from django.db.migrations.state import StateApps


@dataclass(frozen=True, slots=True)
class Frozen:
    """`columns` of `table` keep their values in rows for which `once` (an SQL condition on OLD) is true.

    `unless` is an SQL condition under which the change is allowed all the same.
    """

    table: str
    columns: Sequence[str]
    once: str
    unless: str = "FALSE"

    def create(self, vendor: str) -> list[str]:
        """The statements that lay the trigger."""
        changed = " OR ".join(f"{self._text('NEW', c, vendor)} <> {self._text('OLD', c, vendor)}" for c in self.columns)
        name = f"{self.table}_frozen"
        unless = "0" if vendor == "sqlite" and self.unless == "FALSE" else self.unless
        if vendor == "sqlite":
            return [
                f"CREATE TRIGGER {name} BEFORE UPDATE ON {self.table} "
                f"WHEN ({self.once}) AND ({changed}) AND NOT ({unless}) "
                f"BEGIN SELECT RAISE(ABORT, '{self.table}: what is signed or approved does not change'); END"
            ]
        return [
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF ({self.once}) AND ({changed}) AND NOT ({unless}) THEN "
            f"RAISE EXCEPTION '{self.table}: what is signed or approved does not change' "
            f"USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW; END $$",
            f"CREATE TRIGGER {name} BEFORE UPDATE ON {self.table} FOR EACH ROW EXECUTE FUNCTION {name}()",
        ]

    def drop(self, vendor: str) -> list[str]:
        """The statements that take it away."""
        name = f"{self.table}_frozen"
        if vendor == "sqlite":
            return [f"DROP TRIGGER IF EXISTS {name}"]
        return [f"DROP TRIGGER IF EXISTS {name} ON {self.table}", f"DROP FUNCTION IF EXISTS {name}()"]

    def operation(self) -> RunPython:
        """The migration operation that lays the trigger, and takes it away in reverse."""

        def forwards(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
            for statement in self.create(editor.connection.vendor):
                editor.execute(statement, params=None)

        def backwards(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
            for statement in self.drop(editor.connection.vendor):
                editor.execute(statement, params=None)

        return RunPython(forwards, backwards)

    @staticmethod
    def _text(row: str, column: str, vendor: str) -> str:
        """A column as something that can be compared whatever its type, with nothing for NULL."""
        kind = "text" if vendor == "postgresql" else "blob"
        return f"COALESCE(CAST({row}.{column} AS {kind}), '')"
