from django.apps import AppConfig


class FrameworksConfig(AppConfig):
    name = "insignia.domain.frameworks"
    label = "frameworks"

    def ready(self) -> None:
        """The preset registry must know this app's section."""
        from . import presets  # noqa: F401
