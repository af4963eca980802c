"""The minutes of a meeting: written by whoever keeps them, final once the body has accepted them."""

from django.db import transaction

from insignia.core.errors import Conflict, Rejected
from insignia.core.words import N_
from insignia.domain.access.actor import Actor
from insignia.domain.access.permissions import Permission
from insignia.domain.ground import clock
from insignia.domain.journal.bus import publish
from insignia.domain.proposals.bodies.models import Meeting

from ..events import MinutesChanged

LONGEST = 100_000


@transaction.atomic
def write_minutes(*, by: Actor, meeting: Meeting, text: str) -> None:
    """Keep the minutes as they are written now."""
    by.require(Permission.COMMITTEE_MANAGE, on=meeting)
    _check(meeting, text)
    written = Meeting.objects.filter(pk=meeting.pk, minutes_approved_at=None).update(minutes=text.strip())
    _check_changed(written)
    _tell(by, meeting, "write")


@transaction.atomic
def accept_minutes(*, by: Actor, meeting: Meeting, text: str) -> None:
    """The body accepts them: from now on nobody changes them. `text` is what lay before it, where nobody has written any."""
    by.require(Permission.COMMITTEE_MANAGE, on=meeting)
    final = meeting.minutes or text.strip()
    _check(meeting, final)
    accepted = Meeting.objects.filter(pk=meeting.pk, minutes_approved_at=None).update(
        minutes=final, minutes_approved_at=clock.now()
    )
    _check_changed(accepted)
    _tell(by, meeting, "accept")


def _check(meeting: Meeting, text: str) -> None:
    if not meeting.is_held:
        raise Rejected(N_("Minutes are written once the meeting is closed."), code="not_held")
    if not text.strip():
        raise Rejected(N_("The minutes are empty."), code="minutes_missing")
    if len(text) > LONGEST:
        raise Rejected(
            N_("The minutes are longer than %(most)s characters."), code="too_long", params={"most": LONGEST}
        )


def _check_changed(rows: int) -> None:
    if not rows:
        raise Conflict(N_("The minutes are accepted and stay as they are."), code="minutes_final")


def _tell(by: Actor, meeting: Meeting, verb: str) -> None:
    publish(MinutesChanged(meeting=meeting.public_id, verb=verb), by=by, subject=("meeting", meeting.public_id))
