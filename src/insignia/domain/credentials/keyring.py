"""An institution's signing keys as those see them who look after them."""

from dataclasses import dataclass

from django.db.models import Count

from insignia.core.errors import NotFound, Unavailable
from insignia.core.words import N_
from insignia.domain.institutions.models import IssuerProfile

from . import keys
from .models import IssuedCredential, SigningKey

KINDS = tuple(SigningKey.Kind.choices)


@dataclass(frozen=True, slots=True)
class KeyLine:
    """A key, and how many credentials carry its signature; None for a kind whose uses are not counted."""

    key: SigningKey
    signed: int | None

    @property
    def state(self) -> str:
        """Where the key stands in its life."""
        return self.key.state


@dataclass(frozen=True, slots=True)
class Ring:
    """The keys of one issuer, the newest first, and the kinds of which none can sign now."""

    issuer: IssuerProfile
    lines: tuple[KeyLine, ...]
    lacking: tuple[tuple[str, object], ...]


def rings() -> list[Ring]:
    """The keys of every issuer of the current institution, in three queries."""
    found: dict[int, list[SigningKey]] = {}
    for key in SigningKey.objects.order_by("-pk"):
        found.setdefault(key.issuer_id, []).append(key)
    signed = _signed()
    issuers = IssuerProfile.objects.select_related("unit", "institution")
    return [_ring(issuer, found.get(issuer.pk, []), signed) for issuer in issuers]


def _ring(issuer: IssuerProfile, ring: list[SigningKey], signed: dict[int, int]) -> Ring:
    for key in ring:
        key.issuer = issuer
    active = {key.kind for key in ring if key.state == SigningKey.State.ACTIVE}
    lines = tuple(KeyLine(key, _count(key, signed)) for key in ring)
    return Ring(issuer, lines, tuple(kind for kind in KINDS if kind[0] not in active))


def _signed() -> dict[int, int]:
    rows = IssuedCredential.objects.filter(state=IssuedCredential.State.SIGNED).values_list("key").order_by()
    return dict(rows.annotate(n=Count("pk")))


def _count(key: SigningKey, signed: dict[int, int]) -> int | None:
    # Tokens are made on request under the P-256 key of the moment, and which one it was is written in the token alone.
    return signed.get(key.pk, 0) if key.kind == SigningKey.Kind.ED25519 else None


def line(public_id: str) -> KeyLine:
    """One key of the current institution; raises `NotFound`."""
    key = SigningKey.objects.select_related("issuer__institution", "issuer__unit").filter(public_id=public_id).first()
    if key is None:
        raise NotFound(N_("There is no such key here."))
    signed = IssuedCredential.objects.filter(key=key, state=IssuedCredential.State.SIGNED).count()
    return KeyLine(key, _count(key, {key.pk: signed}))


def issuer(public_id: str) -> IssuerProfile:
    """An issuer profile of the current institution; raises `NotFound`."""
    found = IssuerProfile.objects.select_related("institution", "unit").filter(public_id=public_id).first()
    if found is None:
        raise NotFound(N_("There is no such issuer here."))
    return found


def can_sign() -> bool:
    """Whether every issuer of the current institution has an active key of each kind, and keys can be opened."""
    return keys_open() and not any(ring.lacking for ring in rings())


def keys_open() -> bool:
    """Whether the key-encryption file is where it should be."""
    try:
        keys.key_encryption_key()
    except Unavailable:
        return False
    return True
