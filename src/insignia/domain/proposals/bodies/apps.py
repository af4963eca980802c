from django.apps import AppConfig


class BodiesConfig(AppConfig):
    name = "insignia.domain.proposals.bodies"
    label = "bodies"

    def ready(self) -> None:
        """The preset registry must know this app's section."""
        from . import presets  # noqa: F401
