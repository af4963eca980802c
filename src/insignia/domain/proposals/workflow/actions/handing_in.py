"""A proposal is handed in, and handed in again."""

from dataclasses import replace

from django.db import transaction

from insignia.core.errors import NotPermitted, Rejected
from insignia.core.words import N_
from insignia.core.workflow import route as engine
from insignia.core.workflow.way import task_now
from insignia.domain.access.actor import Actor
from insignia.domain.ground import clock
from insignia.domain.proposals.writing import actions as writing_actions
from insignia.domain.proposals.writing import checks
from insignia.domain.proposals.writing import queries as writing
from insignia.domain.proposals.writing.models import Proposal, ProposalVersion
from insignia.domain.proposals.writing.rules import EDITABLE, REGISTERED

from .. import channels, facts, keeping, queries
from ..models import Run
from ..people import decider
from .deciding import carry_out, hold


@transaction.atomic
def submit(*, by: Actor, proposal: Proposal, note: str = "") -> Run:
    """Hand a draft in: its first version is frozen, and its route begins. `Rejected` lists everything that is missing."""
    now = writing.all_proposals().select_for_update(of=("self",)).get(pk=proposal.pk)
    _check(by, now)
    row = queries.run_of(now)
    if now.state != Proposal.State.DRAFT:
        raise Rejected(N_("It was handed in already."), code="handed_in")
    version = queries.route_for(now)
    channels.check_made_here(now, version.route)
    writing_actions.freeze_version(by=by, proposal=now, note=note)
    if row is None:
        person = now.proposer.public_id if now.via == REGISTERED else by.id
        who = engine.Decider(person, frozenset({engine.PROPOSER}), via=now.via)
        run, _effects = engine.start(version.route, facts.facts_for(now), by=who, at=clock.now())
        row = keeping.begin(now, version, run)
    task = next(one.task for one in row.run.open_tasks if task_now(row.route.route, row.run, one.task).is_proposers)
    sent = _send(by, now, row, engine.Decision(engine.Verb.SUBMIT, comment=note), task)
    if now.via == REGISTERED and by.id != now.proposer.public_id:
        writing_actions.lay_down_pen(by=by, proposal=now)
    return sent


@transaction.atomic
def resubmit(*, by: Actor, proposal: Proposal, note: str = "") -> Run:
    """Hand it in again after changes were asked for; something must have changed, or every request been answered."""
    row, now = hold(proposal)
    _check(by, now)
    if now.state != Proposal.State.CHANGES_REQUESTED:
        raise Rejected(N_("No changes are asked for."), code="not_possible_in_this_state")
    before = writing.newest_version(now)
    if before and _is_same(before, now) and _unanswered(now):
        raise Rejected(
            N_("Nothing has changed yet. Change what was asked for, or answer each request in a remark."),
            code="nothing_changed",
        )
    writing_actions.freeze_version(by=by, proposal=now, note=note)
    return _send(by, now, row, engine.Decision(engine.Verb.RESUBMIT, comment=note), "")


def _send(by: Actor, proposal: Proposal, row: Run, decision: engine.Decision, task: str) -> Run:
    house = queries.house_of(proposal.institution)
    who = decider(by, proposal, row, writing.writers_of(proposal), house, task)
    if proposal.via == REGISTERED:
        # Staff only hold the pen: it is handed in by whoever asked for it.
        who = replace(who, person=proposal.proposer.public_id)
    return carry_out(by, proposal, row, who, house, decision, task=task, revision=row.revision)


def _check(by: Actor, proposal: Proposal) -> None:
    if not writing.is_writer(by, proposal):
        raise NotPermitted(N_("Only those who write this proposal hand it in."), code="not_yours")
    if proposal.state not in EDITABLE:
        raise Rejected(N_("It was handed in already."), code="handed_in")
    problems = checks.problems_of(proposal)
    if problems:
        raise Rejected(
            N_("Something is still missing. Each point below leads to its question."),
            code="incomplete",
            details=[Rejected(one.message, code=one.question, params=one.params) for one in problems],
        )


def _is_same(before: ProposalVersion, proposal: Proposal) -> bool:
    return (before.answers, before.title) == (proposal.answers, proposal.title)


def _unanswered(proposal: Proposal) -> bool:
    """Whether a request of the last return has no answer by those who write it."""
    writers = set(writing.writers_of(proposal))
    newest = writing.newest_version(proposal)
    for head in proposal.remarks.filter(is_required=True, version=newest.number if newest else 0):
        replies = head.answers.select_related("author")
        if head.resolved_at is None and not any(one.author.public_id in writers for one in replies):
            return True
    return not proposal.remarks.filter(is_required=True, version=newest.number if newest else 0).exists()
