"""Addresses of the issuing pages."""

from django.urls.resolvers import URLPattern

urlpatterns: list[URLPattern] = []
