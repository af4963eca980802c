"""News of intents."""

from dataclasses import dataclass
from typing import ClassVar

from insignia.domain.journal.events import Event


@dataclass(frozen=True, slots=True)
class IntentMoved(Event):
    """An intent was sent, logged, supported, declined, withdrawn, lapsed, or became a proposal."""

    name: ClassVar[str] = "intents.moved"
    intent: str
    verb: str
    state: str


@dataclass(frozen=True, slots=True)
class ContactLogged(Event):
    """Something was written into the support log of an intent."""

    name: ClassVar[str] = "intents.contact_logged"
    intent: str
    contact: str


@dataclass(frozen=True, slots=True)
class InvitationSent(Event):
    """Somebody was invited to propose."""

    name: ClassVar[str] = "intents.invitation_sent"
    intent: str
    invitation: str


@dataclass(frozen=True, slots=True)
class InvitationRevoked(Event):
    """The link of an invitation opens nothing any more."""

    name: ClassVar[str] = "intents.invitation_revoked"
    intent: str
    invitation: str
