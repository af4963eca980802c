"""What changes about meetings, by subject."""

from .arranging import add_item, describe_item, discuss, drop_item, move_item, put, table
from .filling import fill, fill_next
from .minuting import accept_minutes, write_minutes
from .planning import cancel_meeting, close_meeting, move_meeting, note_present, open_meeting, plan_meeting
from .recording import close_vote, convene, recuse, settle, settle_free, take_record, vote

__all__ = [
    "accept_minutes",
    "add_item",
    "cancel_meeting",
    "close_meeting",
    "close_vote",
    "convene",
    "describe_item",
    "discuss",
    "drop_item",
    "fill",
    "fill_next",
    "move_item",
    "move_meeting",
    "note_present",
    "open_meeting",
    "plan_meeting",
    "put",
    "recuse",
    "settle",
    "settle_free",
    "table",
    "take_record",
    "vote",
    "write_minutes",
]
