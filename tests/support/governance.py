"""Things to govern with: people in the roles of a preset, forms filled in, proposals on their way."""

from dataclasses import dataclass, field
from typing import Any

from insignia.core.questions.asking import asked
from insignia.core.questions.definition import Form, Kind, Question
from insignia.core.workflow import route as engine
from insignia.domain.access.actor import SYSTEM, Actor, Scope
from insignia.domain.frameworks.models import Framework, Skill
from insignia.domain.institutions import actions as institutions
from insignia.domain.institutions import queries as institution_queries
from insignia.domain.institutions.models import Unit
from insignia.domain.people.models import User
from insignia.domain.proposals.bodies import actions as bodies
from insignia.domain.proposals.bodies import queries as body_queries
from insignia.domain.proposals.workflow import actions as workflow
from insignia.domain.proposals.workflow import queries as workflow_queries
from insignia.domain.proposals.writing import actions as writing
from insignia.domain.proposals.writing import queries as writing_queries
from insignia.domain.proposals.writing.models import Proposal
from tests.support import builders


def holds(user: User, role: str, scope: Any = None) -> None:
    """Let `user` hold a role: in the institution, or in a unit or body."""
    here = builders.here()
    place = Scope("unit", scope.public_id) if isinstance(scope, Unit) else Scope("institution", here.public_id)
    institutions.hold_role(
        by=SYSTEM, institution=here, user=user, role_key=role, scope=place, starts_on=None, ends_on=None
    )


def a_colleague(*roles: str, name: str = "", scope: Any = None) -> User:
    """Somebody with a second factor who holds these roles."""
    user = builders.with_second_factor(builders.a_person(name=name))
    for role in roles:
        holds(user, role, scope)
    return user


def actor(user: User) -> Actor:
    """`user` in the current institution."""
    return builders.acting(user)


def a_skill(name: str = "Communication") -> Skill:
    """A skill that can be chosen."""
    here = builders.here()
    framework, _made = Framework.objects.get_or_create(institution=here, key="example", defaults={"name": "Example"})
    code = name.lower().replace(" ", "-")
    skill, _made = Skill.objects.get_or_create(
        institution=here,
        framework=framework,
        code=code,
        defaults={"name": name, "url": f"https://frameworks.example/{code}"},
    )
    return skill


def filled(form: Form, **known: Any) -> dict[str, Any]:
    """Answers to everything that the form asks, given what is `known`: complete, but for what only the house can check."""
    answers: dict[str, Any] = dict(known)
    for _round in range(4):  # an answer may bring further questions
        for _section, question in asked(form, answers).questions:
            if question.key not in answers:
                answers[question.key] = _answer(question)
    return answers


def _answer(question: Question) -> Any:
    least = int(question.least or 1)
    match question.kind:
        case Kind.YES_NO | Kind.ATTEST:
            return question.kind is Kind.ATTEST
        case Kind.NUMBER:
            return least
        case Kind.DATE:
            return "2027-05-31"
        case Kind.CHOICE:
            return question.options[0].key
        case Kind.CHOICES:
            return [option.key for option in question.options[:least]]
        case Kind.LINKS:
            return [{"name": "Page", "url": "https://pages.example/one"}] * least
        case Kind.SKILLS:
            return [a_skill(f"Skill {n}").public_id for n in range(max(least, int(question.advised_least or 1)))]
        case Kind.PEOPLE:
            return [{"name": f"Person {n}", "email": f"person{n}@people.example"} for n in range(least)]
        case Kind.OUTCOMES:
            return [f"Explain point {n}" for n in range(1, max(least, 2) + 1)]
        case Kind.ATTACHMENT | Kind.COMPONENTS:
            return []
    return "What there is to say about it."


@dataclass
class Cast:
    """Who is there: the people of an institution whose preset is `ksu` or `cu_boulder`."""

    unit: Unit = field(default_factory=builders.a_unit)
    people: dict[str, User] = field(default_factory=dict)

    def __getitem__(self, name: str) -> User:
        return self.people[name]

    def actor(self, name: str) -> Actor:
        """Somebody of the cast, acting."""
        return actor(self.people[name])


