"""The journal of a run is its truth: taken again from the start it leads to what is stored, and the rows agree with it."""

import pytest

from insignia.core.workflow import route as engine
from insignia.core.workflow.route import Then, Verb, Vote
from insignia.domain.institutions.models import Institution
from insignia.domain.proposals.workflow import actions as workflow
from insignia.domain.proposals.workflow import queries, telling
from insignia.domain.proposals.workflow.models import StepRun, TaskRun
from insignia.domain.proposals.writing import actions as writing
from insignia.domain.proposals.writing.models import Proposal
from tests.support.governance import Cast, a_colleague, a_skill, again, decided, ksu_cast, submitted


@pytest.fixture
def cast(institution: Institution) -> Cast:
    return ksu_cast()


def agrees(proposal: Proposal) -> engine.Run:
    """Whether journal, run and rows say the same."""
    row = queries.run_of(proposal)
    assert row is not None
    run = row.run
    assert engine.replay(row.route.route, run.history) == run
    assert (row.state, row.step, row.revision, tuple(row.recused)) == (run.state, run.step, run.revision, run.recused)
    assert again(proposal).state == run.state
    open_rows = {(task.step, task.task, task.role) for task in TaskRun.objects.filter(run=row, closed_at=None)}
    waits = {(one.step or run.step, one.task, one.role) for one in engine.waiting_for(row.route.route, run)}
    assert open_rows == waits
    assert StepRun.objects.filter(run=row, left_at=None).count() == (0 if run.is_over else 1)
    told = telling.happenings(row)
    assert [one.entry for one in told] == [entry for entry in run.history if entry.verb is not Verb.TELL]
    return run


def reviewed(cast: Cast, proposal: Proposal) -> Proposal:
    proposal = decided(cast, "skill_reviewer", proposal, Verb.APPROVE, task="skill_review")
    agrees(proposal)
    return decided(cast, "unit_leader", proposal, Verb.APPROVE, task="unit_leader")


def resubmitted(cast: Cast, proposal: Proposal, text: str) -> Proposal:
    by = cast.actor("proposer")
    writing.write_answers(by=by, proposal=proposal, sent={"description": text}, revision=again(proposal).revision)
    workflow.resubmit(by=by, proposal=again(proposal))
    agrees(proposal)
    return again(proposal)


def test_the_whole_way_with_a_return_an_amendment_and_votes(cast: Cast) -> None:
    proposal = submitted(cast)
    agrees(proposal)
    skills = [*again(proposal).answers["skills"], a_skill("Hazard identification").public_id]
    workflow.amend(by=cast.actor("skill_reviewer"), proposal=proposal, sent={"skills": skills})
    proposal = reviewed(cast, again(proposal))
    agrees(proposal)
    proposal = decided(cast, "member_2", proposal, Verb.VOTE, task="mcc", vote=Vote.REQUEST_CHANGES, comment="Why?")
    proposal = decided(cast, "member_1", proposal, Verb.REQUEST_CHANGES, task="mcc", comment="Say for whom.")
    agrees(proposal)
    proposal = resubmitted(cast, proposal, "For everybody.")
    for member in ("member_1", "member_2", "member_3"):
        proposal = decided(cast, member, proposal, Verb.VOTE, task="mcc", vote=Vote.APPROVE)
        agrees(proposal)
    proposal = decided(cast, "executive", proposal, Verb.REQUEST_CHANGES, task="executive", comment="A title.")
    proposal = resubmitted(cast, proposal, "For everybody else.")
    proposal = decided(cast, "member_1", proposal, Verb.APPROVE, task="mcc")
    proposal = decided(cast, "executive", proposal, Verb.APPROVE, task="executive")
    assert agrees(proposal).state is engine.State.APPROVED


def test_hold_suspension_recusal_and_a_detour(cast: Cast) -> None:
    cast.people["expert"] = a_colleague("staff", name="Expert Eden")
    proposal = submitted(cast)
    asked = engine.Task("asked", "staff", person=cast["expert"].public_id, decisions=(Verb.FEEDBACK,), label="Expert")
    step = engine.Step("besides", (asked,), label="Expert")
    proposal = decided(
        cast,
        "skill_reviewer",
        proposal,
        Verb.CUSTOM_ROUTE,
        task="skill_review",
        comment="Is it?",
        step=step,
        then=Then.RETURN_HERE,
    )
    agrees(proposal)
    decide = {"by": cast.actor("program_manager"), "proposal": proposal}
    workflow.decide(**decide, decision=engine.Decision(Verb.APPROVE_CUSTOM_ROUTE), revision=_revision(proposal))
    agrees(proposal)
    proposal = decided(cast, "expert", proposal, Verb.FEEDBACK, task="asked", comment="It is.")
    proposal = reviewed(cast, proposal)
    for verb, comment in ((Verb.SUSPEND, "Wait."), (Verb.RESUME, "")):
        workflow.decide(**decide, decision=engine.Decision(verb, comment=comment), revision=_revision(proposal))
        agrees(proposal)
    proposal = decided(cast, "member_1", proposal, Verb.HOLD, task="mcc", comment="Next month.")
    agrees(proposal)
    workflow.decide(
        by=cast.actor("member_1"),
        proposal=proposal,
        decision=engine.Decision(Verb.RELEASE),
        revision=_revision(proposal),
    )
    proposal = decided(cast, "member_3", again(proposal), Verb.RECUSE, task="mcc")
    run = agrees(proposal)
    assert run.recused == (cast["member_3"].public_id,)


@pytest.mark.parametrize(
    ("who", "verb", "comment", "state"),
    [
        ("unit_leader", Verb.REJECT, "No.", "rejected"),
        ("proposer", Verb.REQUEST_CANCEL, "Elsewhere.", "cancelled"),
    ],
)
def test_every_end(cast: Cast, who: str, verb: Verb, comment: str, state: str) -> None:
    proposal = submitted(cast)
    task = "unit_leader" if verb is Verb.REJECT else ""
    workflow.decide(
        by=cast.actor(who),
        proposal=proposal,
        decision=engine.Decision(verb, comment=comment),
        revision=_revision(proposal),
        task=task,
    )
    agrees(proposal)
    if verb is Verb.REQUEST_CANCEL:
        workflow.decide(
            by=cast.actor("program_manager"),
            proposal=proposal,
            decision=engine.Decision(Verb.APPROVE_CANCEL),
            revision=_revision(proposal),
        )
    assert agrees(proposal).state == state
    assert TaskRun.objects.filter(run__proposal=proposal, closed_at=None).count() == 0


def _revision(proposal: Proposal) -> int:
    row = queries.run_of(proposal)
    assert row is not None
    return row.revision
