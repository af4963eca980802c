"""How a body decides."""

import pytest

from insignia.core.errors import Conflict, NotPermitted, Rejected
from insignia.core.workflow.route import (
    Ballots,
    CastVote,
    Mode,
    Recused,
    ReturnedToProposer,
    Roll,
    Route,
    State,
    Step,
    Task,
    TieBreak,
    Verb,
    Vote,
    VoteCounted,
    VotingRule,
    open_to,
    presiding,
    shown,
    tally,
    waiting_for,
)
from insignia.core.workflow.state import Ballot
from insignia.core.workflow.voting import outcome
from tests.core.workflow.walking import CHAIR, MANAGER, MEMBERS, PROPOSER, Walk, someone

MAX, MIA, MORITZ, MARIE = MEMBERS
DEPUTY = someone("dora", "committee", "committee_deputy")


def at_vote(decisions="approve request_changes reject hold", **rule):
    """A committee that has to decide, and an end after it."""
    rule = VotingRule(**{"mode": Mode.VOTE, **rule})
    vote = Task("vote", "committee", body="C", decisions=tuple(Verb(v) for v in decisions.split()), rule=rule)
    end = Task("end", "executive", decisions=(Verb.APPROVE,))
    return Walk(Route("voted", (Step("vote", (vote,)), Step("end", (end,), final=True))), {})


def counted(votes, decisions="approve request_changes reject", **rule):
    """What so many votes come to: `aaarx`, each letter a vote."""
    words = {"a": Vote.APPROVE, "c": Vote.REQUEST_CHANGES, "r": Vote.REJECT, "x": Vote.ABSTAIN}
    cast = tuple(CastVote(str(n), words[letter]) for n, letter in enumerate(votes))
    task = Task("vote", "committee", decisions=tuple(Verb(verb) for verb in decisions.split()))
    return outcome(task, VotingRule(**rule), Ballot(Roll(members=tuple("123")), cast))


@pytest.mark.parametrize(
    ("votes", "rule", "result"),
    [
        ("aac", {}, "approve"),
        ("aaccx", {}, None),
        ("aaccx", {"tie_break": TieBreak.FAILS}, "request_changes"),
        ("axxxx", {}, "approve"),
        ("xxx", {}, None),
        ("acr", {}, "request_changes"),
        ("arr", {}, "reject"),
        ("accrr", {}, "request_changes"),
        ("aac", {"threshold": 0.67}, "approve"),
        ("aac", {"threshold": 0.7}, "request_changes"),
        ("aaac", {"threshold": 1.0}, "request_changes"),
        ("aaaa", {"threshold": 1.0}, "approve"),
        ("aacc", {"threshold": 0.25}, None),
        ("ar", {"tie_break": TieBreak.FAILS, "decisions": "approve reject"}, "reject"),
    ],
)
def test_what_votes_come_to(votes, rule, result):
    assert counted(votes, **rule) == result


@pytest.mark.parametrize(
    ("members", "quorum", "needed"),
    [(7, 0.5, 4), (8, 0.5, 4), (5, 0.6, 3), (10, 0.7, 7), (3, 0, 1), (4, 1, 4), (0, 0.5, 1)],
)
def test_how_many_have_to_take_part(members, quorum, needed):
    ballot = Ballot(Roll(members=tuple(str(n) for n in range(members))))
    assert tally(VotingRule(quorum=quorum), ballot, ()).needed == needed


def test_a_body_decides_nothing_before_it_sits():
    walk = at_vote()
    assert [(one.role, one.verbs) for one in waiting_for(walk.route, walk.run)] == [
        ("committee_chair", (Verb.CONVENE,))
    ]
    for verb, by in ((Verb.VOTE, MAX), (Verb.APPROVE, CHAIR), (Verb.CLOSE_VOTE, CHAIR)):
        with pytest.raises(Rejected) as caught:
            walk("vote", verb, by, vote=Vote.APPROVE)
        assert caught.value.code == "not_convened"
    with pytest.raises(NotPermitted):
        walk.convene("vote", by=MAX)
    with pytest.raises(Rejected) as caught:
        walk.convene("vote", members=())
    assert caught.value.details[0].code == "roll_missing"
    assert walk.convene("vote", by=MANAGER).vote("vote", MAX, "approve").open == ["vote"]


def test_with_the_last_voice_the_vote_is_over():
    walk = at_vote().convene("vote")
    for member in (MAX, MIA, MORITZ):
        walk.vote("vote", member, "approve")
        assert walk.open == ["vote"]
    walk.vote("vote", MARIE, "request_changes", "Too short.")
    assert walk.told(VoteCounted).counts == (("approve", 3), ("request_changes", 1))
    assert walk.open == ["end"]


