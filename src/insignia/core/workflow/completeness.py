"""Whether a decision brings all that it needs: comment, review form, attestations."""

from collections import Counter
from collections.abc import Iterator

from insignia.core.errors import Rejected
from insignia.core.words import N_
from insignia.core.workflow.checking import problems_of_step
from insignia.core.workflow.definition import Route, Task
from insignia.core.workflow.state import Decision, Run, Then, Vote
from insignia.core.workflow.verbs import APPROVING, COMMENTED, Verb
from insignia.core.workflow.voting import check_votable
from insignia.core.workflow.way import step_now, way


def check_complete(route: Route, run: Run, task: Task | None, decision: Decision) -> None:
    """Refuse a decision that lacks something, and list all that it lacks."""
    lacking = (
        *_comment(task, decision),
        *(_form(task, decision) if task else ()),
        *(_attestations(task, decision) if task else ()),
        *_particulars(route, run, decision),
    )
    if lacking:
        raise Rejected(N_("Something is still missing."), code="incomplete", details=lacking)
    if task and decision.vote:
        check_votable(task, decision.vote)


def _comment(task: Task | None, decision: Decision) -> Iterator[Rejected]:
    verb = decision.verb
    needed = task.needs_comment(verb) if task else verb in COMMENTED
    if decision.vote in (Vote.REQUEST_CHANGES, Vote.REJECT):
        needed = True  # the outcome may rest on this vote, and then this is its reason
    if needed and not decision.comment.strip():
        yield Rejected(N_("Say why, in a comment."), code="comment_missing")


def _form(task: Task, decision: Decision) -> Iterator[Rejected]:
    """A chair who records what a body decided fills in nobody's form."""
    rated = Counter(rating.criterion for rating in decision.ratings)
    for criterion, times in rated.items():
        if criterion not in task.criteria or times > 1:
            yield Rejected(
                N_("“%(criterion)s” is not a criterion here, or was rated twice."),
                code="unknown_criterion",
                params={"criterion": criterion},
            )
    if decision.vote is Vote.APPROVE or (decision.verb in APPROVING and not task.rule):
        for criterion in task.criteria:
            if not rated[criterion]:
                yield Rejected(N_("Rate “%(criterion)s”."), code="rating_missing", params={"criterion": criterion})


def _attestations(task: Task, decision: Decision) -> Iterator[Rejected]:
    if decision.verb in APPROVING:
        for statement in task.attest:
            if statement not in decision.attestations:
                yield Rejected(
                    N_("Attest “%(statement)s”."), code="attestation_missing", params={"statement": statement}
                )


def _particulars(route: Route, run: Run, decision: Decision) -> Iterator[Rejected]:
    match decision.verb:
        case Verb.RECOMMEND_TYPE if not decision.recommended:
            yield Rejected(N_("Say which type you recommend."), code="recommendation_missing")
        case Verb.VOTE if decision.vote is None:
            yield Rejected(N_("Say how you vote."), code="vote_missing")
        case Verb.CONVENE if decision.roll is None or not decision.roll.members:
            yield Rejected(N_("Say who sits on the body."), code="roll_missing")
        case Verb.CUSTOM_ROUTE:
            yield from _custom_step(route, run, decision)


def _custom_step(route: Route, run: Run, decision: Decision) -> Iterator[Rejected]:
    if decision.step is None:
        yield Rejected(N_("Say who is to be asked as well."), code="custom_step_missing")
        return
    steps, now = way(route, run), step_now(route, run)
    keys = {step.key for step in steps} | {task.key for step in steps for task in step.tasks}
    yield from problems_of_step(decision.step, among=keys)
    if decision.step.resubmit_to.step not in {"", *(step.key for step in steps[: steps.index(now) + 1])}:
        yield Rejected(
            N_("The extra step sends resubmissions to a step that does not come before it."), code="unknown_return_step"
        )
    if decision.then is Then.ADVANCE and (now is steps[-1] or any(task.rule for task in now.tasks)):
        yield Rejected(
            N_("A custom route can pass by neither a body nor the last word: let it return here."),
            code="custom_route_evades",
        )
