from django.apps import AppConfig


class AwardsConfig(AppConfig):
    name = "insignia.domain.awards"
    label = "awards"

    def ready(self) -> None:
        """Reactions and periodic jobs must be known before anything is published."""
        from . import periodic, reactions  # noqa: F401
