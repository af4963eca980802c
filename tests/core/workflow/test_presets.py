"""The three institutions' routes, walked as the functional specification tells them."""

import pytest

from insignia.core.errors import NotPermitted, Rejected
from insignia.core.workflow.route import (
    Ended,
    Mode,
    Produced,
    ReturnedToProposer,
    State,
    StateChanged,
    Verb,
    Vote,
    waiting_for,
)
from tests.core.workflow.walking import CHAIR, MANAGER, MEMBERS, PROPOSER, Walk, routes, someone

SKILLS = someone("sven", "skill_reviewer")
LEADER = someone("lena", "unit_leader")
EXECUTIVE = someone("eva", "executive")
UNIT = someone("uwe", "unit_final")
INVITED = someone("petra", "proposer", via="signed_link")


def at_committee():
    walk = Walk(routes("ksu")["full"], {"type": "level_1", "audience": "students"})
    walk("launch", "submit", PROPOSER)
    walk.full("skill_review", "approve", SKILLS)
    walk.full("unit_leader", "approve", LEADER)
    return walk.convene("mcc")


def test_a_level_one_badge_goes_by_unit_and_skills_to_the_committee_and_the_executive():
    walk = Walk(routes("ksu")["full"], {"type": "level_1"})
    assert walk.state is State.DRAFT
    walk("launch", "submit", PROPOSER)
    assert walk.open == ["skill_review", "unit_leader"]
    assert StateChanged(State.DRAFT, State.IN_REVIEW) in walk.effects
    walk.full("skill_review", "approve", SKILLS)
    assert walk.open == ["unit_leader"]
    walk.full("unit_leader", "approve", LEADER)
    assert walk.open == ["mcc"]

    walk.convene("mcc")("mcc", "request_changes", CHAIR, "Name the evidence.")
    assert walk.state is State.CHANGES_REQUESTED
    assert ReturnedToProposer("mcc", Verb.REQUEST_CHANGES, ("Name the evidence.",), "mcc") in walk.effects
    assert walk.run.round == 1
    walk("", "resubmit", PROPOSER)
    assert walk.open == ["mcc"]
    assert walk.run.round == 2

    walk.convene("mcc")("mcc", "approve", CHAIR)
    assert walk.open == ["executive"]
    with pytest.raises(NotPermitted):
        walk("executive", "approve", MANAGER)
    walk("executive", "approve", EXECUTIVE)
    assert walk.state is State.APPROVED
    assert Ended(State.APPROVED, ("production",)) in walk.effects
    assert [(done.role, done.round) for done in walk.run.passed] == [
        ("proposer", 1),
        ("skill_reviewer", 1),
        ("unit_leader", 1),
        ("committee", 2),
        ("executive", 2),
    ]


def test_what_the_executive_sends_back_goes_to_the_committee_again():
    walk = at_committee()("mcc", "approve", CHAIR)
    walk("executive", "request_changes", EXECUTIVE, "The title promises too much.")
    assert walk.told(ReturnedToProposer).resubmit_to == "mcc"
    assert walk("", "resubmit", PROPOSER).open == ["mcc"]


def test_what_one_of_two_reviewers_sends_back_both_see_again():
    walk = Walk(routes("ksu")["full"], {})("launch", "submit", PROPOSER)
    walk.full("skill_review", "approve_with_comments", SKILLS, "A third skill is in it.")
    walk("unit_leader", "request_changes", LEADER, "Not before autumn.")
    assert walk.told(ReturnedToProposer).comments == ("A third skill is in it.", "Not before autumn.")
    assert walk("", "resubmit", PROPOSER).open == ["skill_review", "unit_leader"]


def test_the_committee_may_recommend_another_type():
    walk = at_committee()
    with pytest.raises(Rejected) as caught:
        walk("mcc", "recommend_type", CHAIR, "It is mastery that is shown.")
    assert [fault.code for fault in caught.value.details] == ["recommendation_missing"]
    walk("mcc", "recommend_type", CHAIR, "It is mastery that is shown.", recommended="level_2")
    assert walk.told(ReturnedToProposer).recommended == "level_2"
    assert walk.state is State.CHANGES_REQUESTED


@pytest.mark.parametrize(
    ("audience", "approver"),
    [
        ("students", "student_engagement_staff"),
        ("staff", "program_manager"),
        (["faculty"], "program_manager"),
        (["students", "staff"], "program_manager"),
    ],
)
def test_a_souvenir_goes_to_the_channel_of_its_audience_and_never_to_the_committee(audience, approver):
    walk = Walk(routes("ksu")["souvenir_light"], {"type": "souvenir", "audience": audience})
    walk("request", "submit", PROPOSER)
    walk("channel_approval", "request_changes", someone("chris", approver), "When is it?")
    walk("", "resubmit", PROPOSER)
    walk("channel_approval", "approve", someone("chris", approver))
    assert walk.state is State.APPROVED
    assert {opened.role for opened in walk.opened} == {"proposer", approver}


