"""Django's entry for the journal."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "insignia.domain.journal"
    label = "journal"
    verbose_name = "Journal"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Load the modules that register periodic jobs and the database's profile."""
        from insignia.domain.journal import retention, seal  # noqa: F401
