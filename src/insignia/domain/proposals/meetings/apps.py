from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "insignia.domain.proposals.meetings"
    label = "meetings"
