"""Entries and seals become append-only in the database itself."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from insignia.domain.journal import append_only


def guard(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for table in append_only.TABLES:
        for statement in append_only.create(schema_editor.connection.vendor, table):
            schema_editor.execute(statement, params=None)


def unguard(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for table in append_only.TABLES:
        for statement in append_only.drop(schema_editor.connection.vendor, table):
            schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]
    operations = [migrations.RunPython(guard, unguard)]
