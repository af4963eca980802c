"""A task of production: given to somebody, moved from state to state, talked about."""

from datetime import date

from django.db import transaction

from insignia.core.errors import Conflict, NotPermitted, Rejected
from insignia.core.words import N_
from insignia.domain.access.actor import Actor
from insignia.domain.ground import clock
from insignia.domain.journal.bus import publish
from insignia.domain.people.models import User

from .. import authority, checks, rules
from ..events import TaskAssigned, TaskMoved, TaskRemarked
from ..models import Production, ProductionTask, TaskRemark
from .holding import held_task

MOST_CHARACTERS = 5000
State = ProductionTask.State


@transaction.atomic
def assign(*, by: Actor, task: ProductionTask, owner: User | None, due_on: date | None) -> None:
    """Say who does it, and until when."""
    authority.require_manage(by, task.production)
    now = held_task(task)
    _check_running(now)
    ProductionTask.objects.filter(pk=now.pk).update(owner=owner, due_on=due_on)
    event = TaskAssigned(
        production=now.production.public_id, task=now.key, user=owner.public_id if owner is not None else ""
    )
    publish(event, by=by, subject=("production", now.production.public_id))


@transaction.atomic
def move(*, by: Actor, task: ProductionTask, verb: str, reason: str = "") -> ProductionTask:
    """Begin it, hand it in, approve it, send it back, block, waive or reopen it.

    Whoever has the task does so; what is approved, waived or reopened is the office's. `Rejected` says what it lacks.
    """
    now = held_task(task)
    authority.require(authority.may_work(by, now))
    _check_running(now)
    manages = authority.may_manage(by, now.production)
    if verb in ("approve", "waive", "reopen", "send_back") and not manages:
        raise NotPermitted(N_("Only the program manager decides this."), code="not_permitted")
    if verb == "finish" and not manages:
        verb = "hand_in"
    lacking = checks.lacking(now) if verb in ("finish", "hand_in", "approve") else []
    if lacking:
        raise Rejected(N_("It cannot be called done yet."), code="task_incomplete", details=[*lacking])
    if verb in ("block", "waive", "send_back") and not reason.strip():
        raise Rejected(N_("Say why: whoever looks at the checklist will ask."), code="reason_missing")
    facts = {"complete"} | ({"manages"} if manages else set()) | ({"reason"} if reason.strip() else set())
    target = rules.TASK.take(verb, now.state, facts=facts).target
    return settle(by, now, verb, target, reason=reason)


@transaction.atomic
def remark(*, by: Actor, task: ProductionTask, text: str) -> TaskRemark:
    """Say something about it. Whoever sees the production (the caller asked for it as they may) may."""
    if by.user_pk is None:
        raise NotPermitted(N_("Only people remark on tasks."), code="not_a_person")
    if not text.strip():
        raise Rejected(N_("Write something first."), code="remark_empty")
    row = TaskRemark.objects.create(
        institution_id=task.institution_id, task=task, author_id=by.user_pk, text=text.strip()[:MOST_CHARACTERS]
    )
    event = TaskRemarked(production=task.production.public_id, task=task.key, remark=row.public_id)
    publish(event, by=by, subject=("production", task.production.public_id))
    return row


def settle(by: Actor, task: ProductionTask, verb: str, target: str, *, reason: str = "") -> ProductionTask:
    """Write the state and tell it; the caller found that it may be so."""
    is_settled = target in rules.SETTLED
    moved = ProductionTask.objects.filter(pk=task.pk, state=task.state).update(
        state=target,
        reason=reason.strip()[:500],
        settled_by_id=by.user_pk if is_settled else None,
        settled_at=clock.now() if is_settled else None,
    )
    if not moved:
        raise Conflict(N_("Somebody else moved this task a moment ago. Look again."), code="state_moved")
    task.state = target
    event = TaskMoved(production=task.production.public_id, task=task.key, verb=verb, state=target)
    publish(event, by=by, subject=("production", task.production.public_id), reason=reason.strip()[:500])
    return task


def done_with(by: Actor, task: ProductionTask) -> None:
    """What a task asks for is there: done, where the office says so, and else for the office to look at."""
    manages = authority.may_manage(by, task.production)
    if task.state in (State.TODO, State.DOING):
        settle(by, task, *(("finish", State.DONE) if manages else ("hand_in", State.IN_APPROVAL)))
    elif task.state == State.IN_APPROVAL and manages:
        settle(by, task, "approve", State.DONE)


def started(by: Actor, task: ProductionTask) -> None:
    """Somebody has begun with it."""
    if task.state == State.TODO:
        settle(by, task, "start", State.DOING)


def _check_running(task: ProductionTask) -> None:
    if task.production.state != Production.State.RUNNING:
        raise Rejected(N_("This production is over; its checklist stays as it is."), code="production_over")
