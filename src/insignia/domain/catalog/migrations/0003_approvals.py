"""Which bodies approved a version stands on it, and who approved it never changes either once it is frozen."""

from django.db import migrations, models

from insignia.domain.ground.triggers import Frozen

_COLUMNS = ["content_data", "content_hash", "number", "name", "achievement_id", "frozen_at"]
_before = Frozen(
    table="catalog_achievementversion", columns=_COLUMNS, once="OLD.frozen_at IS NOT NULL"
).operation()
_after = Frozen(
    table="catalog_achievementversion",
    columns=[*_COLUMNS, "approved_by", "approved_on", "approvals_data"],
    once="OLD.frozen_at IS NOT NULL",
).operation()


class Migration(migrations.Migration):
    dependencies = [("catalog", "0002_approved_content_never_changes")]
    operations = [
        # SQLite builds the table anew for the column, and with it the trigger would be lost: it is laid again, wider.
        migrations.RunPython(_before.reverse_code, _before.code),
        migrations.AddField(
            model_name="achievementversion",
            name="approvals_data",
            field=models.JSONField(blank=True, default=list, editable=False),
        ),
        _after,
    ]
