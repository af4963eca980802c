"""How a permitted and complete decision moves a run."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from insignia.core.workflow import voting
from insignia.core.workflow.definition import Route, Step
from insignia.core.workflow.effects import (
    CancelRefused,
    CancelRequested,
    Closing,
    DetourRefused,
    DetourRequested,
    DetourTaken,
    Effect,
    Ended,
    Produced,
    Recused,
    ReturnedToProposer,
    StateChanged,
    StepSkipped,
    TaskClosed,
    TaskOpened,
    VoteCounted,
)
from insignia.core.workflow.state import (
    Ballot,
    BallotState,
    CastVote,
    Decider,
    Decision,
    Detour,
    Notice,
    Passed,
    Returned,
    Run,
    TaskRun,
)
from insignia.core.workflow.verbs import PASSING, RETURNING, State, Verb
from insignia.core.workflow.way import position, return_target, role_for, step_now, task_now, way

_SPOKEN = PASSING | RETURNING | {Verb.VOTE}  # what a proposer gets to read
_RESTING = frozenset({State.ON_HOLD, State.SUSPENDED})


@dataclass
class Turn:
    """One decision while it is carried out: the run as it becomes, and what follows. Nobody outside sees it unfinished."""

    route: Route
    run: Run
    at: datetime
    effects: list[Effect] = field(default_factory=list)

    def change(self, **fields: Any) -> None:
        """Replace fields of the run."""
        self.run = replace(self.run, **fields)

    def tell(self, *effects: Effect) -> None:
        """Add what follows."""
        self.effects.extend(effects)

    def begin(self) -> None:
        """Enter the first step."""
        self._enter(0)

    def carry_out(self, key: str, decision: Decision, by: Decider) -> None:
        """Let `decision`, which is already in the history, take its course."""
        before = self.run.state
        if decision.verb in PASSING | RETURNING | _ENDING.keys():
            self._settle(key, decision.verb, decision.recommended)
        else:
            _MOVES[decision.verb](self, key, decision, by)
        if self.run.state is not before:
            self.tell(StateChanged(before, self.run.state))
            self._note_pause(before)

    # Steps.

    def _enter(self, number: int) -> None:
        """Open the first step from `number` on whose condition holds; where there is none, the proposal is approved."""
        for step in way(self.route, self.run)[number:]:
            if step.condition and not step.condition.holds(self.run.facts):
                self.tell(StepSkipped(step.key, condition=step.condition))
                continue
            self._open(step)
            return
        self._end(State.APPROVED)

    def _open(self, step: Step) -> None:
        opened = []
        for task in step.tasks:
            role = role_for(self.route, task, self.run.facts)
            opened.append(TaskRun(task.key, role, opened_at=self.at, opened_in=self.run.revision))
            self.tell(TaskOpened(task.key, step.key, role, task.scope, task.body, task.person))
        state = State.DRAFT if step.is_proposers else State.IN_REVIEW
        self.change(step=step.key, tasks=tuple(opened), state=state)

    def _leave(self) -> None:
        self.tell(*(TaskClosed(task.task, self.run.step, Closing.SUPERSEDED) for task in self.run.open_tasks))
        if self.run.detour_requested:
            self.tell(DetourRefused(self.run.detour_requested.step))
        self.change(tasks=(), held_task="", detour_requested=None)

    def _go_on(self) -> None:
        number = position(way(self.route, self.run), self.run.step)
        self._leave()
        self._enter(number + 1)

    def _end(self, state: State) -> None:
        self._leave()
        then = {State.APPROVED: self.route.on_approved, State.REJECTED: self.route.on_rejected}.get(state, ())
        self.change(state=state, returned=None, resumes_as=None, cancel_requested_by="")
        self.tell(Ended(state, then))

    # What settles a task.

    def _settle(self, key: str, verb: Verb, recommended: str = "") -> None:
        if verb in _ENDING:
            self._end(_ENDING[verb])
        elif verb in RETURNING:
            self._return(verb, recommended)
        else:
            self._pass(key, verb)

    def _pass(self, key: str, verb: Verb) -> None:
        task, step = task_now(self.route, self.run, key), step_now(self.route, self.run)
        done = replace(self._task(key), done=verb)
        passed = Passed(key, step.key, done.role, verb, self.at, self.run.round)
        self.run = self.run.with_task(done)
        self.change(passed=(*self.run.passed, passed))
        self.tell(TaskClosed(key, step.key, Closing.DONE))
        if task.output:
            self.tell(Produced(key, task.output))
        if len(self.run.tasks) - len(self.run.open_tasks) >= step.parallel.needed(len(step.tasks)):
            self._go_on()

    def _return(self, verb: Verb, recommended: str) -> None:
        step = step_now(self.route, self.run)
        comments, target = self._comments(), return_target(self.route, self.run, step)
        self._leave()
        self.change(state=State.CHANGES_REQUESTED, returned=Returned(step.key, self.at))
        self.tell(ReturnedToProposer(step.key, verb, comments, target, recommended))

    def _comments(self) -> tuple[str, ...]:
        """What was said in this step since it opened, by each the last word; of the recused nothing."""
        since = min(task.opened_in for task in self.run.tasks)
        spoken = [entry for entry in self.run.history if entry.revision > since and entry.verb in _SPOKEN]
        last = {(entry.task, entry.by.seat): entry for entry in spoken}
        return tuple(
            entry.decision.comment
            for entry in last.values()
            if entry.decision.comment and entry.by.seat not in self.run.recused
        )

    def _task(self, key: str) -> TaskRun:
        return next(task for task in self.run.tasks if task.task == key)

    # Bodies.

    def convene(self, key: str, decision: Decision, by: Decider) -> None:
        """A body sits; whoever of it is conflicted stays out from the first moment."""
        if decision.roll:
            self._set_ballot(key, voting.convened(decision.roll, self._task(key).ballot))
            self._recuse(sorted(decision.roll.conflicted))

    def vote(self, key: str, decision: Decision, by: Decider) -> None:
        """A member's voice; with the last of them the vote is over."""
        task = self._task(key)
        if task.ballot and decision.vote:
            cast = CastVote(by.seat, decision.vote, decision.comment)
            self._set_ballot(key, voting.cast(task.ballot, cast))
            self._count_if_all_voted(key)

    def recuse(self, key: str, decision: Decision, by: Decider) -> None:
        """Somebody's interests conflict: they are out of the whole run."""
        self._recuse([by.seat])

    def close_vote(self, key: str, decision: Decision, by: Decider) -> None:
        """Whoever presides ends the vote."""
        self._count(key)

    def _recuse(self, persons: list[str]) -> None:
        new = tuple(person for person in persons if person not in self.run.recused)
        self.change(recused=(*self.run.recused, *new))
        if new:
            self.tell(Recused(new))
        for task in self.run.open_tasks:
            ballot = task.ballot
            for person in new:
                ballot = voting.without(ballot, person) if ballot else None
            self.run = self.run.with_task(replace(task, ballot=ballot))
        for task in self.run.open_tasks:
            self._count_if_all_voted(task.task)

    def _count_if_all_voted(self, key: str) -> None:
        ballot = self._task(key).ballot if self.run.task(key) else None
        if ballot is None or not ballot.votes or ballot.state is not BallotState.OPEN:
            return
        if len(ballot.votes) == len(voting.electorate(ballot, self.run.recused)):
            self._count(key)

    def _count(self, key: str) -> None:
        task, ballot = task_now(self.route, self.run, key), self._task(key).ballot
        if ballot is None or task.rule is None:
            return
        outcome = voting.outcome(task, task.rule, ballot)
        self.tell(VoteCounted(key, voting.tally(task.rule, ballot, self.run.recused).counts, outcome))
        if outcome is None:
            self._set_ballot(key, replace(ballot, state=BallotState.TIED))
        else:
            self._settle(key, outcome)

    def _set_ballot(self, key: str, ballot: Ballot) -> None:
        self.run = self.run.with_task(replace(self._task(key), ballot=ballot))

    # The whole run.

    def hold(self, key: str, decision: Decision, by: Decider) -> None:
        """The run waits until it is released."""
        self.change(state=State.ON_HOLD, held_task=key)

    def release(self, key: str, decision: Decision, by: Decider) -> None:
        """The run goes on where it was held."""
        self.change(state=State.IN_REVIEW, held_task="")

    def suspend(self, key: str, decision: Decision, by: Decider) -> None:
        """The run rests, whatever it was waiting for."""
        self.change(state=State.SUSPENDED, resumes_as=self.run.state)

    def resume(self, key: str, decision: Decision, by: Decider) -> None:
        """The run is where it was when it was suspended."""
        self.change(state=self.run.resumes_as, resumes_as=None)

    def resubmit(self, key: str, decision: Decision, by: Decider) -> None:
        """The proposer is back, at the step that the route names for it."""
        steps = way(self.route, self.run)
        target = return_target(self.route, self.run, step_now(self.route, self.run))
        self.change(round=self.run.round + 1, returned=None)
        self._enter(position(steps, target))

    def withdraw(self, key: str, decision: Decision, by: Decider) -> None:
        """The proposer takes the proposal back."""
        self._end(State.WITHDRAWN)

    def skip(self, key: str, decision: Decision, by: Decider) -> None:
        """The office passes a step over."""
        self.tell(StepSkipped(self.run.step, reason=decision.comment))
        self._go_on()

    def request_cancel(self, key: str, decision: Decision, by: Decider) -> None:
        """The office is asked to stop the run, which goes on meanwhile."""
        self.change(cancel_requested_by=by.person)
        self.tell(CancelRequested(self.route.manager, by.person))

    def approve_cancel(self, key: str, decision: Decision, by: Decider) -> None:
        """The run is stopped."""
        self._end(State.CANCELLED)

    def refuse_cancel(self, key: str, decision: Decision, by: Decider) -> None:
        """The run goes on."""
        self.change(cancel_requested_by="")
        self.tell(CancelRefused(by.person))

    def custom_route(self, key: str, decision: Decision, by: Decider) -> None:
        """Somebody else is to be asked as well: the office says whether, and need not ask itself."""
        if decision.step is None:
            return
        detour = Detour(decision.step, self.run.step, decision.then)
        if self.route.manager in by.roles:
            self._take(detour)
        else:
            self.change(detour_requested=detour)
            self.tell(DetourRequested(self.route.manager, detour.step, by.person))

    def approve_custom_route(self, key: str, decision: Decision, by: Decider) -> None:
        """The step joins the way, now."""
        if self.run.detour_requested:
            detour = self.run.detour_requested
            self.change(detour_requested=None)
            self._take(detour)

    def refuse_custom_route(self, key: str, decision: Decision, by: Decider) -> None:
        """The way stays as it was."""
        if self.run.detour_requested:
            self.tell(DetourRefused(self.run.detour_requested.step))
            self.change(detour_requested=None)

    def _take(self, detour: Detour) -> None:
        self.tell(DetourTaken(detour.step))
        self._leave()
        self.change(detours=(*self.run.detours, detour))
        self._enter(position(way(self.route, self.run), detour.step.key))

    def _note_pause(self, before: State) -> None:
        """Days on which nobody could act do not count against anyone."""
        pauses, rests = self.run.pauses, self.run.state in _RESTING
        if rests and before not in _RESTING:
            self.change(pauses=(*pauses, (self.at,)))
        elif before in _RESTING and not rests:
            self.change(pauses=(*pauses[:-1], (*pauses[-1], self.at)))


