"""What people do about mails: send again, mark as sent, stop, silence, try out."""

from django.db import transaction

from insignia.core.errors import Conflict, Rejected
from insignia.core.words import N_
from insignia.domain.access.actor import Actor, Scoped
from insignia.domain.access.permissions import Permission
from insignia.domain.awards import acts
from insignia.domain.awards.models import AwardBatch, Recipient
from insignia.domain.ground import clock
from insignia.domain.institutions.models import Institution
from insignia.domain.journal.bus import publish
from insignia.domain.journal.events import Event
from insignia.domain.people.models import User

from .. import owed, queries, rules
from ..events import BatchSilenced, MailMarkedSent, MailSentAgain, MailSuppressed, RemindersStopped, TrialMailAsked
from ..models import GOVERNANCE, Kind, Message, NoReminders, SilentBatch
from .telling import new_message

State = Message.State

# Who may move a mail that is about no award; where awards are told of, it is whoever corrects those.
_RIGHTS = {
    Kind.ROLE_GIVEN: Permission.MEMBER_MANAGE,
    Kind.GRANTOR_APPOINTED: Permission.GRANTOR_APPOINT,
    Kind.BATCH_FINISHED: Permission.INSTITUTION_MANAGE,
    Kind.REQUEST_RETURNED: Permission.ISSUANCE_DECIDE,
    Kind.REQUEST_ISSUED: Permission.ISSUANCE_DECIDE,
    **dict.fromkeys(GOVERNANCE, Permission.PROPOSAL_MANAGE),
    Kind.TEST: Permission.INSTITUTION_MANAGE,
}


@transaction.atomic
def send_again(*, by: Actor, message: Message) -> None:
    """Have a mail sent that is uncertain, was refused or put off, or was held back.

    It stays the same mail by its Message-ID. One that went is not sent twice: offer the award again (`awards.reoffer`).
    """
    _require(by, message)
    if message.address.endswith(rules.FORGOTTEN):
        raise Rejected(
            N_("To whom this mail went has been forgotten. Offer the award, or give the role, again instead."),
            code="address_forgotten",
        )
    now = clock.now()
    values = {"attempts": 0, "first_tried_at": None, "not_before": now, "smtp_code": None, "smtp_text": ""}
    _move("send_again", message, reason="", **values)
    _tell(by, message, MailSentAgain(message=message.public_id))


@transaction.atomic
def mark_sent(*, by: Actor, message: Message) -> None:
    """Say that an uncertain mail did go: the mail server's log, or the earner, told so."""
    _require(by, message)
    _move("mark_sent", message, reason="marked_by_hand", sent_at=clock.now())
    _tell(by, message, MailMarkedSent(message=message.public_id))


@transaction.atomic
def suppress(*, by: Actor, message: Message) -> None:
    """Stop a mail that has not gone yet. It can be sent later all the same."""
    _require(by, message)
    _move("suppress", message, reason="by_hand")
    _tell(by, message, MailSuppressed(message=message.public_id))


def doubt_what_waits() -> int:
    """After a restore: list every mail that was not sent by then as uncertain, in every institution; gives how many.

    Between the backup and the restore they may have gone, and nothing here knows. Called by whoever runs the
    installation, before any sender starts.
    """
    waiting = Message.across_institutions.filter(state__in=[*rules.WAITING, State.SENDING])
    return waiting.update(state=State.UNCERTAIN, reason="restored")


@transaction.atomic
def silence_batch(*, by: Actor, batch: AwardBatch) -> None:
    """Let the earners of `batch` get no mail of it, from now on: they are told another way. Their offers stand."""
    by.require(acts.right_over(batch), on=batch)
    _row, made = SilentBatch.objects.get_or_create(
        batch=batch, defaults={"institution_id": batch.institution_id, "silenced_by": by.id}
    )
    queries.offers_of_batch_alone(batch).filter(state__in=rules.WAITING).update(
        state=State.SUPPRESSED, reason="silent_batch"
    )
    if made:
        publish(BatchSilenced(batch=batch.public_id), by=by, subject=("batch", batch.public_id))


@transaction.atomic
def send_test(*, by: Actor, institution: Institution, to: str) -> Message:
    """Have a test mail sent to `to`; what became of it is read from the message a moment later."""
    by.require(Permission.INSTITUTION_MANAGE, on=institution)
    if to.count("@") != 1 or len(to) > 254 or rules.one_line(to) != to or " " in to:
        raise Rejected(N_("“%(email)s” is not an e-mail address."), code="email_invalid", params={"email": to})
    asking = User.objects.filter(public_id=by.id).first()
    language = asking.language if asking else ""
    message = new_message(Kind.TEST, institution, to, language, user=asking.public_id if asking else "")
    message.save(force_insert=True)
    _tell(by, message, TrialMailAsked(message=message.public_id))
    return message


@transaction.atomic
def stop_reminders(*, by: Actor, recipient: Recipient) -> None:
    """The earner wants no reminders. The page behind the claim link calls this: whoever holds the link may say so."""
    _row, made = NoReminders.objects.get_or_create(
        recipient=recipient, defaults={"institution_id": recipient.institution_id}
    )
    if made:
        _tell_of_reminders(by, recipient, stopped=True)


@transaction.atomic
def resume_reminders(*, by: Actor, recipient: Recipient) -> None:
    """The earner wants reminders after all."""
    gone, _by_model = NoReminders.objects.filter(recipient=recipient).delete()
    if gone:
        _tell_of_reminders(by, recipient, stopped=False)


def _tell_of_reminders(by: Actor, recipient: Recipient, *, stopped: bool) -> None:
    event = RemindersStopped(recipient=recipient.public_id, stopped=stopped)
    publish(event, by=by, subject=("recipient", recipient.public_id))


def _require(by: Actor, message: Message) -> None:
    right = _RIGHTS.get(Kind(message.kind))
    if right is not None:
        by.require(right, on=message.institution)
        return
    places: list[Scoped] = list(owed.awards_of(message)) or [message.institution]
    for place in places:
        by.require(Permission.AWARD_CORRECT, on=place)


def _move(verb: str, message: Message, **values: object) -> None:
    target = rules.LIFECYCLE.take(verb, message.state, facts=frozenset()).target
    moved = Message.objects.filter(pk=message.pk, state=message.state).update(state=target, **values)
    if not moved:
        raise Conflict(N_("Something happened to this mail a moment ago. Look again."), code="state_moved")
    message.refresh_from_db()


def _tell(by: Actor, message: Message, event: Event) -> None:
    publish(event, by=by, subject=("message", message.public_id))