def ksu_cast(*, members: int = 3) -> Cast:
    """Proposer, leader of the unit, career services, a committee with a chair, an executive, the office."""
    cast = Cast()
    cast.people = {
        "proposer": a_colleague("faculty", name="Proposer Pat"),
        "unit_leader": a_colleague("unit_leader", name="Leader Lou", scope=cast.unit),
        "skill_reviewer": a_colleague("skill_reviewer", name="Career Casey"),
        "executive": a_colleague("executive", name="Executive Ellis"),
        "program_manager": a_colleague("program_manager", name="Manager Morgan"),
        "student_engagement_staff": a_colleague("student_engagement_staff", name="Engaged Emery"),
    }
    seated(cast, "MCC", members)
    return cast


def cu_cast(*, members: int = 3) -> Cast:
    """Proposer, program manager, a committee with a chair, the unit's approver, the registrar, a department's issuer."""
    cast = Cast()
    cast.people = {
        "proposer": a_colleague("faculty", name="Proposer Pat"),
        "unit_final": a_colleague("unit_final", name="Final Frankie", scope=cast.unit),
        "program_manager": a_colleague("program_manager", name="Manager Morgan"),
        "registrar": a_colleague("registrar", name="Registrar Rae"),
        "issuer": a_colleague("issuer", name="Issuer Indy", scope=cast.unit),
    }
    seated(cast, "MAC", members)
    return cast


def seated(cast: Cast, body_key: str, members: int) -> None:
    """Seat `members` people on a body, and one of them in the chair."""
    body = body_queries.body(body_key)
    for number, sitting in enumerate(body_queries.sittings(body)[:members], start=1):
        user = a_colleague(name=f"Member {number}")
        bodies.take_seat(by=SYSTEM, seat=sitting.seat, user=user, starts_on=None, ends_on=None)
        cast.people[f"member_{number}"] = user
    bodies.appoint_chair(by=SYSTEM, body=body, user=cast["member_1"], starts_on=None, ends_on=None)


def a_proposal(cast: Cast, *, level: str = "level_1", kind: str = "new", via: str = "", **answers: Any) -> Proposal:
    """A draft whose form is filled in."""
    draft = writing.begin_proposal(
        by=cast.actor("proposer"),
        unit=cast.unit,
        level=institution_queries.levels().get(key=level),
        kind=kind,
        via=via,
        achievement=answers.pop("achievement", None),
    )
    known = {**draft.answers, **answers}
    written = writing.write_answers(
        by=cast.actor("proposer"),
        proposal=draft,
        sent=filled(draft.form.form, **known),
        revision=draft.revision,
    )
    return written.proposal


def submitted(cast: Cast, **values: Any) -> Proposal:
    """A proposal that was handed in."""
    proposal = a_proposal(cast, **values)
    workflow.submit(by=cast.actor("proposer"), proposal=proposal)
    return again(proposal)


def again(proposal: Proposal) -> Proposal:
    """The proposal as it is now."""
    return writing_queries.proposal(proposal.public_id)


def ratings(task: engine.Task) -> tuple[engine.Rating, ...]:
    """A review form filled in."""
    return tuple(engine.Rating(criterion, 4) for criterion in task.criteria)


def decided(
    cast: Cast, who: str, proposal: Proposal, verb: engine.Verb, *, task: str = "", comment: str = "", **more: Any
) -> Proposal:
    """A decision on the task that `who` has, with everything that it needs."""
    row = workflow_queries.run_of(proposal)
    assert row is not None
    run, route = row.run, row.route.route
    key = task or (run.open_tasks[0].task if run.open_tasks else "")
    if verb in (engine.Verb.APPROVE, engine.Verb.VOTE) and key:
        defined = next(t for step in engine.way(route, run) for t in step.tasks if t.key == key)
        if verb is engine.Verb.APPROVE and not defined.rule:
            more.setdefault("ratings", ratings(defined))
            more.setdefault("attestations", frozenset(defined.attest))
        elif verb is engine.Verb.APPROVE:
            more.setdefault("attestations", frozenset(defined.attest))
        elif more.get("vote") is engine.Vote.APPROVE:
            more.setdefault("ratings", ratings(defined))
    workflow.decide(
        by=cast.actor(who),
        proposal=proposal,
        task=key,
        decision=engine.Decision(verb, comment=comment, **more),
        revision=row.revision,
    )
    return again(proposal)


def open_tasks(proposal: Proposal) -> set[str]:
    """The keys of what the proposal waits for."""
    return set(workflow_queries.open_tasks().filter(run__proposal=proposal).values_list("task", flat=True))
