"""A decision on a proposal: the engine judges it, the rows follow, and what is owed is told."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from insignia.core.errors import Conflict, NotPermitted
from insignia.core.words import N_
from insignia.core.workflow import route as engine
from insignia.core.workflow.verbs import PROPOSERS
from insignia.core.workflow.way import task_now
from insignia.domain.access.actor import Actor
from insignia.domain.access.permissions import Permission
from insignia.domain.ground import clock
from insignia.domain.journal.bus import publish
from insignia.domain.proposals.writing import queries as writing
from insignia.domain.proposals.writing.models import Proposal, Remark

from .. import facts, keeping, queries
from ..events import ProposalMoved
from ..models import Run, TaskRun
from ..people import House, decider, matter_of
from . import enclosing
from .enclosing import File


@transaction.atomic
def decide(
    *,
    by: Actor,
    proposal: Proposal,
    decision: engine.Decision,
    revision: int,
    task: str = "",
    version: int = 0,
    files: Sequence[File] = (),
) -> Run:
    """Take `decision` on the open task `task`, or on the whole run where none is named, with documents beside it.

    `revision` and `version` are those of the page that `by` looked at; no version: none was looked at. Raises
    `NotPermitted` where somebody else decides, `Rejected` with all that is missing, `Conflict` where somebody was faster.
    """
    row, now = hold(proposal)
    house = queries.house_of(now.institution)
    writers = writing.writers_of(now)
    who = decider(by, now, row, writers, house, task)
    _check_right(by, now, row, who, decision.verb)
    _check_version(now, version)
    checked = [enclosing.checked(one) for one in files]
    row = carry_out(by, now, row, who, house, decision, task=task, revision=revision)
    enclosing.keep(by, row, checked, revision=next(e.revision for e in reversed(row.run.history) if e.by == who))
    return row


@transaction.atomic
def convene(*, by: Actor, proposal: Proposal, task: str) -> Run:
    """Let a body turn to a proposal with those who sit on it today."""
    row, now = hold(proposal)
    house = queries.house_of(now.institution)
    writers = writing.writers_of(now)
    who = decider(by, now, row, writers, house, task)
    _check_right(by, now, row, who, engine.Verb.CONVENE)
    roll = _roll(now, row, row.run, task, writers, house)
    decision = engine.Decision(engine.Verb.CONVENE, roll=roll)
    return carry_out(by, now, row, who, house, decision, task=task, revision=row.revision)


def hold(proposal: Proposal) -> tuple[Run, Proposal]:
    """The run and its proposal, held until the transaction ends: two who decide at once do so one after the other."""
    now = writing.all_proposals().select_for_update(of=("self",)).get(pk=proposal.pk)
    row = Run.objects.select_for_update(of=("self",)).select_related("route").get(proposal=now)
    return row, now


def carry_out(
    by: Actor,
    proposal: Proposal,
    row: Run,
    who: engine.Decider,
    house: House,
    decision: engine.Decision,
    *,
    task: str,
    revision: int,
) -> Run:
    """The beats three and four of every decision: do it and tell it. The caller holds `row` and found that `who` may."""
    at = clock.now()
    route = row.route.route
    run, effects = engine.decide(
        route, row.run, task, decision, who, at=at, revision=revision, facts=facts.facts_for(proposal)
    )
    run = convene_bodies(proposal, row, run, house, at)
    opened = keeping.keep(row, proposal, run, at)
    _ask_for_answers(by, proposal, effects)
    tell(by, proposal, row, decision, task, opened)
    return row


def convene_bodies(proposal: Proposal, row: Run, run: engine.Run, house: House, at: datetime) -> engine.Run:
    """Bodies whose task has just opened turn to it with those who sit there; one without members waits for its chair."""
    route = row.route.route
    writers = writing.writers_of(proposal)
    for open_task in run.open_tasks:
        if run.state is not engine.State.IN_REVIEW or not task_now(route, run, open_task.task).rule or open_task.ballot:
            continue
        roll = _roll(proposal, row, run, open_task.task, writers, house)
        if not roll.members:
            continue
        clerk = engine.Decider("insignia", frozenset({route.manager}))
        decision = engine.Decision(engine.Verb.CONVENE, roll=roll)
        run, _effects = engine.decide(route, run, open_task.task, decision, clerk, at=at, revision=run.revision)
    return run


def tell(
    by: Actor, proposal: Proposal, row: Run, decision: engine.Decision, task: str, opened: Sequence[TaskRun]
) -> None:
    """One news for each decision. How a member voted is nobody's news."""
    event = ProposalMoved(
        proposal=proposal.public_id,
        verb=decision.verb.value,
        task=task,
        state=row.state,
        revision=row.revision,
        opened=tuple(one.public_id for one in opened),
    )
    reason = "" if decision.verb is engine.Verb.VOTE else decision.comment
    publish(event, by=by, subject=("proposal", proposal.public_id), reason=reason[:500])


def _check_version(proposal: Proposal, version: int) -> None:
    """Nobody decides on words that were changed after they read them."""
    newest = writing.newest_version(proposal) if version else None
    if newest is not None and newest.number != version:
        raise Conflict(
            N_("A reviewer changed the proposal a moment ago: version %(number)s is new. Look at it, then decide."),
            code="version_moved",
            params={"number": newest.number},
        )


def _check_right(by: Actor, proposal: Proposal, row: Run, who: engine.Decider, verb: engine.Verb) -> None:
    """The right to decide at all; whether it is asked of `by` now, the engine says. Proposers need no right for their own."""
    if engine.PROPOSER in who.roles and verb in PROPOSERS:
        return
    asked = row.route.route.manager in who.roles and by.may(Permission.PROPOSAL_MANAGE, on=proposal)
    if asked or (who.roles and not by.may(Permission.PROPOSAL_DECIDE, on=proposal)):
        # The office, or asked by name, on a custom route or as a delegate: the asking is the right. The second factor stays.
        if not by.second_factor:
            raise NotPermitted(
                N_("For this your account needs a second factor: a passkey or a code from an app. Set one up first."),
                code="second_factor_needed",
            )
        return
    by.require(Permission.PROPOSAL_DECIDE, on=proposal)


def _roll(proposal: Proposal, row: Run, run: engine.Run, key: str, writers: Sequence[str], house: House) -> engine.Roll:
    task = task_now(row.route.route, run, key)
    open_task = run.task(key)
    if task.rule is None or open_task is None:
        return engine.Roll(())
    matter = matter_of(proposal, writers, run.recused)
    return engine.roll_for(task, task.rule, open_task.role, matter, house.directory, on=house.day)


def _ask_for_answers(by: Actor, proposal: Proposal, effects: Sequence[engine.Effect]) -> None:
    """What was asked for with a return stands as remarks that want an answer or a change."""
    if by.user_pk is None:
        return
    version = writing.newest_version(proposal)
    for effect in effects:
        if isinstance(effect, engine.ReturnedToProposer):
            Remark.objects.bulk_create(
                Remark(
                    institution_id=proposal.institution_id,
                    proposal=proposal,
                    version=version.number if version else 0,
                    author_id=by.user_pk,
                    text=comment,
                    is_required=True,
                )
                for comment in effect.comments
            )
