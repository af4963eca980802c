from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "insignia.domain.people"
    label = "people"
