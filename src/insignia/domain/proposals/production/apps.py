from django.apps import AppConfig


class ProductionConfig(AppConfig):
    name = "insignia.domain.proposals.production"
    label = "production"
