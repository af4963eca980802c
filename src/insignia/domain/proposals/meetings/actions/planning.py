"""A meeting is planned, moved, cancelled, opened and closed."""

from collections.abc import Sequence, Set
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from insignia.core.errors import Conflict, Rejected
from insignia.core.words import N_
from insignia.domain.access.actor import Actor
from insignia.domain.access.permissions import Permission
from insignia.domain.ground import clock
from insignia.domain.journal.bus import publish
from insignia.domain.proposals.bodies import queries as bodies
from insignia.domain.proposals.bodies.models import Body, Meeting

from .. import queries, rules
from ..events import MeetingChanged
from ..models import AgendaItem
from . import arranging, filling


@transaction.atomic
def plan_meeting(
    *,
    by: Actor,
    body: Body,
    starts_at: datetime,
    ends_at: datetime | None,
    cut_off_on: date,
    place: str = "",
) -> Meeting:
    """Call a meeting; what waits for the body by the cut-off is on its agenda at once."""
    by.require(Permission.COMMITTEE_MANAGE, on=body)
    _check_times(body, starts_at, ends_at, cut_off_on)
    meeting = Meeting.objects.create(
        institution=body.institution,
        body=body,
        starts_at=starts_at,
        ends_at=ends_at,
        cut_off_on=cut_off_on,
        place=place.strip(),
    )
    _tell(by, meeting, "plan")
    filling.fill(by=by, meeting=meeting)
    return meeting


@transaction.atomic
def move_meeting(
    *,
    by: Actor,
    meeting: Meeting,
    starts_at: datetime,
    ends_at: datetime | None,
    cut_off_on: date,
    place: str = "",
) -> Meeting:
    """Another time, place or cut-off; calendars follow."""
    by.require(Permission.COMMITTEE_MANAGE, on=meeting)
    _check_times(meeting.body, starts_at, ends_at, cut_off_on)
    moved = _take(meeting, "move", starts_at=starts_at, ends_at=ends_at, cut_off_on=cut_off_on, place=place.strip())
    _tell(by, moved, "move")
    filling.fill(by=by, meeting=moved)
    return moved


@transaction.atomic
def cancel_meeting(*, by: Actor, meeting: Meeting, reason: str) -> Meeting:
    """It does not take place; what was on its agenda goes to the next meeting, or waits for one."""
    by.require(Permission.COMMITTEE_MANAGE, on=meeting)
    if not reason.strip():
        raise Rejected(N_("Say why it is cancelled. Members read it in their calendars."), code="reason_missing")
    cancelled = _take(meeting, "cancel", cancelled_because=reason.strip()[:300])
    _table_the_rest(by, cancelled)
    _tell(by, cancelled, "cancel", reason=reason.strip())
    return cancelled


@transaction.atomic
def open_meeting(*, by: Actor, meeting: Meeting, present: Sequence[str]) -> Meeting:
    """The meeting begins with those who are there."""
    by.require(Permission.COMMITTEE_MANAGE, on=meeting)
    there = _known(meeting.body, present)
    facts = {rules.ATTENDED} if there else set()
    opened = _take(
        meeting,
        "open",
        facts=facts,
        present=there,
        presided_by=_presides(by, meeting.body, there),
        opened_at=clock.now(),
    )
    _tell(by, opened, "open")
    return opened


@transaction.atomic
def note_present(*, by: Actor, meeting: Meeting, present: Sequence[str]) -> Meeting:
    """Somebody came late, or left. Votes are their own: this says only who is there."""
    by.require(Permission.COMMITTEE_MANAGE, on=meeting)
    there = _known(meeting.body, present)
    presides = _presides(by, meeting.body, there)
    noted = Meeting.objects.filter(pk=meeting.pk, state=Meeting.State.OPEN).update(present=there, presided_by=presides)
    if not noted:
        raise Conflict(N_("The meeting is not in session any more. Look at it again."), code="stale")
    _tell(by, meeting, "attend")
    return queries.meeting(meeting.public_id)


@transaction.atomic
def close_meeting(*, by: Actor, meeting: Meeting) -> Meeting:
    """The meeting ends. What was voted is recorded; what was not reached goes to the next meeting."""
    by.require(Permission.COMMITTEE_MANAGE, on=meeting)
    closed = _take(meeting, "close", closed_at=clock.now())
    for item in AgendaItem.objects.filter(meeting=closed, state=AgendaItem.State.VOTED):
        arranging.take(item, "record")
    _table_the_rest(by, closed)
    _tell(by, closed, "close")
    filling.fill_next(by=by, body=closed.body)
    return closed


def _table_the_rest(by: Actor, meeting: Meeting) -> None:
    for item in AgendaItem.objects.filter(meeting=meeting, state__in=sorted(rules.LIVE)).order_by("position", "pk"):
        item.meeting = meeting
        arranging.carry_over(by, item)


def _take(meeting: Meeting, verb: str, *, facts: Set[str] = frozenset(), **values: Any) -> Meeting:
    """Move the meeting along its life; `Conflict` where somebody did so a moment ago."""
    step = rules.MEETING.take(verb, meeting.state, facts=facts)
    moved = Meeting.objects.filter(pk=meeting.pk, state=step.source).update(
        state=step.target, sequence=F("sequence") + 1, **values
    )
    if not moved:
        raise Conflict(N_("Somebody else changed this meeting a moment ago. Look at it again."), code="stale")
    return queries.meeting(meeting.public_id)


def _check_times(body: Body, starts_at: datetime, ends_at: datetime | None, cut_off_on: date) -> None:
    if starts_at <= clock.now():
        raise Rejected(N_("The meeting would begin in the past."), code="in_the_past")
    if ends_at is not None and ends_at <= starts_at:
        raise Rejected(N_("The meeting ends before it begins."), code="ends_before")
    if cut_off_on > queries.day_of(starts_at, body.institution.zone):
        raise Rejected(N_("What comes after the meeting cannot be on its agenda."), code="cut_off_after")


def _known(body: Body, present: Sequence[str]) -> list[str]:
    """Those of `present` who belong to the body, in the order of its seats."""
    return [person for person in bodies.people_of(body) if person in set(present)]


def _presides(by: Actor, body: Body, present: Sequence[str]) -> str:
    """The chair where the chair is there, else the deputy, else whoever opened the meeting."""
    offices = [held.user.public_id for held in bodies.presiding(body) if held]
    return next((person for person in offices if person in present), by.id[:26])


def _tell(by: Actor, meeting: Meeting, verb: str, *, reason: str = "") -> None:
    publish(
        MeetingChanged(meeting=meeting.public_id, body=meeting.body.public_id, verb=verb, sequence=meeting.sequence),
        by=by,
        subject=("meeting", meeting.public_id),
        reason=reason,
    )
