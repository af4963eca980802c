"""What may be decided on a run, by whom, and what it needs: holds, cancelling, custom routes, conflicts, revisions."""

import json
from dataclasses import replace

import pytest

from insignia.core.errors import Conflict, NotPermitted, Rejected
from insignia.core.workflow.route import (
    CancelRefused,
    CancelRequested,
    Choice,
    Closing,
    Decision,
    DetourRefused,
    DetourRequested,
    DetourTaken,
    Rating,
    Recused,
    Return,
    ReturnRule,
    Route,
    Run,
    State,
    Step,
    StepSkipped,
    Task,
    TaskClosed,
    TaskOpened,
    Then,
    Verb,
    decide,
    editable,
    open_to,
    replay,
    waiting_for,
)
from tests.core.workflow.walking import CHAIR, MANAGER, PROPOSER, Walk, routes, someone

SKILLS = someone("sven", "skill_reviewer")
LEADER = someone("lena", "unit_leader")
OFFICE = someone("olga", "academic_office")
SUBJECT = someone("sara", "subject_expert")
DIDACTICS = someone("dirk", "didactics_expert")
LIBRARY = someone("lisa", "librarian")
DECISIONS = (Verb.APPROVE, Verb.REQUEST_CHANGES)
ALUMNI = Step("alumni", (Task("ask_alumni", "alumni_office", decisions=DECISIONS),))


def in_first_review():
    return Walk(routes("ksu")["full"], {"type": "level_1"})("launch", "submit", PROPOSER)


def at_experts(facts=None):
    return Walk(routes("third")["two_houses"], facts or {})("write", "submit", PROPOSER)


def refused(walk, *decision, error=Rejected, **more):
    """The codes with which this decision is refused."""
    before = walk.run
    with pytest.raises(error) as caught:
        walk(*decision, **more)
    assert walk.run is before
    return [fault.code for fault in caught.value.details] or [caught.value.code]


# Who


def test_a_task_is_for_its_role_only():
    walk = in_first_review()
    assert refused(walk, "unit_leader", "approve", SKILLS, error=NotPermitted) == ["not_yours"]
    assert refused(walk, "mcc", "approve", CHAIR) == ["task_not_open"]
    assert refused(walk, "unit_leader", "start", LEADER) == ["not_possible_in_this_state"]
    assert refused(walk, "unit_leader", "hold", LEADER, "Wait.") == ["not_among_decisions"]


def test_nobody_decides_on_a_proposal_of_their_own():
    both = someone("lena", "unit_leader", "proposer", "program_manager")
    walk = in_first_review()
    for task, verb in (("unit_leader", "approve"), ("", "suspend"), ("", "approve_cancel")):
        assert refused(walk, task, verb, both, "Why.", error=NotPermitted) == ["own_proposal"]
    assert {choice.verb for choice in open_to(walk.route, walk.run, both)} == {Verb.RECUSE, Verb.REQUEST_CANCEL}


def test_whoever_is_recused_is_out_of_the_run():
    walk = in_first_review()("unit_leader", "recuse", LEADER)
    assert walk.told(Recused).persons == ("lena",)
    for verb in ("approve", "recuse"):
        assert refused(walk, "unit_leader", verb, LEADER, error=NotPermitted) == ["conflict_of_interest"]
    # Neither by somebody who acts for her.
    delegate = someone("dan", "unit_leader", stands_for="lena")
    assert refused(walk, "unit_leader", "approve", delegate, error=NotPermitted) == ["conflict_of_interest"]
    assert walk("unit_leader", "approve", someone("frank", "unit_leader")).open == ["skill_review"]


def test_what_each_may_do_now_is_what_the_page_offers():
    walk = in_first_review()
    assert open_to(walk.route, walk.run, LEADER) == (
        Choice("unit_leader", Verb.APPROVE),
        Choice("unit_leader", Verb.APPROVE_WITH_COMMENTS),
        Choice("unit_leader", Verb.REQUEST_CHANGES),
        Choice("unit_leader", Verb.RECOMMEND_TYPE),
        Choice("unit_leader", Verb.REJECT),
        Choice("unit_leader", Verb.RECUSE),
        Choice("", Verb.REQUEST_CANCEL),
    )
    assert open_to(walk.route, walk.run, someone("nobody")) == ()


def test_whoever_submitted_it_decides_nothing_even_when_found_to_be_somebody_else():
    walk = in_first_review()
    both = someone("petra", "unit_leader")
    assert refused(walk, "unit_leader", "approve", both, error=NotPermitted) == ["own_proposal"]


