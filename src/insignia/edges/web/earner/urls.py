"""Addresses of the earner pages."""

from django.urls.resolvers import URLPattern

urlpatterns: list[URLPattern] = []
