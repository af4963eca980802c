"""What may be asked about routes, and about proposals on them: where is it, who has it, what happens next."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from insignia.core.errors import NotFound
from insignia.core.words import N_
from insignia.core.workflow import route as engine
from insignia.domain.access.actor import Actor
from insignia.domain.institutions.models import Institution
from insignia.domain.people.models import User
from insignia.domain.proposals.writing import queries as writing
from insignia.domain.proposals.writing.models import Proposal, ProposalVersion, Remark
from insignia.domain.proposals.writing.rules import ENDED

from .models import Delegation, Enclosure, Look, RouteVersion, Run, StepRun, TaskRun, Watch
from .people import Askees, House, askees, decider, matter_of

_TASK = (
    "run__proposal__unit",
    "run__proposal__level",
    "run__proposal__institution",
    "run__proposal__proposer",
)


def routes() -> list[RouteVersion]:
    """The newest version of each route of the current institution."""
    newest: dict[str, RouteVersion] = {}
    for version in RouteVersion.objects.order_by("key", "-number"):
        newest.setdefault(version.key, version)
    return list(newest.values())


def every_version() -> list[RouteVersion]:
    """Every version of every route of the current institution, the newest of each first."""
    return list(RouteVersion.objects.order_by("key", "-number"))


def newest_route(key: str) -> RouteVersion | None:
    """The newest version of the route `key`, if there is one."""
    return RouteVersion.objects.filter(key=key).order_by("-number").first()


def route_version(key: str, number: int = 0) -> RouteVersion:
    """The route `key` in one version, the newest where none is named; raises `NotFound`."""
    found = RouteVersion.objects.filter(key=key, **({"number": number} if number else {})).order_by("-number").first()
    if found is None:
        raise NotFound(N_("There is no route “%(key)s” here."), params={"key": key})
    return found


def route_versions(key: str) -> list[RouteVersion]:
    """Every version of one route, the newest first."""
    return list(RouteVersion.objects.filter(key=key).order_by("-number"))


def route_for(proposal: Proposal) -> RouteVersion:
    """The route that a proposal takes which is handed in now: one for its kind where the institution has it."""
    own = newest_route(proposal.kind) if proposal.kind != Proposal.Kind.NEW else None
    return own or route_version(proposal.level.policy.workflow)


def run_of(proposal: Proposal) -> Run | None:
    """Where the proposal is on its route; None before it was handed in."""
    return Run.objects.select_related("route").filter(proposal=proposal).first()


def run_seen_by(actor: Actor, proposal: Proposal) -> Run | None:
    """`run_of`, and beside it in one question: whether `actor` watches it, which versions there are and
    they saw, how many remarks."""
    look = Look.objects.filter(proposal=OuterRef("proposal"), user=actor.user_pk)
    remarks = Remark.objects.filter(proposal=OuterRef("proposal")).order_by().values("proposal")
    versions = ProposalVersion.objects.filter(proposal=OuterRef("proposal")).order_by("-number")
    return (
        Run.objects.select_related("route")
        .filter(proposal=proposal)
        .annotate(
            is_watched=Exists(Watch.objects.filter(proposal=OuterRef("proposal"), user=actor.user_pk)),
            seen=Coalesce(Subquery(look.values("version")), 0),
            seen_before=Coalesce(Subquery(look.values("before")), 0),
            newest=Coalesce(Subquery(versions.values("number")[:1]), 0),
            remark_count=Coalesce(Subquery(remarks.annotate(n=Count("pk")).values("n")), 0),
        )
        .first()
    )


def house_of(institution: Institution) -> House:
    """Who holds which role today, as far as the institution's routes go, those of running proposals among them."""
    consulted = institution.policy("consultation_role")
    running = Run.objects.filter(institution=institution).exclude(state__in=ENDED).values("route")
    newer = RouteVersion.objects.filter(key=OuterRef("key"), number__gt=OuterRef("number"))
    versions = RouteVersion.objects.filter(institution=institution).filter(Q(pk__in=running) | ~Exists(newer))
    return House.of(institution, list(versions), [consulted] if consulted else [])