def test_nobody_is_recused_from_writing():
    walk = Walk(routes("ksu")["full"], {})
    assert [choice.verb for choice in open_to(walk.route, walk.run, PROPOSER)] == [Verb.SUBMIT, Verb.WITHDRAW]


def test_a_reviewer_edits_the_fields_of_the_task_at_hand():
    walk = in_first_review()
    assert editable(walk.route, walk.run, SKILLS) == {"skills"}
    assert editable(walk.route, walk.run, LEADER) == editable(walk.route, walk.run, PROPOSER) == frozenset()
    walk.full("skill_review", "approve", SKILLS)
    assert editable(walk.route, walk.run, SKILLS) == frozenset()


# With what


def test_what_a_decision_lacks_is_told_at_once():
    walk = in_first_review()
    assert refused(walk, "skill_review", "approve_with_comments", SKILLS, " ") == ["comment_missing", "rating_missing"]
    twice = (Rating("workforce_skill_alignment", 3),) * 2
    assert refused(walk, "skill_review", "approve", SKILLS, ratings=twice) == ["unknown_criterion"]
    assert refused(walk, "unit_leader", "approve", LEADER, ratings=twice[:1]) == ["unknown_criterion"]
    assert refused(walk, "skill_review", "custom_route", SKILLS) == ["comment_missing", "custom_step_missing"]


@pytest.mark.parametrize("verb", ["request_changes", "reject", "request_cancel"])
def test_what_others_have_to_live_with_needs_a_reason(verb):
    assert refused(in_first_review(), "unit_leader", verb, LEADER) == ["comment_missing"]


def test_a_route_can_want_comments_where_none_are_usual():
    assert refused(at_experts(), "library", "approve", LIBRARY) == ["comment_missing"]
    at_experts()("subject", "approve", SUBJECT)


# Steps


def test_two_of_three_complete_a_step_and_the_third_need_not_act():
    walk = at_experts()("subject", "approve", SUBJECT)("library", "approve", LIBRARY, "We have all of it.")
    assert walk.effects[:2] == (
        TaskClosed("library", "experts", Closing.DONE),
        TaskClosed("didactics", "experts", Closing.SUPERSEDED),
    )
    assert walk.open == ["faculty_council"]


def test_an_objection_acts_at_once_whatever_the_join():
    walk = at_experts()("subject", "approve", SUBJECT)("didactics", "request_changes", DIDACTICS, "No practice.")
    assert walk.state is State.CHANGES_REQUESTED
    assert walk.run.open_tasks == ()


def test_the_office_skips_what_may_be_skipped_and_says_why():
    walk = at_experts()
    assert refused(walk, "", "skip", SUBJECT, "No time.", error=NotPermitted) == ["not_yours"]
    assert refused(walk, "", "skip", OFFICE) == ["comment_missing"]
    walk("", "skip", OFFICE, "All three wrote it.")
    assert walk.effects[0] == StepSkipped("experts", reason="All three wrote it.")
    assert walk.open == ["faculty_council"]
    assert refused(walk, "", "skip", OFFICE, "Summer.") == ["not_skippable"]


def test_a_rejection_ends_it():
    walk = in_first_review()("unit_leader", "reject", LEADER, "We do not teach this.")
    assert (walk.state, walk.open, waiting_for(walk.route, walk.run)) == (State.REJECTED, [], ())
    assert walk.run.is_over
    assert refused(walk, "skill_review", "approve", SKILLS) == ["not_possible_in_this_state"]
    assert refused(walk, "", "request_cancel", PROPOSER, "Oh.") == ["not_possible_in_this_state"]
    assert open_to(walk.route, walk.run, MANAGER) == ()


# The proposer


def test_a_proposer_withdraws_a_draft_and_what_was_returned_but_not_what_is_in_review():
    walk = Walk(routes("ksu")["full"], {})
    assert refused(walk, "", "withdraw", LEADER, error=NotPermitted) == ["not_yours"]
    assert walk("launch", "withdraw", PROPOSER).state is State.WITHDRAWN
    walk = in_first_review()
    assert refused(walk, "", "withdraw", PROPOSER) == ["not_possible_in_this_state"]
    walk("unit_leader", "request_changes", LEADER, "Later.")
    assert waiting_for(walk.route, walk.run)[0].verbs == (Verb.RESUBMIT, Verb.WITHDRAW)
    assert walk("", "withdraw", PROPOSER).state is State.WITHDRAWN


