from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "insignia.edges.web"
    label = "web"

    def ready(self) -> None:
        from . import accounts  # noqa: F401 - it listens to allauth
