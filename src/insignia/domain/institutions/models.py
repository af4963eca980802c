"""Who issues: institutions, their units, profiles, roles, levels and tokens."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from insignia.domain.access.actor import Scope
from insignia.domain.ground import clock
from insignia.domain.ground.ids import PublicIdField
from insignia.domain.ground.tenancy import Tenanted

from .rules import LevelPolicy


class Installation(models.Model):
    """The one row about this installation: the address that issued credentials carry, and former ones."""

    public_url = models.URLField(max_length=200)
    former_urls = models.JSONField(default=list)
    created_at = models.DateTimeField(default=clock.now, editable=False)


class Institution(models.Model):
    """A university, a college, a network of schools: the tenant. Its policies are data."""

    public_id = PublicIdField()
    slug = models.SlugField(_("Short name in addresses"), max_length=60, unique=True)
    name = models.CharField(_("Name"), max_length=200)
    zone = models.CharField(_("Time zone"), max_length=60, default="UTC")
    language = models.CharField(_("Language"), max_length=12, default="en")
    contact_email = models.EmailField(_("Contact address"), blank=True)
    website = models.URLField(_("Website"), blank=True)
    definition = models.TextField(_("What a micro-credential is here"), blank=True)
    preset = models.CharField(max_length=60, blank=True, editable=False)
    policies = models.JSONField(default=dict)
    theme = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    def __str__(self) -> str:
        return self.name

    def scopes(self) -> Sequence[Scope]:
        return (Scope("institution", self.public_id),)

    def policy(self, name: str) -> Any:
        """The institution's setting `name`, or the house's default."""
        return self.policies.get(name, DEFAULT_POLICIES[name])


# What an institution may set, and what holds until it does. docs/operate/policies.md explains each.
DEFAULT_POLICIES: dict[str, Any] = {
    "undo_minutes_batch": 15,
    "undo_minutes_single": 1,
    "reminder_days": [3, 10, 30],
    "offer_lapses_after_days": 365,
    "name_in_credential": True,
    "endorsement_in_credential": True,
    "default_age_band": "adult",
    "noindex": False,
    "awarding": "grantor",
    "intent_form": "",
    "first_contact_days": 5,
    "proposal_by_invitation": False,
    "invitation_days": 30,
    "consultation_role": "",
    "changes_lapse_after_days": 0,
    "blackouts": [],
}


class Unit(Tenanted):
    """A part of an institution that offers and owns achievements."""

    class Kind(models.TextChoices):
        ACADEMIC = "academic", _("Academic")
        NON_ACADEMIC = "non_academic", _("Non-academic")
        DIVISION = "division", _("Division")
        SITE = "site", _("Site")

    public_id = PublicIdField()
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    name = models.CharField(_("Name"), max_length=200)
    code = models.CharField(_("Code"), max_length=40)
    kind = models.CharField(_("Kind"), max_length=20, choices=Kind.choices, default=Kind.ACADEMIC)

    class Meta:
        constraints = [models.UniqueConstraint("institution", "code", name="unit_code_once")]
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def scopes(self) -> Sequence[Scope]:
        """This unit, its parents, its institution. A unit stands at most eight deep (checked when saved)."""
        places, unit = [], self
        for _depth in range(8):
            places.append(Scope("unit", unit.public_id))
            if unit.parent is None:
                break
            unit = unit.parent
        return (*places, *self.institution.scopes())


class IssuerProfile(Tenanted):
    """The Open Badges `Profile` under which an institution, or one of its units, signs."""

    public_id = PublicIdField()
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="issuer_profiles")
    name = models.CharField(_("Name"), max_length=200)
    url = models.URLField(_("Website"), blank=True)
    email = models.EmailField(_("Contact address"), blank=True)
    description = models.TextField(_("Description"), blank=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    def scopes(self) -> Sequence[Scope]:
        return self.unit.scopes() if self.unit else self.institution.scopes()

    @property
    def did(self) -> str:
        """`did:web:<host>:issuers:<public id>`; a port is written `%3A` (did:web 3.2)."""
        authority = settings.PUBLIC_URL.partition("://")[2].partition("/")[0]
        return f"did:web:{authority.replace(':', '%3A')}:issuers:{self.public_id}"


class Role(Tenanted):
    """A named set of permissions, in data."""

    key = models.SlugField(max_length=40)
    name = models.CharField(_("Name"), max_length=80)
    permissions = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint("institution", "key", name="role_key_once")]
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Membership(Tenanted):
    """A person holds a role in a scope for a time. The scope is a kind and a public id, without a key."""

    public_id = PublicIdField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships")
    role = models.ForeignKey(Role, models.PROTECT, related_name="memberships")
    scope_kind = models.CharField(max_length=20)
    scope_id = models.CharField(max_length=26)
    starts_on = models.DateField(_("From"), null=True, blank=True)
    ends_on = models.DateField(_("Until"), null=True, blank=True)
    given_by = models.CharField(max_length=26, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint("institution", "user", "role", "scope_kind", "scope_id", name="membership_once")
        ]
        ordering = ["pk"]

    @property
    def scope(self) -> Scope:
        return Scope(self.scope_kind, self.scope_id)


class TaxonomyLevel(Tenanted):
    """A rung of the institution's own ladder, with its policy."""

    public_id = PublicIdField()
    key = models.SlugField(max_length=40)
    name = models.CharField(_("Name"), max_length=80)
    aliases = models.JSONField(default=list, blank=True)
    purpose = models.CharField(_("What it is for"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    policy_data = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint("institution", "key", name="level_key_once")]
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name

    def scopes(self) -> Sequence[Scope]:
        return self.institution.scopes()

    @property
    def policy(self) -> LevelPolicy:
        """The policy as a typed value."""
        return LevelPolicy.from_data(self.policy_data)


class AccessToken(Tenanted):
    """A personal access token: scoped, expiring, kept as a hash only."""

    public_id = PublicIdField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="access_tokens")
    name = models.CharField(_("Name"), max_length=80)
    secret_hash = models.CharField(max_length=64, unique=True, editable=False)
    permissions = models.JSONField(default=list)
    expires_at = models.DateTimeField()
    last_used_on = models.DateField(null=True, blank=True, editable=False)
    revoked_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["-pk"]
