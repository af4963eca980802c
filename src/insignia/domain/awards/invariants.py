"""What must always hold of awards and their credentials, whatever has crashed. Reads only; `insignia invariants` runs it."""

from collections.abc import Iterator

from django.db.models import Count

from insignia.core.openbadges import status
from insignia.domain.credentials import signing
from insignia.domain.credentials.models import Endorsement, IssuedCredential, StatusList

from . import issuance_invariants
from .models import Award, AwardBatch, BatchRow

_WITHDRAWN = (Award.State.CANCELLED, Award.State.SUSPENDED, Award.State.REVOKED, Award.State.SUPERSEDED)
_SIGNED = (Award.State.HELD, Award.State.OFFERED, Award.State.ACCEPTED, Award.State.REVOKED, Award.State.SUPERSEDED)


def broken() -> Iterator[str]:
    """A sentence for each thing that is not as it must be; nothing where all is well."""
    yield from _one_award_a_key()
    yield from _awards_have_their_bytes()
    yield from _bytes_are_those_signed()
    yield from _status_tells_the_truth()
    yield from _rows_ended_once()
    yield from issuance_invariants.broken()


def _one_award_a_key() -> Iterator[str]:
    twice = (
        Award.across_institutions.values("institution", "achievement", "recipient", "reference")
        .annotate(n=Count("pk"))
        .filter(n__gt=1)
    )
    for row in twice:
        yield f"award: {row['n']} awards have one natural key (achievement {row['achievement']})"
    shared = (
        Award.across_institutions.exclude(credential=None).values("credential").annotate(n=Count("pk")).filter(n__gt=1)
    )
    for other in shared:
        yield f"credential {other['credential']}: belongs to {other['n']} awards"


def _awards_have_their_bytes() -> Iterator[str]:
    unsigned = Award.across_institutions.filter(state__in=_SIGNED).exclude(credential__state="signed")
    for public_id in unsigned.values_list("public_id", flat=True):
        yield f"award {public_id}: is shown but its credential is not signed"
    orphans = IssuedCredential.across_institutions.exclude(
        pk__in=Award.across_institutions.exclude(credential=None).values("credential")
    ).exclude(pk__in=Endorsement.across_institutions.values("credential"))
    for public_id in orphans.values_list("public_id", flat=True):
        yield f"credential {public_id}: belongs to no award, and endorses nothing"


def _bytes_are_those_signed() -> Iterator[str]:
    signed = IssuedCredential.across_institutions.filter(state="signed").only("public_id", "document", "sha256")
    for row in signed.iterator(chunk_size=500):
        if row.document is None or signing.sha256(bytes(row.document)) != row.sha256:
            yield f"credential {row.public_id}: its bytes are not those that were signed"


def _status_tells_the_truth() -> Iterator[str]:
    lists = {row.pk: bytes(row.bits) for row in StatusList.across_institutions.all()}
    awards = Award.across_institutions.exclude(credential=None).values_list(
        "public_id", "state", "credential__status_list", "credential__status_index"
    )
    for public_id, state, list_pk, index in awards.iterator(chunk_size=2000):
        if status.is_set(lists[list_pk], index) != (state in _WITHDRAWN):
            yield f"award {public_id}: is {state}, and its status list says otherwise"


def _rows_ended_once() -> Iterator[str]:
    lost = BatchRow.across_institutions.filter(state=BatchRow.State.GRANTED, award=None)
    for row in lost:
        yield f"batch row {row.pk}: counts as awarded and has no award"
    unfinished = BatchRow.across_institutions.filter(
        state=BatchRow.State.WAITING, batch__state__in=[AwardBatch.State.GRANTED, AwardBatch.State.UNDONE]
    )
    for row in unfinished:
        yield f"batch row {row.pk}: waits in a batch that has ended"
