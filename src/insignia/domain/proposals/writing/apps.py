from django.apps import AppConfig


class WritingConfig(AppConfig):
    name = "insignia.domain.proposals.writing"
    label = "proposals"
