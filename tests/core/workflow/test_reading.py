"""Routes from files: what may be left out, and what is told about a faulty one."""

import copy
from dataclasses import replace

import pytest

from insignia.core.errors import Rejected
from insignia.core.workflow.route import (
    Condition,
    Join,
    Joining,
    Operator,
    Return,
    ReturnRule,
    Route,
    Verb,
    read_route,
    read_routes,
)
from tests.core.workflow.walking import FACTS, ROLES, routes, tables

POST = {"channel": "post", "approver": "program_manager"}
ALL = [(name, key) for name in ("ksu", "cu_boulder", "jmg", "third") for key in tables(name)]


def faults(table, roles=ROLES, facts=FACTS):
    """The codes of all that is told about this table, by what it names."""
    with pytest.raises(Rejected) as caught:
        read_route(table, key="full", roles=roles, facts=facts)
    assert caught.value.code == "faulty"
    assert all(str(fault) for fault in caught.value.details)
    return [fault.code for fault in caught.value.details]


def changed(**fields):
    """The route of the first institution with fields of its steps changed: `mcc__rule={...}`."""
    table = copy.deepcopy(tables("ksu")["full"])
    for name, value in fields.items():
        key, field = name.split("__")
        step = next((step for step in table["steps"] if step["key"] == key), table)
        step[field] = value
    return table


@pytest.mark.parametrize(("name", "key"), ALL)
def test_a_route_is_written_and_read_again(name, key):
    route = routes(name)[key]
    assert Route.from_data(route.to_data()) == route
    assert read_route(route.to_data(), key=key, roles=ROLES, facts=FACTS) == route


def test_a_step_with_one_task_is_written_short():
    full = routes("ksu")["full"]
    assert [[task.key for task in step.tasks] for step in full.steps[1:3]] == [["skill_review", "unit_leader"], ["mcc"]]
    assert full.steps[0].parallel == Join(Joining.ALL)
    assert full.steps[3].resubmit_to == ReturnRule(Return.NAMED, "mcc")
    assert routes("third")["two_houses"].steps[1].parallel == Join(Joining.AT_LEAST, 2)


def test_what_is_usual_need_not_be_said():
    request, _approval = routes("ksu")["souvenir_light"].steps
    assert request.tasks[0].decisions == (Verb.SUBMIT, Verb.WITHDRAW)
    legal = routes("third")["two_houses"].steps[3].tasks[0]
    assert legal.decisions == (Verb.APPROVE, Verb.REQUEST_CHANGES)
    draft = routes("jmg")["framework_change"].steps[0].tasks[0]
    assert (draft.role, draft.decisions[0]) == ("framework_author", Verb.SUBMIT)


def test_conditions_ask_facts():
    legal = routes("third")["two_houses"].steps[3].condition
    assert legal.holds({"credit": True})
    assert not legal.holds({"credit": False, "audience": "students"})
    assert legal.holds({"audience": ("students", "pupils"), "unit_kind": "division"})
    assert not legal.holds({"audience": "pupils", "unit_kind": "academic"})
    assert not legal.holds({})
    assert not Condition(Operator.IS, "credit", (1,)).holds({"credit": True})


