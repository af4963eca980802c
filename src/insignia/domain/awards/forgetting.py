"""What rosters leave behind of people to whom nothing was awarded: kept for a while to be corrected, then forgotten."""

from datetime import datetime

from insignia.core.words import N_
from insignia.domain.access.actor import SYSTEM
from insignia.domain.ground import tenancy
from insignia.domain.institutions import queries as institutions
from insignia.domain.journal.retention import CHUNK, kept

from . import actions, issuance
from .models import AwardBatch, BatchRow, IssuanceRequest, IssuanceRow

FORGOTTEN = N_("What stood in this row has been forgotten.")
_OPEN = (AwardBatch.State.UPLOADED, AwardBatch.State.CHECKED)
_NOT_AWARDED = (BatchRow.State.REJECTED, BatchRow.State.DUPLICATE, BatchRow.State.CANCELLED, BatchRow.State.WAITING)


@kept(90, name="awards.open_rosters", what=N_("rosters that nobody confirmed"), since=N_("the upload"))
def forget_open_rosters(before: datetime) -> int:
    """They are thrown away as a person would do it; their rows follow with the others."""
    gone = 0
    for institution in institutions.all_institutions():
        with tenancy.of(institution):
            for batch in AwardBatch.objects.filter(state__in=_OPEN, created_at__lt=before).defer("file")[:CHUNK]:
                actions.cancel_batch(by=SYSTEM, batch=batch)
                gone += 1
    return gone


@kept(180, name="awards.rows", what=N_("what a roster said of people who were not awarded"), since=N_("the upload"))
def forget_rows(before: datetime) -> int:
    """Number, state and kind of reason stay, so that the counts of a roster still add up."""
    gone = 0
    for institution in institutions.all_institutions():
        with tenancy.of(institution):
            rows = BatchRow.objects.filter(state__in=_NOT_AWARDED, batch__created_at__lt=before).exclude(line={})
            rows = rows.exclude(batch__state__in=[*_OPEN, AwardBatch.State.GRANTING])
            while keys := list(rows.values_list("pk", flat=True)[:CHUNK]):
                gone += BatchRow.objects.filter(pk__in=keys).update(line={}, params={}, message=FORGOTTEN)
    return gone


@kept(90, name="awards.drafts", what=N_("drafts of requests for issuance"), since=N_("the last change"))
def forget_drafts(before: datetime) -> int:
    """What a unit never sent is thrown away, with the learners in it."""
    gone = 0
    for institution in institutions.all_institutions():
        with tenancy.of(institution):
            drafts = IssuanceRequest.objects.filter(state=IssuanceRequest.State.DRAFT, changed_at__lt=before)
            while keys := list(drafts.values_list("pk", flat=True)[:CHUNK]):
                IssuanceRequest.objects.filter(pk__in=keys, state=IssuanceRequest.State.DRAFT).delete()
                gone += len(keys)
    return gone


@kept(
    180,
    name="awards.requests",
    what=N_("what a request for issuance said of its learners"),
    since=N_("the last change"),
)
def forget_requested(before: datetime) -> int:
    """What waits for the Registrar stays; of an issued row the award knows who it is. States and counts stay."""
    gone = 0
    over = [s for s in IssuanceRow.State.values if s not in issuance.UNDER_WAY]
    for institution in institutions.all_institutions():
        with tenancy.of(institution):
            rows = IssuanceRow.objects.filter(state__in=over, request__changed_at__lt=before)
            rows = rows.exclude(request__state=IssuanceRequest.State.DRAFT).exclude(line={})
            while keys := list(rows.values_list("pk", flat=True)[:CHUNK]):
                gone += IssuanceRow.objects.filter(pk__in=keys).update(
                    line={},
                    name="",
                    email="",
                    external_id="",
                    reason="",
                    params={},
                    message=FORGOTTEN,
                    code="forgotten",
                )
    return gone
