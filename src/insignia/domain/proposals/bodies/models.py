"""Bodies and their seats. Who sits there is a membership whose scope is the body, so that rights follow from sitting."""

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from django.db import models
from django.utils.translation import gettext_lazy as _

from insignia.domain.access.actor import Scope
from insignia.domain.ground import clock
from insignia.domain.ground.ids import PublicIdField
from insignia.domain.ground.tenancy import Tenanted
from insignia.domain.institutions.models import Membership


class Body(Tenanted):
    """A committee or board that decides on proposals."""

    public_id = PublicIdField()
    key = models.CharField(max_length=40)
    name = models.CharField(_("Name"), max_length=200)
    short_name = models.CharField(_("Short name"), max_length=40, blank=True)
    charge = models.JSONField(_("What it is charged with"), default=list, blank=True)
    sponsor = models.CharField(_("Sponsored by"), max_length=200, blank=True)
    standards = models.JSONField(_("Standards that it reviews against"), default=list, blank=True)
    # The roles of a seat, of the alternate for it, of whoever presides and of whoever stands in for that.
    role = models.SlugField(max_length=40, default="committee")
    alternate_role = models.SlugField(max_length=40, default="committee_alternate")
    chair_role = models.SlugField(max_length=40, default="committee_chair")
    deputy_role = models.SlugField(max_length=40, default="committee_deputy")
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint("institution", "key", name="body_key_once")]
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def scope(self) -> Scope:
        """The place in which its members hold their role."""
        return Scope("body", self.public_id)

    def scopes(self) -> Sequence[Scope]:
        return (self.scope, *self.institution.scopes())


class Seat(Tenanted):
    """A seat for one constituency. Whose term is over, or nobody, leaves it vacant."""

    public_id = PublicIdField()
    body = models.ForeignKey(Body, models.CASCADE, related_name="seats")
    position = models.PositiveSmallIntegerField(default=0)
    constituency = models.CharField(_("Whom it represents"), max_length=120)
    member = models.ForeignKey(Membership, models.SET_NULL, null=True, blank=True, related_name="+")
    alternate = models.ForeignKey(Membership, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.constituency

    def scopes(self) -> Sequence[Scope]:
        return self.body.scopes()


class Meeting(Tenanted):
    """When a body meets, and until when a matter comes on its agenda."""

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        OPEN = "open", _("In session")
        CLOSED = "closed", _("Held")
        CANCELLED = "cancelled", _("Cancelled")

    public_id = PublicIdField()
    body = models.ForeignKey(Body, models.PROTECT, related_name="meetings")
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    starts_at = models.DateTimeField(_("Begins"))
    ends_at = models.DateTimeField(_("Ends"), null=True, blank=True)
    cut_off_on = models.DateField(_("Matters until"))
    place = models.CharField(_("Place"), max_length=300, blank=True)
    present = models.JSONField(default=list, blank=True)  # public ids of those who came
    presided_by = models.CharField(max_length=26, blank=True, editable=False)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    cancelled_because = models.CharField(_("Why it is cancelled"), max_length=300, blank=True)
    minutes = models.TextField(_("Minutes"), blank=True)
    minutes_approved_at = models.DateTimeField(null=True, blank=True)
    # Grows with every change, so that calendars take the newest (RFC 5545, SEQUENCE).
    sequence = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["starts_at", "pk"]
        indexes = [models.Index(fields=["institution", "state", "starts_at"])]

    def __str__(self) -> str:
        return f"{self.body}, {self.day.isoformat()}"

    @property
    def day(self) -> date:
        """The day on which it begins, where the institution is."""
        return self.starts_at.astimezone(ZoneInfo(self.institution.zone)).date()

    @property
    def is_ahead(self) -> bool:
        """Whether it has yet to begin."""
        return self.state == Meeting.State.PLANNED

    @property
    def is_open(self) -> bool:
        """Whether it is in session."""
        return self.state == Meeting.State.OPEN

    @property
    def is_held(self) -> bool:
        """Whether it took place."""
        return self.state == Meeting.State.CLOSED

    def scopes(self) -> Sequence[Scope]:
        return self.body.scopes()