def with_notices(run: Run, notices: tuple[Notice, ...]) -> Run:
    """The run that remembers these as told."""
    for notice in notices:
        task = run.task(notice.task)
        if task:
            run = run.with_task(replace(task, told=(*task.told, notice)))
        elif run.returned:
            run = replace(run, returned=replace(run.returned, told=(*run.returned.told, notice)))
    return run


_ENDING = {Verb.REJECT: State.REJECTED, Verb.DECLINE: State.DECLINED}
_MOVES: Mapping[Verb, Callable[[Turn, str, Decision, Decider], None]] = {
    Verb.CONVENE: Turn.convene,
    Verb.VOTE: Turn.vote,
    Verb.RECUSE: Turn.recuse,
    Verb.CLOSE_VOTE: Turn.close_vote,
    Verb.HOLD: Turn.hold,
    Verb.RELEASE: Turn.release,
    Verb.SUSPEND: Turn.suspend,
    Verb.RESUME: Turn.resume,
    Verb.RESUBMIT: Turn.resubmit,
    Verb.WITHDRAW: Turn.withdraw,
    Verb.SKIP: Turn.skip,
    Verb.REQUEST_CANCEL: Turn.request_cancel,
    Verb.APPROVE_CANCEL: Turn.approve_cancel,
    Verb.REFUSE_CANCEL: Turn.refuse_cancel,
    Verb.CUSTOM_ROUTE: Turn.custom_route,
    Verb.APPROVE_CUSTOM_ROUTE: Turn.approve_custom_route,
    Verb.REFUSE_CUSTOM_ROUTE: Turn.refuse_custom_route,
}
