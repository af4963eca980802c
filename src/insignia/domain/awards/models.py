"""Who earned what: recipients, grantors, awards, and the batches in which they come."""

from collections.abc import Sequence
from datetime import date

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from insignia.domain.access.actor import Scope
from insignia.domain.catalog.models import Achievement, AchievementVersion, BadgeImage
from insignia.domain.credentials.models import IssuedCredential
from insignia.domain.ground import clock
from insignia.domain.ground.ids import PublicIdField
from insignia.domain.ground.tenancy import Tenanted
from insignia.domain.institutions.models import Membership


class Recipient(Tenanted):
    """An institution's record of an earner; claiming links it to a person who signs in."""

    class AgeBand(models.TextChoices):
        UNKNOWN = "unknown", _("Not known")
        UNDER_13 = "under_13", _("Under 13")
        FROM_13_TO_17 = "13_to_17", _("13 to 17")
        ADULT = "adult", _("Adult")

    public_id = PublicIdField()
    name = models.CharField(_("Name, as printed"), max_length=200)
    email = models.EmailField(_("E-mail address"), max_length=254)
    email_given = models.CharField(max_length=254, editable=False)
    external_id = models.CharField(_("Student or staff number"), max_length=80, blank=True)
    age_band = models.CharField(max_length=10, choices=AgeBand.choices, default=AgeBand.UNKNOWN)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="recipient_records"
    )
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint("institution", "email", name="recipient_email_once")]
        ordering = ["name"]
        indexes = [models.Index(fields=["institution", "external_id"], name="recipient_external_id")]

    def __str__(self) -> str:
        return self.name

    def scopes(self) -> Sequence[Scope]:
        return (Scope("recipient", self.public_id), *self.institution.scopes())


class Consent(Tenanted):
    """A person agreed to something, on a basis, by a text; it may be withdrawn."""

    public_id = PublicIdField()
    recipient = models.ForeignKey(Recipient, models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=40)
    subject = models.CharField(max_length=26, blank=True)
    basis = models.CharField(max_length=80)
    text_version = models.CharField(max_length=40)
    recorded_by = models.CharField(max_length=26)
    given_on = models.DateField()
    created_at = models.DateTimeField(default=clock.now, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True)


class ClaimLink(Tenanted):
    """A link that was mailed to a recipient. Only its public id is kept; the secret half is derived (see `claims.py`)."""

    public_id = PublicIdField()
    recipient = models.ForeignKey(Recipient, models.CASCADE, related_name="claim_links")
    created_at = models.DateTimeField(default=clock.now, editable=False)
    opened_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)


class Grantor(Tenanted):
    """The appointment of a qualified person to award one achievement, from a day to a day."""

    public_id = PublicIdField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="appointments")
    achievement = models.ForeignKey(Achievement, models.PROTECT, related_name="grantors")
    membership = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+")
    qualification = models.TextField(_("Qualification"))
    trained_on = models.DateField(_("Trained on"), null=True, blank=True)
    starts_on = models.DateField(_("From"))
    ends_on = models.DateField(_("Until"), null=True, blank=True)
    appointed_by = models.CharField(max_length=26, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint("user", "achievement", name="grantor_once")]
        ordering = ["pk"]

    def scopes(self) -> Sequence[Scope]:
        return self.achievement.scopes()

    def is_active_on(self, day: date) -> bool:
        """Whether the appointment holds on `day`, whatever the training."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


class ColumnMapping(Tenanted):
    """How somebody's files name their columns, remembered by the headers they have."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    headers_hash = models.CharField(max_length=64)
    mapping = models.JSONField()
    updated_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint("institution", "user", "headers_hash", name="mapping_once")]


