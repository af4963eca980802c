"""Addresses of governance, all under the institution that they belong to; each subject keeps its own."""

from django.urls import URLPattern, URLResolver, include, path

from .committees.urls import pages as committees
from .intents.urls import pages as intents
from .production.urls import pages as production
from .review.urls import pages as review
from .writing.urls import pages as writing

_pages: list[URLPattern | URLResolver] = [*writing, *review, *intents, *committees, *production]
urlpatterns = [path("i/<slug:institution>/governance/", include((_pages, "governance")))]
