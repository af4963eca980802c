"""What may be asked about productions: who sees which, whose tasks they are, what is overdue, what is evaluated when."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q, QuerySet

from insignia.core.errors import NotFound, Rejected
from insignia.core.questions.facts import fields_of
from insignia.core.words import N_
from insignia.domain.access.actor import Actor
from insignia.domain.access.permissions import Permission
from insignia.domain.catalog import rules as catalog_rules
from insignia.domain.catalog.models import Achievement
from insignia.domain.catalog.rules import searchable
from insignia.domain.ground import clock, tenancy
from insignia.domain.institutions import queries as institutions
from insignia.domain.institutions.models import Institution, Unit
from insignia.domain.people import queries as people
from insignia.domain.people.models import User
from insignia.domain.proposals.writing import queries as writing
from insignia.domain.proposals.writing.content import EXTRA

from . import rules
from .models import (
    ChecklistVersion,
    Evaluation,
    EvaluationPlan,
    IssuingPlan,
    Nomination,
    Production,
    ProductionTask,
    Proof,
    TaskRemark,
    Training,
)

STATES = Production.State.choices
STACKS = Production.Stacks.choices
OUTCOMES = Evaluation.Outcome.choices
_WITH = (
    "proposal__unit__parent__parent__parent",
    "proposal__level",
    "proposal__institution",
    "proposal__proposer",
    "proposal__achievement",
    "achievement__current",
    "achievement__level",
    "institution",
    "version__form",
)
_NONE = N_("There is no such production here, or it is not for you to see.")


def newest_checklist() -> ChecklistVersion | None:
    """What production asks for here, from now on."""
    return ChecklistVersion.objects.order_by("-number").first()


# --- Who sees what
def all_productions() -> QuerySet[Production]:
    """Every production of the current institution, the newest first."""
    return Production.objects.select_related(*_WITH)


def visible_to(actor: Actor) -> QuerySet[Production]:
    """What `actor` looks after, has a task in, or may read the proposal of."""
    if actor.places(Permission.PRODUCTION_MANAGE, "institution"):
        return all_productions()
    managed = Q(proposal__unit__in=institutions.units_of(actor, Permission.PRODUCTION_MANAGE))
    tasks = ProductionTask.objects.filter(Q(owner=actor.user_pk) | _by_role(actor, "production__"))
    proposals = writing.visible_to(actor).values("pk")
    return all_productions().filter(managed | Q(pk__in=tasks.values("production")) | Q(proposal__in=proposals))


def production_for(actor: Actor, public_id: str) -> Production:
    """One production that `actor` may see; raises `NotFound`."""
    found = visible_to(actor).filter(public_id=public_id).first()
    if found is None:
        raise NotFound(_NONE)
    return found


def owned_by(actor: Actor) -> Q:
    """The tasks that `actor` does: those given to them by name and, while nobody is named, those of a role that they hold."""
    return Q(owner=actor.user_pk) | (Q(owner=None) & _by_role(actor, "production__"))


def _by_role(actor: Actor, prefix: str) -> Q:
    """Tasks whose owner is a role that `actor` holds today, in the institution or in the unit or one above."""
    found = Q(pk__in=())
    if actor.user_pk is None:
        return found
    below: dict[str, list[int]] | None = None
    held = institutions.memberships_on(clock.today_in(_here().zone)).filter(user=actor.user_pk)
    for membership in held:
        mine = Q(owner_role=membership.role.key)
        if membership.scope_kind == "institution":
            found |= mine
        elif membership.scope_kind == "unit":
            below = _units_below() if below is None else below
            found |= mine & Q(**{f"{prefix}proposal__unit__in": below.get(membership.scope_id, [])})
    return found


def _here() -> Institution:
    return Institution.objects.get(pk=tenancy.current().pk)


def _units_below() -> dict[str, list[int]]:
    """By the public id of a unit: its key, and those of all units below it."""
    rows = list(Unit.objects.values_list("pk", "public_id", "parent_id"))
    parents = {pk: parent for pk, _public_id, parent in rows}
    names = {pk: public_id for pk, public_id, _parent in rows}
    found: dict[str, list[int]] = {}
    for unit, _public_id, _parent in rows:
        above: int | None = unit
        for _depth in range(8):
            if above is None:
                break
            found.setdefault(names[above], []).append(unit)
            above = parents[above]
    return found


# --- Lists
@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for on the board. `state` may also be "overdue"; `mine` are those with a task of one's own."""

    words: str = ""
    state: str = ""
    mine: str = ""

    @property
    def is_narrow(self) -> bool:
        """Whether something is looked for at all."""
        return bool(self.words or self.mine or self.state not in ("", "open"))


