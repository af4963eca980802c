"""What may be asked about meetings and their agendas."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from insignia.core.errors import NotFound
from insignia.core.words import N_
from insignia.domain.ground import clock
from insignia.domain.proposals.bodies.models import Body, Meeting
from insignia.domain.proposals.workflow import queries as workflow
from insignia.domain.proposals.workflow.models import TaskRun
from insignia.domain.proposals.writing.models import Proposal

from . import rules
from .models import AgendaItem

_A_YEAR = timedelta(days=366)
_NONE = N_("There is no such meeting here, or it is not for you to see.")


def meetings() -> QuerySet[Meeting]:
    """Every meeting of the current institution, with its body."""
    return Meeting.objects.select_related("body__institution", "institution")


def meeting(public_id: str) -> Meeting:
    """One meeting; raises `NotFound`."""
    found = meetings().filter(public_id=public_id).first()
    if found is None:
        raise NotFound(_NONE)
    return found


def ahead(body: Body) -> list[Meeting]:
    """Meetings to come and in session, the next first, each with `matters`: how much is on its agenda."""
    states = [Meeting.State.PLANNED, Meeting.State.OPEN]
    return list(_counted(body).filter(state__in=states).order_by("starts_at", "pk"))


def behind(body: Body) -> QuerySet[Meeting]:
    """Meetings held or cancelled, the last first, each with `matters`."""
    states = [Meeting.State.CLOSED, Meeting.State.CANCELLED]
    return _counted(body).filter(state__in=states).order_by("-starts_at", "-pk")


def next_of(bodies: Iterable[Body]) -> dict[int, Meeting]:
    """The next meeting of each body, by the body's key."""
    states = [Meeting.State.PLANNED, Meeting.State.OPEN]
    found: dict[int, Meeting] = {}
    for one in meetings().filter(body__in=list(bodies), state__in=states).order_by("starts_at", "pk"):
        found.setdefault(one.body_id, one)
    return found


def next_after(one: Meeting) -> Meeting | None:
    """The meeting that the same body has planned next."""
    planned = meetings().filter(body=one.body, state=Meeting.State.PLANNED, starts_at__gt=one.starts_at)
    return planned.order_by("starts_at", "pk").first()


def for_calendar(body: Body) -> list[Meeting]:
    """What a calendar of this body shows: every meeting since a year ago, the cancelled ones too."""
    since = clock.now().replace(microsecond=0) - _A_YEAR
    return list(meetings().filter(body=body, starts_at__gte=since).order_by("starts_at", "pk"))


def items(one: Meeting) -> list[AgendaItem]:
    """What is on the agenda, in order, with what a line shows."""
    found = list(
        AgendaItem.objects.filter(meeting=one)
        .select_related(
            "proposal__unit",
            "proposal__level",
            "proposal__proposer",
            "proposal__achievement",
            "proposal__institution",
            "minutes_of__institution",
            "came_from__meeting__institution",
        )
        .order_by("position", "pk")
    )
    for row in found:
        row.meeting = one
    return found


def item(one: Meeting, public_id: str) -> AgendaItem:
    """One item of a meeting; raises `NotFound`."""
    found = next((item for item in items(one) if item.public_id == public_id), None)
    if found is None:
        raise NotFound(N_("There is no such item on this agenda."))
    return found


def live_items(proposal: Proposal) -> list[AgendaItem]:
    """The items of a proposal about which something is still to be done."""
    return list(
        AgendaItem.objects.filter(proposal=proposal, state__in=sorted(rules.LIVE)).select_related(
            "meeting__body__institution"
        )
    )


def agendas_of(proposal: Proposal) -> list[AgendaItem]:
    """On which agendas a proposal was, the last first: for its own page."""
    return list(
        AgendaItem.objects.filter(proposal=proposal)
        .exclude(state=AgendaItem.State.DROPPED)
        .select_related("meeting__body__institution", "meeting__institution")
        .order_by("-meeting__starts_at", "-pk")
    )


def unscheduled(body: Body) -> list[TaskRun]:
    """What waits for this body and is on no agenda, in the order of arrival."""
    on_an_agenda = AgendaItem.objects.filter(
        proposal=OuterRef("run__proposal"),
        step=OuterRef("step"),
        task=OuterRef("task"),
        opened_in=OuterRef("opened_in"),
        state__in=sorted(rules.LIVE),
    )
    waiting = workflow.open_tasks().filter(body=body.key).exclude(task="")
    return list(waiting.filter(~Exists(on_an_agenda)))


def asked_bodies(proposal: Proposal) -> list[Body]:
    """The bodies for which a proposal waits."""
    keys = workflow.open_tasks().filter(run__proposal=proposal).exclude(body="").values_list("body", flat=True)
    return list(Body.objects.filter(key__in=list(keys)).select_related("institution"))


def taken_off(one: Meeting) -> frozenset[tuple[int | None, str, int]]:
    """What was on this agenda and is to stay off it."""
    rows = AgendaItem.objects.filter(meeting=one, state=AgendaItem.State.DROPPED)
    return frozenset(rows.values_list("proposal", "task", "opened_in"))


def arrived_by(rows: Sequence[TaskRun], day: date, zone: str) -> list[TaskRun]:
    """Those of `rows` that meetings deal with, and that had come when `day` ended."""
    return [row for row in rows if day_of(row.opened_at, zone) <= day and _is_for_meetings(row)]


def day_of(moment: datetime, zone: str) -> date:
    """The day of `moment` for people in `zone`."""
    return moment.astimezone(ZoneInfo(zone)).date()


def _is_for_meetings(row: TaskRun) -> bool:
    step = next((one for one in row.run.route.route.steps if one.key == row.step), None)
    return step is not None and step.agenda


def unminuted(body: Body) -> Meeting | None:
    """The last meeting whose minutes nobody has accepted, and which is on no agenda for that."""
    on_an_agenda = AgendaItem.objects.filter(minutes_of=OuterRef("pk"), state__in=sorted(rules.LIVE))
    held = meetings().filter(body=body, state=Meeting.State.CLOSED, minutes_approved_at=None)
    return held.filter(~Exists(on_an_agenda)).order_by("-starts_at").first()


def left_over(body: Body) -> list[AgendaItem]:
    """Free items that were tabled without a meeting to go to."""
    tabled = AgendaItem.objects.filter(
        meeting__body=body, state=AgendaItem.State.TABLED, kind=AgendaItem.Kind.FREE, followed_by=None
    )
    return list(tabled.order_by("meeting__starts_at", "position"))


def last_position(one: Meeting) -> int:
    """The place after the last item."""
    last = AgendaItem.objects.filter(meeting=one).order_by("-position").values_list("position", flat=True).first()
    return 0 if last is None else last + 1


def _counted(body: Body) -> QuerySet[Meeting]:
    matters = Count("items", filter=~Q(items__state=AgendaItem.State.DROPPED))
    return meetings().filter(body=body).annotate(matters=matters)
