"""What changes about routes and about proposals on them, by subject."""

from .deciding import convene, decide
from .delegating import delegate, end_delegation
from .editing import amend
from .handing_in import resubmit, submit
from .routing import set_route
from .ticking import tick
from .watching import unwatch, watch

__all__ = [
    "amend",
    "convene",
    "decide",
    "delegate",
    "end_delegation",
    "resubmit",
    "set_route",
    "submit",
    "tick",
    "unwatch",
    "watch",
]
