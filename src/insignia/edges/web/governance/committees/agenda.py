"""The agenda of a meeting: what stands on it, how each matter stands, and what its reader may do about it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from insignia.core.errors import Conflict, Rejected
from insignia.domain.proposals.meetings import actions
from insignia.domain.proposals.meetings import agenda as reading
from insignia.domain.proposals.meetings import queries as meetings

from ..pages import address, carried_out, done, page, status_of, undone
from ..review.words import criterion
from . import doors, wording
from .forms import ItemForm, RecordForm, VoteForm
from .minuting import title_of
from .people import attending, names


@dataclass(frozen=True, slots=True)
class Row:
    """A matter as the page shows it: words, and the forms for what its reader may do."""

    line: Any
    title: str
    number: int
    pill: str
    tone: str
    counted: str
    recused: str
    presiding: str
    decided_by: str
    own_vote: str
    rated: tuple[tuple[str, tuple[int, ...]], ...]
    by_name: tuple[tuple[str, str], ...]
    vote: VoteForm | None
    record: RecordForm | None
    records: tuple[tuple[str, str], ...]
    may_recuse: bool
    may_close_vote: bool
    may_convene: bool

    @property
    def item(self) -> Any:
        """The item itself."""
        return self.line.item

    @property
    def is_current(self) -> bool:
        """Whether the body talks about it now."""
        return bool(self.item.state == "discussed")


@require_safe
def meeting(request: HttpRequest, meeting_id: str) -> HttpResponseBase:
    """The page of a meeting."""
    by, one = doors.reader_of(request, meeting_id)
    return show(request, by, one)


def show(request: HttpRequest, by: Any, one: Any, *, sent: Any = None) -> HttpResponseBase:
    """The page of a meeting; `sent` is a form that was refused, and stands where it was sent from."""
    agenda = reading.agenda_for(by, one)
    keeps = doors.manages(by, one.body) and (one.is_ahead or one.is_open)
    rows, number = [], 0
    for line in agenda.lines:
        number += line.item.state != "dropped"
        rows.append(_row(agenda, line, number, keeps=keeps, sent=sent))
    context = {
        "meeting": one,
        "agenda": agenda,
        "rows": rows,
        "attending": attending(agenda),
        "keeps": keeps,
        "manages": doors.manages(by, one.body),
        "scale": wording.SCALE,
        "late": [
            row for row in agenda.waiting if meetings.day_of(row.opened_at, one.institution.zone) > one.cut_off_on
        ],
        "minutes": agenda.minutes,
    }
    return page(request, "committees/meeting.html", context, status=status_of(sent) if sent is not None else 200)


def _row(agenda: Any, line: Any, number: int, *, keeps: object, sent: Any) -> Row:
    item, standing = line.item, line.standing
    pill, tone = _pill(line)
    choices = line.choices if line.is_open else frozenset()
    in_session = agenda.meeting.is_open
    records = _records(line, choices) if in_session else ()
    free = item.kind != "proposal" and item.is_live and in_session and keeps
    people = agenda.people
    return Row(
        line=line,
        title=title_of(item),
        number=number,
        pill=pill,
        tone=tone,
        counted=wording.counted(item.counts or (standing.counts if standing else {})),
        recused=names(people, item.recused or (standing.recused if standing else ())),
        presiding=names(people, [standing.presiding]) if standing and standing.presiding else "",
        decided_by=names(people, [item.decided_by]) if item.decided_by else "",
        own_vote=str(wording.VOTES[line.own_vote.vote.value]) if line.own_vote else "",
        rated=tuple(
            (criterion(key, line.labels), tuple(counts.get(value, 0) for value in wording.SCALE))
            for key, counts in line.rated.items()
        ),
        by_name=_by_name(people, line),
        vote=_form(sent, VoteForm, item, task=line.task, labels=line.labels) if "vote" in choices else None,
        record=_form(sent, RecordForm, item, attest=line.task.attest if line.task else (), labels=line.labels)
        if records or free
        else None,
        records=records or (_free(item) if free else ()),
        may_recuse="recuse" in choices,
        may_close_vote="close_vote" in choices and bool(standing and standing.tally.has_quorum),
        may_convene="convene" in choices and (standing is None or not standing.tally.took_part) and bool(keeps),
    )


def _form(sent: Any, kind: type, item: Any, **options: Any) -> Any:
    """The form that was sent from this item and refused, else a fresh one."""
    if isinstance(sent, kind) and getattr(sent, "prefix", "") == prefix_of(item, kind):
        return sent
    return kind(prefix=prefix_of(item, kind), **options)


def prefix_of(item: Any, kind: type) -> str:
    """What tells the fields of one item from those of another, and a vote from a record."""
    return f"{kind.__name__[0].lower()}{item.public_id[-8:]}"


def _pill(line: Any) -> tuple[str, str]:
    item = line.item
    if item.outcome:
        return wording.outcome(item.outcome), wording.tone(item.outcome)
    if item.state == "tabled":
        return _("Put off"), "wait"
    if item.kind == "proposal" and item.is_live:
        if line.state == "on_hold":
            return _("On hold"), "wait"
        if line.state == "suspended":
            return _("Suspended"), "wait"
        if line.standing and line.standing.is_tied:
            return _("Tied"), "wait"
        if line.standing and line.standing.tally.took_part:
            return _("Voting"), "going"
    return item.get_state_display(), "going" if item.state == "discussed" else ""


def _records(line: Any, choices: Any) -> tuple[tuple[str, str], ...]:
    return tuple((verb, str(label)) for verb, label in wording.RECORDS.items() if verb in choices)


def _free(item: Any) -> tuple[tuple[str, str], ...]:
    words = wording.MINUTES_RECORDS if item.kind == "minutes" else wording.FREE_RECORDS
    return tuple((code, str(label)) for code, label in words.items())


def _by_name(people: Any, line: Any) -> tuple[tuple[str, str], ...]:
    """Who voted how, where the ballot is open."""
    item, standing = line.item, line.standing
    votes = item.votes or ([(vote.seat, vote.vote.value) for vote in standing.votes] if standing else ())
    return tuple((names(people, [seat]), str(wording.VOTES.get(vote, vote))) for seat, vote in votes)


# --- What is arranged
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, meeting_id: str) -> HttpResponseBase:
    """Put something on the agenda that is no proposal, or a proposal that waits."""
    by, one = doors.keeper_of(request, meeting_id)
    form = ItemForm(request.POST or None)
    if carried_out(form, lambda: actions.add_item(by=by, meeting=one, **form.cleaned_data)):
        return done(request, _("It is on the agenda."), "meeting", one.public_id)
    context = {"form": form, "meeting": one, "waiting": meetings.unscheduled(one.body)}
    return page(request, "committees/item_add.html", context, status=status_of(form))


@require_POST
def put(request: HttpRequest, meeting_id: str) -> HttpResponseBase:
    """Put on the agenda by hand what waits for the body."""
    by, one = doors.keeper_of(request, meeting_id)
    return _then(
        request,
        one,
        lambda: actions.put(by=by, meeting=one, task=request.POST.get("task", "")),
        _("It is on the agenda."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, meeting_id: str, item_id: str) -> HttpResponseBase:
    """Who presents it, how long it may take, what was said."""
    by, one = doors.keeper_of(request, meeting_id)
    item = meetings.item(one, item_id)
    initial = {name: getattr(item, name) for name in ("title", "text", "presenter", "minutes", "notes")}
    form = ItemForm(request.POST or None, item=item, initial=initial)
    if carried_out(form, lambda: actions.describe_item(by=by, item=item, **form.cleaned_data)):
        return back_to(request, one, item)
    context = {"form": form, "meeting": one, "item": item, "title": title_of(item)}
    return page(request, "committees/item.html", context, status=status_of(form))


@require_POST
def order(request: HttpRequest, meeting_id: str, item_id: str) -> HttpResponseBase:
    """One place up or down."""
    by, one = doors.keeper_of(request, meeting_id)
    item = meetings.item(one, item_id)
    where: Literal["up", "down"] = "up" if request.POST.get("where") == "up" else "down"
    return _then(request, one, lambda: actions.move_item(by=by, item=item, where=where), "", item)


@require_POST
def discuss(request: HttpRequest, meeting_id: str, item_id: str) -> HttpResponseBase:
    """The body turns to it now."""
    by, one = doors.keeper_of(request, meeting_id)
    item = meetings.item(one, item_id)
    return _then(request, one, lambda: actions.discuss(by=by, item=item), "", item)


@require_POST
def table(request: HttpRequest, meeting_id: str, item_id: str) -> HttpResponseBase:
    """Put it off to the next meeting."""
    by, one = doors.keeper_of(request, meeting_id)
    item = meetings.item(one, item_id)
    return _then(request, one, lambda: actions.table(by=by, item=item), _("It is put off."), item)


@require_http_methods(["GET", "HEAD", "POST"])
def drop(request: HttpRequest, meeting_id: str, item_id: str) -> HttpResponseBase:
    """Take it off the agenda: asks first."""
    by, one = doors.keeper_of(request, meeting_id)
    item = meetings.item(one, item_id)
    if request.method != "POST":
        return page(request, "committees/item_drop.html", {"meeting": one, "item": item, "title": title_of(item)})
    return _then(request, one, lambda: actions.drop_item(by=by, item=item), _("It is off the agenda."))


def back_to(request: HttpRequest, one: Any, item: Any) -> HttpResponseBase:
    """The agenda, at this item."""
    return redirect(f"{address(request, 'meeting', one.public_id)}#item-{item.public_id}")


def _then(
    request: HttpRequest, one: Any, action: Callable[[], object], said: str, item: Any = None
) -> HttpResponseBase:
    try:
        action()
    except (Rejected, Conflict) as refused:
        return undone(request, refused, "meeting", one.public_id)
    if said:
        messages.success(request, said)
    return back_to(request, one, item) if item else redirect(address(request, "meeting", one.public_id))
