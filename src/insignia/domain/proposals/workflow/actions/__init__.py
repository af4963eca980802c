"""What changes about routes and about proposals on them, by subject."""

from .deciding import convene, decide
from .delegating import delegate, end_delegation
from .editing import amend
from .enclosing import File
from .handing_in import resubmit, submit
from .looking import note_look
from .registering import register_request
from .routing import set_route
from .ticking import tick
from .watching import unwatch, watch

__all__ = [
    "File",
    "amend",
    "convene",
    "decide",
    "delegate",
    "end_delegation",
    "note_look",
    "register_request",
    "resubmit",
    "set_route",
    "submit",
    "tick",
    "unwatch",
    "watch",
]
