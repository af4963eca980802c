"""What people of a story do with proposals: write, hand in, decide, vote. Each act is the one that a page carries out."""

from collections.abc import Mapping, Sequence
from typing import Any

from insignia.core.workflow import route as engine
from insignia.core.workflow.route import Verb, Vote
from insignia.domain.catalog.models import Achievement
from insignia.domain.proposals.workflow import actions as workflow
from insignia.domain.proposals.workflow import queries
from insignia.domain.proposals.workflow.models import Run
from insignia.domain.proposals.writing import actions as writing
from insignia.domain.proposals.writing import queries as proposals
from insignia.domain.proposals.writing.models import Proposal

from .part import Part
from .stage import Stage


def written(
    stage: Stage,
    by: Part,
    unit: str,
    level: str,
    answers: Mapping[str, Any],
    *,
    kind: str = "new",
    achievement: Achievement | None = None,
) -> Proposal:
    """A draft with these answers."""
    draft = writing.begin_proposal(
        by=stage.actor(by), unit=stage.units[unit], level=stage.level(level), kind=kind, achievement=achievement
    )
    return answered(stage, by, draft, answers)


def answered(stage: Stage, by: Part, proposal: Proposal, answers: Mapping[str, Any]) -> Proposal:
    """The proposal with these answers besides; `skills` are given by their codes."""
    sent = dict(answers)
    if "skills" in sent:
        sent["skills"] = stage.skills(sent["skills"])
    now = again(proposal)
    return writing.write_answers(by=stage.actor(by), proposal=now, sent=sent, revision=now.revision).proposal


def handed_in(stage: Stage, by: Part, proposal: Proposal, note: str = "") -> Proposal:
    """Handed in, or handed in again after changes were asked for."""
    send = workflow.submit if proposal.state == Proposal.State.DRAFT else workflow.resubmit
    send(by=stage.actor(by), proposal=again(proposal), note=note)
    return again(proposal)


def approve(stage: Stage, by: Part, proposal: Proposal, task: str, comment: str = "", *, rated: int = 4) -> Proposal:
    """Say yes to a task, with the review form and the attestations that it asks for."""
    defined = engine.task_now(_run(proposal).route.route, _run(proposal).run, task)
    decision = engine.Decision(
        Verb.APPROVE,
        comment=comment,
        ratings=ratings(defined.criteria, rated) if defined.rule is None else (),
        attestations=frozenset(defined.attest),
    )
    return decide(stage, by, proposal, decision, task)


def say(stage: Stage, by: Part, proposal: Proposal, verb: Verb, comment: str = "", task: str = "") -> Proposal:
    """Decide something that needs a comment and no more."""
    return decide(stage, by, proposal, engine.Decision(verb, comment=comment), task)


def vote(
    stage: Stage, by: Part, proposal: Proposal, task: str, voice: Vote = Vote.APPROVE, comment: str = ""
) -> Proposal:
    """A member's voice, cast from the proposal's own page."""
    defined = engine.task_now(_run(proposal).route.route, _run(proposal).run, task)
    rated = ratings(defined.criteria, 4) if voice is Vote.APPROVE else ()
    return decide(stage, by, proposal, engine.Decision(Verb.VOTE, vote=voice, comment=comment, ratings=rated), task)


def decide(stage: Stage, by: Part, proposal: Proposal, decision: engine.Decision, task: str = "") -> Proposal:
    """Take a decision on what lies before `by`."""
    workflow.decide(
        by=stage.actor(by), proposal=proposal, task=task, decision=decision, revision=_run(proposal).revision
    )
    return again(proposal)


def ratings(criteria: Sequence[str], value: int) -> tuple[engine.Rating, ...]:
    """A review form filled in; not everything is equally good."""
    return tuple(engine.Rating(criterion, max(1, value - (place % 3 == 1))) for place, criterion in enumerate(criteria))


def again(proposal: Proposal) -> Proposal:
    """The proposal as it is now."""
    return proposals.proposal(proposal.public_id)


def _run(proposal: Proposal) -> Run:
    run = queries.run_of(proposal)
    if run is None:
        raise LookupError(f"{proposal} was not handed in.")
    return run