def test_a_vote_can_be_changed_while_it_is_open_and_counts_once():
    walk = at_vote().convene("vote").vote("vote", MAX, "reject").vote("vote", MAX, "approve")
    assert walk.run.task("vote").ballot.votes == (CastVote("max", Vote.APPROVE, ""),)
    walk.vote("vote", MIA, "approve")("vote", "close_vote", CHAIR)
    assert walk.open == ["end"]
    with pytest.raises(Rejected):
        walk.vote("vote", MAX, "reject")


def test_without_a_quorum_nothing_is_counted():
    walk = at_vote().convene("vote").vote("vote", MAX, "approve")
    assert "close_vote" not in [choice.verb for choice in open_to(walk.route, walk.run, CHAIR)]
    with pytest.raises(Rejected, match="1 of 4 took part, 2 are needed"):
        walk("vote", "close_vote", CHAIR)
    walk.vote("vote", MIA, "abstain")("vote", "close_vote", CHAIR)
    assert walk.open == ["end"]


def test_whoever_is_recused_leaves_the_quorum_and_the_vote():
    walk = at_vote(quorum=1).convene("vote").vote("vote", MAX, "reject")
    walk("vote", "recuse", MAX, "My sister wrote it.")
    assert walk.told(Recused).persons == ("max",)
    assert walk.run.task("vote").ballot.votes == ()
    with pytest.raises(NotPermitted, match="interests conflict"):
        walk.vote("vote", MAX, "approve")
    for member in (MIA, MORITZ, MARIE):
        walk.vote("vote", member, "approve")
    assert walk.open == ["end"]


def test_a_recusal_can_complete_a_vote():
    walk = at_vote().convene("vote")
    for member in (MAX, MIA, MORITZ):
        walk.vote("vote", member, "approve")
    assert walk("vote", "recuse", MARIE).open == ["end"]


def test_who_has_conflicting_interests_stays_out_from_the_first_moment_and_for_the_whole_run():
    walk = at_vote().convene("vote", conflicted=frozenset({"max"}))
    assert open_to(walk.route, walk.run, MAX) == ()
    with pytest.raises(NotPermitted):
        walk.vote("vote", MAX, "approve")
    walk.vote("vote", MIA, "request_changes").vote("vote", MORITZ, "request_changes")
    walk.vote("vote", MARIE, "abstain")("", "resubmit", PROPOSER).convene("vote")
    with pytest.raises(NotPermitted):
        walk.vote("vote", MAX, "approve")


def test_a_proposer_on_the_committee_has_no_voice():
    walk = at_vote().convene("vote")
    with pytest.raises(NotPermitted, match="of their own"):
        walk.vote("vote", someone("max", "committee", "proposer"), "approve")


def test_a_tie_is_the_chairs():
    walk = at_vote().convene("vote")
    for member, vote in zip(MEMBERS, ("approve", "approve", "reject", "request_changes"), strict=True):
        walk.vote("vote", member, vote)
    assert walk.told(VoteCounted).outcome is None
    assert [(one.role, one.person) for one in waiting_for(walk.route, walk.run)] == [("committee_chair", "carla")]
    with pytest.raises(Rejected):
        walk.vote("vote", MAX, "reject")
    with pytest.raises(NotPermitted):
        walk("vote", "approve", MAX)
    assert walk("vote", "approve", CHAIR).open == ["end"]


def test_where_it_is_decided_by_vote_the_chair_records_nothing_but_may_hold():
    walk = at_vote().convene("vote")
    with pytest.raises(Rejected) as caught:
        walk("vote", "approve", CHAIR)
    assert caught.value.code == "decided_by_vote"
    walk("vote", "hold", CHAIR, "The minister visits.")
    assert walk.state is State.ON_HOLD
    with pytest.raises(Rejected):
        walk.vote("vote", MAX, "approve")
    with pytest.raises(NotPermitted):
        walk("", "release", MAX)
    assert walk("", "release", CHAIR).vote("vote", MAX, "approve").open == ["vote"]


def test_where_the_chair_records_there_is_no_vote():
    walk = at_vote(mode=Mode.CHAIR_RECORDS).convene("vote")
    with pytest.raises(Rejected) as caught:
        walk.vote("vote", MAX, "approve")
    assert caught.value.code == "no_vote_open"
    with pytest.raises(NotPermitted):
        walk("vote", "approve", MAX)
    assert walk("vote", "approve", CHAIR).open == ["end"]


