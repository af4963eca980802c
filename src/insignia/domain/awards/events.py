"""News of awards: plural, ids only; one award is a chunk of one."""

from dataclasses import dataclass
from typing import ClassVar

from insignia.domain.journal.events import Event


@dataclass(frozen=True, slots=True)
class _OfAwards(Event):
    awards: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AwardsGranted(_OfAwards):
    """People earned achievements; nothing is signed yet."""

    name: ClassVar[str] = "awards.granted"


@dataclass(frozen=True, slots=True)
class AwardsHeld(_OfAwards):
    """Their credentials are signed and wait for the undo window to end; published with that moment as `not_before`."""

    name: ClassVar[str] = "awards.held"


@dataclass(frozen=True, slots=True)
class AwardsReleased(_OfAwards):
    """They are offered: their earners are told now."""

    name: ClassVar[str] = "awards.released"


@dataclass(frozen=True, slots=True)
class AwardsUndone(_OfAwards):
    """They were undone before release; the bytes are gone and the status places burned."""

    name: ClassVar[str] = "awards.undone"


@dataclass(frozen=True, slots=True)
class AwardsAccepted(_OfAwards):
    """Their earner took them."""

    name: ClassVar[str] = "awards.accepted"


@dataclass(frozen=True, slots=True)
class AwardsDeclined(_OfAwards):
    """Their earner does not want them."""

    name: ClassVar[str] = "awards.declined"


@dataclass(frozen=True, slots=True)
class AwardsReoffered(_OfAwards):
    """They are offered again; their earners are told anew."""

    name: ClassVar[str] = "awards.reoffered"


@dataclass(frozen=True, slots=True)
class AwardsReminded(_OfAwards):
    """Their earners are due a reminder."""

    name: ClassVar[str] = "awards.reminded"


@dataclass(frozen=True, slots=True)
class AwardsRevoked(_OfAwards):
    """They were revoked, for a reason that their earners are told."""

    name: ClassVar[str] = "awards.revoked"
    code: str


@dataclass(frozen=True, slots=True)
class AwardsSuspended(_OfAwards):
    """They are suspended until somebody has looked into something."""

    name: ClassVar[str] = "awards.suspended"


@dataclass(frozen=True, slots=True)
class AwardsReinstated(_OfAwards):
    """Their suspension ended."""

    name: ClassVar[str] = "awards.reinstated"


@dataclass(frozen=True, slots=True)
class AwardsSuperseded(_OfAwards):
    """They were replaced by corrected ones; `by` has the new award of each, in the same order."""

    name: ClassVar[str] = "awards.superseded"
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AwardsEnded(_OfAwards):
    """They expired, or their offer lapsed; `verb` says which."""

    name: ClassVar[str] = "awards.ended"
    verb: str


@dataclass(frozen=True, slots=True)
class VisibilityChosen(_OfAwards):
    """Their earner chose who may see them."""

    name: ClassVar[str] = "awards.visibility_chosen"
    visibility: str


@dataclass(frozen=True, slots=True)
class BatchUploaded(Event):
    """A roster came in and waits to be checked."""

    name: ClassVar[str] = "awards.batch_uploaded"
    batch: str


@dataclass(frozen=True, slots=True)
class BatchConfirmed(Event):
    """Somebody said yes to a checked roster."""

    name: ClassVar[str] = "awards.batch_confirmed"
    batch: str


@dataclass(frozen=True, slots=True)
class BatchContinued(Event):
    """A chunk of a batch is granted and there are rows left."""

    name: ClassVar[str] = "awards.batch_continued"
    batch: str
    after: int


@dataclass(frozen=True, slots=True)
class BatchFinished(Event):
    """Every row of a batch has ended one way or another."""

    name: ClassVar[str] = "awards.batch_finished"
    batch: str


@dataclass(frozen=True, slots=True)
class IssuanceRequested(Event):
    """A unit sent a request for issuance, or rows of one that it has corrected, to the Registrar."""

    name: ClassVar[str] = "awards.issuance_requested"
    request: str
    rows: int


@dataclass(frozen=True, slots=True)
class IssuanceTakenUp(Event):
    """Somebody at the Registrar's began to verify a request."""

    name: ClassVar[str] = "awards.issuance_taken_up"
    request: str


@dataclass(frozen=True, slots=True)
class IssuanceReturned(Event):
    """Rows of a request went back to the unit; each of them keeps the reason. Who sent it in is told by mail."""

    name: ClassVar[str] = "awards.issuance_returned"
    request: str
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IssuanceApproved(Event):
    """The Registrar issues rows of a request: they are awarded as one batch."""

    name: ClassVar[str] = "awards.issuance_approved"
    request: str
    batch: str
    rows: int


@dataclass(frozen=True, slots=True)
class IssuanceSettled(Event):
    """What was being issued has come to its end, and `state` is where the request stands. Told when the undo window is over."""

    name: ClassVar[str] = "awards.issuance_settled"
    request: str
    state: str


@dataclass(frozen=True, slots=True)
class GrantorAppointed(Event):
    """Somebody was appointed to award an achievement; they are told by mail."""

    name: ClassVar[str] = "awards.grantor_appointed"
    grantor: str


@dataclass(frozen=True, slots=True)
class GrantorChanged(Event):
    """An appointment changed: trained, ended."""

    name: ClassVar[str] = "awards.grantor_changed"
    grantor: str


@dataclass(frozen=True, slots=True)
class RecipientClaimed(Event):
    """An earner's record was joined to the account of whoever has shown control of its address."""

    name: ClassVar[str] = "awards.recipient_claimed"
    recipient: str


@dataclass(frozen=True, slots=True)
class MinorsRecordRead(Event):
    """A member of staff looked at the record of somebody who is, or may be, a minor."""

    name: ClassVar[str] = "awards.minors_record_read"
    recipients: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CheckInOpened(Event):
    """A list was opened on which people at an event write themselves."""

    name: ClassVar[str] = "awards.check_in_opened"
    check_in: str


@dataclass(frozen=True, slots=True)
class CheckInChanged(Event):
    """Staff did something about a check-in: `verb` is change, close, add, remove or list."""

    name: ClassVar[str] = "awards.check_in_changed"
    check_in: str
    verb: str


@dataclass(frozen=True, slots=True)
class CheckedIn(Event):
    """Somebody at an event wrote themselves on its list."""

    name: ClassVar[str] = "awards.checked_in"
    check_in: str