GOING_ON = (Production.State.RUNNING, Production.State.TEACH_OUT)


def listed(actor: Actor, wanted: Wanted, *, today: date) -> QuerySet[Production]:
    """What `actor` sees, narrowed; without a state, what is going on."""
    found = visible_to(actor)
    for word in searchable(wanted.words[:200]).split()[:10]:
        found = found.filter(search_text__contains=word)
    if wanted.state == "overdue":
        late = ProductionTask.objects.filter(state__in=rules.OPEN, due_on__lt=today, is_required=True)
        found = found.filter(state=Production.State.RUNNING, pk__in=late.values("production"))
    elif wanted.state in Production.State.values:
        found = found.filter(state=wanted.state)
    elif wanted.state != "all":
        found = found.filter(state__in=GOING_ON)
    if wanted.mine:
        mine = ProductionTask.objects.filter(owned_by(actor), state__in=rules.OPEN)
        found = found.filter(pk__in=mine.values("production"))
    return found


@dataclass(frozen=True, slots=True)
class Line:
    """A production in a list: how far its required tasks are, which wait, and which of them too long."""

    production: Production
    settled: int
    required: int
    waiting: tuple[ProductionTask, ...]
    overdue: int

    @property
    def next(self) -> ProductionTask | None:
        """What is to be done first."""
        return self.waiting[0] if self.waiting else None


def lines(productions: Sequence[Production], *, today: date) -> list[Line]:
    """Productions as a list shows them; their tasks are looked up once for all."""
    tasks: dict[int, list[ProductionTask]] = {one.pk: [] for one in productions}
    for task in ProductionTask.objects.filter(production__in=tasks).select_related("owner"):
        tasks[task.production_id].append(task)
    found = []
    for one in productions:
        required = [task for task in tasks[one.pk] if task.is_required]
        waiting = tuple(task for task in required if task.state in rules.OPEN)
        late = [task for task in waiting if task.due_on and task.due_on < today]
        found.append(Line(one, len(required) - len(waiting), len(required), waiting, len(late)))
    return found


def tasks_for(actor: Actor) -> QuerySet[ProductionTask]:
    """The open tasks of running productions that `actor` does, what is due first on top."""
    found = ProductionTask.objects.filter(
        owned_by(actor), state__in=rules.OPEN, production__state=Production.State.RUNNING
    )
    return found.select_related(*(f"production__{one}" for one in _WITH), "owner").order_by("due_on", "position", "pk")


# --- One production
def tasks_of(production: Production) -> list[ProductionTask]:
    """Its checklist, in order."""
    rows = list(production.tasks.select_related("owner", "settled_by"))
    for row in rows:
        row.production = production
    return rows


def task_of(production: Production, key: str) -> ProductionTask:
    """One task; raises `NotFound`."""
    found = next((task for task in tasks_of(production) if task.key == key), None)
    if found is None:
        raise NotFound(N_("There is no such task here."))
    return found


def remarks_of(task: ProductionTask) -> QuerySet[TaskRemark]:
    """What was said about a task."""
    return task.remarks.select_related("author")


def proofs_of(task: ProductionTask) -> QuerySet[Proof]:
    """The rounds of an image, the newest first, without the drawings."""
    return task.proofs.defer("svg").select_related("made_by", "decided_by", "artwork").defer("artwork__png")


