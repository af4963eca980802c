"""News of proposals as they are written."""

from dataclasses import dataclass
from typing import ClassVar

from insignia.domain.journal.events import Event


@dataclass(frozen=True, slots=True)
class ProposalBegun(Event):
    """Somebody began a proposal, or cloned one."""

    name: ClassVar[str] = "proposals.begun"
    proposal: str
    kind: str


@dataclass(frozen=True, slots=True)
class ProposalDiscarded(Event):
    """A draft that nobody has reviewed was given up."""

    name: ClassVar[str] = "proposals.discarded"
    proposal: str


@dataclass(frozen=True, slots=True)
class VersionHandedIn(Event):
    """A version of a proposal was frozen: handed in, or amended by a reviewer."""

    name: ClassVar[str] = "proposals.version_handed_in"
    proposal: str
    number: int
    content_hash: str


@dataclass(frozen=True, slots=True)
class ParticipantChanged(Event):
    """Somebody writes or reads with the proposer from now on, or does no more."""

    name: ClassVar[str] = "proposals.participant_changed"
    proposal: str
    user: str
    part: str


@dataclass(frozen=True, slots=True)
class AttachmentChanged(Event):
    """A file was attached to a proposal, or taken away before it was handed in."""

    name: ClassVar[str] = "proposals.attachment_changed"
    proposal: str
    attachment: str
    verb: str


@dataclass(frozen=True, slots=True)
class RemarkMade(Event):
    """Somebody remarked on a proposal, or answered a remark."""

    name: ClassVar[str] = "proposals.remark_made"
    proposal: str
    remark: str


@dataclass(frozen=True, slots=True)
class RemarkResolved(Event):
    """A remark is settled."""

    name: ClassVar[str] = "proposals.remark_resolved"
    proposal: str
    remark: str


@dataclass(frozen=True, slots=True)
class ConsultationAsked(Event):
    """The proposer asks for a talk about the skills."""

    name: ClassVar[str] = "proposals.consultation_asked"
    proposal: str
    consultation: str
    role: str


@dataclass(frozen=True, slots=True)
class ConsultationAnswered(Event):
    """What came of such a talk is written down."""

    name: ClassVar[str] = "proposals.consultation_answered"
    proposal: str
    consultation: str
