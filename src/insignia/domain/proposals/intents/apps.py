from django.apps import AppConfig


class IntentsConfig(AppConfig):
    name = "insignia.domain.proposals.intents"
    label = "intents"

    def ready(self) -> None:
        """What time owes must be known before anything is published."""
        from . import periodic  # noqa: F401
