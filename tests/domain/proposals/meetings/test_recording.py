"""What a body decides: by vote, by the record of whoever presides, with whom staying out."""

import pytest

from insignia.core.errors import NotPermitted, Rejected
from insignia.core.workflow.route import Verb, Vote
from insignia.domain.access.actor import SYSTEM
from insignia.domain.institutions.models import Institution
from insignia.domain.proposals.bodies import actions as bodies
from insignia.domain.proposals.bodies import queries as body_queries
from insignia.domain.proposals.meetings import actions, rules
from insignia.domain.proposals.workflow import actions as workflow
from insignia.domain.proposals.workflow import queries as workflow_queries
from insignia.domain.proposals.writing import actions as writing
from tests.support import builders
from tests.support.governance import again, decided, ksu_cast, open_tasks, ratings

from .sitting import a_meeting, before_the_committee, mcc, on, opened, revision


@pytest.mark.requirement("R-068")
def test_the_record_of_whoever_presides_takes_a_quorum_in_session(institution: Institution) -> None:
    cast = ksu_cast(members=4)
    proposal = before_the_committee(cast)
    meeting = a_meeting()

    def record(name: str, verb: Verb = Verb.APPROVE) -> None:
        actions.take_record(
            by=cast.actor(name), item=on(meeting)[0], verb=verb, revision=revision(proposal), comment="It fits."
        )

    with pytest.raises(Rejected, match="Open the meeting first"):
        record("member_1")
    meeting = opened(cast, meeting, "member_1")
    with pytest.raises(Rejected, match="no quorum"):
        record("member_1")
    meeting = actions.note_present(
        by=cast.actor("member_1"), meeting=meeting, present=[cast[f"member_{n}"].public_id for n in (1, 2)]
    )
    with pytest.raises(NotPermitted):
        record("member_2")
    record("member_1")
    (item,) = on(meeting)
    assert (item.state, item.outcome, item.reason, item.decided_by) == (
        "recorded",
        "approve",
        "It fits.",
        cast["member_1"].public_id,
    )
    assert open_tasks(proposal) == {"executive"}


@pytest.mark.requirement("R-068")
def test_votes_settle_the_item_wherever_they_are_cast(institution: Institution) -> None:
    cast = ksu_cast()
    proposal = before_the_committee(cast)
    meeting = a_meeting()
    rated = ratings(_task(proposal))
    actions.vote(
        by=cast.actor("member_1"),
        item=on(meeting)[0],
        vote=Vote.APPROVE,
        revision=revision(proposal),
        ratings=rated,
    )
    proposal = decided(cast, "member_2", proposal, Verb.VOTE, task="mcc", vote=Vote.ABSTAIN)
    assert on(meeting)[0].state == "on_agenda"
    # The last vote is cast on the page of the proposal; the agenda hears of it.
    decided(cast, "member_3", proposal, Verb.VOTE, task="mcc", vote=Vote.APPROVE)
    builders.worked_through()
    (item,) = on(meeting)
    assert (item.state, item.outcome, item.counts) == ("voted", "approve", {"abstain": 1, "approve": 2})
    assert sorted(item.votes) == sorted(
        [
            [cast["member_1"].public_id, "approve"],
            [cast["member_2"].public_id, "abstain"],
            [cast["member_3"].public_id, "approve"],
        ]
    )
    assert open_tasks(again(proposal)) == {"executive"}


@pytest.mark.requirement("R-068")
def test_a_vote_cannot_be_closed_without_a_quorum(institution: Institution) -> None:
    cast = ksu_cast(members=5)
    proposal = before_the_committee(cast)
    meeting = a_meeting()
    for number in (1, 2, 3):
        with pytest.raises(Rejected, match="no quorum"):
            actions.close_vote(by=cast.actor("member_1"), item=on(meeting)[0], revision=revision(proposal))
        proposal = decided(
            cast, f"member_{number}", proposal, Verb.VOTE, task="mcc", vote=Vote.REQUEST_CHANGES, comment="Unclear."
        )
    actions.close_vote(by=cast.actor("member_1"), item=on(meeting)[0], revision=revision(proposal))
    (item,) = on(meeting)
    assert (item.state, item.outcome, item.counts) == ("voted", "request_changes", {"request_changes": 3})
    assert again(proposal).state == "changes_requested"


def test_of_a_secret_ballot_only_counts_are_kept(institution: Institution) -> None:
    route = workflow_queries.route_version("full")
    steps = [
        {**step, "rule": {**step["rule"], "ballots": "secret"}} if step["key"] == "mcc" else step
        for step in route.data["steps"]
    ]
    workflow.set_route(by=SYSTEM, institution=institution, key="full", data={**route.data, "steps": steps})
    cast = ksu_cast(members=2)
    proposal = before_the_committee(cast)
    meeting = a_meeting()
    for number in (1, 2):
        proposal = decided(cast, f"member_{number}", proposal, Verb.VOTE, task="mcc", vote=Vote.APPROVE)
    builders.worked_through()
    (item,) = on(meeting)
    assert (item.counts, item.votes, item.reason) == ({"approve": 2}, [], "")


