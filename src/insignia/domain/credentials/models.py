"""Signed documents, the keys that sign them, and where their revocation is published."""

from collections.abc import Sequence

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from insignia.domain.access.actor import Scope
from insignia.domain.catalog.models import AchievementVersion
from insignia.domain.catalog.rules import STANDARD
from insignia.domain.ground import clock
from insignia.domain.ground.ids import PublicIdField
from insignia.domain.ground.tenancy import Tenanted
from insignia.domain.institutions.models import IssuerProfile


class SigningKey(Tenanted):
    """A key of an issuer. The private half is sealed under the key-encryption key, which never is in the database."""

    class Kind(models.TextChoices):
        ED25519 = "ed25519", "Ed25519"
        P256 = "p256", "P-256"

    class State(models.TextChoices):
        PRE = "pre", _("Prepared")
        ACTIVE = "active", _("Active")
        RETIRED = "retired", _("Retired")
        COMPROMISED = "compromised", _("Compromised")

    public_id = PublicIdField()
    issuer = models.ForeignKey(IssuerProfile, models.PROTECT, related_name="signing_keys")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    state = models.CharField(max_length=12, choices=State.choices, default=State.PRE)
    public_multibase = models.CharField(max_length=100)
    sealed = models.BinaryField()
    created_at = models.DateTimeField(default=clock.now, editable=False)
    activated_at = models.DateTimeField(null=True, blank=True, editable=False)
    retired_at = models.DateTimeField(null=True, blank=True, editable=False)
    compromised_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint("issuer", "kind", condition=models.Q(state="active"), name="one_active_key_a_kind")
        ]
        ordering = ["pk"]

    def scopes(self) -> Sequence[Scope]:
        return self.issuer.scopes()

    @property
    def verification_method(self) -> str:
        """The DID URL of this key: the fragment is the multibase key itself."""
        return f"{self.issuer.did}#{self.public_multibase}"


class StatusList(Tenanted):
    """One Bitstring Status List of an issuer. `bits` is the truth; the signed list is made from it when asked for."""

    public_id = PublicIdField()
    issuer = models.ForeignKey(IssuerProfile, models.PROTECT, related_name="status_lists")
    purpose = models.CharField(max_length=20, default="revocation")
    bits = models.BinaryField()
    used = models.PositiveIntegerField(default=0)
    revision = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["pk"]

    @property
    def url(self) -> str:
        """Where the signed list is published."""
        return f"{settings.PUBLIC_URL}/s/{self.public_id}"


class IssuedCredential(Tenanted):
    """One signed credential: the exact bytes, as signed, for ever. A correction is another one that `replaces` it."""

    class State(models.TextChoices):
        RESERVED = "reserved", _("Reserved")
        SIGNED = "signed", _("Signed")
        DROPPED = "dropped", _("Dropped")

    public_id = PublicIdField()
    issuer = models.ForeignKey(IssuerProfile, models.PROTECT, related_name="credentials")
    key = models.ForeignKey(SigningKey, models.PROTECT, related_name="+")
    status_list = models.ForeignKey(StatusList, models.PROTECT, related_name="+")
    status_index = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.RESERVED)
    unsigned = models.BinaryField()
    document = models.BinaryField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    token = models.TextField(blank=True)
    valid_from = models.DateTimeField()
    replaces = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")
    created_at = models.DateTimeField(default=clock.now, editable=False)
    signed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint("status_list", "status_index", name="status_index_once"),
            models.CheckConstraint(
                condition=~models.Q(state="signed") | models.Q(document__isnull=False), name="signed_has_bytes"
            ),
        ]

    @property
    def url(self) -> str:
        """The credential's `id`."""
        return f"{settings.PUBLIC_URL}/c/{self.public_id}"


class Endorsement(Tenanted):
    """The institution's word that its bodies approved a version, in one variant. The bytes are those of `credential`.

    `about` is the Open Badges `achievement.id`, as it was when the endorsement was signed.
    """

    credential = models.OneToOneField(IssuedCredential, models.PROTECT, related_name="+")
    version = models.ForeignKey(AchievementVersion, models.PROTECT, related_name="+")
    about = models.CharField(max_length=400, db_index=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["pk"]

    @property
    def url(self) -> str:
        """The endorsement's `id`."""
        return f"{settings.PUBLIC_URL}/e/{self.credential.public_id}"

    @property
    def variant(self) -> str:
        """The variant of the version that it is about."""
        return self.about.partition(f"/v/{self.version.number}/")[2] or STANDARD
