"""What changes about keys, credentials and their status."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from insignia.core.errors import Conflict, Rejected, Unavailable
from insignia.core.openbadges import status
from insignia.core.openbadges.keys import Ed25519Key, P256Key
from insignia.core.words import N_
from insignia.domain.access.actor import Actor
from insignia.domain.access.permissions import Permission
from insignia.domain.ground import clock, failpoints
from insignia.domain.ground.ids import new_public_id
from insignia.domain.institutions.models import IssuerProfile
from insignia.domain.journal.bus import publish

from . import keys, signing
from .events import KeyStateChanged, StatusChanged
from .models import IssuedCredential, SigningKey, StatusList

# A list is left for a fresh one when half of it is used, so that a random free index is found at once.
_FULL = status.BITS // 2


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in which a credential may be made: its id, its status entry and the key that will sign it."""

    public_id: str
    issuer: IssuerProfile
    key: SigningKey
    status_list: StatusList
    status_index: int
    valid_from: datetime


def make_key(*, by: Actor, issuer: IssuerProfile, kind: str) -> SigningKey:
    """Prepare a signing key of `kind` for `issuer`; it signs nothing until `activate_key`."""
    by.require(Permission.KEY_MANAGE, on=issuer)
    private = Ed25519Key.generate() if kind == SigningKey.Kind.ED25519 else P256Key.generate()
    public_id = new_public_id()
    with transaction.atomic():
        key = SigningKey.objects.create(
            institution=issuer.institution,
            public_id=public_id,
            issuer=issuer,
            kind=kind,
            public_multibase=private.public_multibase,
            sealed=keys.seal(private, public_id=public_id),
        )
        publish(KeyStateChanged(key=key.public_id, state=key.state), by=by, subject=("key", key.public_id))
    return key


@transaction.atomic
def activate_key(*, by: Actor, key: SigningKey) -> SigningKey:
    """Let `key` sign from now on; the active key of its kind retires and stays listed, so old credentials stay valid."""
    by.require(Permission.KEY_MANAGE, on=key)
    now = clock.now()
    retiring = SigningKey.objects.select_for_update().filter(
        issuer=key.issuer_id, kind=key.kind, state=SigningKey.State.ACTIVE
    )
    for old in retiring:
        SigningKey.objects.filter(pk=old.pk).update(state=SigningKey.State.RETIRED, retired_at=now)
        publish(KeyStateChanged(key=old.public_id, state="retired"), by=by, subject=("key", old.public_id))
    moved = SigningKey.objects.filter(pk=key.pk, state=SigningKey.State.PRE).update(
        state=SigningKey.State.ACTIVE, activated_at=now
    )
    if not moved:
        raise Conflict(N_("Only a prepared key can be activated; this one has been used before."), code="key_used")
    publish(KeyStateChanged(key=key.public_id, state="active"), by=by, subject=("key", key.public_id))
    key.refresh_from_db()
    return key


@transaction.atomic
def report_compromise(*, by: Actor, key: SigningKey, reason: str) -> None:
    """Withdraw trust from `key`: it leaves the issuer's assertion methods and what it signed no longer verifies."""
    by.require(Permission.KEY_MANAGE, on=key)
    if not reason.strip():
        raise Rejected(N_("Say what happened to the key: the reason is kept."), code="reason_missing")
    SigningKey.objects.filter(pk=key.pk).update(state=SigningKey.State.COMPROMISED, compromised_at=clock.now())
    publish(
        KeyStateChanged(key=key.public_id, state="compromised"), by=by, subject=("key", key.public_id), reason=reason
    )


def open_issuer(*, by: Actor, issuer: IssuerProfile) -> None:
    """Give `issuer` what it needs to sign: an active key of each kind, unless it has one."""
    for kind in SigningKey.Kind.values:
        if not SigningKey.objects.filter(issuer=issuer, kind=kind, state=SigningKey.State.ACTIVE).exists():
            activate_key(by=by, key=make_key(by=by, issuer=issuer, kind=kind))


def reserve(*, issuer: IssuerProfile, count: int) -> list[Slot]:
    """Set aside `count` credential ids with a random status index each. Called inside the caller's transaction."""
    try:
        key = SigningKey.objects.get(issuer=issuer, kind=SigningKey.Kind.ED25519, state=SigningKey.State.ACTIVE)
    except SigningKey.DoesNotExist:
        raise Unavailable(
            N_("“%(issuer)s” has no active signing key. Make one under “Issuer and keys”."),
            code="no_signing_key",
            params={"issuer": issuer.name},
            permanent=True,
        ) from None
    now = clock.now().replace(microsecond=0)
    row = _list_with_room(issuer, count)
    taken = set(IssuedCredential.objects.filter(status_list=row).values_list("status_index", flat=True))
    slots: list[Slot] = []
    while len(slots) < count:
        index = secrets.randbelow(status.BITS)
        if index in taken:
            continue
        taken.add(index)
        slots.append(Slot(new_public_id(), issuer, key, row, index, now))
    StatusList.objects.filter(pk=row.pk).update(used=len(taken))
    return slots


