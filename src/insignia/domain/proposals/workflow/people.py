"""Who is asked for a task today, and as what somebody decides. The engine resolves; here it is told who there is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from insignia.core.workflow import route as engine
from insignia.core.workflow.way import step_now, task_now
from insignia.domain.access.actor import Actor
from insignia.domain.ground import clock
from insignia.domain.institutions import queries as institutions
from insignia.domain.institutions.models import Institution
from insignia.domain.proposals.bodies import queries as bodies
from insignia.domain.proposals.writing.models import Proposal

from .models import Delegation, RouteVersion, Run, TaskRun

INSTITUTION = engine.INSTITUTION


@dataclass(frozen=True, slots=True)
class House:
    """Who holds which role in an institution on one day: asked for once, however many tasks are looked at."""

    day: date
    directory: engine.Directory
    alternates: Sequence[tuple[str, str]]
    names: Mapping[str, str] = field(default_factory=dict)  # of people, by public id
    bodies: Mapping[str, str] = field(default_factory=dict)  # their names, by key
    roles: Mapping[str, str] = field(default_factory=dict)  # their names, by key
    routes: Mapping[int, RouteVersion] = field(default_factory=dict)  # read once for all that run under them

    @classmethod
    def of(cls, institution: Institution, versions: Sequence[RouteVersion], others: Iterable[str] = ()) -> "House":
        """As it is today, as far as these routes go, and for other roles."""
        day = clock.today_in(institution.zone)
        found = bodies.bodies()
        keys = {one.public_id: one.key for one in found}
        roles = roles_of(version.route for version in versions) | {*others}
        held = [
            one
            for one in institutions.memberships_on(day).filter(role__key__in=roles).order_by("pk")
            if one.scope_kind in ("institution", "unit") or one.scope_id in keys
        ]
        holdings = [
            engine.Holding(one.user.public_id, one.role.key, _place(one.scope_kind, one.scope_id, keys)) for one in held
        ]
        units = institutions.units().values_list("public_id", "parent__public_id")
        given = list(Delegation.objects.select_related("user", "to"))
        delegations = [
            engine.Delegation(row.user.public_id, row.to.public_id, row.role, row.starts_on, row.ends_on)
            for row in given
        ]
        parents = {unit: parent for unit, parent in units if parent}
        people = [*(one.user for one in held), *(user for row in given for user in (row.user, row.to))]
        return cls(
            day,
            engine.Directory(holdings, parents, delegations),
            bodies.alternates(day),
            {user.public_id: str(user) for user in people},
            {one.key: one.name for one in found},
            dict(institutions.roles().values_list("key", "name")),
            {version.pk: version for version in versions},
        )

    def holding(self, role: str) -> frozenset[str]:
        """Who holds a role in the institution today, and who acts for them."""
        holders = self.directory.holders(role, INSTITUTION, on=self.day)
        return frozenset(one for person in holders for one in self.directory.acting(person, role, on=self.day))

    def voices(self, person: str, role: str) -> tuple[str, ...]:
        """Who may raise this person's voice: the person, whoever acts meanwhile, and the alternate for the seat."""
        acting = self.directory.acting(person, role, on=self.day)
        return (*acting, *(other for seat, other in self.alternates if seat == person))


def _place(kind: str, public_id: str, bodies_by_id: Mapping[str, str]) -> str:
    return {"institution": INSTITUTION, "body": bodies_by_id.get(public_id, "")}.get(kind, public_id)


def roles_of(routes: Iterable[engine.Route]) -> frozenset[str]:
    """Every role that these routes may ask."""
    found: set[str] = set()
    for route in routes:
        found.add(route.manager)
        found |= {channel.approver for channel in route.route_by_audience.values() if channel.approver}
        for step in route.steps:
            found |= _roles_of_step(step)
    return frozenset(found)


def _roles_of_step(step: engine.Step) -> set[str]:
    found = {task.role for task in step.tasks}
    found |= {role for task in step.tasks if task.rule for role in (task.rule.chair, task.rule.deputy)}
    return found | {task.timer.escalate_to for task in step.tasks if task.timer and task.timer.escalate_to}


def matter_of(proposal: Proposal, writers: Sequence[str], recused: Sequence[str]) -> engine.Matter:
    """What a task is about, as far as it decides who is asked."""
    return engine.Matter(proposal.unit.public_id, tuple(writers), frozenset(recused))


@dataclass(frozen=True, slots=True)
class Askees:
    """Who is asked for one task, and what was found on the way."""

    named: tuple[engine.Named, ...]
    findings: tuple[engine.Finding, ...] = ()

    def includes(self, person: str) -> bool:
        """Whether this person is asked."""
        return any(one.person == person for one in self.named)