@pytest.mark.parametrize(
    ("fields", "codes"),
    [
        ({"full__steps": []}, ["no_end"]),
        ({"executive__decisions": ["reject", "request_changes"]}, ["no_end", "no_way_forward"]),
        ({"mcc__final": True}, ["unreachable_step"]),
        ({"executive__condition": {"fact": "credit", "is": True}}, ["end_may_be_missed"]),
        ({"executive__skippable": True}, ["end_may_be_missed"]),
        ({"executive__key": "mcc"}, ["duplicate_key"]),
        ({"mcc__key": "unit_leader"}, ["duplicate_key", "unknown_return_step"]),
        ({"mcc__role": "comittee"}, ["unknown_role"]),
        ({"full__manager": "nobody"}, ["unknown_role"]),
        ({"mcc__rule": {"chair": "speaker"}}, ["unknown_role"]),
        ({"mcc__resubmit_to": "no_such_step"}, ["unknown_return_step"]),
        ({"mcc__resubmit_to": "executive"}, ["return_skips_ahead"]),
        ({"first_review__parallel": 3}, ["join_out_of_range"]),
        ({"first_review__parallel": 0}, ["join_out_of_range"]),
        ({"first_review__parallel": "most"}, ["unknown_join"]),
        ({"first_review__tasks": []}, ["no_tasks"]),
        ({"mcc__decisions": ["approve", "request_changes", "resume"]}, ["impossible_decision"]),
        ({"mcc__decisions": ["approve", "request_changes", "withdraw"]}, ["impossible_decision"]),
        ({"launch__decisions": ["submit", "approve"]}, ["impossible_decision"]),
        ({"launch__decisions": ["approve"]}, ["own_proposal"]),
        ({"mcc__comments": ["reject"]}, ["impossible_decision"]),
        ({"mcc__decisions": ["approve", "hold"]}, ["vote_without_choice"]),
        ({"mcc__decisions": ["feedback", "request_changes"]}, ["vote_without_approval"]),
        ({"mcc__rule": {"quorum": 1.5}}, ["quorum_out_of_range"]),
        ({"mcc__rule": {"threshold": 0}}, ["threshold_out_of_range"]),
        ({"mcc__attest": ["standards"]}, ["vote_cannot_attest"]),
        ({"mcc__condition": {"fact": "colour", "is": "gold"}}, ["unknown_fact"]),
        ({"mcc__condition": {"fact": "type", "in": ["level_1", "level_9"]}}, ["unknown_value"]),
        ({"mcc__condition": {"all": []}}, ["not_a_condition"]),
        ({"mcc__condition": {"fact": "type", "is": "level_1", "in": []}}, ["not_a_condition"]),
        ({"mcc__condition": "level_1"}, ["not_a_condition"]),
        ({"mcc__timer": {"reminders": [0]}}, ["timer_out_of_range"]),
        ({"mcc__timer": {"escalate_after": 5}}, ["escalation_incomplete"]),
        ({"mcc__timer": {"reminders": ["soon"]}}, ["wrong_kind"]),
        ({"full__steps": "launch"}, ["wrong_kind", "no_end"]),
        ({"full__version": "one"}, ["wrong_kind"]),
        ({"full__version": True}, ["wrong_kind"]),
        ({"mcc__rule": {"mode": "shouting"}}, ["unknown_word"]),
        ({"mcc__quorm": 0.5}, ["unknown_field"]),
        ({"mcc__resubmit_to": 3}, ["wrong_kind"]),
        ({"executive__key": "same"}, ["reserved_key"]),
        ({"mcc__role": "channel_approver"}, ["no_channels"]),
        ({"full__route_by_audience": {"all": {"channel": "post"}}}, ["no_approver"]),
        ({"full__route_by_audience": {"all": {**POST, "mode": "pigeon"}}}, ["unknown_mode"]),
        ({"full__route_by_audience": {"all": {**POST, "mode": "external_link"}}}, ["no_address"]),
        ({"full__route_by_audience": {"all": {**POST, "url": "javascript:alert(1)"}}}, ["bad_address"]),
    ],
)
def test_a_fault_is_told(fields, codes):
    assert faults(changed(**fields)) == codes


def test_a_channel_is_completed_by_others_of_its_name_and_says_where_requests_are_made():
    outside = {**POST, "label": "Portal", "mode": "external_link", "url": "https://portal.example/"}
    table = changed(full__route_by_audience={"students": outside, "mixed": {"channel": "post"}, "staff": POST})
    route = read_route(table, key="full", roles=ROLES, facts=FACTS)
    mixed = route.channel_for({"audience": ("students", "staff")})
    assert mixed == route.channel_for({"audience": "students"})
    assert (mixed.approver, mixed.hands_over, mixed.takes_forms) == ("program_manager", True, False)
    assert route.channel_for({"audience": "faculty"}) is None
    either = replace(mixed, mode="external_link_or_form")
    assert (either.hands_over, either.takes_forms) == (True, True)
    assert not replace(either, url="").hands_over
    assert not replace(either, mode="form").hands_over


def test_what_is_missing_is_told():
    table = changed()
    del table["steps"][2]["role"], table["steps"][3]["key"]
    assert faults(table) == ["missing_field", "missing_field"]


def test_everything_wrong_is_told_at_once_in_words_of_those_who_write_it():
    table = changed(
        mcc__role="comittee",
        mcc__rule={"quorum": 5},
        executive__resubmit_to="mc",
        first_review__parallel=4,
        launch__x=1,
    )
    with pytest.raises(Rejected) as caught:
        read_route(table, key="full", roles=ROLES, facts=FACTS)
    assert str(caught.value) == "“full” cannot be used as it is. Faults: 5."
    assert [str(fault) for fault in caught.value.details] == [
        "full › steps › launch: “x” is not known here. Known are: key, tasks, label, parallel, condition, resubmit_to, "
        "agenda, skippable, final.",
        "“mcc” names the role “comittee”, which does not exist.",
        "Step “executive” sends resubmissions to “mc”, which is no step of this route.",
        "Step “first_review” waits for 4 of its 2 tasks, which cannot be.",
        "Task “mcc”: the quorum is a share from 0 to 1, not 5.0.",
    ]


def test_the_faults_of_all_routes_of_a_file_are_told_together():
    with pytest.raises(Rejected) as caught:
        read_routes({"one": {"steps": []}, "two": 2}, roles=ROLES, facts=FACTS)
    assert [fault.code for fault in caught.value.details] == ["no_end", "wrong_kind"]
    with pytest.raises(Rejected):
        read_routes([], roles=ROLES, facts=FACTS)
