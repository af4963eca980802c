from django.apps import AppConfig


class CredentialsConfig(AppConfig):
    name = "insignia.domain.credentials"
    label = "credentials"
