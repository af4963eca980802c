"""What is done about news of the catalogue: images are drawn, anew when their day has come."""

from typing import Any

from insignia.domain.journal.bus import subscribe
from insignia.domain.journal.models import Entry

from . import actions, redrawing


@subscribe("catalog.template_planned", name="catalog.redraw")
def redraw(data: dict[str, Any], entry: Entry) -> None:
    """Draw the images of a few achievements with the templates that were chosen."""
    redrawing.redraw(data["achievements"], template=data.get("template", ""))


@subscribe("catalog.achievements_brought_in", name="catalog.complete_arrivals")
def complete_arrivals(data: dict[str, Any], entry: Entry) -> None:
    """Make achievements active that came in from a file."""
    actions.complete_arrivals(data["achievements"], on_behalf_of=entry.author)
