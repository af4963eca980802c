from django.apps import AppConfig


class InstitutionsConfig(AppConfig):
    name = "insignia.domain.institutions"
    label = "institutions"
