from django.apps import AppConfig


class ProductionConfig(AppConfig):
    name = "insignia.domain.proposals.production"
    label = "production"

    def ready(self) -> None:
        """The catalogue must know the gate, and the journal who reacts, before anything is activated or published."""
        from . import checks, periodic, presets, reactions  # noqa: F401
