"""What a body decides in a meeting. Decisions on proposals take the one way that all take; the agenda follows."""

from collections.abc import Sequence

from django.db import transaction

from insignia.core.errors import Rejected
from insignia.core.words import N_
from insignia.core.workflow import route as engine
from insignia.domain.access.actor import SYSTEM, Actor
from insignia.domain.access.permissions import Permission
from insignia.domain.ground import clock
from insignia.domain.journal.bus import publish
from insignia.domain.proposals.bodies import queries as bodies
from insignia.domain.proposals.bodies.models import Meeting
from insignia.domain.proposals.workflow import actions as workflow
from insignia.domain.proposals.workflow import queries as workflow_queries
from insignia.domain.proposals.writing.models import Proposal

from .. import queries, rules
from ..events import ItemSettled
from ..models import AgendaItem
from . import arranging, minuting


@transaction.atomic
def take_record(
    *,
    by: Actor,
    item: AgendaItem,
    verb: engine.Verb,
    revision: int,
    version: int = 0,
    comment: str = "",
    attestations: frozenset[str] = frozenset(),
) -> None:
    """Whoever presides records what the body decided on a proposal; it takes a quorum of those who may take part."""
    proposal = _in_session(item)
    _check_quorum(item, proposal)
    decision = engine.Decision(verb, comment=comment.strip(), attestations=attestations)
    workflow.decide(by=by, proposal=proposal, decision=decision, revision=revision, task=item.task, version=version)
    settle(proposal)


@transaction.atomic
def close_vote(*, by: Actor, item: AgendaItem, revision: int) -> None:
    """Whoever presides ends the vote; what it comes to is the outcome."""
    proposal = _proposal(item)
    decision = engine.Decision(engine.Verb.CLOSE_VOTE)
    workflow.decide(by=by, proposal=proposal, decision=decision, revision=revision, task=item.task)
    settle(proposal)


@transaction.atomic
def convene(*, by: Actor, item: AgendaItem) -> None:
    """Open the vote, or open it anew for those who sit on the body today; votes that were cast stand."""
    workflow.convene(by=by, proposal=_proposal(item), task=item.task)


@transaction.atomic
def vote(
    *,
    by: Actor,
    item: AgendaItem,
    vote: engine.Vote,
    revision: int,
    version: int = 0,
    comment: str = "",
    ratings: Sequence[engine.Rating] = (),
) -> None:
    """A member's voice, before the meeting or in it. With the last of them the matter is settled."""
    proposal = _proposal(item)
    decision = engine.Decision(engine.Verb.VOTE, vote=vote, comment=comment.strip(), ratings=tuple(ratings))
    workflow.decide(by=by, proposal=proposal, decision=decision, revision=revision, task=item.task, version=version)
    settle(proposal)


@transaction.atomic
def recuse(*, by: Actor, item: AgendaItem, revision: int, comment: str = "") -> None:
    """A member's interests conflict: out of everything about this proposal."""
    proposal = _proposal(item)
    decision = engine.Decision(engine.Verb.RECUSE, comment=comment.strip())
    workflow.decide(by=by, proposal=proposal, decision=decision, revision=revision, task=item.task)
    settle(proposal)


@transaction.atomic
def settle_free(*, by: Actor, item: AgendaItem, outcome: str, reason: str = "", minutes: str = "") -> None:
    """Record what came of an item that is no proposal. Minutes that are accepted are final, as `minutes` has them."""
    by.require(Permission.COMMITTEE_MANAGE, on=item)
    if item.kind == AgendaItem.Kind.PROPOSAL:
        raise Rejected(N_("A proposal is decided on, not noted."), code="wrong_kind")
    if not item.meeting.is_open:
        raise Rejected(N_("Open the meeting first."), code="not_in_session")
    possible = rules.MINUTES_OUTCOMES if item.kind == AgendaItem.Kind.MINUTES else rules.FREE_OUTCOMES
    if outcome not in possible:
        raise Rejected(N_("Say what came of it."), code="outcome_missing")
    arranging.take(
        item,
        "record",
        facts={rules.SETTLED},
        outcome=outcome,
        reason=reason.strip(),
        decided_by=by.id[:26],
        decided_at=clock.now(),
    )
    if outcome == rules.ACCEPTED and item.minutes_of:
        minuting.accept_minutes(by=by, meeting=queries.meeting(item.minutes_of.public_id), text=minutes)
    _tell(by, item, outcome)


@transaction.atomic
def settle(proposal: Proposal) -> int:
    """Let agenda items follow what became of a proposal, wherever it was decided; safe to run twice. Gives how many did."""
    row = workflow_queries.run_of(proposal)
    live = queries.live_items(proposal) if row else []
    done = 0
    for item in live:
        result = rules.result_of(row.route.route, row.run, item.task, item.opened_in) if row else None
        if result is None:
            continue
        if result.is_the_bodys:
            verb = "count" if result.by_vote else "record"
            arranging.take(item, verb, facts={rules.SETTLED}, **result.as_row)
        else:
            arranging.take(item, "drop", **result.as_row)
        _tell(SYSTEM, item, result.outcome)
        done += 1
    return done


def _check_quorum(item: AgendaItem, proposal: Proposal) -> None:
    row = workflow_queries.run_of(proposal)
    task = row.run.task(item.task) if row else None
    if row is None or task is None:
        return  # the engine says what is wrong
    rule = engine.task_now(row.route.route, row.run, item.task).rule or engine.VotingRule()
    found = rules.quorum(rule.quorum, bodies.voices(item.meeting.body), item.meeting.present, row.run.recused)
    if not found.is_reached:
        raise Rejected(
            N_("There is no quorum for this: %(present)s of %(seats)s are there, %(needed)s are needed."),
            code="no_quorum",
            params={"present": found.present, "seats": found.seats, "needed": found.needed},
        )


def _in_session(item: AgendaItem) -> Proposal:
    if item.meeting.state != Meeting.State.OPEN:
        raise Rejected(N_("Open the meeting first."), code="not_in_session")
    return _proposal(item)


def _proposal(item: AgendaItem) -> Proposal:
    if item.proposal is None:
        raise Rejected(N_("This item is no proposal."), code="wrong_kind")
    if not item.is_live:
        raise Rejected(N_("This item is dealt with already."), code="settled")
    return item.proposal


def _tell(by: Actor, item: AgendaItem, outcome: str) -> None:
    publish(
        ItemSettled(meeting=item.meeting.public_id, item=item.public_id, outcome=outcome),
        by=by,
        subject=("meeting", item.meeting.public_id),
    )
