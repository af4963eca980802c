"""Who may open the pages of a body and of its meetings."""

from typing import Any

from django.http import HttpRequest

from insignia.domain.access.actor import Actor
from insignia.domain.access.permissions import Permission
from insignia.domain.proposals.bodies import queries as bodies
from insignia.domain.proposals.meetings import queries as meetings
from insignia.edges.web.doors import admit_somewhere, refusal


def admit(request: HttpRequest) -> Actor:
    """Whoever reads proposals anywhere, or looks after a body: they may know which bodies there are and who sits there."""
    return admit_somewhere(request, Permission.PROPOSAL_READ, Permission.COMMITTEE_MANAGE)


def manager_of(request: HttpRequest, key_or_id: str) -> tuple[Actor, Any]:
    """Who asks, if they look after this body."""
    by = admit(request)
    body = bodies.body(key_or_id)
    if not manages(by, body):
        raise refusal(Permission.COMMITTEE_MANAGE)
    return by, body


def reader_of(request: HttpRequest, meeting_id: str) -> tuple[Actor, Any]:
    """Who asks, if the meetings of the body are for them: they sit there, look after it, or read every proposal."""
    by = admit(request)
    meeting = meetings.meeting(meeting_id)
    if not bodies.may_read(by, meeting.body):
        raise refusal(Permission.PROPOSAL_READ)
    return by, meeting


def keeper_of(request: HttpRequest, meeting_id: str) -> tuple[Actor, Any]:
    """Who asks, if they look after the body that meets."""
    by, meeting = reader_of(request, meeting_id)
    if not manages(by, meeting.body):
        raise refusal(Permission.COMMITTEE_MANAGE)
    return by, meeting


def manages(by: Actor, body: Any) -> bool:
    """Whether `by` looks after this body."""
    return by.may(Permission.COMMITTEE_MANAGE, on=body)
