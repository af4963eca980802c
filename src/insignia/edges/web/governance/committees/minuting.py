"""Minutes: drafted from what stands on the agenda, edited by whoever keeps them, accepted at the next meeting."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from insignia.domain.access.actor import ANONYMOUS
from insignia.domain.proposals.meetings import actions
from insignia.domain.proposals.meetings import agenda as reading

from ..pages import address, carried_out, done, page, status_of
from . import doors, wording
from .forms import MinutesForm
from .people import belonging, names


@require_safe
def minutes(request: HttpRequest, meeting_id: str) -> HttpResponseBase:
    """The minutes as they stand: accepted, written, or drafted from the agenda."""
    by, one = doors.reader_of(request, meeting_id)
    text = one.minutes or (draft_of(one) if one.is_held else "")
    context = {"meeting": one, "text": text, "manages": doors.manages(by, one.body)}
    return page(request, "committees/minutes.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, meeting_id: str) -> HttpResponseBase:
    """Write them."""
    by, one = doors.keeper_of(request, meeting_id)
    if one.minutes_approved_at or not one.is_held:
        return redirect(address(request, "minutes", one.public_id))
    form = MinutesForm(request.POST or None, initial={"text": one.minutes or draft_of(one)})
    if carried_out(form, lambda: actions.write_minutes(by=by, meeting=one, text=form.cleaned_data["text"])):
        return done(request, _("The minutes are saved."), "minutes", one.public_id)
    return page(request, "committees/minutes_edit.html", {"form": form, "meeting": one}, status=status_of(form))


def draft_of(one: Any) -> str:
    """What the agenda tells of a meeting, as minutes begin: Markdown, in the reader's language."""
    agenda = reading.agenda_for(ANONYMOUS, one)
    return "\n".join([*_head(agenda), *_matters(agenda)]).strip() + "\n"


def _head(agenda: Any) -> Iterator[str]:
    one, people = agenda.meeting, agenda.people
    began = timezone.localtime(one.opened_at or one.starts_at)
    place = f", {one.place}" if one.place else ""
    yield _("Opened at %(time)s%(place)s.") % {"time": formats.date_format(began, "H:i"), "place": place}
    if one.closed_at:
        closed = formats.date_format(timezone.localtime(one.closed_at), "H:i")
        yield _("Closed at %(time)s.") % {"time": closed}
    yield ""
    belong = [user for user, _what in belonging(agenda.sittings, None, None)]
    absent = [
        sitting.member.user.public_id
        for sitting in agenda.sittings
        if sitting.member and not {*_voice(sitting)} & {*one.present}
    ]
    known = {**{user.public_id: user for user in belong}, **people}
    if one.presided_by:
        yield "- " + _("In the chair: %(name)s") % {"name": names(known, [one.presided_by])}
    yield "- " + _("Present: %(names)s") % {"names": names(known, one.present) or "–"}
    if absent:
        yield "- " + _("Absent: %(names)s") % {"names": names(known, absent)}
    quorum = agenda.quorum
    said = _("Quorum: %(present)s of %(seats)s seats, %(needed)s needed")
    yield "- " + said % {"present": quorum.present, "seats": quorum.seats, "needed": quorum.needed}
    yield ""


def _voice(sitting: Any) -> Iterator[str]:
    for held in (sitting.member, sitting.alternate):
        if held:
            yield held.user.public_id


def _matters(agenda: Any) -> Iterator[str]:
    for number, line in enumerate(agenda.lines, start=1):
        item = line.item
        yield f"# {number}. {title_of(item)}"
        yield ""
        if item.proposal:
            yield f"{item.proposal.level}, {item.proposal.unit}."
        elif item.text:
            yield item.text
        if item.presenter:
            yield _("Presented by %(name)s.") % {"name": item.presenter}
        if item.notes:
            yield ""
            yield item.notes
        yield ""
        yield from _outcome(agenda, item)
        yield ""


def _outcome(agenda: Any, item: Any) -> Iterator[str]:
    """What became of it; of a secret ballot the counts and nothing else."""
    people = agenda.people
    if item.recused:
        yield _("Stayed out: %(names)s.") % {"names": names(people, item.recused)}
    if item.outcome:
        words = wording.outcome(item.outcome)
        counts = wording.counted(item.counts)
        if counts:
            yield f"**{words}.** " + _("Votes: %(counts)s.") % {"counts": counts}
        elif item.decided_by and item.kind == "proposal":
            recorded = _("Recorded by %(name)s.") % {"name": names(people, [item.decided_by])}
            yield f"**{words}.** {recorded}"
        else:
            yield f"**{words}.**"
        for vote, label in wording.VOTES.items():
            who = [seat for seat, cast in item.votes if cast == vote]
            if who:
                yield f"- {label}: {names(people, who)}"
        if item.reason:
            yield ""
            yield item.reason
    elif item.state == "tabled":
        yield "**" + _("Put off to the next meeting.") + "**"


def title_of(item: Any) -> str:
    """What an item is called."""
    if item.kind == "minutes" and item.minutes_of:
        return _("Minutes of %(day)s") % {
            "day": formats.date_format(timezone.localtime(item.minutes_of.starts_at), "j F Y")
        }
    return str(item)
