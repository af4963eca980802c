"""A run and the rows that lists read, kept in step: the run is the truth, the rows follow from it in one place."""

from datetime import datetime
from typing import Any

from insignia.core.errors import Conflict
from insignia.core.words import N_
from insignia.core.workflow import route as engine
from insignia.core.workflow.plain import to_plain
from insignia.core.workflow.state import BallotState, Detour
from insignia.core.workflow.voting import electorate
from insignia.core.workflow.way import step_now, task_now, way
from insignia.domain.proposals.bodies.models import Body
from insignia.domain.proposals.writing import actions as writing
from insignia.domain.proposals.writing.models import Proposal

from .models import Run, StepRun, TaskRun


def begin(proposal: Proposal, version: Any, run: engine.Run) -> Run:
    """The rows of a run that has just begun."""
    row = Run.objects.create(
        institution_id=proposal.institution_id,
        proposal=proposal,
        route=version,
        revision=run.revision,
        data=run.to_data(),
        state=run.state.value,
        step=run.step,
    )
    _follow(row, proposal, run, run.started_at)
    return row


def keep(row: Run, proposal: Proposal, run: engine.Run, at: datetime) -> list[TaskRun]:
    """Store the run after a decision; gives the tasks that wait since. `Conflict` where somebody was faster."""
    saved = Run.objects.filter(pk=row.pk, revision=row.revision, state=row.state).update(
        revision=run.revision,
        data=run.to_data(),
        state=run.state.value,
        step=run.step,
        recused=list(run.recused),
    )
    if not saved:
        raise Conflict(N_("Somebody else decided on this a moment ago. Look at it again, then decide."), code="stale")
    row.revision, row.data, row.state, row.step = run.revision, run.to_data(), run.state.value, run.step
    row.recused = list(run.recused)
    return _follow(row, proposal, run, at)


def _follow(row: Run, proposal: Proposal, run: engine.Run, at: datetime) -> list[TaskRun]:
    route = row.route.route
    _follow_steps(row, route, run, at)
    opened = _follow_tasks(row, proposal, route, run, at)
    for task in opened:
        if task.body and (body := Body.objects.filter(key=task.body).first()):
            writing.put_before(proposal=proposal, body=body)
    writing.mark(proposal=proposal, state=run.state.value)
    return opened


def _follow_steps(row: Run, route: engine.Route, run: engine.Run, at: datetime) -> None:
    """A run stands at one step, or with its proposer, or nowhere any more."""
    standing = row.steps.filter(left_at=None).order_by("-pk").first()
    with_proposer = run.state is engine.State.CHANGES_REQUESTED
    key = "" if run.is_over else "changes_requested" if with_proposer else run.step
    if standing and standing.step == key and standing.round == run.round:
        return
    row.steps.filter(left_at=None).update(left_at=at)
    if key:
        label = "" if with_proposer else label_of(step_now(route, run))
        StepRun.objects.create(
            institution_id=row.institution_id, run=row, step=key, label=label, round=run.round, entered_at=at
        )


def _follow_tasks(row: Run, proposal: Proposal, route: engine.Route, run: engine.Run, at: datetime) -> list[TaskRun]:
    wanted = {(one.step, one.task, one.role, tuple(one.verbs)): one for one in engine.waiting_for(route, run)}
    ballots = {task.task: _ballot(route, run, task) for task in run.open_tasks}
    kept: set[Any] = set()
    for stored in row.tasks.filter(closed_at=None):
        same = (stored.step, stored.task, stored.role, tuple(engine.Verb(verb) for verb in stored.verbs))
        opened_in = _opened_in(run, stored.task)
        if same in wanted and (not stored.task or stored.opened_in == opened_in):
            kept.add(same)
            if stored.ballot != ballots.get(stored.task):
                stored.ballot = ballots.get(stored.task)
                stored.save(update_fields=["ballot"])
        else:
            stored.closed_at = at
            stored.outcome = _outcome(run, stored)
            stored.save(update_fields=["closed_at", "outcome"])
    fresh = [
        TaskRun(
            institution_id=row.institution_id,
            run=row,
            step=one.step or run.step,
            task=one.task,
            label=open_label(route, run, one),
            role=one.role,
            scope=one.scope.value,
            body=one.body,
            person=one.person,
            verbs=[verb.value for verb in one.verbs],
            ballot=ballots.get(one.task),
            own_step=_own_step(run, one.step),
            opened_in=_opened_in(run, one.task),
            opened_at=at,
        )
        for key, one in wanted.items()
        if key not in kept
    ]
    return TaskRun.objects.bulk_create(fresh)


def _opened_in(run: engine.Run, task: str) -> int:
    open_task = run.task(task) if task else None
    return open_task.opened_in if open_task else run.revision


def _outcome(run: engine.Run, stored: TaskRun) -> str:
    """By which decision the task was done; where others settled it, nothing."""
    last = run.history[-1]
    done = next((task.done for task in run.tasks if task.task == stored.task and task.done), None)
    if done:
        return done.value
    return last.verb.value if last.task == stored.task else ""


def _ballot(route: engine.Route, run: engine.Run, task: engine.TaskRun) -> dict[str, Any] | None:
    """Who still has to speak; never how anybody voted, which may be secret."""
    rule = task_now(route, run, task.task).rule
    if task.ballot is None or rule is None:
        return None
    ballot = task.ballot
    may_vote = electorate(ballot, run.recused)
    voted = [vote.seat for vote in ballot.votes]
    chair = engine.presiding(ballot, run.recused)
    votable = rule.mode is not engine.Mode.CHAIR_RECORDS and bool(may_vote)
    tied = ballot.state is BallotState.TIED
    open_seats = [member for member in may_vote if member not in voted] if votable and not tied else []
    records = tied or not votable or rule.mode is engine.Mode.VOTE_OR_CHAIR
    standing = engine.tally(rule, ballot, run.recused)
    return {
        "members": list(ballot.roll.members),
        "recused": [member for member in ballot.roll.members if member in run.recused],
        "voted": voted,
        "presiding": chair,
        "state": ballot.state.value,
        "role": task.role,
        "base": standing.base,
        "took_part": standing.took_part,
        "needed": standing.needed,
        "waits_for": list(dict.fromkeys([*open_seats, *([chair] if records and chair else [])])),
    }


def _own_step(run: engine.Run, key: str) -> dict[str, Any] | None:
    found: Detour | None = next((one for one in run.detours if one.step.key == key), None)
    return to_plain(found.step) if found else None


def label_of(step: engine.Step) -> str:
    """A step as people call it."""
    return (
        step.label
        or " / ".join(task.label for task in step.tasks if task.label)
        or step.key.replace("_", " ").capitalize()
    )


def open_label(route: engine.Route, run: engine.Run, one: engine.Waiting) -> str:
    """What is asked, as people call it."""
    step = next((step for step in way(route, run) if step.key == (one.step or run.step)), None)
    task = next((task for task in step.tasks if task.key == one.task), None) if step else None
    if task is not None and task.label:
        return task.label
    if step is None:
        return ""
    if task is not None and len(step.tasks) > 1:
        return task.key.replace("_", " ").capitalize()
    return label_of(step)
