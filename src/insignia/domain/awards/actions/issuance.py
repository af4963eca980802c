"""The Registrar decides on requests: verifies, returns rows with a reason, issues one, several or all that are fine (R-124)."""

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet

from insignia.core.errors import Rejected
from insignia.core.words import N_
from insignia.domain.access.actor import Actor
from insignia.domain.access.permissions import Permission
from insignia.domain.ground import clock
from insignia.domain.journal.bus import publish

from .. import issuance_queries as asked
from ..events import BatchConfirmed, IssuanceApproved, IssuanceReturned, IssuanceTakenUp
from ..models import AwardBatch, BatchRow, IssuanceRequest, IssuanceRow
from .batches import CHUNK, person
from .granting import to_oneself
from .settling import locked, move

State = IssuanceRow.State
LONGEST_REASON = 500


@transaction.atomic
def verify_request(*, by: Actor, request: IssuanceRequest) -> None:
    """Take a request up, so that colleagues see who verifies it."""
    by.require(Permission.ISSUANCE_DECIDE, on=request)
    found = locked(request)
    move(found, "verify", verifier=person(by))
    _tell_taken_up(by, found)


@transaction.atomic
def return_rows(*, by: Actor, request: IssuanceRequest, rows: Sequence[str], reason: str) -> int:
    """Give the rows with these public ids back to the unit, which is told why; gives how many."""
    by.require(Permission.ISSUANCE_DECIDE, on=request)
    return _return(by, request, asked.waiting_rows(request, rows), reason)


@transaction.atomic
def return_request(*, by: Actor, request: IssuanceRequest, reason: str) -> int:
    """Give every row that waits back to the unit, for one reason; gives how many."""
    by.require(Permission.ISSUANCE_DECIDE, on=request)
    return _return(by, request, IssuanceRow.objects.filter(request=request, state=State.WAITING), reason)


@transaction.atomic
def issue_rows(*, by: Actor, request: IssuanceRequest, rows: Sequence[str]) -> AwardBatch:
    """Issue the rows with these public ids that wait, also where something was flagged: a person has looked at each."""
    by.require(Permission.ISSUANCE_DECIDE, on=request)
    return _issue(by, request, asked.waiting_rows(request, rows))


@transaction.atomic
def issue_valid(*, by: Actor, request: IssuanceRequest) -> AwardBatch:
    """Issue every row that waits and against which nothing stands."""
    by.require(Permission.ISSUANCE_DECIDE, on=request)
    return _issue(by, request, asked.valid(request, by=by))


def _taken_up(by: Actor, request: IssuanceRequest) -> IssuanceRequest:
    """The request, locked; whoever decides on one that nobody has taken up takes it up by that."""
    found = locked(request)
    if found.state == IssuanceRequest.State.SUBMITTED:
        move(found, "verify", verifier=person(by))
        _tell_taken_up(by, found)
    return found


def _tell_taken_up(by: Actor, request: IssuanceRequest) -> None:
    publish(IssuanceTakenUp(request=request.public_id), by=by, subject=("issuance", request.public_id))


def _return(by: Actor, request: IssuanceRequest, rows: QuerySet[IssuanceRow], reason: str) -> int:
    reason = reason.strip()
    if not reason:
        raise Rejected(N_("Say why: the unit reads it, and corrects the rows by it."), code="reason_missing")
    if len(reason) > LONGEST_REASON:
        raise Rejected(
            N_("The reason has %(count)s characters; at most %(limit)s are possible."),
            code="reason_too_long",
            params={"count": len(reason), "limit": LONGEST_REASON},
        )
    found = _taken_up(by, request)
    chosen = list(rows.values_list("pk", "public_id"))
    if not chosen:
        raise _nothing_chosen()
    keys = [pk for pk, _id in chosen]
    for i in range(0, len(keys), CHUNK):
        IssuanceRow.objects.filter(pk__in=keys[i : i + CHUNK]).update(
            state=State.RETURNED, reason=reason, code="", message="", params={}
        )
    move(found, "return")
    # The reason stays with the rows, which are forgotten in time; the journal keeps ids for ever, and no names.
    publish(
        IssuanceReturned(request=found.public_id, rows=tuple(public_id for _pk, public_id in chosen)),
        by=by,
        subject=("issuance", found.public_id),
    )
    return len(chosen)


def _issue(by: Actor, request: IssuanceRequest, chosen: QuerySet[IssuanceRow]) -> AwardBatch:
    found = _taken_up(by, request)
    if refusal := asked.hindrance(found):
        raise refusal
    rows = list(chosen.order_by("number"))
    if not rows:
        raise _nothing_chosen()
    if any(row.email in by.addresses for row in rows):
        raise to_oneself()
    batch = _batch_of(by, found, rows)
    move(found, "approve")
    publish(
        IssuanceApproved(request=found.public_id, batch=batch.public_id, rows=len(rows)),
        by=by,
        subject=("issuance", found.public_id),
    )
    publish(BatchConfirmed(batch=batch.public_id), by=by, subject=("batch", batch.public_id))
    return batch


def _batch_of(by: Actor, request: IssuanceRequest, rows: Sequence[IssuanceRow]) -> AwardBatch:
    """The list of these rows, confirmed: from here on it is awarded, signed, held and sent like every other list."""
    minutes = request.achievement.institution.policy("undo_minutes_batch")
    batch = AwardBatch.objects.create(
        achievement=request.achievement,
        state=AwardBatch.State.GRANTING,
        source="request",
        filename=request.filename,
        created_by_id=person(by),
        release_at=clock.now() + timedelta(minutes=minutes),
        request=request,
    )
    for i in range(0, len(rows), CHUNK):
        chunk = rows[i : i + CHUNK]
        made = BatchRow.objects.bulk_create(
            [BatchRow(institution_id=batch.institution_id, batch=batch, number=r.number, line=r.line) for r in chunk]
        )
        for row, batch_row in zip(chunk, made, strict=True):
            row.state, row.batch_row, row.code, row.message, row.params = State.APPROVED, batch_row, "", "", {}
        IssuanceRow.objects.bulk_update(chunk, ["state", "batch_row", "code", "message", "params"])
    return batch


def _nothing_chosen() -> Rejected:
    return Rejected(
        N_("No row was chosen that waits for a decision. Tick rows first, or look whether somebody was faster."),
        code="nothing_chosen",
    )
