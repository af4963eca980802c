"""Agendas fill themselves: what waits for a body by the cut-off, minutes to be accepted, and what was tabled."""

from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.db.models import F

from insignia.domain.access.actor import Actor
from insignia.domain.journal.bus import publish
from insignia.domain.proposals.bodies.models import Body, Meeting
from insignia.domain.proposals.workflow.models import TaskRun

from .. import queries
from ..events import AgendaChanged
from ..models import AgendaItem


@transaction.atomic
def fill(*, by: Actor, meeting: Meeting) -> list[AgendaItem]:
    """Put on the agenda what has come by the cut-off, in the order of arrival, and what earlier meetings left over."""
    if not meeting.is_ahead:
        return []
    off = queries.taken_off(meeting)
    waiting = [
        row for row in queries.unscheduled(meeting.body) if (row.run.proposal_id, row.task, row.opened_in) not in off
    ]
    due = queries.arrived_by(waiting, meeting.cut_off_on, meeting.institution.zone)
    made = [*_minutes(meeting), *_left_over(meeting), *(put_task(meeting, row) for row in due)]
    found = [item for item in made if item]
    _tell(by, found)
    return found


@transaction.atomic
def fill_next(*, by: Actor, body: Body) -> list[AgendaItem]:
    """`fill`, for the first of the body's meetings whose cut-off has not gone by."""
    planned = queries.meetings().filter(body=body, state=Meeting.State.PLANNED).order_by("starts_at", "pk")
    return [item for meeting in planned for item in fill(by=by, meeting=meeting)]


def put_task(meeting: Meeting, row: TaskRun) -> AgendaItem | None:
    """The item of a matter that waits; None where it came on an agenda a moment ago."""
    came_from = (
        AgendaItem.objects.filter(
            proposal_id=row.run.proposal_id,
            step=row.step,
            task=row.task,
            opened_in=row.opened_in,
            state=AgendaItem.State.TABLED,
            followed_by=None,
        )
        .order_by("-pk")
        .first()
    )
    try:
        with transaction.atomic():
            return AgendaItem.objects.create(
                institution=meeting.institution,
                meeting=meeting,
                position=queries.last_position(meeting),
                kind=AgendaItem.Kind.PROPOSAL,
                proposal=row.run.proposal,
                step=row.step,
                task=row.task,
                opened_in=row.opened_in,
                came_from=came_from,
            )
    except IntegrityError:
        return None


def follow_up(item: AgendaItem, meeting: Meeting) -> AgendaItem:
    """The same matter on a later agenda."""
    return AgendaItem.objects.create(
        institution=meeting.institution,
        meeting=meeting,
        position=queries.last_position(meeting),
        kind=item.kind,
        proposal_id=item.proposal_id,
        step=item.step,
        task=item.task,
        opened_in=item.opened_in,
        minutes_of_id=item.minutes_of_id,
        title=item.title,
        text=item.text,
        presenter=item.presenter,
        minutes=item.minutes,
        came_from=item,
    )


def _left_over(meeting: Meeting) -> list[AgendaItem]:
    return [follow_up(item, meeting) for item in queries.left_over(meeting.body)]


def _minutes(meeting: Meeting) -> list[AgendaItem]:
    """The minutes of the meeting before come first."""
    before = queries.unminuted(meeting.body)
    if before is None or before.starts_at >= meeting.starts_at:
        return []
    AgendaItem.objects.filter(meeting=meeting).update(position=F("position") + 1)
    return [
        AgendaItem.objects.create(
            institution=meeting.institution,
            meeting=meeting,
            position=0,
            kind=AgendaItem.Kind.MINUTES,
            minutes_of=before,
            minutes=5,
        )
    ]


def _tell(by: Actor, items: Sequence[AgendaItem]) -> None:
    for item in items:
        publish(
            AgendaChanged(meeting=item.meeting.public_id, item=item.public_id, verb="put"),
            by=by,
            subject=("meeting", item.meeting.public_id),
        )
