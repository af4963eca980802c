"""Calendar files: one meeting, and all meetings of a body for the calendar of a member."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from insignia.core.calendars import MEDIA_TYPE, Appointment, calendar
from insignia.domain.ground import clock
from insignia.domain.proposals.meetings import links
from insignia.domain.proposals.meetings import queries as meetings

from ..pages import address
from . import doors


@require_safe
def meeting_file(request: HttpRequest, meeting_id: str) -> HttpResponse:
    """One meeting, to be put into a calendar."""
    _by, one = doors.reader_of(request, meeting_id)
    name = f"{slugify(one.body.short_name or one.body.name)}-{one.day.isoformat()}.ics"
    return _file(request, one.body, [one], name)


@require_safe
def body_feed(request: HttpRequest, token: str) -> HttpResponse:
    """All meetings of a body, for a calendar program that asks again and again and cannot sign in."""
    body = links.body_of(token)
    response = _file(request, body, meetings.for_calendar(body), f"{slugify(body.short_name or body.name)}.ics")
    response.headers["Cache-Control"] = "private, max-age=900"
    return response


def _file(request: HttpRequest, body: Any, found: list[Any], name: str) -> HttpResponse:
    content = calendar([_appointment(request, body, one) for one in found], name=body.name, zone=body.institution.zone)
    response = HttpResponse(content, content_type=MEDIA_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _appointment(request: HttpRequest, body: Any, one: Any) -> Appointment:
    url = settings.PUBLIC_URL + address(request, "meeting", one.public_id)
    said = [_("Agenda and packet: %(url)s") % {"url": url}]
    if one.cancelled_because:
        said.insert(0, _("Cancelled: %(reason)s") % {"reason": one.cancelled_because})
    return Appointment(
        uid=f"{one.public_id}@{urlsplit(settings.PUBLIC_URL).hostname}",
        sequence=one.sequence,
        starts_at=one.starts_at,
        ends_at=one.ends_at,
        stamped_at=clock.now(),
        title=body.name,
        place=one.place,
        description="\n".join(said),
        url=url,
        is_cancelled=one.state == "cancelled",
    )
