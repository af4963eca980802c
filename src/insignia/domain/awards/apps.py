from django.apps import AppConfig


class AwardsConfig(AppConfig):
    name = "insignia.domain.awards"
    label = "awards"

    def ready(self) -> None:
        """Reactions, periodic jobs and what is forgotten must be known before anything is published."""
        from . import forgetting, periodic, reactions  # noqa: F401
