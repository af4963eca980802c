"""KSU's way of a proposal, as the functional specification 4.4 has it: the engine, the rows and the people together."""

import pytest

from insignia.core.errors import NotPermitted, Rejected
from insignia.core.workflow.route import Verb, Vote
from insignia.domain.institutions.models import Institution
from insignia.domain.proposals.workflow import actions as workflow
from insignia.domain.proposals.workflow import queries
from insignia.domain.proposals.writing import actions as writing
from insignia.domain.proposals.writing import queries as writing_queries
from tests.support.governance import a_colleague, a_proposal, again, decided, ksu_cast, open_tasks, submitted


def test_level_1_goes_to_two_reviewers_then_the_committee_then_the_executive(institution: Institution) -> None:
    cast = ksu_cast()
    proposal = submitted(cast)
    assert open_tasks(proposal) == {"skill_review", "unit_leader"}
    proposal = decided(cast, "skill_reviewer", proposal, Verb.APPROVE, task="skill_review")
    assert open_tasks(proposal) == {"unit_leader"}
    proposal = decided(cast, "unit_leader", proposal, Verb.APPROVE, task="unit_leader")
    assert open_tasks(proposal) == {"mcc"}
    proposal = decided(cast, "member_1", proposal, Verb.REQUEST_CHANGES, task="mcc", comment="Name the evidence.")
    assert proposal.state == "changes_requested"
    with pytest.raises(Rejected, match="Nothing has changed"):
        workflow.resubmit(by=cast.actor("proposer"), proposal=proposal)
    writing.write_answers(
        by=cast.actor("proposer"), proposal=proposal, sent={"description": "Another."}, revision=proposal.revision
    )
    workflow.resubmit(by=cast.actor("proposer"), proposal=proposal)
    proposal = again(proposal)
    assert [version.number for version in writing_queries.versions_of(proposal)] == [2, 1]
    assert open_tasks(proposal) == {"mcc"}
    for member in ("member_1", "member_2", "member_3"):
        if again(proposal).state == "in_review" and open_tasks(proposal) == {"mcc"}:
            proposal = decided(cast, member, proposal, Verb.VOTE, task="mcc", vote=Vote.APPROVE)
    assert open_tasks(proposal) == {"executive"}
    proposal = decided(cast, "executive", proposal, Verb.APPROVE, task="executive")
    assert proposal.state == "approved"
    assert open_tasks(proposal) == set()


def test_tasks_are_found_by_whoever_is_asked(institution: Institution) -> None:
    cast = ksu_cast()
    submitted(cast)
    assert [item.row.task for item in queries.tasks_for(cast.actor("unit_leader"), institution)] == ["unit_leader"]
    assert [item.row.task for item in queries.tasks_for(cast.actor("skill_reviewer"), institution)] == ["skill_review"]
    assert queries.tasks_for(cast.actor("executive"), institution) == []


def test_who_holds_no_role_that_may_propose_is_told_so(institution: Institution) -> None:
    cast = ksu_cast()
    cast.people["proposer"] = a_colleague("student_org_officer")
    with pytest.raises(NotPermitted, match="can be proposed by"):
        a_proposal(cast)