def _list_with_room(issuer: IssuerProfile, count: int) -> StatusList:
    row = (
        StatusList.objects.select_for_update(of=("self",))
        .filter(issuer=issuer, purpose="revocation", used__lte=_FULL - count)
        .defer("bits")
        .first()
    )
    if row is None:
        row = StatusList.objects.create(institution=issuer.institution, issuer=issuer, bits=status.new_bits())
    return row


def record(
    documents: Sequence[tuple[Slot, Mapping[str, Any]]], *, replaces: Mapping[str, IssuedCredential] | None = None
) -> list[IssuedCredential]:
    """Write down what is about to be signed, inside the caller's transaction. `replaces` maps new ids to old credentials."""
    rows = [
        IssuedCredential(
            institution_id=slot.issuer.institution_id,
            public_id=slot.public_id,
            issuer=slot.issuer,
            key=slot.key,
            status_list=slot.status_list,
            status_index=slot.status_index,
            unsigned=signing.to_bytes(document),
            valid_from=slot.valid_from,
            replaces=(replaces or {}).get(slot.public_id),
        )
        for slot, document in documents
    ]
    return IssuedCredential.objects.bulk_create(rows)


def settle(signed: Mapping[int, bytes]) -> set[int]:
    """Store the signed bytes of reserved credentials, inside the caller's transaction; gives the keys that were settled now.

    A credential that another worker settled keeps the bytes that it has: Ed25519 is deterministic, so they are the same.
    """
    now = clock.now()
    settled = set()
    for pk, document in signed.items():
        moved = IssuedCredential.objects.filter(pk=pk, state=IssuedCredential.State.RESERVED).update(
            state=IssuedCredential.State.SIGNED, document=document, sha256=signing.sha256(document), signed_at=now
        )
        if moved:
            settled.add(pk)
    failpoints.reach("credentials.settle.before_commit")
    return settled


def drop(credentials: Sequence[IssuedCredential]) -> None:
    """Forget the bytes of credentials that were undone before anyone saw them; their status index stays burned and set."""
    _flip(credentials, to=True)
    IssuedCredential.objects.filter(pk__in=[c.pk for c in credentials]).update(
        state=IssuedCredential.State.DROPPED, document=None, unsigned=b"", token=""
    )


def revoke(*, by: Actor, credentials: Sequence[IssuedCredential]) -> None:
    """Set the status bit of each, inside the caller's transaction: visible to every verifier at once."""
    _flip(credentials, to=True)
    _tell(by, credentials, "revoke")


def suspend(*, by: Actor, credentials: Sequence[IssuedCredential]) -> None:
    """Set the status bit of each until `reinstate`."""
    _flip(credentials, to=True)
    _tell(by, credentials, "suspend")


def reinstate(*, by: Actor, credentials: Sequence[IssuedCredential]) -> None:
    """Clear the status bit of suspended credentials."""
    _flip(credentials, to=False)
    _tell(by, credentials, "reinstate")


def _tell(by: Actor, credentials: Sequence[IssuedCredential], verb: str) -> None:
    event = StatusChanged(credentials=tuple(c.public_id for c in credentials), verb=verb)
    publish(event, by=by, subject=("credential", credentials[0].public_id))


def _flip(credentials: Sequence[IssuedCredential], *, to: bool) -> None:
    by_list: dict[int, dict[int, bool]] = {}
    for credential in credentials:
        by_list.setdefault(credential.status_list_id, {})[credential.status_index] = to
    # In the order of their keys, so that two revocations at once cannot wait for each other.
    for pk in sorted(by_list):
        row = StatusList.objects.select_for_update(of=("self",)).get(pk=pk)
        StatusList.objects.filter(pk=pk).update(
            bits=status.with_bits(bytes(row.bits), by_list[pk]), revision=row.revision + 1
        )


def make_token(credential: IssuedCredential) -> str:
    """The VC-JWT form, signed once on first request and kept."""
    if credential.token:
        return credential.token
    key = SigningKey.objects.filter(
        issuer=credential.issuer_id, kind=SigningKey.Kind.P256, state=SigningKey.State.ACTIVE
    ).first()
    if key is None:
        raise Unavailable(
            N_("The issuer has no P-256 key, which the JWT form needs."), code="no_jwt_key", permanent=True
        )
    token = signing.token(credential, key)
    IssuedCredential.objects.filter(pk=credential.pk, token="").update(token=token)
    credential.refresh_from_db(fields=["token"])
    return credential.token