def test_a_conflicted_chair_hands_over_to_the_deputy_and_then_to_the_office():
    roll = {"deputy": "dora", "conflicted": frozenset({"carla"})}
    walk = at_vote(mode=Mode.CHAIR_RECORDS).convene("vote", by=MANAGER, **roll)
    with pytest.raises(NotPermitted, match="interests conflict"):
        walk("vote", "approve", CHAIR)
    assert presiding(walk.run.task("vote").ballot, walk.run.recused) == "dora"
    walk("vote", "recuse", DEPUTY)
    for by in (DEPUTY, MAX):
        with pytest.raises(NotPermitted):
            walk("vote", "approve", by)
    assert [(one.role, one.person) for one in waiting_for(walk.route, walk.run)] == [("program_manager", "")]
    assert walk("vote", "approve", MANAGER).open == ["end"]


def test_the_deputy_does_not_act_while_the_chair_can():
    walk = at_vote(mode=Mode.VOTE_OR_CHAIR).convene("vote", deputy="dora")
    with pytest.raises(NotPermitted):
        walk("vote", "approve", DEPUTY)
    assert walk("vote", "approve", someone("dana", stands_for="carla")).open == ["end"]


def test_where_everybody_is_conflicted_whoever_presides_decides():
    walk = at_vote().convene("vote", members=("max",), conflicted=frozenset({"max"}))
    assert [(one.role, one.person) for one in waiting_for(walk.route, walk.run)] == [("committee_chair", "carla")]
    assert walk("vote", "approve", CHAIR).open == ["end"]


def test_a_new_roll_keeps_the_votes_of_those_who_still_sit():
    walk = at_vote().convene("vote").vote("vote", MAX, "approve").vote("vote", MIA, "approve")
    walk.convene("vote", members=("mia", "moritz"))
    assert [vote.seat for vote in walk.run.task("vote").ballot.votes] == ["mia"]
    with pytest.raises(NotPermitted, match="do not sit"):
        walk.vote("vote", MAX, "approve")
    with pytest.raises(NotPermitted, match="do not sit"):
        walk("vote", "recuse", MAX)


def test_an_alternate_has_the_voice_of_the_seat():
    walk = at_vote().convene("vote").vote("vote", MAX, "reject")
    walk.vote("vote", someone("anton", stands_for="max"), "approve")
    assert [(vote.seat, vote.vote) for vote in walk.run.task("vote").ballot.votes] == [("max", Vote.APPROVE)]


def test_reasons_go_to_the_proposer_without_a_name():
    walk = at_vote(ballots=Ballots.SECRET).convene("vote")
    walk.vote("vote", MAX, "reject", "Nobody needs it.").vote("vote", MAX, "request_changes", "For whom?")
    walk.vote("vote", MIA, "request_changes", "How long?")("vote", "recuse", MORITZ, "Family.")
    walk.vote("vote", MARIE, "request_changes", "Costs?")
    assert walk.told(ReturnedToProposer).comments == ("For whom?", "How long?", "Costs?")


def test_a_secret_ballot_shows_numbers_only():
    ballot = Ballot(Roll(members=("max",)), (CastVote("max", Vote.APPROVE),))
    assert shown(VotingRule(ballots=Ballots.SECRET), ballot) == ()
    assert shown(VotingRule(), ballot) == ballot.votes
    assert tally(VotingRule(ballots=Ballots.SECRET), ballot, ()).counts == (("approve", 1),)


def test_only_what_is_offered_is_put_to_the_vote():
    walk = at_vote("approve request_changes").convene("vote")
    with pytest.raises(Rejected, match="not put to the vote"):
        walk.vote("vote", MAX, "reject")
    with pytest.raises(Rejected) as caught:
        walk("vote", "vote", MAX, vote=Vote.REQUEST_CHANGES)
    assert [fault.code for fault in caught.value.details] == ["comment_missing"]
    with pytest.raises(Rejected):
        walk("vote", "vote", MAX)


def test_votes_at_the_same_instant_do_not_shut_each_other_out():
    walk = at_vote().convene("vote")
    seen = walk.run.revision
    for member in (MAX, MIA, MORITZ):
        walk("vote", "vote", member, "Because.", vote=Vote.REQUEST_CHANGES, revision=seen)
    with pytest.raises(Conflict):
        walk("vote", "close_vote", CHAIR, revision=seen)
    walk("vote", "close_vote", CHAIR)("", "resubmit", PROPOSER).convene("vote")
    with pytest.raises(Conflict):  # that was a vote on the version before
        walk("vote", "vote", MARIE, vote=Vote.APPROVE, revision=seen)


def test_where_nothing_is_voted_on_nobody_votes():
    walk = at_vote().convene("vote").vote("vote", MAX, "approve").vote("vote", MIA, "approve")
    walk("vote", "close_vote", CHAIR)
    with pytest.raises(Rejected) as caught:
        walk("end", "vote", someone("eva", "executive"), vote=Vote.APPROVE)
    assert caught.value.code == "no_vote_here"
