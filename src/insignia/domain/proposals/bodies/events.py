"""News of bodies and their seats."""

from dataclasses import dataclass
from typing import ClassVar

from insignia.domain.journal.events import Event


@dataclass(frozen=True, slots=True)
class BodyChanged(Event):
    """A body was founded or described anew, or seats were added or taken away."""

    name: ClassVar[str] = "bodies.changed"
    body: str


@dataclass(frozen=True, slots=True)
class SeatTaken(Event):
    """Somebody sits on a body from now on, in a seat or as the alternate for it, or presides."""

    name: ClassVar[str] = "bodies.seat_taken"
    body: str
    seat: str
    membership: str
    place: str


@dataclass(frozen=True, slots=True)
class SeatVacated(Event):
    """Nobody sits there any more."""

    name: ClassVar[str] = "bodies.seat_vacated"
    body: str
    seat: str
    place: str