def open_tasks() -> QuerySet[TaskRun]:
    """Everything that waits for somebody, the oldest first. Their routes are read with the `House`, once for all."""
    return TaskRun.objects.filter(closed_at=None).select_related(*_TASK).defer("run__data").order_by("opened_at", "pk")


@dataclass(frozen=True, slots=True)
class Item:
    """A task that waits, whose proposal it is about, and who is asked for it."""

    row: TaskRun
    proposal: Proposal
    askees: Askees

    @property
    def opened_at(self) -> datetime:
        """Since when it waits."""
        return self.row.opened_at


def asked_for(rows: Sequence[TaskRun], house: House, writers: Mapping[int, Sequence[str]] | None = None) -> list[Item]:
    """Each of these tasks with who is asked, in a bounded number of queries; `writers` where they are known already."""
    for row in rows:
        if known := house.routes.get(row.run.route_id):
            row.run.route = known
    writers = writers or writing.writers([row.run.proposal for row in rows])
    return [
        Item(
            row,
            row.run.proposal,
            askees(
                row,
                row.run.route.route,
                house,
                matter_of(row.run.proposal, writers[row.run.proposal_id], row.run.recused),
            ),
        )
        for row in rows
    ]


def tasks_for(actor: Actor, institution: Institution) -> list[Item]:
    """What waits for `actor` today, the longest first; own proposals that came back among it."""
    return tasks_of_actor(actor, house_of(institution))


def tasks_of_actor(actor: Actor, house: House) -> list[Item]:
    """`tasks_for`, where it is known who there is."""
    return [item for item in asked_for(list(open_tasks()), house) if item.askees.includes(actor.id)]


def waiting(proposal: Proposal, house: House, writers: Sequence[str] = ()) -> list[Item]:
    """What this proposal waits for, and who has it."""
    known = {proposal.pk: writers} if writers else None
    return asked_for(list(open_tasks().filter(run__proposal=proposal)), house, known)


def tasks_of(proposals: Sequence[Proposal], house: House) -> dict[int, list[Item]]:
    """`waiting` for many at once, by the proposals' keys."""
    found: dict[int, list[Item]] = {}
    for item in asked_for(list(open_tasks().filter(run__proposal__in=[one.pk for one in proposals])), house):
        found.setdefault(item.proposal.pk, []).append(item)
    return found


def choices(
    actor: Actor, proposal: Proposal, row: Run, house: House, writers: Sequence[str] = ()
) -> tuple[engine.Choice, ...]:
    """What `actor` may decide on this proposal now: the buttons on its page. `writers` where they are known already."""
    writers = writers or writing.writers_of(proposal)
    route, run = row.route.route, row.run
    found: list[engine.Choice] = []
    for task in [*(task.task for task in run.open_tasks), ""]:
        by = decider(actor, proposal, row, writers, house, task)
        found += [one for one in engine.open_to(route, run, by) if one.task == task]
    return tuple(dict.fromkeys(found))


def editable(actor: Actor, proposal: Proposal, row: Run, house: House, writers: Sequence[str] = ()) -> frozenset[str]:
    """The questions whose answers `actor`, who has a task, may amend. `writers` where they are known already."""
    by = decider(actor, proposal, row, writers or writing.writers_of(proposal), house, "")
    return engine.editable(row.route.route, row.run, by)


def reads(actor: Actor, public_id: str) -> Proposal:
    """A proposal that `actor` may read, because of their part, their right, or because they are asked about it."""
    found = writing.visible_to(actor).filter(public_id=public_id).first()
    if found is not None:
        return found
    asked = writing.all_proposals().filter(public_id=public_id).first()
    if asked is not None and any(
        item.askees.includes(actor.id) for item in waiting(asked, house_of(asked.institution))
    ):
        return asked
    raise NotFound(N_("There is no such proposal here, or it is not for you to read."))


