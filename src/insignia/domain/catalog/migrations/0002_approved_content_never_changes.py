"""What was approved is what is awarded: a frozen version's content never changes."""

from django.db import migrations

from insignia.domain.ground.triggers import Frozen


class Migration(migrations.Migration):
    dependencies = [("catalog", "0001_initial")]
    operations = [
        Frozen(
            table="catalog_achievementversion",
            columns=["content_data", "content_hash", "number", "name", "achievement_id", "frozen_at"],
            once="OLD.frozen_at IS NOT NULL",
        ).operation()
    ]
