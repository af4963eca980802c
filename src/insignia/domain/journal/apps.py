"""Django's entry for the journal."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "insignia.domain.journal"
    label = "journal"
    verbose_name = "Journal"
    default_auto_field = "django.db.models.BigAutoField"
