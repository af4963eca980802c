"""What is to be told, to whom, and how far it got."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from insignia.domain.awards.models import Award, AwardBatch, Recipient
from insignia.domain.ground import clock
from insignia.domain.ground.ids import PublicIdField
from insignia.domain.ground.tenancy import Tenanted

from .rules import WAITING


class Kind(models.TextChoices):
    """What a mail is about."""

    OFFER = "offer", _("A badge to claim")
    REOFFER = "reoffer", _("A badge to claim, again")
    REMINDER = "reminder", _("Reminder of a badge to claim")
    REVOKED = "revoked", _("A badge was revoked")
    SUSPENDED = "suspended", _("A badge was suspended")
    REINSTATED = "reinstated", _("A badge is valid again")
    SUPERSEDED = "superseded", _("A badge was corrected")
    EXPIRING = "expiring", _("A badge will expire")
    EXPIRED = "expired", _("A badge has expired")
    GRANTOR_APPOINTED = "grantor_appointed", _("Appointment as a Grantor")
    ROLE_GIVEN = "role_given", _("Invitation to a role")
    BATCH_FINISHED = "batch_finished", _("A roster is done")
    REQUEST_RETURNED = "request_returned", _("A request for issuance came back")
    REQUEST_ISSUED = "request_issued", _("A request for issuance was issued")
    TASK_ASKED = "task_asked", _("A decision is asked for")
    TASK_REMINDER = "task_reminder", _("Reminder of a decision")
    TASK_ESCALATED = "task_escalated", _("A proposal that waits too long")
    PROPOSAL_RETURNED = "proposal_returned", _("Changes requested in a proposal")
    PROPOSAL_ENDED = "proposal_ended", _("A proposal has ended")
    REMARK_MADE = "remark_made", _("A remark on a proposal")
    PARTICIPANT_ADDED = "participant_added", _("Writing a proposal together")
    CONSULTATION_ASKED = "consultation_asked", _("A consultation was asked for")
    CONSULTATION_DONE = "consultation_done", _("A consultation was answered")
    INTENT_RECEIVED = "intent_received", _("A new intent")
    INTENT_DECLINED = "intent_declined", _("An intent was declined")
    PROPOSAL_INVITED = "proposal_invited", _("Invitation to propose")
    DELEGATION_GIVEN = "delegation_given", _("Acting in somebody’s place")
    DIGEST = "digest", _("Digest of watched proposals")
    TEST = "test", _("Test mail")


# What is told about intents and proposals, to those who work with them.
GOVERNANCE = (
    Kind.TASK_ASKED,
    Kind.TASK_REMINDER,
    Kind.TASK_ESCALATED,
    Kind.PROPOSAL_RETURNED,
    Kind.PROPOSAL_ENDED,
    Kind.REMARK_MADE,
    Kind.PARTICIPANT_ADDED,
    Kind.CONSULTATION_ASKED,
    Kind.CONSULTATION_DONE,
    Kind.INTENT_RECEIVED,
    Kind.INTENT_DECLINED,
    Kind.PROPOSAL_INVITED,
    Kind.DELEGATION_GIVEN,
    Kind.DIGEST,
)


class MailText(Tenanted):
    """An institution's own words for one kind of mail in one language. Where there are none, the house's are used."""

    public_id = PublicIdField()
    kind = models.CharField(_("Kind"), max_length=20, choices=Kind.choices)
    language = models.CharField(_("Language"), max_length=12)
    subject = models.CharField(_("Subject"), max_length=200, blank=True)
    body = models.TextField(_("Text"), blank=True)
    updated_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint("institution", "kind", "language", name="mail_text_once")]
        ordering = ["kind", "language"]


class Message(Tenanted):
    """One mail. It holds ids, and is put into words when it is sent: no secret of a link lies in the database."""

    class State(models.TextChoices):
        PENDING = "pending", _("Waiting")
        SENDING = "sending", _("Being sent")
        SENT = "sent", _("Sent")
        DEFERRED = "deferred", _("Put off by the mail server")
        REFUSED = "refused", _("Refused")
        UNCERTAIN = "uncertain", _("Uncertain")
        SUPPRESSED = "suppressed", _("Not sent")

    public_id = PublicIdField()
    kind = models.CharField(max_length=20, choices=Kind.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PENDING)
    # Why it is not sent, as a code that `queries.why` puts into words; what the mail server said stands below.
    reason = models.CharField(max_length=40, blank=True)
    address = models.CharField(max_length=254)
    recipient = models.CharField(max_length=26, blank=True)
    user = models.CharField(max_length=26, blank=True)
    language = models.CharField(max_length=12)
    subject = models.CharField(max_length=250, blank=True)
    params = models.JSONField(default=dict)
    # The entry of the journal that made it, where no award is told of: the same news twice makes one mail.
    cause = models.CharField(max_length=60, blank=True)
    is_urgent = models.BooleanField(default=False)
    message_id = models.CharField(max_length=250, unique=True, editable=False)
    # Grows with everything that is added, so that a sender notices that what it holds is not the whole any more.
    revision = models.PositiveIntegerField(default=1)
    attempts = models.PositiveIntegerField(default=0)
    not_before = models.DateTimeField(default=clock.now)
    first_tried_at = models.DateTimeField(null=True)
    sender_token = models.PositiveIntegerField(null=True)
    smtp_code = models.PositiveSmallIntegerField(null=True)
    smtp_text = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "kind", "address", "cause"], condition=~models.Q(cause=""), name="message_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="sending") | models.Q(sender_token__isnull=False), name="sending_has_sender"
            ),
        ]
        ordering = ["-pk"]
        indexes = [
            models.Index(
                fields=["institution", "-is_urgent", "id"],
                condition=models.Q(state__in=WAITING),
                name="message_waiting",
            ),
            models.Index(
                fields=["address", "id"], condition=models.Q(state__in=WAITING), name="message_waiting_address"
            ),
            models.Index(fields=["institution", "state"], name="message_state"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}: {self.state}"


class MessageAward(Tenanted):
    """A mail tells of an award. The constraint is the promise: one award is offered by one mail, whatever crashes.

    `cause` is empty for the offer; other news of an award names its entry in the journal, and is told once as well.
    """

    message = models.ForeignKey(Message, models.CASCADE, related_name="tells_of")
    award = models.ForeignKey(Award, models.PROTECT, related_name="messages")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    cause = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint("award", "kind", "cause", name="award_told_once")]
        ordering = ["pk"]


class SilentBatch(Tenanted):
    """The earners of this batch get no mail of its awards: somebody tells them another way."""

    batch = models.OneToOneField(AwardBatch, models.CASCADE, related_name="+")
    silenced_by = models.CharField(max_length=26)
    created_at = models.DateTimeField(default=clock.now, editable=False)


class NoReminders(Tenanted):
    """This earner wants no reminders."""

    recipient = models.OneToOneField(Recipient, models.CASCADE, related_name="+")
    created_at = models.DateTimeField(default=clock.now, editable=False)


class Sender(models.Model):
    """The installation's one way to the mail server: who is talking to it, how fast, and why it rests."""

    holder = models.CharField(max_length=300, blank=True)
    # Grows with every turn: whoever holds an older number has lost it.
    token = models.PositiveIntegerField(default=0)
    leased_until = models.DateTimeField(null=True)
    next_at = models.DateTimeField(default=clock.now)
    paused_until = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)
    last_error = models.CharField(max_length=500, blank=True)
    last_institution = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.holder} {self.token}"