def test_a_souvenir_can_be_declined():
    walk = Walk(routes("ksu")["souvenir_light"], {"audience": "students"})("request", "submit", PROPOSER)
    walk("channel_approval", "decline", someone("chris", "student_engagement_staff"), "We did not see you there.")
    assert walk.state is State.DECLINED


def test_an_audience_without_a_channel_is_told_and_nothing_is_lost():
    walk = Walk(routes("ksu")["souvenir_light"], {"audience": "alumni"})
    with pytest.raises(Rejected, match="alumni"):
        walk("request", "submit", PROPOSER)
    assert walk("request", "submit", PROPOSER, facts={"audience": "staff"}).open == ["channel_approval"]


def test_without_an_invitation_nobody_proposes():
    walk = Walk(routes("cu_boulder")["full"], {"type": "credit"})
    with pytest.raises(Rejected) as caught:
        walk("proposal_form", "submit", INVITED)
    assert caught.value.code == "task_not_open"
    walk("intent_form", "submit", PROPOSER)("intent_review", "ask", MANAGER, "For whom is it?")
    assert walk.state is State.CHANGES_REQUESTED
    walk("", "resubmit", PROPOSER)("intent_review", "invite", MANAGER)
    assert Produced("intent_review", "signed_proposal_link") in walk.effects
    assert walk.state is State.DRAFT
    with pytest.raises(NotPermitted, match="link in the invitation"):
        walk("proposal_form", "submit", PROPOSER)
    assert walk("proposal_form", "submit", INVITED).open == ["mac"]


def test_at_the_other_university_the_committee_comes_before_the_unit():
    walk = Walk(routes("cu_boulder")["full"], {"type": "credit"})
    walk("intent_form", "submit", PROPOSER)("intent_review", "invite", MANAGER)("proposal_form", "submit", INVITED)
    walk.convene("mac")("mac", "request_changes", CHAIR, "Consistency.")("", "resubmit", PROPOSER)
    assert walk.open == ["mac"]
    walk.convene("mac")("mac", "approve", CHAIR)
    assert walk.open == ["unit_final"]
    for attested in (frozenset(), frozenset({"campus_standards"})):
        with pytest.raises(Rejected) as caught:
            walk("unit_final", "approve", UNIT, attestations=attested)
        assert len(caught.value.details) == 2 - len(attested)
    walk("unit_final", "request_changes", UNIT, "Our council has yet to meet.")("", "resubmit", PROPOSER)
    assert walk.open == ["unit_final"]
    walk.full("unit_final", "approve", UNIT)
    assert walk.told(Ended) == Ended(State.APPROVED, ("production",))


def test_an_intent_can_be_declined():
    walk = Walk(routes("cu_boulder")["full"], {})("intent_form", "submit", PROPOSER)
    assert walk("intent_review", "decline", MANAGER, "There is one already.").state is State.DECLINED


def test_a_framework_is_written_tried_out_and_approved():
    author = someone("anna", "framework_author", "proposer")
    walk = Walk(routes("jmg")["framework_change"], {}, by=author)("draft", "submit", author)
    walk("pilot", "feedback", someone("paul", "pilot_group"), "Skill three is two skills.")
    assert walk.open == ["approve"]
    with pytest.raises(NotPermitted, match="of their own"):
        walk("approve", "approve", someone("anna", "program_manager", "proposer"))
    assert walk("approve", "approve", MANAGER).state is State.APPROVED


def test_the_review_form_is_the_institutions_own():
    assert routes("cu_boulder")["full"].steps[3].tasks[0].criteria == (
        "consistency",
        "meaningfulness",
        "worthiness_of_endorsement",
    )
    walk = at_committee()
    with pytest.raises(Rejected) as caught:
        walk("mcc", "vote", MEMBERS[0], vote=Vote.APPROVE)
    assert len(caught.value.details) == 5


def test_the_presets_rules_are_read_field_for_field():
    ksu, cu = routes("ksu")["full"], routes("cu_boulder")["full"]
    committee = ksu.steps[2].tasks[0]
    assert (committee.body, committee.rule.mode, committee.rule.quorum) == ("MCC", Mode.VOTE_OR_CHAIR, 0.5)
    assert ksu.steps[2].agenda
    assert ksu.steps[3].resubmit_to.step == "mcc"
    assert ksu.steps[1].tasks[0].edits == ("skills",)
    assert ksu.on_approved == cu.on_approved == ("production",)
    assert cu.steps[1].tasks[0].output == "signed_proposal_link"


def test_where_it_is_and_who_has_it():
    walk = at_committee()
    assert [(one.role, one.body, one.step) for one in waiting_for(walk.route, walk.run)] == [
        ("committee", "MCC", "mcc")
    ]
    walk("mcc", "hold", CHAIR, "We wait for the budget.")
    assert [(one.role, one.person, one.verbs) for one in waiting_for(walk.route, walk.run)] == [
        ("committee_chair", "carla", (Verb.RELEASE,))
    ]