class IssuanceRequest(Tenanted):
    """What a unit asks the Registrar to issue: one achievement for one or many, with the unit's word for it (R-122)."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Sent to the Registrar")
        VERIFYING = "verifying", _("Being verified")
        RETURNED = "returned", _("Returned")
        APPROVED = "approved", _("Being issued")
        ISSUED = "issued", _("Issued")
        PARTLY_ISSUED = "partly_issued", _("Partly issued")

    public_id = PublicIdField()
    achievement = models.ForeignKey(Achievement, models.PROTECT, related_name="issuance_requests")
    state = models.CharField(max_length=14, choices=State.choices, default=State.DRAFT)
    filename = models.CharField(max_length=200, blank=True)
    notes = models.JSONField(default=list)
    attested_text = models.CharField(max_length=40, blank=True)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    verifier = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(default=clock.now, editable=False)
    submitted_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["institution", "state"])]

    def scopes(self) -> Sequence[Scope]:
        return self.achievement.scopes()


class IssuanceRow(Tenanted):
    """One learner of a request. `line` is what the unit typed, whether or not it can be taken; `code` says what is wrong."""

    class State(models.TextChoices):
        OPEN = "open", _("With the unit")
        WAITING = "waiting", _("With the Registrar")
        RETURNED = "returned", _("Returned")
        APPROVED = "approved", _("Being issued")
        ISSUED = "issued", _("Issued")
        WITHDRAWN = "withdrawn", _("Taken out")

    public_id = PublicIdField()
    request = models.ForeignKey(IssuanceRequest, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    line = models.JSONField(default=dict)
    # As it is compared: with awards, with recipients, with the rows of other requests.
    name = models.CharField(max_length=200, blank=True)
    email = models.CharField(max_length=254, blank=True)
    external_id = models.CharField(max_length=100, blank=True)
    # Why it cannot go to the Registrar, or could not be issued; the first of several, the others stand in `line`.
    code = models.CharField(max_length=40, blank=True)
    message = models.CharField(max_length=500, blank=True)
    params = models.JSONField(default=dict)
    reason = models.CharField(max_length=500, blank=True)
    batch_row = models.OneToOneField("BatchRow", models.SET_NULL, null=True, related_name="+")
    award = models.ForeignKey("Award", models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint("request", "number", name="issuance_row_once")]
        ordering = ["number"]
        indexes = [
            models.Index(fields=["request", "state"]),
            models.Index(fields=["institution", "email"]),
            models.Index(fields=["institution", "external_id"]),
        ]


class AwardBatch(Tenanted):
    """One upload, one pasted list, one call: many awards of one achievement that go, wait and are undone together."""

    class State(models.TextChoices):
        UPLOADED = "uploaded", _("Uploaded")
        CHECKED = "checked", _("Checked")
        GRANTING = "granting", _("Awarding")
        GRANTED = "granted", _("Awarded")
        CANCELLED = "cancelled", _("Cancelled")
        UNDONE = "undone", _("Undone")

    public_id = PublicIdField()
    achievement = models.ForeignKey(Achievement, models.PROTECT, related_name="batches")
    state = models.CharField(max_length=10, choices=State.choices, default=State.UPLOADED)
    source = models.CharField(max_length=10)
    filename = models.CharField(max_length=200, blank=True)
    file = models.BinaryField(null=True)
    file_sha256 = models.CharField(max_length=64, blank=True)
    mapping = models.JSONField(null=True)
    headers = models.JSONField(default=list)
    notes = models.JSONField(default=list)
    awarded_on = models.DateField(null=True)
    release_now = models.BooleanField(default=False)
    release_at = models.DateTimeField(null=True)
    # For all of its rows, where the achievement itself does not say for what it is given (see `participation.py`).
    basis = models.CharField(max_length=40, blank=True, default="")
    period = models.CharField(max_length=80, blank=True, default="")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    # Set where the Registrar issues what a unit asked for.
    request = models.ForeignKey(IssuanceRequest, models.PROTECT, null=True, related_name="batches")
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["-pk"]

    def scopes(self) -> Sequence[Scope]:
        return self.achievement.scopes()


class BatchRow(Tenanted):
    """One line of a batch, and how it ended."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        GRANTED = "granted", _("Awarded")
        DUPLICATE = "duplicate", _("Already awarded")
        REJECTED = "rejected", _("Refused")
        CANCELLED = "cancelled", _("Cancelled")

    batch = models.ForeignKey(AwardBatch, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    line = models.JSONField(default=dict)
    code = models.CharField(max_length=40, blank=True)
    message = models.CharField(max_length=500, blank=True)
    params = models.JSONField(default=dict)
    award = models.ForeignKey("Award", models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint("batch", "number", name="batch_row_once")]
        ordering = ["number"]
        indexes = [models.Index(fields=["batch", "state"])]


class Award(Tenanted):
    """The decision that a person earned an achievement. It exists before anything is signed."""

    class State(models.TextChoices):
        GRANTED = "granted", _("Being signed")
        HELD = "held", _("Waiting to be sent")
        CANCELLED = "cancelled", _("Undone")
        OFFERED = "offered", _("Offered")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")
        LAPSED_OFFER = "lapsed_offer", _("Offer lapsed")
        EXPIRED = "expired", _("Expired")
        SUSPENDED = "suspended", _("Suspended")
        REVOKED = "revoked", _("Revoked")
        SUPERSEDED = "superseded", _("Replaced")

    class Visibility(models.TextChoices):
        PRIVATE = "private", _("Only you")
        LINK = "link", _("Whoever has the link")
        PUBLIC = "public", _("Everybody")

    public_id = PublicIdField()
    achievement = models.ForeignKey(Achievement, models.PROTECT, related_name="awards")
    version = models.ForeignKey(AchievementVersion, models.PROTECT, related_name="awards")
    image = models.ForeignKey(BadgeImage, models.PROTECT, related_name="+")
    recipient = models.ForeignKey(Recipient, models.PROTECT, related_name="awards")
    reference = models.CharField(max_length=80, blank=True)
    variant = models.CharField(max_length=40, default="standard")
    state = models.CharField(max_length=14, choices=State.choices, default=State.GRANTED)
    state_code = models.CharField(max_length=40, blank=True)
    state_reason = models.CharField(max_length=500, blank=True)
    awarded_on = models.DateField()
    expires_on = models.DateField(null=True, blank=True)
    narrative = models.TextField(blank=True)
    basis = models.CharField(max_length=40, blank=True, default="")
    period = models.CharField(max_length=80, blank=True, default="")
    visibility = models.CharField(max_length=8, choices=Visibility.choices, default=Visibility.PRIVATE)
    verified_by = models.ForeignKey(Grantor, models.PROTECT, null=True, related_name="awards")
    verified_by_name = models.CharField(max_length=200, blank=True)
    granted_by = models.CharField(max_length=26)
    batch = models.ForeignKey(AwardBatch, models.PROTECT, null=True, related_name="awards")
    credential = models.OneToOneField(IssuedCredential, models.PROTECT, null=True, related_name="+")
    subject_id = models.CharField(max_length=60)
    renewal_of = models.ForeignKey("self", models.PROTECT, null=True, related_name="renewals")
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="corrections")
    issue_error = models.CharField(max_length=500, blank=True)
    release_at = models.DateTimeField(null=True)
    released_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    reminders_sent = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "institution", "achievement", "recipient", "reference", name="award_natural_key_once"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["granted", "cancelled"]) | models.Q(credential__isnull=False),
                name="award_shown_has_credential",
            ),
        ]
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["institution", "state"]),
            models.Index(fields=["state", "release_at"]),
            models.Index(fields=["batch", "state"]),
        ]

    def scopes(self) -> Sequence[Scope]:
        return self.achievement.scopes()


