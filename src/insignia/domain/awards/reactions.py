"""What happens in the background after news of awards. Thin, and safe to run twice."""

from typing import Any

from insignia.domain.journal.bus import subscribe
from insignia.domain.journal.models import Entry

from . import actions, queries

# A machine that dies again and again while a roster is signed must not be what leaves learners without their badges.
PATIENT = 25


@subscribe("awards.granted", name="awards.issue_chunk", tries=PATIENT)
def issue_chunk(data: dict[str, Any], entry: Entry) -> None:
    """Sign what was granted."""
    actions.issue(data["awards"])


@subscribe("awards.held", name="awards.release_chunk", tries=PATIENT)
def release_chunk(data: dict[str, Any], entry: Entry) -> None:
    """Offer what was held, now that its undo window is over."""
    actions.release(data["awards"])


@subscribe("awards.batch_uploaded", name="awards.check_batch")
def check_batch(data: dict[str, Any], entry: Entry) -> None:
    """Check a roster whose upload was interrupted before anybody saw the check."""
    actions.check_batch(queries.batch_by_id(data["batch"]))


@subscribe("awards.batch_confirmed", name="awards.begin_batch", tries=PATIENT)
@subscribe("awards.batch_continued", name="awards.continue_batch", tries=PATIENT)
def grant_rows(data: dict[str, Any], entry: Entry) -> None:
    """Award the next rows of a batch."""
    actions.grant_next_rows(data["batch"])


@subscribe("awards.undone", name="awards.settle_undone")
def settle_undone(data: dict[str, Any], entry: Entry) -> None:
    """Give rows of requests back to the Registrar whose awards were taken back one by one."""
    actions.settle_undone(data["awards"])
