from django.apps import AppConfig


class CatalogConfig(AppConfig):
    name = "insignia.domain.catalog"
    label = "catalog"

    def ready(self) -> None:
        """The preset registry must know this app's section, and the journal what is done about its news."""
        from . import presets, reactions  # noqa: F401
