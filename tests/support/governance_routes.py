"""The pages of governance, for tests/support/routes.py: a module for each subject, so that each keeps its own."""

from . import (
    committee_routes,
    intent_routes,
    production_routes,
    review_routes,
    writing_routes,
)
from .routes import Route

ROUTES: tuple[Route, ...] = ()
NOT_PAGES: dict[str, str] = {}
for _subject in (writing_routes, review_routes, intent_routes, committee_routes, production_routes):
    ROUTES += _subject.ROUTES
    NOT_PAGES |= _subject.NOT_PAGES
