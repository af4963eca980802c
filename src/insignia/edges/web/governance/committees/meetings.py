"""A meeting is called, moved, cancelled, opened and closed."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from insignia.core.errors import Conflict, Rejected
from insignia.domain.proposals.bodies import queries as bodies
from insignia.domain.proposals.meetings import actions
from insignia.domain.proposals.meetings import queries as meetings

from ..pages import carried_out, done, page, status_of, undone
from . import doors
from .forms import CancelForm, MeetingForm, PresentForm, times_of
from .minuting import draft_of, title_of
from .people import belonging


@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, body_id: str) -> HttpResponseBase:
    """Call a meeting of this body."""
    by, body = doors.manager_of(request, body_id)
    form = MeetingForm(request.POST or None)
    made = []
    if carried_out(form, lambda: made.append(actions.plan_meeting(by=by, body=body, **form.times))):
        return done(request, _("The meeting is called. What waits is on its agenda."), "meeting", made[0].public_id)
    context = {"form": form, "body": body, "waiting": len(meetings.unscheduled(body))}
    return page(request, "committees/meeting_plan.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, meeting_id: str) -> HttpResponseBase:
    """Another time, place or cut-off."""
    by, meeting = doors.keeper_of(request, meeting_id)
    form = MeetingForm(request.POST or None, initial=times_of(meeting))
    if carried_out(form, lambda: actions.move_meeting(by=by, meeting=meeting, **form.times)):
        return done(request, _("The meeting is moved. Calendars follow."), "meeting", meeting.public_id)
    context = {"form": form, "body": meeting.body, "meeting": meeting}
    return page(request, "committees/meeting_plan.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, meeting_id: str) -> HttpResponseBase:
    """It does not take place: asks, and wants a reason."""
    by, meeting = doors.keeper_of(request, meeting_id)
    form = CancelForm(request.POST or None)
    if carried_out(form, lambda: actions.cancel_meeting(by=by, meeting=meeting, reason=form.cleaned_data["reason"])):
        return done(request, _("The meeting is cancelled. Calendars follow."), "body", meeting.body.public_id)
    context = {"form": form, "meeting": meeting, "following": meetings.next_after(meeting)}
    return page(request, "committees/meeting_cancel.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
def attend(request: HttpRequest, meeting_id: str) -> HttpResponseBase:
    """Who is there: with that a meeting opens; later it says who came late or left."""
    by, meeting = doors.keeper_of(request, meeting_id)
    chair, deputy = bodies.presiding(meeting.body)
    offices = [held.user if held else None for held in (chair, deputy)]
    people = belonging(bodies.sittings_only(meeting.body), *offices)
    choices = [(user.public_id, f"{user} · {what}") for user, what in people]
    form = PresentForm(request.POST or None, people=choices, initial={"present": meeting.present})

    def act() -> None:
        present = form.cleaned_data["present"]
        if meeting.is_ahead:
            actions.open_meeting(by=by, meeting=meeting, present=present)
        else:
            actions.note_present(by=by, meeting=meeting, present=present)

    if carried_out(form, act):
        said = _("The meeting is open.") if meeting.is_ahead else _("It is noted who is there.")
        return done(request, said, "meeting", meeting.public_id)
    return page(request, "committees/attend.html", {"form": form, "meeting": meeting}, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, meeting_id: str) -> HttpResponseBase:
    """The meeting ends: says first what is put off."""
    by, meeting = doors.keeper_of(request, meeting_id)
    if request.method != "POST":
        left = [title_of(item) for item in meetings.items(meeting) if item.is_live]
        context = {"meeting": meeting, "left": left, "following": meetings.next_after(meeting)}
        return page(request, "committees/meeting_close.html", context)
    try:
        closed = actions.close_meeting(by=by, meeting=meeting)
        # Kept at once: who sat there and what was said is told as it was, not as it is when somebody reads it.
        actions.write_minutes(by=by, meeting=closed, text=draft_of(closed))
    except (Rejected, Conflict) as refused:
        return undone(request, refused, "meeting", meeting.public_id)
    return done(request, _("The meeting is closed. Its minutes are drafted: look them over."), "minutes", meeting_id)
