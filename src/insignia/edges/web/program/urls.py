"""Addresses of the program pages."""

from django.urls.resolvers import URLPattern

urlpatterns: list[URLPattern] = []
