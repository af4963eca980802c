from django.apps import AppConfig


class FormsConfig(AppConfig):
    name = "insignia.domain.proposals.forms"
    label = "proposal_forms"

    def ready(self) -> None:
        """The preset registry must know this app's section."""
        from . import presets  # noqa: F401
