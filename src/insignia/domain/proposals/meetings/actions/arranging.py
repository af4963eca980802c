"""What stands on an agenda, in which order, and what is put off."""

from collections.abc import Set
from typing import Any, Literal

from django.db import transaction

from insignia.core.errors import Conflict, Rejected
from insignia.core.words import N_
from insignia.domain.access.actor import Actor
from insignia.domain.access.permissions import Permission
from insignia.domain.journal.bus import publish
from insignia.domain.proposals.bodies.models import Meeting

from .. import queries, rules
from ..events import AgendaChanged
from ..models import AgendaItem
from . import filling

LONGEST = 240  # minutes


@transaction.atomic
def put(*, by: Actor, meeting: Meeting, task: str) -> AgendaItem:
    """Put by hand what waits for the body, also after the cut-off; `task` is the public id of what waits."""
    by.require(Permission.COMMITTEE_MANAGE, on=meeting)
    _check_going_on(meeting)
    row = next((one for one in queries.unscheduled(meeting.body) if one.public_id == task), None)
    item = filling.put_task(meeting, row) if row else None
    if item is None:
        raise Conflict(N_("It is on an agenda already, or it waits for the body no more."), code="stale")
    tell(by, item, "put")
    return item


@transaction.atomic
def add_item(
    *, by: Actor, meeting: Meeting, title: str, text: str = "", presenter: str = "", minutes: int = 10
) -> AgendaItem:
    """Something to talk about that is no proposal."""
    by.require(Permission.COMMITTEE_MANAGE, on=meeting)
    _check_going_on(meeting)
    if not title.strip():
        raise Rejected(N_("Give the item a title."), code="missing_title")
    item = AgendaItem.objects.create(
        institution=meeting.institution,
        meeting=meeting,
        position=queries.last_position(meeting),
        kind=AgendaItem.Kind.FREE,
        title=title.strip()[:200],
        text=text.strip(),
        presenter=presenter.strip()[:200],
        minutes=_length(minutes),
    )
    tell(by, item, "put")
    return item


@transaction.atomic
def describe_item(
    *, by: Actor, item: AgendaItem, presenter: str, minutes: int, notes: str, title: str = "", text: str = ""
) -> None:
    """Who presents it, how long it may take, what was said. Only a free item has words of its own."""
    by.require(Permission.COMMITTEE_MANAGE, on=item)
    if item.meeting.is_held:
        raise Rejected(N_("The meeting is over. Write it into the minutes."), code="meeting_over")
    values: dict[str, Any] = {
        "presenter": presenter.strip()[:200],
        "minutes": _length(minutes),
        "notes": notes.strip(),
    }
    if item.kind == AgendaItem.Kind.FREE:
        if not title.strip():
            raise Rejected(N_("Give the item a title."), code="missing_title")
        values |= {"title": title.strip()[:200], "text": text.strip()}
    AgendaItem.objects.filter(pk=item.pk).update(**values)
    tell(by, item, "describe")


@transaction.atomic
def move_item(*, by: Actor, item: AgendaItem, where: Literal["up", "down"]) -> None:
    """One place further up or down; at the end nothing happens."""
    by.require(Permission.COMMITTEE_MANAGE, on=item)
    _check_going_on(item.meeting)
    # The meeting is held meanwhile, so that two who arrange at once do so one after the other.
    Meeting.objects.select_for_update().get(pk=item.meeting_id)
    order = list(AgendaItem.objects.filter(meeting=item.meeting_id).order_by("position", "pk"))
    shown = [one for one in order if one.state not in (AgendaItem.State.DROPPED, AgendaItem.State.TABLED)]
    here = next((place for place, one in enumerate(shown) if one.pk == item.pk), None)
    there = None if here is None else here + (1 if where == "down" else -1)
    if here is None or there is None or not 0 <= there < len(shown):
        return
    first, second = order.index(shown[here]), order.index(shown[there])
    order[first], order[second] = order[second], order[first]
    for position, one in enumerate(order):
        one.position = position
    AgendaItem.objects.bulk_update(order, ["position"])
    tell(by, item, "move")


@transaction.atomic
def drop_item(*, by: Actor, item: AgendaItem) -> None:
    """Take it off; a proposal waits for the body as before and can be put on another agenda."""
    by.require(Permission.COMMITTEE_MANAGE, on=item)
    take(item, "drop")
    tell(by, item, "drop")


@transaction.atomic
def discuss(*, by: Actor, item: AgendaItem) -> None:
    """The body turns to it now; what it talked about before waits for its outcome."""
    by.require(Permission.COMMITTEE_MANAGE, on=item)
    take(item, "discuss", facts={rules.IN_SESSION} if item.meeting.is_open else set())
    tell(by, item, "discuss")


@transaction.atomic
def table(*, by: Actor, item: AgendaItem) -> AgendaItem | None:
    """Put it off to the next meeting; gives the item there, None where no meeting is planned yet."""
    by.require(Permission.COMMITTEE_MANAGE, on=item)
    return carry_over(by, item)


def carry_over(by: Actor, item: AgendaItem) -> AgendaItem | None:
    """Table an item; the caller found that `by` may."""
    take(item, "table")
    tell(by, item, "table")
    following = queries.next_after(item.meeting)
    if following is None:
        return None
    later = filling.follow_up(item, following)
    tell(by, later, "put")
    return later


def take(item: AgendaItem, verb: str, *, facts: Set[str] = frozenset(), **values: Any) -> None:
    """Move an item along its life; `Conflict` where somebody did so a moment ago."""
    step = rules.ITEM.take(verb, item.state, facts=facts)
    moved = AgendaItem.objects.filter(pk=item.pk, state=step.source).update(state=step.target, **values)
    if not moved:
        raise Conflict(N_("Somebody else dealt with this item a moment ago. Look at it again."), code="stale")
    item.state = step.target


def tell(by: Actor, item: AgendaItem, verb: str) -> None:
    """Say what became of an item's place."""
    publish(
        AgendaChanged(meeting=item.meeting.public_id, item=item.public_id, verb=verb),
        by=by,
        subject=("meeting", item.meeting.public_id),
    )


def _check_going_on(meeting: Meeting) -> None:
    if not (meeting.is_ahead or meeting.is_open):
        raise Rejected(N_("The meeting is over: its agenda stays as it was."), code="meeting_over")


def _length(minutes: int) -> int:
    if not 0 < minutes <= LONGEST:
        raise Rejected(
            N_("Allot between 1 and %(most)s minutes."), code="minutes_out_of_range", params={"most": LONGEST}
        )
    return minutes
