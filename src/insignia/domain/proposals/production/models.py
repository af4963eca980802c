"""Productions, their tasks, and what each task is about."""

from collections.abc import Sequence
from functools import cached_property

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from insignia.domain.access.actor import Scope
from insignia.domain.awards.models import Grantor
from insignia.domain.catalog.dressing import Dress
from insignia.domain.catalog.models import Achievement, Artwork, BadgeTemplate
from insignia.domain.catalog.rules import Approval, Content
from insignia.domain.ground import clock
from insignia.domain.ground.ids import PublicIdField
from insignia.domain.ground.tenancy import Tenanted
from insignia.domain.proposals.writing.models import Proposal, ProposalVersion

from .rules import DEFAULT_MONTHS, TaskDefinition, as_tasks


class ChecklistVersion(Tenanted):
    """What an institution's production asks for, in one version. Never changed once made; a running one keeps its own."""

    number = models.PositiveIntegerField(default=1)
    data = models.JSONField()
    made_by = models.CharField(max_length=26, blank=True, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint("institution", "number", name="checklist_version_once")]
        ordering = ["-number"]

    @cached_property
    def tasks(self) -> tuple[TaskDefinition, ...]:
        """The tasks as typed values."""
        return as_tasks(self.data)


class Production(Tenanted):
    """What became of an approved proposal: on the way to being awarded, or to its end."""

    class State(models.TextChoices):
        RUNNING = "running", _("In production")
        FINISHED = "finished", _("Active")
        TEACH_OUT = "teach_out", _("Taught out")
        RETIRED = "retired", _("Retired")

    class Stacks(models.TextChoices):
        """What becomes of certificates that contain a badge which is retired (functional specification 3.4)."""

        NONE = "none", _("No certificate contains it")
        SUBSTITUTE = "substitute", _("Another badge takes its place")
        GRANDFATHER = "grandfather", _("Those who have begun may still finish")
        RETIRE_STACK = "retire_stack", _("The certificate is retired as well")

    public_id = PublicIdField()
    proposal = models.OneToOneField(Proposal, models.PROTECT, related_name="production")
    version = models.ForeignKey(ProposalVersion, models.PROTECT, related_name="+")
    checklist = models.ForeignKey(ChecklistVersion, models.PROTECT, null=True, related_name="+")
    achievement = models.ForeignKey(Achievement, models.PROTECT, null=True, related_name="productions")
    state = models.CharField(max_length=12, choices=State.choices, default=State.RUNNING)
    # What was approved, as it was on that day, and by which bodies: names of skills and bodies may change later.
    approved_data = models.JSONField(default=dict)
    approvals_data = models.JSONField(default=list)
    # Of a retirement: the last day on which it can be awarded, and what becomes of certificates that contain it.
    last_day = models.DateField(null=True, blank=True)
    stacks = models.CharField(max_length=20, blank=True, choices=Stacks.choices)
    stacks_note = models.CharField(max_length=500, blank=True)
    search_text = models.TextField(blank=True, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["institution", "state"])]

    def __str__(self) -> str:
        return str(self.proposal)

    def scopes(self) -> Sequence[Scope]:
        """Itself, its unit and those above, its institution."""
        return (Scope("production", self.public_id), *self.proposal.unit.scopes())

    @property
    def approved(self) -> Content:
        """What was approved."""
        return Content.from_data(self.approved_data)

    @property
    def approvals(self) -> tuple[Approval, ...]:
        """Which bodies approved it, in the order in which they did."""
        return tuple(Approval.from_data(one) for one in self.approvals_data)


class ProductionTask(Tenanted):
    """One thing to do before it can be awarded, as the checklist defined it on the day of the approval."""

    class State(models.TextChoices):
        TODO = "todo", _("To do")
        DOING = "doing", _("Under way")
        IN_APPROVAL = "in_approval", _("Waits for approval")
        DONE = "done", _("Done")
        BLOCKED = "blocked", _("Blocked")
        WAIVED = "waived", _("Waived")

    public_id = PublicIdField()
    production = models.ForeignKey(Production, models.CASCADE, related_name="tasks")
    position = models.PositiveSmallIntegerField(default=0)
    key = models.CharField(max_length=40)
    kind = models.CharField(max_length=20)
    label = models.CharField(max_length=200)
    help = models.TextField(blank=True)
    items = models.JSONField(default=list)
    months = models.PositiveSmallIntegerField(default=DEFAULT_MONTHS)
    is_required = models.BooleanField(default=False)
    owner_role = models.CharField(max_length=40, blank=True)
    owner_role_name = models.CharField(max_length=120, blank=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    due_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.TODO)
    reason = models.CharField(max_length=500, blank=True)
    # Of an image: what it shall show.
    brief = models.TextField(blank=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint("production", "key", name="production_task_once")]
        ordering = ["position", "pk"]
        indexes = [models.Index(fields=["institution", "state", "due_on"])]

    def __str__(self) -> str:
        return self.label


