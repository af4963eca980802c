"""Routes that pass the check, whatever their shape, and runs that went any way that they allow."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import strategies as st

from insignia.core.workflow.checking import problems_of
from insignia.core.workflow.route import (
    Ballots,
    Condition,
    Decision,
    Join,
    Joining,
    Mode,
    Operator,
    Rating,
    Return,
    ReturnRule,
    Roll,
    Route,
    Step,
    Task,
    Then,
    TieBreak,
    Verb,
    Vote,
    VotingRule,
    decide,
    open_to,
    start,
    task_now,
    way,
)
from tests.core.workflow.walking import MONDAY, someone

REVIEWERS = ("r0", "r1", "r2")
MEMBERS = ("m0", "m1", "m2")
ROLES = frozenset({*REVIEWERS, "committee", "committee_chair", "committee_deputy", "program_manager"})
FACTS = {"credit": frozenset({True, False}), "audience": frozenset({"a", "b"})}
CAST = (
    someone("petra", "proposer"),
    someone("mona", "program_manager"),
    *(someone(role, role) for role in REVIEWERS),
    *(someone(member, "committee") for member in MEMBERS),
    someone("carla", "committee_chair"),
    someone("dora", "committee_deputy"),
)

facts = st.fixed_dictionaries(
    {}, optional={"credit": st.booleans(), "audience": st.sampled_from(["a", "b", ("a", "b")])}
)
_questions = st.builds(
    lambda fact: Condition(Operator.IS, *fact),
    st.sampled_from([("credit", (True,)), ("credit", (False,)), ("audience", ("a",)), ("audience", ("b",))]),
)
conditions = st.recursive(
    _questions,
    lambda inner: st.builds(
        lambda operator, parts: Condition(operator, parts=tuple(parts[:1] if operator is Operator.NOT else parts)),
        st.sampled_from([Operator.NOT, Operator.ALL, Operator.ANY]),
        st.lists(inner, min_size=1, max_size=2),
    ),
    max_leaves=3,
)
_OBJECTIONS = [Verb.REQUEST_CHANGES, Verb.REJECT, Verb.HOLD, Verb.CUSTOM_ROUTE, Verb.SUSPEND, Verb.ASK, Verb.DECLINE]


@st.composite
def _task(draw, key, *, last):
    more = draw(st.lists(st.sampled_from(_OBJECTIONS), unique=True))
    if draw(st.booleans()):
        rule = draw(
            st.builds(
                VotingRule,
                mode=st.sampled_from(Mode),
                quorum=st.sampled_from([0.0, 0.5, 1.0]),
                threshold=st.sampled_from([0.5, 0.67, 1.0]),
                tie_break=st.sampled_from(TieBreak),
                ballots=st.sampled_from(Ballots),
            )
        )
        objection = draw(st.sampled_from([Verb.REQUEST_CHANGES, Verb.REJECT]))
        decisions = tuple(dict.fromkeys([Verb.APPROVE, objection, *more]))
        return Task(key, "committee", body="C", decisions=decisions, rule=rule)
    passing = Verb.APPROVE if last else draw(st.sampled_from([Verb.APPROVE, Verb.INVITE, Verb.FEEDBACK]))
    return Task(
        key,
        draw(st.sampled_from(REVIEWERS)),
        decisions=(passing, *more),
        criteria=draw(st.sampled_from([(), ("worth",)])),
        attest=draw(st.sampled_from([(), ("standards",)])),
    )


@st.composite
def routes(draw):
    """Any route that may be loaded."""
    steps = [Step("s0", (Task("t0", "proposer", decisions=(Verb.SUBMIT, Verb.WITHDRAW)),))]
    count = draw(st.integers(1, 4))
    for number in range(1, count + 1):
        last = number == count
        tasks = tuple(draw(_task(f"t{number}{n}", last=last)) for n in range(draw(st.integers(1, 3))))
        step = Step(
            f"s{number}",
            tasks,
            parallel=draw(
                st.sampled_from(
                    [Join(), Join(Joining.ANY), *(Join(Joining.AT_LEAST, n + 1) for n in range(len(tasks)))]
                )
            ),
            resubmit_to=draw(
                st.sampled_from(
                    [ReturnRule(), ReturnRule(Return.FIRST), *(ReturnRule(Return.NAMED, one.key) for one in steps)]
                )
            ),
        )
        if last:
            step = replace(step, final=draw(st.booleans()))
        else:
            step = replace(step, condition=draw(st.none() | conditions), skippable=draw(st.booleans()))
        steps.append(step)
    route = Route("any", tuple(steps), on_approved=("production",))
    assert problems_of(route, roles=ROLES, facts=FACTS) == ()
    return route


def complete(route, run, choice, number, *, vote, then):
    """A decision with all that it needs."""
    task = task_now(route, run, choice.task) if choice.task else None
    return Decision(
        choice.verb,
        comment=f"Comment {number}",
        ratings=tuple(Rating(criterion, 3) for criterion in task.criteria) if task else (),
        attestations=frozenset(task.attest) if task else frozenset(),
        recommended="another",
        step=Step(f"x{number}", (Task(f"y{number}", "r0", decisions=(Verb.APPROVE,)),)),
        then=then,
        roll=Roll(MEMBERS, "carla", "dora") if choice.verb is Verb.CONVENE else None,
        vote=vote,
    )


# Few walks would get anywhere if all that may be decided were as likely: much of it stops the run or is open to everyone.
_OFTEN = {Verb.SUBMIT, Verb.APPROVE, Verb.INVITE, Verb.FEEDBACK, Verb.VOTE, Verb.RESUBMIT, Verb.RESUME, Verb.RELEASE}
_SOMETIMES = {
    Verb.CLOSE_VOTE, Verb.CUSTOM_ROUTE, Verb.APPROVE_CUSTOM_ROUTE, Verb.REQUEST_CHANGES, Verb.HOLD, Verb.SKIP,
}  # fmt: skip


def options(route, run):
    """Everything that anyone may decide now, more often what leads on."""
    asked = {task.role for task in run.open_tasks}
    asked |= {"proposer", "program_manager", *({"committee_chair", "committee_deputy"} if "committee" in asked else ())}
    found = [(by, choice) for by in CAST if by.roles & asked for choice in open_to(route, run, by)]
    times = {verb: 12 if verb in _OFTEN else 4 if verb in _SOMETIMES else 1 for verb in Verb}
    return [option for option in found for _time in range(times[option[1].verb])]


def votes(route, run, choice):
    """What can be voted for."""
    task = task_now(route, run, choice.task)
    return [vote for vote in Vote if vote is Vote.ABSTAIN or task.allows(Verb(vote.value))]


def evades(route, run):
    """Whether a custom route has to return here, because the step may not be passed by."""
    steps = way(route, run)
    (now,) = (step for step in steps if step.key == run.step)
    return now is steps[-1] or any(task.rule for task in now.tasks)


@st.composite
def walks(draw, *, longest=16):
    """A route, all the runs along one way through it, and the decisions that were taken."""
    route = draw(routes())
    run, effects = start(route, draw(facts), by=CAST[0], at=MONDAY)
    runs, taken = [(run, effects)], []
    for number in range(1, longest + 1):
        possible = options(route, run)
        if not possible or draw(st.integers(0, 24)) == 17:
            break
        by, choice = draw(st.sampled_from(possible))
        then, vote = Then.RETURN_HERE, None
        if choice.verb is Verb.CUSTOM_ROUTE and not evades(route, run):
            then = draw(st.sampled_from(Then))
        if choice.verb is Verb.VOTE:
            vote = draw(st.sampled_from(votes(route, run, choice)))
        decision = complete(route, run, choice, number, vote=vote, then=then)
        new = draw(facts) if choice.verb is Verb.RESUBMIT else None
        run, effects = decide(
            route, run, choice.task, decision, by, at=MONDAY + timedelta(hours=number), revision=run.revision, facts=new
        )
        runs.append((run, effects))
        taken.append((by, choice.task, decision))
    return route, runs, taken
