"""What the institution endorses, each with the credential that says so; which of them says what never changes."""

import django.db.models.deletion
from django.db import migrations, models

import insignia.domain.ground.clock
from insignia.domain.ground.triggers import Frozen


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0003_approvals"),
        ("institutions", "0001_initial"),
        ("credentials", "0002_signed_bytes_never_change"),
    ]
    operations = [
        migrations.CreateModel(
            name="Endorsement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("about", models.CharField(db_index=True, max_length=400)),
                ("created_at", models.DateTimeField(default=insignia.domain.ground.clock.now, editable=False)),
                (
                    "credential",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="credentials.issuedcredential",
                    ),
                ),
                (
                    "institution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="institutions.institution"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalog.achievementversion",
                    ),
                ),
            ],
            options={"ordering": ["pk"]},
        ),
        Frozen(
            table="credentials_endorsement", columns=["about", "credential_id", "version_id"], once="OLD.about IS NOT NULL"
        ).operation(),
    ]
