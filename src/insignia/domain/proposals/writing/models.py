"""A proposal and what is written around it."""

from collections.abc import Sequence

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from insignia.domain.access.actor import Scope
from insignia.domain.catalog.models import Achievement
from insignia.domain.ground import clock
from insignia.domain.ground.ids import PublicIdField
from insignia.domain.ground.tenancy import Tenanted
from insignia.domain.institutions.models import TaxonomyLevel, Unit
from insignia.domain.proposals.bodies.models import Body
from insignia.domain.proposals.forms.models import FormVersion


class Proposal(Tenanted):
    """What a unit wants: a new achievement, another version of one, its end, or that it comes back."""

    class Kind(models.TextChoices):
        NEW = "new", _("New")
        REVISE = "revise", _("Revision")
        RETIRE = "retire", _("Retirement")
        REACTIVATE = "reactivate", _("Reactivation")

    class State(models.TextChoices):
        """As `core.workflow` knows a run; DRAFT before it has begun."""

        DRAFT = "draft", _("Draft")
        IN_REVIEW = "in_review", _("In review")
        CHANGES_REQUESTED = "changes_requested", _("Changes requested")
        ON_HOLD = "on_hold", _("On hold")
        SUSPENDED = "suspended", _("Suspended")
        APPROVED = "approved", _("Approved")
        REJECTED = "rejected", _("Rejected")
        DECLINED = "declined", _("Declined")
        CANCELLED = "cancelled", _("Cancelled")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    public_id = PublicIdField()
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.NEW)
    state = models.CharField(max_length=20, choices=State.choices, default=State.DRAFT)
    title = models.CharField(_("Title"), max_length=200, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="proposals")
    level = models.ForeignKey(TaxonomyLevel, models.PROTECT, related_name="proposals")
    proposer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    # Whose achievement is revised, retired or reactivated; for a new one, what became of it.
    achievement = models.ForeignKey(Achievement, models.PROTECT, null=True, blank=True, related_name="+")
    source = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="clones")
    form = models.ForeignKey(FormVersion, models.PROTECT, related_name="+")
    answers = models.JSONField(default=dict)
    # By question: at which revision, and by whom, it was last answered.
    touched = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0)
    # The door through which it was begun, where the institution asks for an invitation.
    via = models.CharField(max_length=20, blank=True)
    search_text = models.TextField(blank=True, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    updated_at = models.DateTimeField(default=clock.now)
    submitted_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-updated_at", "-pk"]
        indexes = [models.Index(fields=["institution", "state"])]

    def __str__(self) -> str:
        return self.title or str(_("Untitled proposal"))

    def scopes(self) -> Sequence[Scope]:
        """Itself, the bodies before which it came, its unit and those above, its institution."""
        bodies = [Scope("body", row.body.public_id) for row in self.dockets.all()] if self.pk else []
        return (Scope("proposal", self.public_id), *bodies, *self.unit.scopes())


class Participant(Tenanted):
    """Somebody who writes with the proposer, or was let in to read."""

    class Part(models.TextChoices):
        WRITES = "writes", _("Writes")
        READS = "reads", _("Reads")

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="participants")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    part = models.CharField(max_length=10, choices=Part.choices, default=Part.WRITES)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint("proposal", "user", name="participant_once")]
        ordering = ["pk"]


class Docket(Tenanted):
    """That a proposal came before a body, whose members may read it from then on."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="dockets")
    body = models.ForeignKey(Body, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint("proposal", "body", name="docket_once")]
        ordering = ["pk"]


class ProposalVersion(Tenanted):
    """A proposal as it was handed in, or as a reviewer amended it. Never changed once made."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    form = models.ForeignKey(FormVersion, models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    answers = models.JSONField()
    content_hash = models.CharField(max_length=64)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    note = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint("proposal", "number", name="proposal_version_once")]
        ordering = ["-number"]


class Attachment(Tenanted):
    """A file that belongs to an answer. One that was handed in stays, also when a later version leaves it out."""

    public_id = PublicIdField()
    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="attachments")
    question = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["pk"]


class Remark(Tenanted):
    """A comment on one question, or on the whole; an answer to another remark makes a thread."""

    class Audience(models.TextChoices):
        ALL = "all", _("Proposer and reviewers")
        REVIEWERS = "reviewers", _("Reviewers only")

    public_id = PublicIdField()
    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="remarks")
    version = models.PositiveIntegerField(default=0)
    question = models.CharField(max_length=60, blank=True)
    answer_to = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="answers")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    audience = models.CharField(max_length=10, choices=Audience.choices, default=Audience.ALL)
    text = models.TextField()
    # Asked for with a decision: what is resubmitted has to answer it, in words or by a change.
    is_required = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["pk"]


class Consultation(Tenanted):
    """A talk about the skills before anything is handed in. It blocks nothing; what came of it is written down."""

    public_id = PublicIdField()
    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="consultations")
    role = models.SlugField(max_length=40)
    question = models.TextField(blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now, editable=False)
    outcome = models.TextField(blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