def test_where_a_draft_cannot_be_withdrawn_it_is_not():
    table = Route("r", (Step("w", (Task("w", "proposer", decisions=(Verb.SUBMIT,)),)), ALUMNI))
    assert refused(Walk(table, {}), "w", "withdraw", PROPOSER) == ["not_possible_in_this_state"]


def test_new_facts_can_change_the_way():
    walk = at_experts({"credit": False})("didactics", "request_changes", DIDACTICS, "Make it for credit.")
    walk("", "resubmit", PROPOSER, facts={"credit": True})
    assert walk.run.facts == {"credit": True}
    assert walk.run.history[-1].facts == {"credit": True}
    assert walk("subject", "approve", SUBJECT, facts={"credit": True}).run.history[-1].facts is None


# Resting


def test_the_office_suspends_and_resumes_whatever_the_run_was_waiting_for():
    walk = in_first_review()
    assert refused(walk, "", "suspend", LEADER, "No.", error=NotPermitted) == ["not_yours"]
    walk("", "suspend", MANAGER, "The unit is being dissolved.")
    assert waiting_for(walk.route, walk.run)[0].role == "program_manager"
    assert refused(walk, "unit_leader", "approve", LEADER) == ["not_possible_in_this_state"]
    assert refused(walk, "", "suspend", MANAGER, "Again.") == ["not_possible_in_this_state"]
    walk("", "resume", MANAGER)("unit_leader", "request_changes", LEADER, "New name.")
    walk("", "suspend", MANAGER, "Once more.")("", "resume", MANAGER)
    assert walk.state is State.CHANGES_REQUESTED


def test_a_route_can_let_others_suspend_too():
    walk = at_experts()("didactics", "suspend", DIDACTICS, "We are at a conference.")
    assert walk.state is State.SUSPENDED
    assert walk("", "resume", OFFICE).state is State.IN_REVIEW


def test_what_is_held_is_released_by_who_held_it_or_by_the_office():
    asked = Task("ask", "dean", decisions=(Verb.APPROVE, Verb.HOLD))
    for by in (someone("ada", "dean"), MANAGER):
        walk = Walk(Route("r", (Step("ask", (asked,)),)), {})("ask", "hold", someone("ada", "dean"), "Budget.")
        assert waiting_for(walk.route, walk.run)[0].verbs == (Verb.RELEASE,)
        assert refused(walk, "", "release", LEADER, error=NotPermitted) == ["not_yours"]
        assert refused(walk, "ask", "approve", someone("ada", "dean")) == ["not_possible_in_this_state"]
        assert walk("", "release", by).open == ["ask"]
    walk("ask", "hold", someone("ada", "dean"), "Budget.")("", "suspend", MANAGER, "Strike.")("", "resume", MANAGER)
    assert walk.state is State.ON_HOLD


# Cancelling


def test_a_run_is_cancelled_when_asked_for_and_agreed():
    walk = in_first_review()
    assert refused(walk, "", "approve_cancel", MANAGER) == ["not_requested"]
    walk("", "request_cancel", PROPOSER, "There is one already.")
    assert walk.told(CancelRequested) == CancelRequested("program_manager", "petra")
    assert walk.open == ["skill_review", "unit_leader"]
    assert waiting_for(walk.route, walk.run)[-1].verbs == (Verb.APPROVE_CANCEL, Verb.REFUSE_CANCEL)
    assert refused(walk, "", "refuse_cancel", MANAGER) == ["comment_missing"]
    walk("", "refuse_cancel", MANAGER, "It differs.")
    assert walk.told(CancelRefused).by == "mona"
    walk("unit_leader", "request_cancel", LEADER, "It does not.")("", "approve_cancel", MANAGER)
    assert (walk.state, walk.open) == (State.CANCELLED, [])


def test_a_request_to_cancel_outlives_the_way_back_to_the_draft():
    write = Step("write", (Task("write", "proposer", decisions=(Verb.SUBMIT,)),))
    read = Step("read", (Task("read", "dean", decisions=DECISIONS),), resubmit_to=ReturnRule(Return.NAMED, "write"))
    walk = Walk(Route("r", (write, read)), {})("write", "submit", PROPOSER)
    walk("", "request_cancel", PROPOSER, "Sorry.")("read", "request_changes", someone("ada", "dean"), "Anew.")
    walk("", "resubmit", PROPOSER)
    assert (walk.state, walk.open) == (State.DRAFT, ["write"])
    assert walk("", "approve_cancel", MANAGER).state is State.CANCELLED


# Custom routes