def signed_proof(production: Production) -> Proof | None:
    """The proof that was signed off last, without the drawing."""
    signed = Proof.objects.filter(task__production=production, state=Proof.State.APPROVED)
    return signed.defer("svg").select_related("artwork", "template").order_by("-number").first()


def proof_of(production: Production, public_id: str) -> Proof:
    """One proof; raises `NotFound`."""
    rows = Proof.objects.filter(task__production=production, public_id=public_id)
    found = rows.select_related("task", "artwork", "template").first()
    if found is None:
        raise NotFound(N_("There is no such proof here."))
    return found


def _of_family(production: Production) -> Q:
    """What belongs to this production, or to an earlier one of the same badge."""
    family = Q(production=production)
    return family | Q(production__achievement=production.achievement_id) if production.achievement_id else family


def issuing_plan_of(production: Production) -> IssuingPlan | None:
    """How the badge is issued, as it was written down last."""
    return IssuingPlan.objects.filter(_of_family(production)).select_related("written_by").order_by("-pk").first()


def evaluation_plan_of(production: Production) -> EvaluationPlan | None:
    """How the badge is evaluated."""
    return EvaluationPlan.objects.filter(_of_family(production)).select_related("owner").order_by("-pk").first()


def trainings_of(production: Production) -> list[Training]:
    """Who was trained in what, for this badge."""
    return list(Training.objects.filter(_of_family(production)).select_related("user").order_by("user__name", "pk"))


def nominations_of(production: Production) -> list[Nomination]:
    """Who is, or was, to award the badge."""
    rows = production.nominations.select_related("user", "nominated_by", "confirmed_by", "grantor")
    return list(rows)


def nomination_of(production: Production, public_id: str) -> Nomination:
    """One nomination; raises `NotFound`."""
    found = production.nominations.select_related("user", "grantor").filter(public_id=public_id).first()
    if found is None:
        raise NotFound(N_("There is no such nomination here."))
    found.production = production
    return found


def candidates(production: Production, task: ProductionTask | None = None) -> list[User]:
    """Who may be named for a task: whoever holds its role here, the office, and those who wrote the proposal."""
    today = clock.today_in(production.institution.zone)
    office = [role.key for role in institutions.roles() if Permission.PRODUCTION_MANAGE.value in role.permissions]
    wanted = [*office, *([task.owner_role] if task and task.owner_role else ["issuer"])]
    places = {scope.public_id for scope in production.scopes()}
    held = institutions.memberships_on(today).filter(role__key__in=wanted, scope_id__in=places)
    found: dict[int, User] = {one.user_id: one.user for one in held}
    writers = User.objects.filter(public_id__in=writing.writers_of(production.proposal))
    found |= {one.pk: one for one in writers}
    found |= {one.user_id: one.user for one in production.nominations.select_related("user")}
    if task and task.owner:
        found[task.owner.pk] = task.owner
    return sorted(found.values(), key=str)


def person_named(production: Production, task: ProductionTask, *, public_id: str, email: str) -> User | None:
    """Whom somebody chose from `candidates` or named by address; None where nobody; raises `Rejected` for a stranger."""
    if email:
        found = people.known_at(email)
        if found is None:
            raise Rejected(
                N_("Nobody is known here by the address “%(email)s”. Add the person under “People” first."),
                code="unknown_person",
                params={"email": email},
            )
        return found
    return next((one for one in candidates(production, task) if one.public_id == public_id), None)


def someone_named(production: Production, task: ProductionTask, *, public_id: str, email: str) -> User:
    """`person_named`, where nobody is no answer."""
    found = person_named(production, task, public_id=public_id, email=email)
    if found is None:
        raise Rejected(N_("Say who it is."), code="nobody_named")
    return found


def verbs_of(task: ProductionTask, *, manages: bool, is_complete: bool) -> list[str]:
    """What may be done with a task now, by the office or by whoever has it: the buttons of its page."""
    facts = {"reason", *({"manages"} if manages else ()), *({"complete"} if is_complete else ())}
    found = [step.verb for step in rules.TASK.open_to(task.state, facts=facts)]
    return [verb for verb in found if verb not in (("hand_in",) if manages else ("send_back",))]


