"""What changes about achievements, their versions, templates and images: one verb a function, by subject."""

from .activating import activate, move, reactivate, what_is_missing
from .approving import note_approvals
from .artwork import add_artwork, drop_artwork
from .bringing_in import Outcome, bring_in, check_drawable, complete_arrivals
from .drafting import default_type, draft_achievement, place_achievement, write_draft
from .dressing import dress_draft
from .taking_over import Wanted, take_over
from .templates import add_template, apply_templates

__all__ = [
    "Outcome",
    "Wanted",
    "activate",
    "add_artwork",
    "add_template",
    "apply_templates",
    "bring_in",
    "check_drawable",
    "complete_arrivals",
    "default_type",
    "draft_achievement",
    "dress_draft",
    "drop_artwork",
    "move",
    "note_approvals",
    "place_achievement",
    "reactivate",
    "take_over",
    "what_is_missing",
    "write_draft",
]
