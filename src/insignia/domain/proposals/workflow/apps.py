from django.apps import AppConfig


class WorkflowConfig(AppConfig):
    name = "insignia.domain.proposals.workflow"
    label = "workflow"

    def ready(self) -> None:
        """Periodic jobs and the preset's section must be known before anything is published."""
        from . import periodic, presets  # noqa: F401