# --- By achievement
def running_of(achievement: Achievement) -> list[Production]:
    """The productions that have not let this badge go yet, the newest first."""
    return list(all_productions().filter(achievement=achievement, state=Production.State.RUNNING))


def going_on_of(actor: Actor, achievement: Achievement) -> list[Production]:
    """What is going on with this badge, on its way or towards its end, as far as `actor` may see it."""
    return list(visible_to(actor).filter(achievement=achievement, state__in=GOING_ON))


def containers_of(achievement: Achievement) -> list[Achievement]:
    """The certificates, not yet ended, that contain this badge."""
    stacks = [level.pk for level in institutions.levels() if level.policy.components_of]
    rows = Achievement.objects.filter(level__in=stacks).exclude(state__in=catalog_rules.FINISHED)
    return [
        row
        for row in rows.select_related("current", "level")
        if row.current and achievement.public_id in (row.current.content.extra.get("components") or ())
    ]


def told_of(production: Production) -> tuple[str, str]:
    """Of the end of a badge: why it ends, and what those who have begun are told."""
    told = fields_of(production.version.form.form, production.version.answers)
    return str(told.get(EXTRA + "retirement_reason", "")), str(told.get(EXTRA + "teach_out", ""))


# --- Evaluations
@dataclass(frozen=True, slots=True)
class PlanLine:
    """A plan in a list, with whether its day is over, and the evaluation that is under way."""

    plan: EvaluationPlan
    is_overdue: bool
    under_way: Evaluation | None = field(default=None)


def evaluation_plans(actor: Actor) -> QuerySet[EvaluationPlan]:
    """The plans that `actor` looks after or may see, what is due first on top; of each badge the newest."""
    newest = {}
    for pk, achievement, production in EvaluationPlan.objects.order_by("pk").values_list(
        "pk", "production__achievement", "production"
    ):
        newest[("achievement", achievement) if achievement else ("production", production)] = pk
    own = Q(owner=actor.user_pk)
    seen = Q(production__in=visible_to(actor).values("pk"))
    found = EvaluationPlan.objects.filter(pk__in=newest.values()).filter(own | seen)
    return found.select_related("owner", *(f"production__{one}" for one in _WITH)).order_by("next_due_on", "pk")


def evaluation_plan_for(actor: Actor, public_id: str) -> EvaluationPlan:
    """One plan that `actor` may see; raises `NotFound`."""
    found = evaluation_plans(actor).filter(public_id=public_id).first()
    if found is None:
        raise NotFound(N_("There is no such evaluation here, or it is not for you to see."))
    return found


def plan_lines(plans: Iterable[EvaluationPlan], *, today: date) -> list[PlanLine]:
    """Plans as a list shows them."""
    plans = list(plans)
    open_ones = {
        row.plan_id: row for row in Evaluation.objects.filter(plan__in=plans).exclude(state=Evaluation.State.ACCEPTED)
    }
    return [PlanLine(plan, plan.next_due_on < today, open_ones.get(plan.pk)) for plan in plans]


def evaluation_under_way(plan: EvaluationPlan) -> Evaluation:
    """The evaluation that somebody has to decide on; raises `NotFound`."""
    rows = plan.evaluations.exclude(state=Evaluation.State.ACCEPTED).order_by("-due_on")
    found = rows.first()
    if found is None:
        raise NotFound(N_("No evaluation is under way here."))
    found.plan = plan
    return found


def evaluations_of(plan: EvaluationPlan) -> list[Evaluation]:
    """Every evaluation under a plan, the newest first."""
    return list(plan.evaluations.select_related("made_by", "decided_by"))


def titles(public_ids: Iterable[str]) -> dict[str, str]:
    """What productions are called, by public id: for pages that tell what happened."""
    wanted = set(public_ids)
    rows = Production.objects.filter(public_id__in=wanted).select_related("proposal") if wanted else ()
    return {row.public_id: str(row) for row in rows}
