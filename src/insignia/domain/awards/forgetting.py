"""What rosters leave behind of people to whom nothing was awarded: kept for a while to be corrected, then forgotten."""

from collections import Counter
from datetime import datetime

from django.db import transaction
from django.db.models import F, Q

from insignia.core.words import N_
from insignia.domain.access.actor import SYSTEM
from insignia.domain.ground import tenancy
from insignia.domain.institutions import queries as institutions
from insignia.domain.journal.retention import CHUNK, kept

from . import actions, issuance
from .models import AwardBatch, BatchRow, CheckIn, CheckInEntry, IssuanceRequest, IssuanceRow

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


# What the page of a check-in says to those who write themselves down.
LISTED_DAYS, UNLISTED_DAYS = 30, 365


@kept(
    LISTED_DAYS,
    name="awards.checked_in",
    what=N_("who checked in at an event, where it led to an award"),
    since=N_("the list was handed to awarding"),
)
def forget_checked_in(before: datetime) -> int:
    """From then on the award knows who it is."""
    return _forget_entries(Q(listed_at__lt=before))


@kept(UNLISTED_DAYS, name="awards.check_ins", what=N_("who else checked in at an event"), since=N_("its end"))
def forget_check_ins(before: datetime) -> int:
    """As long as a year's events may be counted together."""
    return _forget_entries(Q(listed_at=None, check_in__closes_at__lt=before))


def _forget_entries(due: Q) -> int:
    """How many came stays with the check-in."""
    gone = 0
    for institution in institutions.all_institutions():
        with tenancy.of(institution):
            while rows := dict(CheckInEntry.objects.filter(due).order_by().values_list("pk", "check_in_id")[:CHUNK]):
                with transaction.atomic():
                    for key, count in Counter(rows.values()).items():
                        CheckIn.objects.filter(pk=key).update(forgotten=F("forgotten") + count)
                    CheckInEntry.objects.filter(pk__in=rows).delete()
                gone += len(rows)
    return gone
