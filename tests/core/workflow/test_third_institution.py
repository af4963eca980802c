"""An institution with another order than the presets: two committees, votes, lawyers where the facts want them."""

import pytest

from insignia.core.errors import Rejected
from insignia.core.workflow.route import Ended, ReturnedToProposer, State, StepSkipped, VoteCounted
from tests.core.workflow.walking import PROPOSER, Walk, routes, someone

OFFICE = someone("olga", "academic_office")
DEAN = someone("ada", "dean")
COUNCIL = {"by": DEAN, "members": ("anton", "berta", "caesar", "dora", "emil"), "chair": "ada"}
SENATE = {"by": someone("pia", "president"), "members": ("friedrich", "gustav", "heinrich"), "chair": "pia"}
LAWYER = someone("ludwig", "lawyer")


def voted(walk, task, roll, votes):
    """Let the body sit and vote: a letter for each member, in order."""
    words = {"a": "approve", "c": "request_changes", "r": "reject", "x": "abstain"}
    walk.convene(task, **roll)
    for member, letter in zip(roll["members"], votes, strict=False):
        walk.vote(task, someone(member, walk.run.task(task).role), words[letter])
    return walk


def at_council(**facts):
    walk = Walk(routes("third")["two_houses"], facts)("write", "submit", PROPOSER)
    walk("subject", "approve", someone("sara", "subject_expert"))
    return walk("didactics", "approve", someone("dirk", "didactics_expert"))


def test_two_committees_vote_and_the_lawyers_read_what_is_for_credit():
    walk = voted(at_council(credit=True), "faculty_council", COUNCIL, "aaacx")
    assert walk.open == ["legal"]
    walk("legal", "approve", LAWYER)
    voted(walk, "senate", SENATE, "aar")
    assert walk.told(VoteCounted).counts == (("approve", 2), ("reject", 1))
    assert walk.told(Ended) == Ended(State.APPROVED, ("production", "registry"))


def test_the_lawyers_are_spared_what_is_not_for_credit_nor_for_pupils():
    walk = voted(at_council(credit=False, audience="students"), "faculty_council", COUNCIL, "aaacx")
    assert walk.told(StepSkipped).step == "legal"
    assert walk.open == ["senate"]
    walk = voted(at_council(audience=["students", "pupils"], unit_kind="division"), "faculty_council", COUNCIL, "aaaaa")
    assert walk.open == ["legal"]


def test_what_the_council_sends_back_begins_with_the_experts_again():
    walk = voted(at_council(), "faculty_council", COUNCIL, "acccx")
    assert walk.told(ReturnedToProposer).resubmit_to == "experts"
    assert walk("", "resubmit", PROPOSER).open == ["subject", "didactics", "library"]


def test_what_the_senate_sends_back_begins_with_the_council_and_may_meet_the_lawyers_now():
    walk = voted(at_council(credit=False), "faculty_council", COUNCIL, "aaaaa")
    voted(walk, "senate", SENATE, "acx")
    assert (walk.state, walk.told(VoteCounted).outcome) == (State.CHANGES_REQUESTED, "request_changes")
    walk("", "resubmit", PROPOSER, facts={"credit": True})
    assert voted(walk, "faculty_council", COUNCIL, "aaaaa").open == ["legal"]


def test_the_council_needs_three_of_five_and_the_dean_breaks_a_tie():
    walk = voted(at_council(), "faculty_council", COUNCIL, "ar")
    with pytest.raises(Rejected) as caught:
        walk("faculty_council", "close_vote", DEAN)
    assert caught.value.code == "no_quorum"
    walk.vote("faculty_council", someone("caesar", "council"), "abstain")("faculty_council", "close_vote", DEAN)
    assert walk.told(VoteCounted).outcome is None
    assert walk("faculty_council", "reject", DEAN, "Not with this tie.").told(Ended).then == ("notice",)
