"""Addresses of these pages, below `/i/<institution>/governance/`."""

from django.urls import URLPattern, URLResolver

pages: list[URLPattern | URLResolver] = []
