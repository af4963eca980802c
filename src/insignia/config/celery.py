"""Celery's way in: `celery --app insignia.config.celery worker`. Imported only where the extra `scale` is installed."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "insignia.config.settings")
django.setup()

from insignia.domain.journal.engines.celery import app  # noqa: E402 - Django's models must be loaded first

__all__ = ["app"]