class TaskRemark(Tenanted):
    """Something said about a task."""

    public_id = PublicIdField()
    task = models.ForeignKey(ProductionTask, models.CASCADE, related_name="remarks")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    text = models.TextField()
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["pk"]


class Proof(Tenanted):
    """A round of the image: the badge as it would be, kept as it was looked at, and what was said to it."""

    class State(models.TextChoices):
        SHOWN = "shown", _("Waits for sign-off")
        APPROVED = "approved", _("Signed off")
        CHANGES = "changes", _("Changes asked for")

    public_id = PublicIdField()
    task = models.ForeignKey(ProductionTask, models.CASCADE, related_name="proofs")
    number = models.PositiveIntegerField()
    # What it wears, as `dress` gives it: no artwork means a symbol, no template the newest of the level.
    artwork = models.ForeignKey(Artwork, models.PROTECT, null=True, blank=True, related_name="+")
    template = models.ForeignKey(BadgeTemplate, models.PROTECT, null=True, blank=True, related_name="+")
    image_title = models.CharField(max_length=200, blank=True)
    symbol = models.CharField(max_length=60, blank=True)
    svg = models.BinaryField()
    note = models.CharField(max_length=1000, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.SHOWN)
    answer = models.CharField(max_length=1000, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(default=clock.now, editable=False)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint("task", "number", name="proof_number_once")]
        ordering = ["-number"]

    @property
    def dress(self) -> Dress:
        """How the badge looks in it."""
        return Dress(self.image_title, self.symbol, self.artwork, self.template)


class IssuingPlan(Tenanted):
    """How the unit will issue: who assesses and how, on which evidence, how often, whom to ask."""

    production = models.OneToOneField(Production, models.CASCADE, related_name="issuing_plan")
    assessors = models.TextField(_("Who assesses"))
    method = models.TextField(_("How it is assessed"))
    evidence = models.TextField(_("On which evidence"))
    cadence = models.CharField(_("How often badges are issued"), max_length=300)
    contact = models.CharField(_("Whom to ask"), max_length=300)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField(default=clock.now)


class Training(Tenanted):
    """That somebody was trained in one thing."""

    production = models.ForeignKey(Production, models.CASCADE, related_name="trainings")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    item = models.CharField(max_length=40)
    trained_on = models.DateField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint("production", "user", "item", name="training_once")]
        ordering = ["pk"]


class Nomination(Tenanted):
    """Somebody who is to award the badge: nominated with their qualification, found qualified, trained, appointed."""

    class State(models.TextChoices):
        NOMINATED = "nominated", _("Nominated")
        CONFIRMED = "qualification_confirmed", _("Qualification confirmed")
        TRAINING_DUE = "training_due", _("Training due")
        ACTIVE = "active", _("Appointed")
        DECLINED = "declined", _("Declined")

    public_id = PublicIdField()
    production = models.ForeignKey(Production, models.CASCADE, related_name="nominations")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    qualification = models.TextField(_("Qualification"))
    starts_on = models.DateField(_("From"))
    ends_on = models.DateField(_("Until"), null=True, blank=True)
    state = models.CharField(max_length=24, choices=State.choices, default=State.NOMINATED)
    reason = models.CharField(max_length=500, blank=True)
    nominated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    nominated_at = models.DateTimeField(default=clock.now, editable=False)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    grantor = models.ForeignKey(Grantor, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint("production", "user", name="nomination_once")]
        ordering = ["pk"]


class EvaluationPlan(Tenanted):
    """How it is kept relevant: how often it is evaluated, by which measures, by whom, and when next."""

    public_id = PublicIdField()
    production = models.OneToOneField(Production, models.CASCADE, related_name="evaluation_plan")
    interval_months = models.PositiveSmallIntegerField(_("Every so many months"))
    measures = models.TextField(_("What is looked at"))
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    next_due_on = models.DateField(_("Next evaluation due on"))
    reminded = models.JSONField(default=list)  # of which days before it was reminded
    written_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["next_due_on", "pk"]
        indexes = [models.Index(fields=["institution", "next_due_on"])]

    def scopes(self) -> Sequence[Scope]:
        return self.production.scopes()


class Evaluation(Tenanted):
    """One evaluation: what was found, and what should become of the badge."""

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        SUBMITTED = "submitted", _("Handed in")
        RETURNED = "returned", _("Returned")
        ACCEPTED = "accepted", _("Accepted")

    class Outcome(models.TextChoices):
        KEEP = "keep", _("Keep it as it is")
        REVISE = "revise", _("Revise it")
        RETIRE = "retire", _("Retire it")

    public_id = PublicIdField()
    plan = models.ForeignKey(EvaluationPlan, models.CASCADE, related_name="evaluations")
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    report = models.TextField(_("What was found"), blank=True)
    outcome = models.CharField(_("What should become of it"), max_length=10, choices=Outcome.choices, blank=True)
    answer = models.CharField(max_length=1000, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint("plan", "due_on", name="evaluation_once")]
        ordering = ["-due_on"]
