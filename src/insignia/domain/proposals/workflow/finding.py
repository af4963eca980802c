"""All proposals as a list: searched, narrowed, sorted, each with where it is and who has it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from insignia.domain.access.actor import Actor
from insignia.domain.catalog.rules import searchable
from insignia.domain.proposals.writing import queries as writing
from insignia.domain.proposals.writing.models import Proposal
from insignia.domain.proposals.writing.rules import ENDED

from . import queries
from .keeping import label_of
from .models import Run, StepRun, TaskRun, Watch
from .people import House

STATES = [(state.value, state.label) for state in Proposal.State]
KINDS = Proposal.Kind.choices
_ORDERS = {
    "title": "title",
    "unit": "unit__name",
    "level": "level__position",
    "state": "state",
    "since": "since",
    "submitted": "submitted_at",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for, as the address says it."""

    words: str = ""
    state: str = ""  # of a proposal, or "open" for all that have not ended
    step: str = ""
    unit: str = ""
    level: str = ""
    kind: str = ""
    body: str = ""
    show: str = ""  # "watched"
    sort: str = ""

    @property
    def is_narrowed(self) -> bool:
        """Whether it asks for anything less than everything."""
        return bool(
            self.words
            or self.state
            or self.step
            or self.unit
            or self.level
            or self.kind
            or self.body
            or self.show == "watched"
        )


def proposals(actor: Actor, wanted: Wanted) -> QuerySet[Proposal]:
    """The proposals that `actor` may read and that are wanted, each with `step` and `since` when it stands there."""
    standing = StepRun.objects.filter(run__proposal=OuterRef("pk"), left_at=None).order_by("-pk")
    found = (
        writing.visible_to(actor)
        .prefetch_related(None)
        .annotate(
            step=Subquery(Run.objects.filter(proposal=OuterRef("pk")).values("step")[:1]),
            since=Coalesce(Subquery(standing.values("entered_at")[:1]), F("ended_at"), F("created_at")),
        )
    )
    for word in searchable(wanted.words).split()[:10]:
        found = found.filter(search_text__contains=word)
    if wanted.state:
        found = found.exclude(state__in=ENDED) if wanted.state == "open" else found.filter(state=wanted.state)
    if wanted.step:
        found = found.filter(step=wanted.step).exclude(state__in=ENDED)
    if wanted.body:
        before = TaskRun.objects.filter(run__proposal=OuterRef("pk"), closed_at=None, body=wanted.body)
        found = found.filter(Exists(before))
    if wanted.show == "watched":
        found = found.filter(pk__in=Watch.objects.filter(user=actor.user_pk).values("proposal"))
    plain = {"unit__public_id": wanted.unit, "level__key": wanted.level, "kind": wanted.kind}
    found = found.filter(**{field: value for field, value in plain.items() if value})
    return found.order_by(*_order(wanted.sort))


def _order(sort: str) -> Sequence[str]:
    field = _ORDERS.get(sort.removeprefix("-"))
    if field is None:
        return ("-updated_at", "-pk")
    return (f"-{field}" if sort.startswith("-") else field, "-pk")


@dataclass(frozen=True, slots=True)
class Line:
    """One proposal of the list: where it is, since when, and what it waits for."""

    proposal: Proposal
    label: str
    since: datetime | None
    items: tuple[queries.Item, ...]


def lines(found: Sequence[Proposal], house: House) -> list[Line]:
    """These proposals with who has each, in two questions however many they are."""
    waiting = queries.tasks_of(found, house)
    return [
        Line(
            one,
            " / ".join(dict.fromkeys(item.row.label for item in waiting.get(one.pk, ()) if item.row.label)),
            getattr(one, "since", None),
            tuple(waiting.get(one.pk, ())),
        )
        for one in found
    ]


def steps(house: House) -> list[tuple[str, str]]:
    """The steps at which a proposal can stand here, by key, with their labels."""
    found: dict[str, str] = {}
    for version in house.routes.values():
        for step in version.route.steps:
            if not step.is_proposers:
                found.setdefault(step.key, label_of(step))
    return list(found.items())
