from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "insignia.domain.notifications"
    label = "notifications"

    def ready(self) -> None:
        from . import forgetting, governance, periodic, presets, reactions  # noqa: F401 - they register what they do