def askees(row: TaskRun, route: engine.Route, house: House, matter: engine.Matter) -> Askees:
    """Who is asked for an open task today; computed from the rows that lists hold, without the run itself."""
    if row.role == engine.PROPOSER and not row.task:
        people = tuple(engine.Named(person, row.role, matter.unit, engine.Why.PROPOSES) for person in matter.proposers)
        return Askees(people)
    if row.ballot is not None or "convene" in row.verbs:
        return Askees(tuple(_of_body(row, route, house, matter)))
    step, task = defined(row, route)
    if task is None or step is None:
        holders = house.directory.holders(row.role, INSTITUTION, on=house.day)
        return Askees(
            tuple(
                engine.Named(person, row.role, INSTITUTION, engine.Why.HOLDS_THE_ROLE)
                for holder in holders
                for person in house.directory.acting(holder, row.role, on=house.day)[-1:]
                if person not in matter.out
            )
        )
    asked = engine.name_for(route, step, task, row.role, matter, house.directory, on=house.day)
    return Askees(asked.named, asked.findings)


def defined(row: TaskRun, route: engine.Route) -> tuple[engine.Step | None, engine.Task | None]:
    """What the route, or the run's own step, says about an open task; nothing where it is about the whole run."""
    steps = route.steps
    if row.own_step:
        steps = engine.Route.from_data({"key": route.key, "steps": [row.own_step]}).steps
    step = next((one for one in steps if one.key == row.step), None)
    if step is None or not row.task or row.verbs in (["resume"], ["release"]):
        return None, None
    return step, next((task for task in step.tasks if task.key == row.task), None)


def _of_body(row: TaskRun, route: engine.Route, house: House, matter: engine.Matter) -> Iterable[engine.Named]:
    """Before it is convened, whoever presides; then members who have not voted; where a vote cannot settle it, the chair."""
    if row.ballot is None:
        people = [
            person
            for place in (row.body, INSTITUTION)
            for person in house.directory.holders(row.role, place, on=house.day)
        ] or house.directory.holders(route.manager, INSTITUTION, on=house.day)
        role = row.role
    else:
        waits_for = row.ballot["waits_for"]
        people = [person for person in waits_for if person not in matter.recused]
        role = row.ballot["role"]
        if not people:
            people, role = list(house.directory.holders(route.manager, INSTITUTION, on=house.day)), route.manager
    for holder in people:
        for person in house.voices(holder, role):
            if person not in matter.out:
                instead = "" if person == holder else holder
                yield engine.Named(person, role, row.body, engine.Why.HOLDS_THE_ROLE, instead)


def decider(
    by: Actor, proposal: Proposal, row: Run, writers: Sequence[str], house: House, task_key: str
) -> engine.Decider:
    """As what `by` decides on the task, or on the whole run: the roles in which they were found to be asked."""
    route, run = row.route.route, row.run
    roles: set[str] = set()
    stands_for = ""
    if by.id in writers:
        roles.add(engine.PROPOSER)
    if by.almighty or by.id in house.holding(route.manager):
        roles.add(route.manager)
    matter = matter_of(proposal, writers, run.recused)
    for open_task in (
        run.open_tasks
        if run.state in (engine.State.IN_REVIEW, engine.State.DRAFT, engine.State.ON_HOLD, engine.State.SUSPENDED)
        else ()
    ):
        if task_key and open_task.task != task_key:
            continue
        task = task_now(route, run, open_task.task)
        if task.rule:
            held, instead = _on_body(by, task, task.rule, open_task, house)
        else:
            asked = engine.name_for(
                route, step_now(route, run), task, open_task.role, matter, house.directory, on=house.day
            )
            mine = next((one for one in asked.named if one.person == by.id), None)
            held, instead = ({open_task.role}, mine.instead_of) if mine else (set(), "")
        roles |= held
        stands_for = stands_for or instead
    return engine.Decider(by.id, frozenset(roles), stands_for, proposal.via)


def _on_body(
    by: Actor, task: engine.Task, rule: engine.VotingRule, open_task: engine.TaskRun, house: House
) -> tuple[set[str], str]:
    """The roles that `by` has on a body, and whose voice it is where it is not the own."""
    ballot = open_task.ballot
    if ballot is None:
        seats = {
            (person, role)
            for role in (rule.chair, rule.deputy)
            for place in (task.body, INSTITUTION)
            for person in house.directory.holders(role, place, on=house.day)
        }
    else:
        seats = {(ballot.roll.chair, rule.chair), (ballot.roll.deputy, rule.deputy)}
        seats |= {(member, open_task.role) for member in ballot.roll.members}
    mine = {role for person, role in seats if person == by.id}
    if mine:
        return mine, ""
    for person, role in sorted(seats):
        if person and by.id in house.voices(person, role):
            return {role}, person
    return set(), ""
