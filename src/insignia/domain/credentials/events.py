"""News of keys and status lists."""

from dataclasses import dataclass
from typing import ClassVar

from insignia.domain.journal.events import Event


@dataclass(frozen=True, slots=True)
class KeyStateChanged(Event):
    """A signing key was prepared, activated, retired or found compromised."""

    name: ClassVar[str] = "credentials.key_state_changed"
    key: str
    state: str


@dataclass(frozen=True, slots=True)
class StatusChanged(Event):
    """Credentials were revoked, suspended or reinstated in their status lists."""

    name: ClassVar[str] = "credentials.status_changed"
    credentials: tuple[str, ...]
    verb: str


@dataclass(frozen=True, slots=True)
class VersionEndorsed(Event):
    """The institution's endorsement of an approved version was signed, one a variant."""

    name: ClassVar[str] = "credentials.version_endorsed"
    achievement: str
    number: int
    endorsements: tuple[str, ...]
