"""The pages where badges are proposed, reviewed, decided on and produced."""

from insignia.edges.web.desk_page import DeskPages, carried_out, status_of

__all__ = ["address", "carried_out", "done", "page", "status_of", "undone"]

_pages = DeskPages("governance")
page, address, done, undone = _pages.page, _pages.address, _pages.done, _pages.undone
