"""Votes, recusals and records, sent from the agenda and shown there again."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from insignia.core.errors import Conflict, Rejected
from insignia.core.words import N_
from insignia.core.workflow import route as engine
from insignia.domain.proposals.meetings import actions
from insignia.domain.proposals.meetings import agenda as reading
from insignia.domain.proposals.meetings import queries as meetings

from ..pages import carried_out, page, undone
from . import doors, minuting, wording
from .agenda import back_to, prefix_of, show
from .forms import RecordForm, VoteForm


@require_POST
def vote(request: HttpRequest, meeting_id: str, item_id: str) -> HttpResponseBase:
    """A member's voice."""
    by, one = doors.reader_of(request, meeting_id)
    line = _line(by, one, item_id)
    if line.task is None:
        return undone(request, _gone(), "meeting", one.public_id)
    form = VoteForm(request.POST, prefix=prefix_of(line.item, VoteForm), task=line.task, labels=line.labels)

    def act() -> None:
        given = form.cleaned_data
        actions.vote(
            by=by,
            item=line.item,
            vote=engine.Vote(given["vote"]),
            comment=given["comment"],
            ratings=[engine.Rating(criterion, value) for criterion, value in form.ratings.items()],
            **_seen(request),
        )

    if carried_out(form, act):
        messages.success(request, _("Your vote is cast. You can change it as long as the vote is open."))
        return back_to(request, one, line.item)
    return show(request, by, one, sent=form)


@require_http_methods(["GET", "HEAD", "POST"])
def recuse(request: HttpRequest, meeting_id: str, item_id: str) -> HttpResponseBase:
    """A member's interests conflict: asks first, since it cannot be taken back."""
    by, one = doors.reader_of(request, meeting_id)
    line = _line(by, one, item_id)
    if "recuse" not in line.choices:
        return undone(request, _nothing_to_leave(), "meeting", one.public_id)
    if request.method != "POST":
        context = {"meeting": one, "line": line, "item": line.item, "title": minuting.title_of(line.item)}
        return page(request, "committees/recuse.html", context)
    try:
        seen = _seen(request)
        comment = request.POST.get("comment", "")[:4000]
        actions.recuse(by=by, item=line.item, revision=seen["revision"], comment=comment)
    except (Rejected, Conflict) as refused:
        return undone(request, refused, "meeting", one.public_id)
    messages.success(request, _("You stay out of this proposal from now on."))
    return back_to(request, one, line.item)


@require_POST
def record(request: HttpRequest, meeting_id: str, item_id: str) -> HttpResponseBase:
    """What the body decided, as whoever presides records it; or what came of a free item."""
    by, one = doors.reader_of(request, meeting_id)
    line = _line(by, one, item_id)
    item, verb = line.item, request.POST.get("verb", "")
    attest = line.task.attest if line.task else ()
    form = RecordForm(request.POST, prefix=prefix_of(item, RecordForm), attest=attest, labels=line.labels)

    def act() -> None:
        comment = form.cleaned_data["comment"]
        if item.kind != "proposal":
            draft = minuting.draft_of(meetings.meeting(item.minutes_of.public_id)) if item.minutes_of else ""
            actions.settle_free(by=by, item=item, outcome=verb, reason=comment, minutes=draft)
        elif verb not in wording.RECORDS:
            raise Rejected(N_("Say what is to be recorded."), code="verb_missing")
        else:
            actions.take_record(
                by=by,
                item=item,
                verb=engine.Verb(verb),
                comment=comment,
                attestations=form.attested,
                **_seen(request),
            )

    if carried_out(form, act):
        messages.success(request, _("It is recorded."))
        return back_to(request, one, item)
    return show(request, by, one, sent=form)


@require_POST
def close_vote(request: HttpRequest, meeting_id: str, item_id: str) -> HttpResponseBase:
    """Whoever presides ends the vote."""
    by, one = doors.reader_of(request, meeting_id)
    item = meetings.item(one, item_id)
    try:
        actions.close_vote(by=by, item=item, revision=_seen(request)["revision"])
    except (Rejected, Conflict) as refused:
        return undone(request, refused, "meeting", one.public_id)
    messages.success(request, _("The vote is closed."))
    return back_to(request, one, item)


@require_POST
def convene(request: HttpRequest, meeting_id: str, item_id: str) -> HttpResponseBase:
    """Open the vote, for those who sit on the body today."""
    by, one = doors.reader_of(request, meeting_id)
    item = meetings.item(one, item_id)
    try:
        actions.convene(by=by, item=item)
    except (Rejected, Conflict) as refused:
        return undone(request, refused, "meeting", one.public_id)
    messages.success(request, _("The vote is open for those who sit on the body today."))
    return back_to(request, one, item)


def _line(by: Any, one: Any, item_id: str) -> Any:
    """The matter as `by` sees it; raises `NotFound`."""
    item = meetings.item(one, item_id)
    return next(line for line in reading.lines_for(by, one, [item]))


def _seen(request: HttpRequest) -> dict[str, int]:
    """What the page showed from which this was sent."""
    return {name: _number(request.POST.get(name, "")) for name in ("revision", "version")}


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _nothing_to_leave() -> Rejected:
    return Rejected(N_("You do not vote on this, or stay out of it already."), code="not_a_member")


def _gone() -> Rejected:
    return Rejected(N_("This item is dealt with already."), code="settled")
