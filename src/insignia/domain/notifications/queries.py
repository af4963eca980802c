"""What may be asked about mail: by its institution's people, and by the sender."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Count, QuerySet

from insignia.core.errors import NotFound
from insignia.core.words import N_
from insignia.domain.access.actor import Actor
from insignia.domain.access.permissions import Permission
from insignia.domain.awards.models import Award, AwardBatch, Recipient

from . import rules
from .models import Kind, MailText, Message, MessageAward, NoReminders, Sender, SilentBatch

State = Message.State

# What a message's `reason` says, in words for people.
WHY = {
    "silent_batch": N_("It was decided that the earners of this roster get no mail."),
    "by_hand": N_("Somebody stopped it."),
    "no_longer_true": N_("It was overtaken: what it would have told no longer holds."),
    "gave_up": N_("The mail server said “not now” for a whole day."),
    "address_unwritable": N_("No mail can be written to this address."),
    "not_written": N_("It could not be written; the log of the worker says why. It is tried again."),
    "worker_died": N_("The sender stopped between sending it and noting so. Whether it arrived is not known."),
    "restored": N_("It waited when the backup was made that was restored. It may have gone since."),
    "no_answer": N_("The mail server took it and closed the connection without an answer."),
    "marked_by_hand": N_("Somebody found out that it was sent."),
}


def messages_for(actor: Actor, *, state: str = "", kind: str = "") -> QuerySet[Message]:
    """The mails of the current institution, the newest first, if `actor` may read about mail there; else none.

    Tests and mails to staff are among them. Each mail's address is personal data: pages show it to these people only.
    """
    found = Message.objects.prefetch_related("tells_of__award__achievement__current")
    if not actor.places(Permission.MAIL_READ, "institution"):
        return found.none()
    if state:
        found = found.filter(state=state)
    return found.filter(kind=kind) if kind else found


def message_for(actor: Actor, public_id: str) -> Message:
    """One mail that `actor` may read about; raises `NotFound`."""
    found = messages_for(actor).filter(public_id=public_id).first()
    if found is None:
        raise NotFound(N_("There is no such mail here."))
    return found


def messages_of(award: Award) -> QuerySet[Message]:
    """Every mail about `award`, the newest first. Whoever may see the award may see how its mails fared."""
    return Message.across_institutions.filter(tells_of__award=award, institution=award.institution_id).order_by("-pk")


def messages_of_batch(batch: AwardBatch, *, state: str = "") -> QuerySet[Message]:
    """The mails about awards of `batch`, the newest first."""
    found = Message.objects.filter(pk__in=MessageAward.objects.filter(award__batch=batch).values("message"))
    return found.filter(state=state) if state else found


def offers_of_batch_alone(batch: AwardBatch) -> QuerySet[Message]:
    """The offers that tell of nothing but awards of `batch`."""
    of_others = MessageAward.objects.exclude(award__batch=batch).values("message")
    return messages_of_batch(batch).filter(kind=Kind.OFFER).exclude(pk__in=of_others)


def counts(messages: QuerySet[Message] | None = None) -> dict[str, int]:
    """How many of `messages` (all of the current institution) are in each state; every state is there."""
    found = Message.objects.all() if messages is None else messages
    counted = dict(found.order_by().values_list("state").annotate(n=Count("pk")))
    return {state: counted.get(state, 0) for state in State.values}


def problems(actor: Actor) -> QuerySet[Message]:
    """The mails that need a person: refused ones and uncertain ones."""
    return messages_for(actor).filter(state__in=[State.REFUSED, State.UNCERTAIN])


def why(message: Message) -> str:
    """Our own words about how a mail ended, to be translated; "" when the mail server's words are all there is."""
    return WHY.get(message.reason, "")


def wordings() -> QuerySet[MailText]:
    """The current institution's own words for its mails."""
    return MailText.objects.all()


def wording(kind: str, language: str) -> MailText | None:
    """The institution's own words for mails of `kind` in `language`."""
    return MailText.objects.filter(kind=kind, language=language).first()


def is_silent(batch: AwardBatch) -> bool:
    """Whether the earners of `batch` get no mail of it."""
    return SilentBatch.objects.filter(batch=batch).exists()


def wants_no_reminders(recipient: Recipient) -> bool:
    """Whether this earner stopped reminders."""
    return NoReminders.across_institutions.filter(recipient=recipient).exists()


@dataclass(frozen=True, slots=True)
class SenderState:
    """How the way to the mail server is: for the doctor, the readiness page and the mail page."""

    waiting: int
    oldest: datetime | None
    paused_until: datetime | None
    failures: int
    last_error: str
    per_minute: int

    @property
    def is_reachable(self) -> bool:
        """Whether the server answered when it was last spoken to."""
        return self.failures == 0


def sender_state() -> SenderState:
    """How much mail waits in all institutions, since when, and why."""
    waiting = Message.across_institutions.filter(state__in=rules.WAITING)
    oldest = waiting.order_by("created_at").values_list("created_at", flat=True).first()
    row = Sender.objects.first() or Sender()
    return SenderState(
        waiting.count(), oldest, row.paused_until, row.failures, row.last_error, settings.MAIL_PER_MINUTE
    )
