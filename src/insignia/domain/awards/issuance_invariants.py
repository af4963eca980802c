"""What must always hold of requests for issuance, whatever has crashed. Reads only."""

from collections.abc import Iterator

from .models import AwardBatch, BatchRow, IssuanceRequest, IssuanceRow

State = IssuanceRow.State


def broken() -> Iterator[str]:
    """A sentence for each request and row that is not as it must be."""
    rows = IssuanceRow.across_institutions
    for row in rows.filter(state=State.ISSUED, award=None):
        yield f"request row {row.public_id}: counts as issued and has no award"
    for row in rows.filter(state=State.APPROVED).exclude(batch_row__state=BatchRow.State.WAITING):
        yield f"request row {row.public_id}: is being issued by no list"
    stopped = rows.filter(state=State.APPROVED).exclude(batch_row__batch__state=AwardBatch.State.GRANTING)
    for row in stopped:
        yield f"request row {row.public_id}: is being issued by a list that has ended"
    over = (IssuanceRequest.State.ISSUED, IssuanceRequest.State.PARTLY_ISSUED, IssuanceRequest.State.RETURNED)
    for row in rows.filter(state__in=[State.WAITING, State.APPROVED], request__state__in=over):
        yield f"request row {row.public_id}: waits in a request that is {row.request.state}"
    unattested = IssuanceRequest.across_institutions.exclude(state=IssuanceRequest.State.DRAFT)
    for request in unattested.filter(attested_text=""):
        yield f"request {request.public_id}: was sent without the unit's word"
    for pk in (
        AwardBatch.across_institutions.filter(request__isnull=False)
        .values_list("pk", flat=True)
        .exclude(rows__isnull=False)
    ):
        yield f"batch {pk}: was issued upon a request and has no row"
