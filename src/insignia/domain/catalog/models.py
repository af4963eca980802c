"""What can be earned: achievements, their frozen versions, templates and images."""

from collections.abc import Sequence

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from insignia.domain.access.actor import Scope
from insignia.domain.ground import clock
from insignia.domain.ground.ids import PublicIdField
from insignia.domain.ground.tenancy import Tenanted
from insignia.domain.institutions.models import IssuerProfile, TaxonomyLevel, Unit

from .rules import Approval, Content


class BadgeTemplate(Tenanted):
    """One version of a template for badge images: an SVG with slots and its sidecar. Never changed once made."""

    public_id = PublicIdField()
    key = models.SlugField(max_length=60)
    number = models.PositiveIntegerField(default=1)
    name = models.CharField(_("Name"), max_length=120)
    svg = models.TextField()
    sidecar = models.TextField()
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint("institution", "key", "number", name="template_version_once")]
        ordering = ["key", "-number"]

    def __str__(self) -> str:
        return f"{self.name} ({self.number})"

    def scopes(self) -> Sequence[Scope]:
        return self.institution.scopes()


class Artwork(Tenanted):
    """An institution's own picture, decoded and encoded anew by us."""

    public_id = PublicIdField()
    sha256 = models.CharField(max_length=64)
    png = models.BinaryField()
    alt = models.CharField(_("What the picture shows"), max_length=300)
    created_at = models.DateTimeField(default=clock.now, editable=False)


class Achievement(Tenanted):
    """What can be earned (OB 3.0 `Achievement`): lasting, while its content comes in versions."""

    class State(models.TextChoices):
        IN_PRODUCTION = "in_production", _("In production")
        ACTIVE = "active", _("Active")
        PAUSED = "paused", _("Paused")
        RETIRED = "retired", _("Retired")
        ARCHIVED = "archived", _("Archived")

    public_id = PublicIdField()
    slug = models.SlugField(_("Short name"), max_length=80)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="achievements")
    issuer = models.ForeignKey(IssuerProfile, models.PROTECT, related_name="achievements")
    level = models.ForeignKey(TaxonomyLevel, models.PROTECT, related_name="achievements")
    state = models.CharField(max_length=20, choices=State.choices, default=State.IN_PRODUCTION)
    state_reason = models.CharField(max_length=500, blank=True)
    variants = models.JSONField(default=list, blank=True)
    current = models.ForeignKey("AchievementVersion", models.PROTECT, null=True, blank=True, related_name="+")
    search_text = models.TextField(blank=True, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint("institution", "slug", name="achievement_slug_once")]
        ordering = ["slug"]
        indexes = [models.Index(fields=["institution", "state"])]

    def __str__(self) -> str:
        return self.current.name if self.current else self.slug

    def scopes(self) -> Sequence[Scope]:
        return (Scope("achievement", self.public_id), *self.unit.scopes())

    @property
    def url(self) -> str:
        """The lasting address of the achievement, whatever its version."""
        return f"{settings.PUBLIC_URL}/a/{self.public_id}"


class AchievementVersion(Tenanted):
    """The content of an achievement. Once `frozen_at` is set it never changes: it is what was approved and signed."""

    public_id = PublicIdField()
    achievement = models.ForeignKey(Achievement, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    name = models.CharField(_("Name"), max_length=200)
    content_data = models.JSONField(default=dict)
    content_hash = models.CharField(max_length=64, blank=True)
    template = models.ForeignKey(BadgeTemplate, models.PROTECT, null=True, blank=True, related_name="+")
    artwork = models.ForeignKey(Artwork, models.PROTECT, null=True, blank=True, related_name="+")
    frozen_at = models.DateTimeField(null=True, blank=True, editable=False)
    approved_by = models.CharField(_("Approved by"), max_length=200, blank=True)
    approved_on = models.DateField(_("Approved on"), null=True, blank=True)
    approvals_data = models.JSONField(default=list, blank=True, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint("achievement", "number", name="version_number_once")]
        ordering = ["-number"]

    def __str__(self) -> str:
        return self.name

    def scopes(self) -> Sequence[Scope]:
        return self.achievement.scopes()

    @property
    def content(self) -> Content:
        """The content as a typed value."""
        return Content.from_data(self.content_data)

    @property
    def approvals(self) -> tuple[Approval, ...]:
        """The bodies that decided here for these words, in the order in which they did."""
        return tuple(Approval.from_data(one) for one in self.approvals_data)

    @property
    def url(self) -> str:
        """The Open Badges `achievement.id` of this version."""
        return f"{self.achievement.url}/v/{self.number}"


class BadgeImage(Tenanted):
    """A rendered image of one version and variant. Never changed: awards keep the image with which they were issued."""

    public_id = PublicIdField()
    version = models.ForeignKey(AchievementVersion, models.PROTECT, related_name="images")
    template = models.ForeignKey(BadgeTemplate, models.PROTECT, related_name="+")
    variant = models.CharField(max_length=40)
    svg = models.BinaryField()
    png = models.BinaryField()
    mark = models.BinaryField()
    alt = models.CharField(max_length=1000)
    is_current = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "version", "variant", condition=models.Q(is_current=True), name="one_current_image_a_variant"
            )
        ]
        ordering = ["-pk"]

    @property
    def png_url(self) -> str:
        """The immutable address of the PNG."""
        return f"{settings.PUBLIC_URL}/images/{self.public_id}.png"

    @property
    def svg_url(self) -> str:
        """The immutable address of the SVG."""
        return f"{settings.PUBLIC_URL}/images/{self.public_id}.svg"
