"""One effect for one request, however often it is sent.

    outcome = idempotency.once(key, actor_id=by.id, request_hash=sha256_of_body, institution=by.institution)
    if isinstance(outcome, Stored):
        return the stored reply
    with transaction.atomic():
        ... do it ...
        outcome.finish(status=201, content_type="application/json", body=reply)

`finish` stands in the transaction of the effect: a crash leaves both or neither, and a second try that took over from a
slow first one lets only one of them commit. A request that is refused (4xx) ends in `abandon()`: it may be mended and
sent again under its key.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import F

from insignia.core.errors import Conflict, Rejected
from insignia.core.words import N_
from insignia.domain.ground import clock, failpoints
from insignia.domain.journal.models import IdempotencyKey

LOCKED = timedelta(seconds=60)
LONGEST_KEY = 255


@dataclass(frozen=True, slots=True)
class Stored:
    """The reply that was given the first time."""

    status: int
    content_type: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Reservation:
    """The right to do it, for a minute. Ends in `finish` or `abandon`."""

    pk: int
    token: int

    def finish(self, *, status: int, content_type: str, body: bytes) -> None:
        """Keep the reply for 30 days. Conflict when another try has taken over; the effect is then rolled back."""
        failpoints.reach("journal.idempotency.before_finish")
        kept = IdempotencyKey.objects.filter(pk=self.pk, token=self.token, status=None).update(
            status=status, content_type=content_type, body=body, locked_until=None
        )
        if not kept:
            raise _in_flight()

    def abandon(self) -> None:
        """Forget the key: nothing happened. Leaves it alone when another try has taken over."""
        IdempotencyKey.objects.filter(pk=self.pk, token=self.token, status=None).delete()


def once(key: str, *, actor_id: str, request_hash: str, institution: str) -> Stored | Reservation:
    """Reserve `key` for this actor, or give the reply that it already had.

    Rejected `idempotency_mismatch` when the same key came with another request (`request_hash` is the sha256 in
    hexadecimal of method, path and body), `idempotency_key` when the key is empty or too long; Conflict
    `idempotency_in_flight` while the first is still at it.
    """
    if not 0 < len(key) <= LONGEST_KEY:
        raise Rejected(N_("The idempotency key must have 1 to 255 characters."), code="idempotency_key")
    owner = {"institution": institution, "actor_id": actor_id, "key": key}
    try:
        with transaction.atomic():
            row = IdempotencyKey.objects.create(
                **owner, request_hash=request_hash, locked_until=clock.database_now() + LOCKED
            )
        return Reservation(row.pk, 1)
    except IntegrityError:
        return _again(owner, request_hash)


def _again(owner: dict[str, str], request_hash: str) -> Stored | Reservation:
    row = IdempotencyKey.objects.filter(**owner).first()
    if row is None:  # abandoned between our two statements: the sender may try again at once
        raise _in_flight()
    if row.request_hash != request_hash:
        raise Rejected(
            N_("This idempotency key was used for another request. Send the new request under a new key."),
            code="idempotency_mismatch",
        )
    if row.status is not None:
        return Stored(status=row.status, content_type=row.content_type, body=bytes(row.body))
    taken = IdempotencyKey.objects.filter(
        pk=row.pk, token=row.token, status=None, locked_until__lt=clock.database_now()
    ).update(token=F("token") + 1, locked_until=clock.database_now() + LOCKED)
    if not taken:
        raise _in_flight()
    return Reservation(row.pk, row.token + 1)


def _in_flight() -> Conflict:
    return Conflict(
        N_("A request under this idempotency key is still being worked on. Try again in a moment."),
        code="idempotency_in_flight",
    )
