"""News of meetings and of what is on their agendas."""

from dataclasses import dataclass
from typing import ClassVar

from insignia.domain.journal.events import Event


@dataclass(frozen=True, slots=True)
class MeetingChanged(Event):
    """A meeting was planned, moved, cancelled, opened or closed: `verb` says which."""

    name: ClassVar[str] = "meetings.changed"
    meeting: str
    body: str
    verb: str
    sequence: int


@dataclass(frozen=True, slots=True)
class AgendaChanged(Event):
    """Something came on an agenda, was put in another place, tabled, taken off or described anew: `verb` says which."""

    name: ClassVar[str] = "meetings.agenda_changed"
    meeting: str
    item: str
    verb: str


@dataclass(frozen=True, slots=True)
class ItemSettled(Event):
    """A body is done with a matter on its agenda."""

    name: ClassVar[str] = "meetings.item_settled"
    meeting: str
    item: str
    outcome: str


@dataclass(frozen=True, slots=True)
class MinutesChanged(Event):
    """Minutes were written, or accepted: `verb` says which."""

    name: ClassVar[str] = "meetings.minutes_changed"
    meeting: str
    verb: str
