"""Routes in versions, and where each proposal is on its own."""

from functools import cached_property

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from insignia.core.workflow import route as engine
from insignia.domain.ground import clock
from insignia.domain.ground.ids import PublicIdField
from insignia.domain.ground.tenancy import Tenanted
from insignia.domain.proposals.writing.models import Proposal


class RouteVersion(Tenanted):
    """One version of a route. What runs under it ends under it, so it is never changed once made.

    `data` is what the institution wrote, in the words of the preset's section `workflows`; `read` the same, checked and
    filled in, as `Route.to_data` writes it.
    """

    key = models.SlugField(max_length=40)
    number = models.PositiveIntegerField(default=1)
    data = models.JSONField()
    read = models.JSONField()
    made_by = models.CharField(max_length=26, blank=True, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint("institution", "key", "number", name="route_version_once")]
        ordering = ["key", "-number"]

    def __str__(self) -> str:
        return f"{self.route.label or self.key} ({self.number})"

    @cached_property
    def route(self) -> engine.Route:
        """The route as a typed value."""
        return engine.Route.from_data(self.read)


class Run(Tenanted):
    """A proposal on its way: the whole run as data, and beside it what lists ask for."""

    proposal = models.OneToOneField(Proposal, models.CASCADE, related_name="run")
    route = models.ForeignKey(RouteVersion, models.PROTECT, related_name="+")
    revision = models.PositiveIntegerField(default=0)
    data = models.JSONField()
    state = models.CharField(max_length=20)
    step = models.CharField(max_length=60, blank=True)
    recused = models.JSONField(default=list)
    checked_on = models.DateField(null=True, blank=True)  # when the timers looked last
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        indexes = [models.Index(fields=["institution", "state", "checked_on"])]

    @property
    def run(self) -> engine.Run:
        """The run as a typed value."""
        return engine.Run.from_data(self.data)


class StepRun(Tenanted):
    """That a run stood at a step, from when until when: what time per step is counted from."""

    run = models.ForeignKey(Run, models.CASCADE, related_name="steps")
    step = models.CharField(max_length=60)
    label = models.CharField(max_length=200)
    round = models.PositiveIntegerField(default=1)
    entered_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["institution", "step"])]


class TaskRun(Tenanted):
    """Something asked of somebody. `task` is empty where it is about the whole run. Kept once it is closed."""

    public_id = PublicIdField()
    run = models.ForeignKey(Run, models.CASCADE, related_name="tasks")
    step = models.CharField(max_length=60, blank=True)
    task = models.CharField(max_length=60, blank=True)
    label = models.CharField(max_length=200)
    role = models.CharField(max_length=40)
    scope = models.CharField(max_length=30)
    body = models.CharField(max_length=40, blank=True)
    person = models.CharField(max_length=26, blank=True)
    verbs = models.JSONField(default=list)
    # Of a body's ballot: who sits there, who may not vote, who has voted, who presides. Not how anybody voted.
    ballot = models.JSONField(null=True, blank=True)
    # A step of a custom route stands in no version of the route.
    own_step = models.JSONField(null=True, blank=True)
    opened_in = models.PositiveIntegerField()
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=30, blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["institution", "closed_at", "role"])]


class Watch(Tenanted):
    """Somebody wants to hear what becomes of a proposal."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="watches")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint("proposal", "user", name="watch_once")]


class Look(Tenanted):
    """Which version of a proposal somebody saw last, and which before that: so that a page can say what is new to them."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="looks")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    version = models.PositiveIntegerField()
    before = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint("proposal", "user", name="look_once")]


class Enclosure(Tenanted):
    """A document that came with a decision, such as the record of a unit's own governance. Never changed once made."""

    public_id = PublicIdField()
    run = models.ForeignKey(Run, models.CASCADE, related_name="enclosures")
    revision = models.PositiveIntegerField()  # the run's, once it was decided: which decision it belongs to
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["pk"]


class Delegation(Tenanted):
    """While somebody is away, another acts in that person's place; no role: in all of them."""

    public_id = PublicIdField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    to = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    role = models.SlugField(_("In the role"), max_length=40, blank=True)
    starts_on = models.DateField(_("From"), null=True, blank=True)
    ends_on = models.DateField(_("Until"), null=True, blank=True)
    given_by = models.CharField(max_length=26, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["pk"]
