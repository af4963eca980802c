"""The pages: one include an audience, so that the map fits on a screen."""

from django.urls import include, path

from . import styleguide

urlpatterns = [
    path("accounts/", include("allauth.urls")),
    path("styleguide", styleguide.styleguide, name="styleguide"),
    path("", include("insignia.edges.web.public.urls")),
    path("", include("insignia.edges.web.earner.urls")),
    path("", include("insignia.edges.web.issuing.urls")),
    path("", include("insignia.edges.web.governance.urls")),
    path("", include("insignia.edges.web.program.urls")),
]