def test_who_writes_a_proposal_stays_out_and_the_deputy_presides_for_a_chair_who_does(institution: Institution) -> None:
    cast = ksu_cast(members=4)
    bodies.appoint_chair(by=SYSTEM, body=mcc(), user=cast["member_2"], starts_on=None, ends_on=None, place="deputy")
    proposal = before_the_committee(cast)
    meeting = opened(cast, a_meeting())
    actions.recuse(by=cast.actor("member_1"), item=on(meeting)[0], revision=revision(proposal))
    with pytest.raises(NotPermitted, match="interests conflict"):
        actions.take_record(
            by=cast.actor("member_1"), item=on(meeting)[0], verb=Verb.APPROVE, revision=revision(proposal)
        )
    actions.take_record(by=cast.actor("member_2"), item=on(meeting)[0], verb=Verb.APPROVE, revision=revision(proposal))
    (item,) = on(meeting)
    assert (item.outcome, item.recused) == ("approve", [cast["member_1"].public_id])


def test_a_member_who_writes_the_proposal_is_recused_from_the_first_moment(institution: Institution) -> None:
    cast = ksu_cast(members=3)
    cast.people["proposer"] = cast["member_3"]
    from tests.support.governance import holds

    holds(cast["member_3"], "faculty")
    proposal = before_the_committee(cast)
    meeting = opened(cast, a_meeting())
    with pytest.raises(NotPermitted, match="of their own"):
        actions.vote(by=cast.actor("member_3"), item=on(meeting)[0], vote=Vote.APPROVE, revision=revision(proposal))
    actions.take_record(by=cast.actor("member_1"), item=on(meeting)[0], verb=Verb.APPROVE, revision=revision(proposal))
    assert on(meeting)[0].recused == [cast["member_3"].public_id]


def test_a_proposal_that_comes_back_is_another_matter(institution: Institution) -> None:
    cast = ksu_cast()
    proposal = before_the_committee(cast)
    meeting = opened(cast, a_meeting())
    actions.take_record(
        by=cast.actor("member_1"),
        item=on(meeting)[0],
        verb=Verb.REQUEST_CHANGES,
        revision=revision(proposal),
        comment="Name the evidence.",
    )
    later = a_meeting(in_days=40, cut_off_in=30)
    assert [item.kind for item in on(later)] == []
    proposal = again(proposal)
    writing.write_answers(
        by=cast.actor("proposer"), proposal=proposal, sent={"description": "Another."}, revision=proposal.revision
    )
    workflow.resubmit(by=cast.actor("proposer"), proposal=proposal)
    builders.worked_through()
    assert [item.outcome for item in on(meeting)] == ["request_changes"]
    assert [item.proposal for item in on(later)] == [proposal]


def test_a_cancelled_proposal_leaves_the_agenda(institution: Institution) -> None:
    cast = ksu_cast()
    proposal = before_the_committee(cast)
    meeting = a_meeting()
    decided(cast, "proposer", proposal, Verb.REQUEST_CANCEL, task="none", comment="Nobody would teach it.")
    decided(cast, "program_manager", proposal, Verb.APPROVE_CANCEL, task="none")
    builders.worked_through()
    assert [(item.state, item.outcome) for item in on(meeting)] == [("dropped", "approve_cancel")]


def test_an_alternate_counts_for_the_seat_and_a_recused_seat_for_nobody() -> None:
    seats = (("ann", "alt"), ("ben",), ("cho",), ("dee",))
    assert rules.quorum(0.5, seats, ["alt", "ben"], []) == rules.Quorum(present=2, seats=4, needed=2)
    assert rules.quorum(0.5, seats, ["ann", "alt"], []).present == 1
    assert rules.quorum(0.5, seats, ["ben", "cho"], ["ben"]) == rules.Quorum(present=1, seats=3, needed=2)
    assert not rules.quorum(0.5, (), [], []).is_reached


def test_seats_say_who_may_raise_their_voice(institution: Institution) -> None:
    cast = ksu_cast(members=2)
    seat = body_queries.sittings(mcc())[0].seat
    stand_in = builders.a_person()
    bodies.take_seat(by=SYSTEM, seat=seat, user=stand_in, starts_on=None, ends_on=None, place="alternate")
    assert body_queries.voices(mcc()) == [
        (cast["member_1"].public_id, stand_in.public_id),
        (cast["member_2"].public_id,),
    ]


def _task(proposal: object) -> object:
    from insignia.core.workflow import route as engine

    row = workflow_queries.run_of(proposal)  # type: ignore[arg-type]
    assert row is not None
    return engine.task_now(row.route.route, row.run, "mcc")