class AwardEvidence(Tenanted):
    """A piece of work behind an award, judged Complete by the Grantor who awarded. Private unless `shared`."""

    public_id = PublicIdField()
    award = models.ForeignKey(Award, models.CASCADE, related_name="evidence")
    position = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(_("Title"), max_length=200, blank=True)
    url = models.URLField(_("Address"), max_length=500, blank=True)
    narrative = models.TextField(_("Description"), blank=True)
    genre = models.CharField(max_length=80, blank=True)
    shared = models.BooleanField(default=False)
    assessed_by = models.CharField(max_length=26)
    assessed_on = models.DateField()

    class Meta:
        ordering = ["position"]


class Attestation(Tenanted):
    """An artifact was assessed outside of this system: where, when and by whom."""

    award = models.OneToOneField(Award, models.CASCADE, related_name="attestation")
    where = models.CharField(_("Where"), max_length=200)
    on = models.DateField(_("When"))
    by = models.CharField(_("By whom"), max_length=200)


class CheckIn(Tenanted):
    """A code at an event: within a time window, whoever is there writes name and address on the list themselves."""

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        CLOSED = "closed", _("Closed")
        LISTED = "listed", _("Handed to awarding")

    public_id = PublicIdField()
    achievement = models.ForeignKey(Achievement, models.PROTECT, related_name="check_ins")
    title = models.CharField(_("Event"), max_length=120)
    place = models.CharField(_("Place"), max_length=120, blank=True)
    opens_at = models.DateTimeField(_("Opens"))
    closes_at = models.DateTimeField(_("Closes"))
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    basis = models.CharField(max_length=40, blank=True)
    period = models.CharField(max_length=80, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    batch = models.ForeignKey(AwardBatch, models.SET_NULL, null=True, related_name="check_ins")
    # People whose entries were forgotten: so that the number of those who came stays true.
    forgotten = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["-opens_at", "-pk"]
        indexes = [models.Index(fields=["institution", "state"])]

    def __str__(self) -> str:
        return self.title

    def scopes(self) -> Sequence[Scope]:
        return self.achievement.scopes()


class CheckInEntry(Tenanted):
    """Somebody who was there."""

    public_id = PublicIdField()
    check_in = models.ForeignKey(CheckIn, models.CASCADE, related_name="entries")
    name = models.CharField(max_length=200)
    email = models.CharField(max_length=254)
    email_given = models.CharField(max_length=254)
    at = models.DateTimeField(default=clock.now)
    # Public id of the member of staff who wrote it down; empty where the person did.
    added_by = models.CharField(max_length=26, blank=True)
    # When it was handed to awarding; from then on the award knows who it is.
    listed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint("check_in", "email", name="check_in_entry_once")]
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["institution", "email"])]
