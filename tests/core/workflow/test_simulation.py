"""A route walked before anyone has to."""

from datetime import date

import pytest

from insignia.core.errors import Rejected
from insignia.core.workflow.route import (
    Directory,
    Gap,
    Holding,
    Lead,
    Matter,
    State,
    Verb,
    simulate,
)
from tests.core.workflow.walking import routes

TODAY = date(2026, 3, 2)
MATTER = Matter("physics", ("petra",))
DIRECTORY = Directory(
    (
        Holding("sven", "skill_reviewer"),
        Holding("sam", "unit_leader", "science"),
        Holding("mia", "committee", "MCC"),
        Holding("mona", "program_manager"),
    ),
    {"physics": "science"},
)


def stops(name, key, facts):
    return simulate(routes(name)[key], facts, MATTER, DIRECTORY, on=TODAY)


def test_the_way_is_listed_with_who_is_asked():
    way = stops("ksu", "full", {"type": "level_1"})
    assert [
        (stop.step.key, [(task.role, [one.person for one in task.asked.named]) for task in stop.tasks]) for stop in way
    ] == [
        ("launch", [("proposer", ["petra"])]),
        ("first_review", [("skill_reviewer", ["sven"]), ("unit_leader", ["sam"])]),
        ("mcc", [("committee", ["mia"])]),
        ("executive", [("executive", [])]),
    ]
    assert [found.gap for found in way[1].tasks[1].asked.findings] == [Gap.VACANT]
    assert [found.gap for found in way[3].tasks[0].asked.findings] == [Gap.VACANT, Gap.NOBODY]


def test_each_decision_says_where_it_leads():
    way = stops("ksu", "full", {})
    assert way[0].tasks[0].leads == (
        Lead(Verb.SUBMIT, State.IN_REVIEW, "first_review"),
        Lead(Verb.WITHDRAW, State.WITHDRAWN, "launch"),
    )
    assert way[2].tasks[0].leads == (
        Lead(Verb.APPROVE, State.IN_REVIEW, "executive"),
        Lead(Verb.REQUEST_CHANGES, State.CHANGES_REQUESTED, "mcc", "mcc"),
        Lead(Verb.HOLD, State.ON_HOLD, "mcc"),
    )
    assert way[3].tasks[0].leads == (
        Lead(Verb.APPROVE, State.APPROVED, "executive"),
        Lead(Verb.REQUEST_CHANGES, State.CHANGES_REQUESTED, "executive", "mcc"),
        Lead(Verb.REJECT, State.REJECTED, "executive"),
    )


def test_a_step_that_is_passed_over_says_why():
    way = stops("third", "two_houses", {"credit": False, "audience": "students"})
    (skipped,) = (stop for stop in way if stop.skipped_by)
    assert (skipped.step.key, skipped.tasks) == ("legal", ())
    assert skipped.skipped_by == skipped.step.condition
    assert not any(stop.skipped_by for stop in stops("third", "two_houses", {"credit": True}))


def test_what_is_voted_on_leads_where_the_vote_leads():
    council, _legal, senate = stops("third", "two_houses", {})[2:]
    assert [(lead.verb, lead.state) for lead in council.tasks[0].leads] == [
        (Verb.APPROVE, State.IN_REVIEW),
        (Verb.REQUEST_CHANGES, State.CHANGES_REQUESTED),
        (Verb.REJECT, State.REJECTED),
        (Verb.HOLD, State.ON_HOLD),
    ]
    assert [lead.resubmit_to for lead in senate.tasks[0].leads] == ["", "", "faculty_council"]


@pytest.mark.parametrize(
    ("name", "key", "steps"),
    [
        ("cu_boulder", "full", ["intent_form", "intent_review", "proposal_form", "mac", "unit_final"]),
        ("jmg", "framework_change", ["draft", "pilot", "approve"]),
    ],
)
def test_every_preset_can_be_walked_to_its_end(name, key, steps):
    way = stops(name, key, {})
    assert [stop.step.key for stop in way] == steps
    assert State.APPROVED in {lead.state for lead in way[-1].tasks[0].leads}


def test_a_souvenir_shows_the_approver_of_its_channel():
    assert stops("ksu", "souvenir_light", {"audience": "students"})[1].tasks[0].role == "student_engagement_staff"
    assert stops("ksu", "souvenir_light", {"audience": "staff"})[1].tasks[0].asked.named[0].person == "mona"
    with pytest.raises(Rejected, match="no channel"):
        stops("ksu", "souvenir_light", {"audience": "alumni"})
