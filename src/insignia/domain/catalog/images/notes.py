"""What a picture wants to say to the person who made it."""

from collections.abc import Mapping
from typing import Any


class Note(str):
    """A warning. It reads as English; an edge may translate `message` and fill in `params` itself."""

    message: str
    params: Mapping[str, Any]

    def __new__(cls, message: str, **params: Any) -> "Note":
        """`message` is marked by `N_` where it is written."""
        note = super().__new__(cls, message % params if params else message)
        note.message = message
        note.params = params
        return note
