"""Who may decide what at this moment of a run. The same answer serves the lock and the buttons."""

from collections.abc import Callable, Mapping

from insignia.core.errors import InsigniaError, NotPermitted, Rejected
from insignia.core.words import N_
from insignia.core.workflow import voting
from insignia.core.workflow.definition import PROPOSER, Mode, Route, Task, VotingRule
from insignia.core.workflow.state import Ballot, BallotState, Decider, Run, TaskRun
from insignia.core.workflow.verbs import PASSING, PROPOSERS, RETURNING, State, Verb
from insignia.core.workflow.way import step_now, task_now

_ALIVE = frozenset({State.IN_REVIEW, State.CHANGES_REQUESTED, State.ON_HOLD, State.SUSPENDED})
_STATES: Mapping[Verb, frozenset[State]] = {
    Verb.RESUBMIT: frozenset({State.CHANGES_REQUESTED}),
    Verb.WITHDRAW: frozenset({State.DRAFT, State.CHANGES_REQUESTED}),
    Verb.RELEASE: frozenset({State.ON_HOLD}),
    Verb.SUSPEND: _ALIVE - {State.SUSPENDED},
    Verb.RESUME: frozenset({State.SUSPENDED}),
    Verb.SKIP: frozenset({State.IN_REVIEW}),
    Verb.REQUEST_CANCEL: _ALIVE,
    # A route may send a proposal back to be written anew, with the request still waiting.
    Verb.APPROVE_CANCEL: _ALIVE | {State.DRAFT},
    Verb.REFUSE_CANCEL: _ALIVE | {State.DRAFT},
    Verb.APPROVE_CUSTOM_ROUTE: frozenset({State.IN_REVIEW}),
    Verb.REFUSE_CUSTOM_ROUTE: frozenset({State.IN_REVIEW}),
}
ON_RUN = tuple(verb for verb in Verb if verb in _STATES)
ON_TASK = tuple(verb for verb in Verb if verb not in _STATES and verb not in (Verb.START, Verb.TELL))
UNLISTED = (Verb.CONVENE, Verb.VOTE, Verb.CLOSE_VOTE, Verb.RECUSE)  # no route has to offer them
_SETTLING = PASSING | RETURNING | {Verb.REJECT, Verb.DECLINE}


def check_may(route: Route, run: Run, key: str, verb: Verb, by: Decider) -> None:
    """Refuse unless `by` may take `verb` now, on the task `key` where it is about a task."""
    # Whoever submitted it is its proposer, whatever else they are found to be.
    own = PROPOSER in by.roles or by.person in _submitters(run)
    if own and verb not in PROPOSERS:
        raise NotPermitted(N_("Nobody decides on a proposal of their own."), code="own_proposal")
    # A proposer who also sits on the body is out of its decisions, not of the proposal.
    if {by.person, by.seat} & {*run.recused} and (not own or verb is Verb.RECUSE):
        raise NotPermitted(
            N_("You stay out of this proposal because your interests conflict; somebody else decides in your place."),
            code="conflict_of_interest",
        )
    if verb in ON_RUN:
        _check_run(route, run, verb, by)
    else:
        _check_task(route, run, key, verb, by)


def may(route: Route, run: Run, key: str, verb: Verb, by: Decider) -> bool:
    """Whether `by` may take `verb` now."""
    try:
        check_may(route, run, key, verb, by)
    except InsigniaError:
        return False
    return True


def _check_run(route: Route, run: Run, verb: Verb, by: Decider) -> None:
    if run.state not in _STATES[verb]:
        raise _impossible(run, verb)
    if not _ALLOWED[verb](route, run, by):
        raise NotPermitted(
            N_("“%(verb)s” is for somebody else to decide."), code="not_yours", params={"verb": verb.value}
        )
    waiting = {
        Verb.APPROVE_CANCEL: run.cancel_requested_by,
        Verb.REFUSE_CANCEL: run.cancel_requested_by,
        Verb.APPROVE_CUSTOM_ROUTE: run.detour_requested,
        Verb.REFUSE_CUSTOM_ROUTE: run.detour_requested,
    }
    if not waiting.get(verb, "no request is needed"):
        raise Rejected(N_("Nobody has asked for this."), code="not_requested")
    if verb is Verb.SKIP and not step_now(route, run).skippable:
        raise Rejected(N_("Step “%(step)s” cannot be skipped."), code="not_skippable", params={"step": run.step})
    if verb is Verb.WITHDRAW and run.state is State.DRAFT and not _offers(route, run, verb):
        raise _impossible(run, verb)


def _check_task(route: Route, run: Run, key: str, verb: Verb, by: Decider) -> None:
    open_task = run.task(key)
    if verb not in ON_TASK or run.state not in (State.DRAFT, State.IN_REVIEW):
        raise _impossible(run, verb)
    if open_task is None:
        raise Rejected(
            N_("“%(task)s” is not open: the proposal is at “%(step)s”."),
            code="task_not_open",
            params={"task": key, "step": run.step},
        )
    task = task_now(route, run, key)
    if task.is_proposers and verb is Verb.RECUSE:
        raise _impossible(run, verb)
    if task.rule:
        _check_body(route, run, open_task, task, task.rule, verb, by)
    else:
        _check_holds(open_task, task, by)
    if verb not in UNLISTED and not task.allows(verb):
        raise Rejected(
            N_("“%(verb)s” cannot be decided here. Possible are: %(decisions)s."),
            code="not_among_decisions",
            params={"verb": verb.value, "decisions": ", ".join(task.decisions)},
        )
    if not task.rule and verb in (Verb.CONVENE, Verb.VOTE, Verb.CLOSE_VOTE):
        raise Rejected(N_("“%(task)s” is not put to the vote."), code="no_vote_here", params={"task": key})


