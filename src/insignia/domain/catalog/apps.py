from django.apps import AppConfig


class CatalogConfig(AppConfig):
    name = "insignia.domain.catalog"
    label = "catalog"

    def ready(self) -> None:
        """The preset registry must know this app's section."""
        from . import presets  # noqa: F401
