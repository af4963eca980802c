from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "insignia.domain.notifications"
    label = "notifications"