def steps_of(row: Run) -> list[StepRun]:
    """At which steps the run stood, from when until when."""
    return list(row.steps.order_by("pk"))


def people(ids: Iterable[str]) -> Mapping[str, User]:
    """The persons with these public ids."""
    return {user.public_id: user for user in User.objects.filter(public_id__in=set(ids))}


def watches(actor: Actor, proposal: Proposal) -> bool:
    """Whether `actor` hears what becomes of it."""
    return Watch.objects.filter(proposal=proposal, user=actor.user_pk).exists()


def watched_by(actor: Actor) -> QuerySet[Proposal]:
    """The proposals of which `actor` wants to hear."""
    return writing.visible_to(actor).filter(pk__in=Watch.objects.filter(user=actor.user_pk).values("proposal"))


def watchers_of(proposal: Proposal) -> list[User]:
    """Who wants to hear what becomes of it."""
    return list(User.objects.filter(pk__in=proposal.watches.values("user")))


def delegations() -> QuerySet[Delegation]:
    """Who acts in whose place, the newest first."""
    return Delegation.objects.select_related("user", "to").order_by("-pk")


def enclosures_of(row: Run) -> list[Enclosure]:
    """The documents that came with decisions, without their contents."""
    return list(row.enclosures.defer("content").select_related("added_by"))


def enclosure_of(proposal: Proposal, public_id: str) -> Enclosure:
    """One of them, whole; raises `NotFound`."""
    found = Enclosure.objects.filter(run__proposal=proposal, public_id=public_id).first()
    if found is None:
        raise NotFound(N_("There is no such file here."))
    return found


def delegation(public_id: str) -> Delegation:
    """One delegation; raises `NotFound`."""
    found = delegations().select_related("institution").filter(public_id=public_id).first()
    if found is None:
        raise NotFound(N_("This delegation is over."))
    return found


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of a route as a reader sees it: done, current, to come or passed over; when, and who."""

    step: engine.Step
    state: str  # "done" | "current" | "todo" | "skipped"
    entered_at: datetime | None = None
    left_at: datetime | None = None
    items: tuple[Item, ...] = field(default=())
    passed: tuple[engine.Passed, ...] = ()


def stages(row: Run, items: Sequence[Item]) -> list[Stage]:
    """The whole way of one proposal, drawn from its own route: what was, where it is now, what comes next."""
    route, run = row.route.route, row.run
    steps = engine.way(route, run)
    times = _times(run)
    keys = [step.key for step in steps]
    here = keys.index(run.step) if run.step in keys else len(keys)
    found = []
    for place, step in enumerate(steps):
        entered, left = times.get(step.key, (None, None))
        if place < here or run.is_over:
            state = "done" if entered else "skipped" if run.state is engine.State.APPROVED or place < here else "todo"
        elif place == here:
            state = "current"
        else:
            applies = step.condition is None or step.condition.holds(run.facts)
            state = "todo" if applies else "skipped"
        waits = tuple(item for item in items if item.row.step == step.key) if state == "current" else ()
        passed = tuple(one for one in run.passed if one.step == step.key)
        found.append(Stage(step, state, entered, left, waits, passed))
    return found


def _times(run: engine.Run) -> dict[str, tuple[datetime, datetime | None]]:
    """By step: when the run last came to it, and when it left it again."""
    after = [*(entry.step for entry in run.history[1:]), run.step]
    times: dict[str, tuple[datetime, datetime | None]] = {}
    before = ""
    for entry, step in zip(run.history, after, strict=True):
        if step != before:
            if before in times:
                times[before] = (times[before][0], entry.at)
            times[step] = (entry.at, None)
        before = step
    if run.is_over and before in times:
        times[before] = (times[before][0], run.history[-1].at)
    return times
