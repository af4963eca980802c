from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "insignia.domain.proposals.meetings"
    label = "meetings"

    def ready(self) -> None:
        """Reactions must be known before anything is published."""
        from . import reactions  # noqa: F401
