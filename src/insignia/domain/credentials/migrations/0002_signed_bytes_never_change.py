"""Signed bytes never change. They may only be forgotten, when an award is undone before anybody saw it."""

from django.db import migrations

from insignia.domain.ground.triggers import Frozen


class Migration(migrations.Migration):
    dependencies = [("credentials", "0001_initial")]
    operations = [
        Frozen(
            table="credentials_issuedcredential",
            columns=["document", "sha256", "public_id", "status_index", "status_list_id"],
            once="OLD.document IS NOT NULL",
            unless="NEW.document IS NULL AND NEW.state = 'dropped'",
        ).operation()
    ]
