"""The pages where the programme is run."""

from insignia.edges.web.desk_page import DeskPages, carried_out, status_of

__all__ = ["address", "carried_out", "done", "page", "status_of", "undone"]

_pages = DeskPages("program")
page, address, done, undone = _pages.page, _pages.address, _pages.done, _pages.undone
