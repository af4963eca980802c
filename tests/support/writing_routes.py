"""The pages where a proposal is written, for tests/support/routes.py."""

from .routes import Route

ROUTES: tuple[Route, ...] = ()
NOT_PAGES: dict[str, str] = {
    "governance:proposal_file": "a file that somebody attached",
    "governance:remark": "a form of every page that shows a proposal is sent there; it leads back",
    "governance:remark_reply": "a form of every page that shows a proposal is sent there; it leads back",
    "governance:remark_resolve": "a form of every page that shows a proposal is sent there; it leads back",
}
