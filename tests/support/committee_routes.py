"""The pages of committees, for tests/support/routes.py."""

from .routes import Route

ROUTES: tuple[Route, ...] = ()
NOT_PAGES: dict[str, str] = {}
