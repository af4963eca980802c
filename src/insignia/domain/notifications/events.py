"""News of mail, as far as a person moved it. What the sender does by itself stands in the messages."""

from dataclasses import dataclass
from typing import ClassVar

from insignia.domain.journal.events import Event


@dataclass(frozen=True, slots=True)
class MailSentAgain(Event):
    """Somebody had a mail sent that was uncertain, refused, deferred or held back."""

    name: ClassVar[str] = "notifications.sent_again"
    message: str


@dataclass(frozen=True, slots=True)
class MailMarkedSent(Event):
    """Somebody found out that an uncertain mail did go."""

    name: ClassVar[str] = "notifications.marked_sent"
    message: str


@dataclass(frozen=True, slots=True)
class MailSuppressed(Event):
    """Somebody stopped a mail before it went."""

    name: ClassVar[str] = "notifications.suppressed"
    message: str


@dataclass(frozen=True, slots=True)
class BatchSilenced(Event):
    """Somebody decided that the earners of a batch get no mail of it."""

    name: ClassVar[str] = "notifications.batch_silenced"
    batch: str


@dataclass(frozen=True, slots=True)
class TrialMailAsked(Event):
    """Somebody wants to see whether mail arrives."""

    name: ClassVar[str] = "notifications.trial_mail_asked"
    message: str


@dataclass(frozen=True, slots=True)
class MailWorded(Event):
    """An institution chose its own words for a kind of mail, or went back to ours."""

    name: ClassVar[str] = "notifications.worded"
    kind: str
    language: str


@dataclass(frozen=True, slots=True)
class RemindersStopped(Event):
    """An earner wants no reminders from this institution, or wants them again."""

    name: ClassVar[str] = "notifications.reminders_stopped"
    recipient: str
    stopped: bool
