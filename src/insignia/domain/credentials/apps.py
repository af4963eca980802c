from django.apps import AppConfig


class CredentialsConfig(AppConfig):
    name = "insignia.domain.credentials"
    label = "credentials"

    def ready(self) -> None:
        """Reactions must be known before anything is published."""
        from . import reactions  # noqa: F401
