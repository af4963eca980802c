"""What became of rows that the Registrar issues, written back into their request: after each chunk, and after an undo."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from insignia.domain.access.actor import SYSTEM
from insignia.domain.ground import clock
from insignia.domain.journal.bus import publish

from .. import issuance
from ..events import IssuanceSettled
from ..models import Award, AwardBatch, BatchRow, IssuanceRequest, IssuanceRow

State = IssuanceRow.State
_REFUSED = (BatchRow.State.DUPLICATE, BatchRow.State.REJECTED)


def locked(request: IssuanceRequest | int) -> IssuanceRequest:
    """The request as the database has it, kept from everybody else until the transaction ends."""
    key = request if isinstance(request, int) else request.pk
    found = IssuanceRequest.objects.select_for_update(of=("self",)).select_related(
        "achievement__level", "achievement__institution", "achievement__unit", "achievement__current", "requested_by"
    )
    return found.get(pk=key)


def row_counts(request: IssuanceRequest) -> dict[str, int]:
    """How many rows of the request are in each state."""
    return dict(IssuanceRow.objects.filter(request=request).order_by().values_list("state").annotate(n=Count("pk")))


def move(request: IssuanceRequest, verb: str, **values: object) -> str:
    """Take `request`, which is locked, to where `verb` leads by what now holds of its rows; gives the new state."""
    holds = issuance.facts(row_counts(request)) | ({"attested"} if request.attested_text else frozenset())
    target = issuance.LIFECYCLE.take(verb, request.state, facts=holds).target
    IssuanceRequest.objects.filter(pk=request.pk, state=request.state).update(
        state=target, changed_at=clock.now(), **values
    )
    request.state = target
    return target


@transaction.atomic
def settle_request(batch: AwardBatch) -> None:
    """Write back how the rows of `batch` ended. Safe to run again: what is written back already is left alone."""
    if batch.request_id is None:
        return
    request = locked(batch.request_id)
    rows = IssuanceRow.objects.filter(request=request, batch_row__batch=batch)
    changed = _issue(rows) + _refuse(rows) + _take_back(rows)
    before = request.state
    if not changed or move(request, "settle") == before:
        return
    publish(
        IssuanceSettled(request=request.public_id, state=request.state),
        by=SYSTEM,
        subject=("issuance", request.public_id),
        not_before=batch.release_at,
    )


def settle_undone(awards: Sequence[str]) -> None:
    """The same for whatever requests asked for these awards, which were taken back."""
    for batch in AwardBatch.objects.filter(request__isnull=False, awards__public_id__in=awards).distinct():
        settle_request(batch)


def _issue(rows: QuerySet[IssuanceRow]) -> int:
    award = BatchRow.objects.filter(pk=OuterRef("batch_row")).values("award")[:1]
    done = rows.filter(state__in=issuance.sources("issue"), batch_row__state=BatchRow.State.GRANTED)
    standing = done.exclude(batch_row__award__state=Award.State.CANCELLED)
    return standing.update(state=State.ISSUED, award=Subquery(award))


def _refuse(rows: QuerySet[IssuanceRow]) -> int:
    refused = list(
        rows.filter(state__in=issuance.sources("refuse"), batch_row__state__in=_REFUSED).select_related("batch_row")
    )
    for row in refused:
        if (ended := row.batch_row) is not None:
            row.code, row.message, row.params = ended.code, ended.message, ended.params
        row.state, row.batch_row = State.WAITING, None
    IssuanceRow.objects.bulk_update(refused, ["state", "code", "message", "params", "batch_row"], batch_size=200)
    return len(refused)


def _take_back(rows: QuerySet[IssuanceRow]) -> int:
    gone = Q(batch_row__state=BatchRow.State.CANCELLED) | Q(batch_row__award__state=Award.State.CANCELLED)
    undone = rows.filter(gone, state__in=issuance.sources("undo"))
    return undone.update(state=State.WAITING, batch_row=None, award=None)
