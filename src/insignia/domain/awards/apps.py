from django.apps import AppConfig


class AwardsConfig(AppConfig):
    name = "insignia.domain.awards"
    label = "awards"

    def ready(self) -> None:
        """Reactions must be known before anything is published."""
        from . import reactions  # noqa: F401
