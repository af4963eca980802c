"""How long proposals take: in each step, before each body, in each unit; what stands where; how many come through.

Medians are taken in Python over the rows of one window, so that both databases give the same; the number of rows is
bounded, and where the bound is reached the figures say so.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Count, Q

from insignia.domain.catalog.models import Achievement
from insignia.domain.ground import clock
from insignia.domain.proposals.bodies import queries as bodies
from insignia.domain.proposals.intents.models import Intent
from insignia.domain.proposals.writing.models import Proposal

from . import queries
from .keeping import label_of
from .models import StepRun, TaskRun

WINDOW = timedelta(days=365)
MOST_ROWS = 20_000
RETURNED = "changes_requested"  # with its proposer, who was asked for changes


@dataclass(frozen=True, slots=True)
class Span:
    """How long something took, in days, and what of it has not ended."""

    key: str
    label: str
    count: int  # how many ended in the window
    median: float | None
    p90: float | None
    open: int
    oldest: datetime | None = None
    is_slowest: bool = False


@dataclass(frozen=True, slots=True)
class Turnaround:
    """All of it, for one window."""

    since: datetime
    steps: tuple[Span, ...]
    bodies: tuple[Span, ...]
    units: tuple[Span, ...]
    whole: Span
    rounds: float | None  # how often one was handed in, on average, of those that ended
    funnel: tuple[tuple[str, int], ...]
    is_cut: bool


@dataclass
class _Heap:
    """What is known of one step, body or unit while rows are read."""

    label: str
    days: list[float] = field(default_factory=list)
    open: int = 0
    oldest: datetime | None = None

    def add(self, begun: datetime, ended: datetime | None) -> None:
        """One more that ended, or that has not."""
        if ended is not None:
            self.days.append((ended - begun).total_seconds() / 86400)
            return
        self.open += 1
        self.oldest = min(self.oldest or begun, begun)

    def span(self, key: str) -> Span:
        """What it comes to."""
        return Span(
            key, self.label, len(self.days), share(self.days, 0.5), share(self.days, 0.9), self.open, self.oldest
        )


def turnaround() -> Turnaround:
    """The figures of the current institution, over the last twelve months."""
    now = clock.now()
    since = now - WINDOW
    steps, step_rows = _steps(since)
    before_bodies, body_rows = _bodies(since)
    units, whole, rounds, proposal_rows = _proposals(since)
    slowest = max((one for one in steps if one.median and one.count > 1), key=lambda one: one.median or 0, default=None)
    return Turnaround(
        since,
        tuple(
            Span(one.key, one.label, one.count, one.median, one.p90, one.open, one.oldest, is_slowest=one is slowest)
            for one in steps
        ),
        before_bodies,
        units,
        whole,
        rounds,
        _funnel(since),
        is_cut=max(step_rows, body_rows, proposal_rows) >= MOST_ROWS,
    )


def share(days: Sequence[float], part: float) -> float | None:
    """The value below which `part` of these lie, the nearest that occurred; of an even number's half, the middle."""
    if not days:
        return None
    ordered = sorted(days)
    if part == 0.5 and len(ordered) % 2 == 0:
        middle = len(ordered) // 2
        return (ordered[middle - 1] + ordered[middle]) / 2
    return ordered[max(0, math.ceil(part * len(ordered)) - 1)]


def _in_window(since: datetime, ended: str) -> Q:
    return Q(**{f"{ended}__isnull": True}) | Q(**{f"{ended}__gte": since})


def _steps(since: datetime) -> tuple[list[Span], int]:
    """In the order of the routes; writing it is not among them, but waiting for its proposer is, once changes were asked for."""
    steps = [step for version in queries.routes() for step in version.route.steps]
    ordered = {step.key: label_of(step) for step in steps}
    own = {step.key for step in steps if step.is_proposers}
    rows = list(
        StepRun.objects.filter(_in_window(since, "left_at"))
        .exclude(step__in=own)
        .order_by("-pk")
        .values_list("step", "label", "entered_at", "left_at")[:MOST_ROWS]
    )
    heaps: dict[str, _Heap] = {}
    for step, label, entered, left in rows:
        heaps.setdefault(step, _Heap(ordered.get(step, label))).add(entered, left)
    places = {key: place for place, key in enumerate(ordered)}
    last = len(places)
    found = sorted(heaps, key=lambda key: (key == RETURNED, places.get(key, last)))
    return [heaps[key].span(key) for key in found], len(rows)


def _bodies(since: datetime) -> tuple[tuple[Span, ...], int]:
    names = {one.key: one.name for one in bodies.bodies()}
    rows = list(
        TaskRun.objects.filter(_in_window(since, "closed_at"))
        .exclude(body="")
        .order_by("-pk")
        .values_list("body", "opened_at", "closed_at")[:MOST_ROWS]
    )
    heaps = {key: _Heap(name) for key, name in names.items()}
    for body, opened, closed in rows:
        heaps.setdefault(body, _Heap(body)).add(opened, closed)
    return tuple(heap.span(key) for key, heap in heaps.items()), len(rows)


def _proposals(since: datetime) -> tuple[tuple[Span, ...], Span, float | None, int]:
    rows = list(
        Proposal.objects.exclude(submitted_at=None)
        .filter(_in_window(since, "ended_at"))
        .order_by("-pk")
        .values_list("unit__public_id", "unit__name", "submitted_at", "ended_at", "run__data__round")[:MOST_ROWS]
    )
    heaps: dict[str, _Heap] = {}
    whole, rounds = _Heap(""), []
    for unit, name, submitted, ended, round_ in rows:
        if submitted is None:
            continue
        heaps.setdefault(unit, _Heap(name)).add(submitted, ended)
        whole.add(submitted, ended)
        if ended is not None:
            rounds.append(round_ or 1)
    spans = sorted((heap.span(key) for key, heap in heaps.items()), key=lambda one: one.label.casefold())
    return tuple(spans), whole.span("all"), sum(rounds) / len(rounds) if rounds else None, len(rows)


def _funnel(since: datetime) -> tuple[tuple[str, int], ...]:
    """How many came how far, of what began in the window."""
    approved = Q(state=Proposal.State.APPROVED)
    begun = Proposal.objects.filter(kind=Proposal.Kind.NEW, submitted_at__gte=since).aggregate(
        handed_in=Count("pk"),
        approved=Count("pk", filter=approved),
        active=Count("pk", filter=approved & Q(achievement__state=Achievement.State.ACTIVE)),
    )
    return (
        ("intents", Intent.objects.filter(received_on__gte=since.date()).exclude(state=Intent.State.DRAFT).count()),
        *((stage, begun[stage]) for stage in ("handed_in", "approved", "active")),
    )