def test_a_custom_route_waits_for_the_office_and_returns_here():
    walk = in_first_review().full("unit_leader", "approve", LEADER)
    walk("skill_review", "custom_route", SKILLS, "The alumni know this trade.", step=ALUMNI)
    assert walk.told(DetourRequested).role == "program_manager"
    assert walk.open == ["skill_review"]
    assert waiting_for(walk.route, walk.run)[-1].verbs == (Verb.APPROVE_CUSTOM_ROUTE, Verb.REFUSE_CUSTOM_ROUTE)
    walk("", "approve_custom_route", MANAGER)
    assert walk.told(DetourTaken).step == ALUMNI
    assert walk.told(TaskOpened).role == "alumni_office"
    alumni = someone("alma", "alumni_office")
    walk("ask_alumni", "request_changes", alumni, "Ask for a portfolio.")("", "resubmit", PROPOSER)
    assert walk("ask_alumni", "approve", alumni).open == ["skill_review", "unit_leader"]
    assert refused(walk, "", "approve_custom_route", MANAGER) == ["not_requested"]


def test_a_custom_route_can_go_to_one_person_and_then_on():
    person = Step("ask_paula", (Task("paula", "expert", person="paula", decisions=(Verb.APPROVE,)),))
    walk = at_experts()("didactics", "custom_route", someone("olga", "didactics_expert", "academic_office"), "She knows.",
                        step=person, then=Then.ADVANCE)  # fmt: skip
    assert walk.open == ["paula"]
    assert refused(walk, "paula", "approve", SUBJECT, error=NotPermitted) == ["not_yours"]
    assert walk("paula", "approve", someone("paula")).open == ["faculty_council"]


def test_a_refused_or_overtaken_custom_route_leaves_the_way_as_it_was():
    walk = in_first_review()("skill_review", "custom_route", SKILLS, "Alumni?", step=ALUMNI)
    assert walk("", "refuse_custom_route", MANAGER, "No time.").told(DetourRefused).step == ALUMNI
    walk("skill_review", "custom_route", SKILLS, "Alumni!", step=ALUMNI)
    assert walk("unit_leader", "reject", LEADER, "Enough.").told(DetourRefused).step == ALUMNI


def test_a_custom_route_evades_neither_a_body_nor_the_last_word():
    lead = (Verb.APPROVE, Verb.CUSTOM_ROUTE)
    last = Walk(Route("r", (Step("last", (Task("last", "dean", decisions=lead),), final=True),)), {})
    more = {"step": ALUMNI, "then": Then.ADVANCE}
    assert refused(last, "last", "custom_route", someone("ada", "dean"), "Why.", **more) == ["custom_route_evades"]


def test_an_extra_step_has_to_be_sound_too():
    walk = in_first_review()
    same = Step("mcc", (Task("unit_leader", "dean"),))
    assert refused(walk, "skill_review", "custom_route", SKILLS, "Why.", step=same) == [
        "duplicate_key",
        "duplicate_key",
        "no_way_forward",
    ]


# Revisions and the journal


def test_of_two_who_decide_at_the_same_instant_one_wins_and_the_other_is_told():
    walk = in_first_review()
    seen = walk.run.revision
    walk("unit_leader", "approve", LEADER)
    with pytest.raises(Conflict, match="a moment ago"):
        walk("unit_leader", "reject", someone("leo", "unit_leader"), "No.", revision=seen)
    with pytest.raises(Conflict):
        walk.full("skill_review", "approve", SKILLS, revision=walk.run.revision + 1)


def test_a_run_ends_under_the_definition_under_which_it_began():
    walk = in_first_review()
    newer = replace(walk.route, version=2)
    with pytest.raises(Rejected) as caught:
        decide(newer, walk.run, "unit_leader", Decision(Verb.APPROVE), LEADER, at=walk.now, revision=1)
    assert caught.value.code == "other_route"
    assert (walk.run.route, walk.run.route_version) == ("full", 1)


def test_a_run_is_written_read_and_found_again_from_its_journal():
    walk = in_first_review()("skill_review", "custom_route", SKILLS, "The alumni know this trade.", step=ALUMNI)
    walk("", "approve_custom_route", MANAGER)("", "suspend", MANAGER, "Strike.")("", "resume", MANAGER)
    walk("ask_alumni", "approve", someone("alma", "alumni_office")).full("skill_review", "approve", SKILLS)
    walk("unit_leader", "approve", LEADER).convene("mcc").vote("mcc", someone("mia", "committee"), "request_changes")
    assert Run.from_data(json.loads(json.dumps(walk.run.to_data()))) == walk.run
    assert replay(walk.route, walk.run.history) == walk.run
    assert len(walk.run.history) == walk.run.revision + 1