def _check_holds(open_task: TaskRun, task: Task, by: Decider) -> None:
    if task.person:
        if by.seat != task.person:
            raise NotPermitted(N_("This is asked of somebody else."), code="not_yours")
    elif open_task.role not in by.roles:
        raise NotPermitted(
            N_("This is for the role “%(role)s” to decide."), code="not_yours", params={"role": open_task.role}
        )
    if task.via and by.via != task.via:
        raise NotPermitted(
            N_("This opens only through the link in the invitation."), code="not_invited", params={"via": task.via}
        )


def _check_body(
    route: Route, run: Run, open_task: TaskRun, task: Task, rule: VotingRule, verb: Verb, by: Decider
) -> None:
    ballot = open_task.ballot
    if verb is Verb.CONVENE:
        if not by.roles & {rule.chair, rule.deputy, route.manager}:
            raise NotPermitted(N_("Whoever presides convenes the body."), code="not_yours")
        return
    if ballot is None:
        raise Rejected(
            N_("“%(body)s” has not been convened for this."),
            code="not_convened",
            params={"body": task.body or open_task.role},
        )
    if verb is Verb.RECUSE:
        if by.seat not in {*ballot.roll.members, ballot.roll.chair, ballot.roll.deputy}:
            raise NotPermitted(N_("You do not sit on this body."), code="not_a_member")
        return
    if verb in (Verb.VOTE, Verb.CLOSE_VOTE) and (
        rule.mode is Mode.CHAIR_RECORDS or ballot.state is not BallotState.OPEN
    ):
        raise Rejected(N_("No vote is open on this."), code="no_vote_open")
    if verb is Verb.VOTE:
        if by.seat not in ballot.roll.members:
            raise NotPermitted(N_("You do not sit on this body."), code="not_a_member")
        return
    _check_presides(route, run, ballot, by)
    if verb is Verb.CLOSE_VOTE:
        standing = voting.tally(rule, ballot, run.recused)
        if not standing.has_quorum:
            raise Rejected(
                N_("There is no quorum: %(took_part)s of %(base)s took part, %(needed)s are needed."),
                code="no_quorum",
                params={"took_part": standing.took_part, "base": standing.base, "needed": standing.needed},
            )
    stuck = ballot.state is BallotState.TIED or not voting.electorate(ballot, run.recused)
    if verb in _SETTLING and rule.mode is Mode.VOTE and not stuck:
        raise Rejected(N_("This is decided by vote."), code="decided_by_vote")


def _check_presides(route: Route, run: Run, ballot: Ballot, by: Decider) -> None:
    presiding = voting.presiding(ballot, run.recused)
    if by.seat != presiding if presiding else route.manager not in by.roles:
        raise NotPermitted(N_("Only whoever presides can record this."), code="not_presiding")


def _submitters(run: Run) -> frozenset[str]:
    return frozenset(entry.by.person for entry in run.history if entry.verb in (Verb.SUBMIT, Verb.RESUBMIT))


def _offers(route: Route, run: Run, verb: Verb) -> bool:
    return any(task_now(route, run, task.task).allows(verb) for task in run.open_tasks)


def _is_manager(route: Route, run: Run, by: Decider) -> bool:
    return route.manager in by.roles


def _is_proposer(route: Route, run: Run, by: Decider) -> bool:
    return PROPOSER in by.roles


def _is_author(route: Route, run: Run, by: Decider) -> bool:
    """The proposer, also where the route calls the proposer something else and nothing has been submitted yet."""
    return _is_proposer(route, run, by) or any(
        task.role in by.roles for task in run.open_tasks if task_now(route, run, task.task).is_proposers
    )


def _holds_any(route: Route, run: Run, by: Decider) -> bool:
    return any(task.role in by.roles for task in run.open_tasks) or _is_manager(route, run, by)


def _may_release(route: Route, run: Run, by: Decider) -> bool:
    held = run.task(run.held_task)
    if _is_manager(route, run, by) or held is None:
        return _is_manager(route, run, by)
    if held.ballot:
        return by.seat == voting.presiding(held.ballot, run.recused)
    return held.role in by.roles


def _may_suspend(route: Route, run: Run, by: Decider) -> bool:
    if _is_manager(route, run, by):
        return True
    return any(task.role in by.roles for task in run.open_tasks if task_now(route, run, task.task).allows(Verb.SUSPEND))


def _may_request_cancel(route: Route, run: Run, by: Decider) -> bool:
    return _is_proposer(route, run, by) or _holds_any(route, run, by)


_ALLOWED: Mapping[Verb, Callable[[Route, Run, Decider], bool]] = {
    Verb.RESUBMIT: _is_proposer,
    Verb.WITHDRAW: _is_author,
    Verb.RELEASE: _may_release,
    Verb.SUSPEND: _may_suspend,
    Verb.RESUME: _is_manager,
    Verb.SKIP: _is_manager,
    Verb.REQUEST_CANCEL: _may_request_cancel,
    Verb.APPROVE_CANCEL: _is_manager,
    Verb.REFUSE_CANCEL: _is_manager,
    Verb.APPROVE_CUSTOM_ROUTE: _is_manager,
    Verb.REFUSE_CUSTOM_ROUTE: _is_manager,
}


def _impossible(run: Run, verb: Verb) -> Rejected:
    return Rejected(
        N_("“%(verb)s” is not possible here: the state is “%(state)s”."),
        code="not_possible_in_this_state",
        params={"verb": verb.value, "state": run.state.value},
    )
