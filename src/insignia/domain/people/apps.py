from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "insignia.domain.people"
    label = "people"

    def ready(self) -> None:
        from . import forgetting  # noqa: F401 - it registers what is forgotten
