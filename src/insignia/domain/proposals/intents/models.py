"""Intents, what was talked about them, and invitations to propose."""

from collections.abc import Sequence

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from insignia.domain.access.actor import Scope
from insignia.domain.ground import clock
from insignia.domain.ground.ids import PublicIdField
from insignia.domain.ground.tenancy import Tenanted
from insignia.domain.institutions.models import TaxonomyLevel, Unit
from insignia.domain.proposals.forms.models import FormVersion
from insignia.domain.proposals.writing.models import Proposal


class Intent(Tenanted):
    """That somebody thinks of a micro-credential: sent by form, or logged by the office from a mail."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("New")
        IN_SUPPORT = "in_support", _("In support")
        INVITED = "invited", _("Invited")
        CONVERTED = "converted", _("Became a proposal")
        DECLINED = "declined", _("Declined")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        LAPSED = "lapsed", _("Invitation lapsed")

    class Channel(models.TextChoices):
        FORM = "form", _("Form")
        EMAIL = "email", _("E-mail")
        TALK = "talk", _("Conversation")

    public_id = PublicIdField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT)
    channel = models.CharField(max_length=10, choices=Channel.choices, default=Channel.FORM)
    title = models.CharField(_("Working title"), max_length=200)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="intents")
    level = models.ForeignKey(TaxonomyLevel, models.PROTECT, null=True, blank=True, related_name="+")
    # Whoever has it in mind; of a logged mail there may be no account yet, only the name and the address.
    proposer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    contact_name = models.CharField(_("Name"), max_length=200, blank=True)
    contact_email = models.EmailField(_("E-mail address"), blank=True)
    form = models.ForeignKey(FormVersion, models.PROTECT, null=True, blank=True, related_name="+")
    answers = models.JSONField(default=dict)
    note = models.TextField(_("What it is about"), blank=True)
    reason = models.CharField(max_length=500, blank=True)
    assignee = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    next_action = models.CharField(_("Next step"), max_length=300, blank=True)
    next_action_on = models.DateField(_("On"), null=True, blank=True)
    received_on = models.DateField(_("Received on"), null=True, blank=True)
    first_contact_on = models.DateField(null=True, blank=True)
    proposal = models.ForeignKey(Proposal, models.SET_NULL, null=True, blank=True, related_name="intents")
    search_text = models.TextField(blank=True, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    updated_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["institution", "state"])]

    def __str__(self) -> str:
        return self.title

    def scopes(self) -> Sequence[Scope]:
        return (Scope("intent", self.public_id), *self.unit.scopes())

    @property
    def contact(self) -> str:
        """Whom to talk to, by name."""
        return str(self.proposer) if self.proposer else self.contact_name or self.contact_email

    @property
    def address(self) -> str:
        """Where to write."""
        return self.proposer.email if self.proposer else self.contact_email


class Contact(Tenanted):
    """One entry of the support log: a contact, or a note."""

    class Kind(models.TextChoices):
        MAIL = "mail", _("E-mail")
        CALL = "call", _("Call")
        MEETING = "meeting", _("Meeting")
        NOTE = "note", _("Note")

    class Audience(models.TextChoices):
        SHARED = "shared", _("Also for the proposer")
        OFFICE = "office", _("For the office only")

    public_id = PublicIdField()
    intent = models.ForeignKey(Intent, models.CASCADE, related_name="contacts")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.NOTE)
    audience = models.CharField(max_length=10, choices=Audience.choices, default=Audience.OFFICE)
    on = models.DateField(_("On"))
    text = models.TextField(_("What was said"))
    file_name = models.CharField(max_length=200, blank=True)
    file_type = models.CharField(max_length=100, blank=True)
    file = models.BinaryField(null=True, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["on", "pk"]


class Invitation(Tenanted):
    """Lets one person begin the proposal of one intent. The link is derived from its id, never stored."""

    public_id = PublicIdField()
    intent = models.ForeignKey(Intent, models.CASCADE, related_name="invitations")
    address = models.EmailField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(default=clock.now, editable=False)
    expires_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
