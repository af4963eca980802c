"""A route is written without code, and nothing that was typed is lost on the way."""

import json
from typing import Any

import pytest
from django.urls import reverse

from insignia.core.workflow import route as engine
from insignia.domain.access.actor import SYSTEM
from insignia.domain.institutions import presets
from insignia.domain.proposals.workflow import actions, defining, queries
from insignia.edges.web.program.governing import route_data, route_raw
from insignia.edges.web.program.governing.drafts import Draft
from insignia.edges.web.program.governing.names import Names
from tests.edges.web.program.staff import Desk, desk_for, desk_of, words
from tests.edges.web.program.writer import Writer
from tests.support import builders, governance


@pytest.fixture
def desk(institution: Any) -> Desk:
    return desk_of("program_manager")


def editor(desk: Desk, key: str = "full") -> Writer:
    return Writer(desk, "route_edit", (key,))


def newest(key: str = "full") -> engine.Route:
    version = queries.newest_route(key)
    assert version is not None
    return version.route


@pytest.mark.parametrize("preset", ["ksu", "cu_boulder"])
def test_every_route_of_a_preset_comes_back_from_its_fields_as_it_was(institution: Any, preset: str) -> None:
    presets.apply(by=SYSTEM, institution=institution, name=preset)
    names = Names.here()
    for version in queries.routes():
        draft = Draft.read(route_raw.draft_of(version.route, after=version.number).written())
        made = route_data.made(draft, names)
        assert made.faults == []
        assert defining.means_the_same(version, defining.read(made.data, key=version.key))


def test_saving_a_route_unchanged_makes_no_version(desk: Desk) -> None:
    page = editor(desk).press("Save as version 2")
    assert "Nothing was changed" in page.says
    assert len(queries.route_versions("full")) == 1


def test_a_step_with_two_tasks_a_condition_and_a_vote_is_written_on_the_page(desk: Desk) -> None:
    page = editor(desk).press("Step 2: First review").press("Add a step")
    page.write("Name of the step", "Lawyers").write("When", "Only if all of these hold")
    page.write("What is asked", "Is it earned within a course for credit?").press("Show its answers")
    page.write("Answers", ["Yes"])
    page.write("Who is asked", "Executive administrator")
    page.write("Criteria that they rate", "Sound in law\nown_key: Of our own")
    page.write("What they attest when they approve", "No third party has rights in it.")
    page.press("Ask somebody else at the same time")
    page.write("Name of the task", "Contracts").write("Name of the task", "Board", 1)
    page.write("Who is asked", "Micro-Credential Committee", 1)
    page.write("How a body decides", "By vote of its members", 1)
    page.write("Quorum, in percent of those who may vote", "60", 1).write("Remind after days", "7, 12", 1)
    page.write("Tell somebody else after days", "14", 1).write("Who is told", "Program manager", 1)
    page.write("The step is done when", "one task is done")
    page.press("Check")
    assert "Nothing is wrong with it" in page.says, page.says
    page.press("Save as version 2")
    assert "Version 2 is saved" in page.says
    route = newest()
    assert [step.key for step in route.steps] == ["launch", "first_review", "lawyers", "mcc", "executive"]
    step = route.steps[2]
    assert step.condition == engine.Condition(engine.Operator.IS, "credit", (True,))
    assert step.parallel == engine.Join(engine.Joining.ANY)
    contracts, board = step.tasks
    assert (contracts.key, contracts.role, contracts.criteria) == (
        "contracts",
        "executive",
        ("sound_in_law", "own_key"),
    )
    assert route.labels == {
        "sound_in_law": "Sound in law",
        "own_key": "Of our own",
        "no_third_party_has_rights_in_it": "No third party has rights in it.",
    }
    assert (board.role, board.body) == ("committee", "MCC")
    assert board.rule == engine.VotingRule(engine.Mode.VOTE, 0.6, 0.5)
    assert board.timer == engine.Timer((7, 12), 14, "program_manager")


def test_steps_move_are_taken_out_and_put_back_with_everything_in_them(desk: Desk) -> None:
    page = editor(desk).press("Step 3: Micro-Credential Committee").write("Name of the step", "The Committee")
    page.press("Move up Micro-Credential Committee").press("Take out The Committee")
    assert "“The Committee” is taken out." in page.says
    page.press("Put it back The Committee")
    assert page.value("Name of the step") == "The Committee"
    page.press("Save as version 2")
    route = newest()
    assert [step.key for step in route.steps] == ["launch", "mcc", "first_review", "executive"]
    assert route.steps[1].label == "The Committee"
    assert route.steps[1].tasks == queries.route_version("full", 1).route.steps[2].tasks


def test_all_faults_are_told_at_once_next_to_their_steps_in_words(desk: Desk) -> None:
    page = editor(desk).press("Step 2: First review").write("It has the last word", True)
    page.write("What they may do", [], 0).press("Check")
    assert page.status == 422
    for said in (
        "Step “Micro-Credential Committee” is never reached: “First review” before it is final.",
        "Step “Executive administrator” is never reached",
        "Task “Career services: skills” offers no decision that leads on.",
    ):
        assert said in page.says
    outline = [" ".join(li.text_content().split()) for li in page.form.xpath(".//ol[contains(@class, 'outline')]/li")]
    assert "is never reached" in outline[3]
    assert "is never reached" not in outline[2]
    assert page.value("It has the last word") is True
    assert len(queries.route_versions("full")) == 1


def test_a_route_without_an_end_and_with_nobody_asked_is_refused_in_words(desk: Desk) -> None:
    page = Writer(desk, "route_add").write("Name", "Short cut").press("Step 2: Decision")
    page.write("What they may do", ["Request changes, or recommend another type"]).press("Save the route")
    assert page.status == 422
    assert "Who is asked: This field is required." in page.says
    page.write("Who is asked", "Executive administrator").press("Save the route")
    assert "The route has no end: nobody can approve in its last step “Decision”." in page.says
    page.write("What they may do", ["Approve, also with comments"]).press("Save the route")
    assert newest("short_cut").steps[1].tasks[0].role == "executive"


def test_what_cannot_be_read_stays_in_its_field(desk: Desk) -> None:
    page = editor(desk).press("Step 3: Micro-Credential Committee")
    page.write("Quorum, in percent of those who may vote", "a third").press("Step 1: Proposal")
    assert page.value("Name of the step") == "Proposal"
    page.press("Save as version 2")
    assert page.status == 422
    assert "Quorum, in percent of those who may vote: Enter a number." in page.says
    page.press("Micro-Credential Committee")
    assert page.value("Quorum, in percent of those who may vote") == "a third"


def test_a_copy_is_a_route_of_its_own(desk: Desk) -> None:
    page = Writer(desk, "route_add", query="?copy=full")
    assert page.value("Name") == "Copy of Full review"
    page.write("Name", "Quick review").press("Save the route")
    assert newest("quick_review").steps == newest().steps


def test_whoever_was_overtaken_is_told_and_keeps_what_was_written(desk: Desk) -> None:
    page = editor(desk).write("Name", "Mine")
    data = queries.route_version("full").data
    actions.set_route(by=SYSTEM, institution=builders.here(), key="full", data={**data, "label": "Theirs"})
    page.press("Save as version 2")
    assert page.status == 422
    assert "Somebody else changed this route meanwhile." in page.says
    assert page.value("Name") == "Mine"
    page.press("Save as version 3")
    assert (newest().label, newest().version) == ("Mine", 3)


def test_a_condition_that_needs_more_than_the_fields_stays_as_it_is_written(desk: Desk) -> None:
    data = json.loads(json.dumps(queries.route_version("full").data))
    deep = {"any": [{"fact": "credit", "is": True}, {"all": [{"fact": "type", "in": ["level_1", "level_2"]}]}]}
    data["steps"][2]["condition"] = deep
    actions.set_route(by=SYSTEM, institution=builders.here(), key="full", data=data)
    editor(desk).write("Name", "Renamed").press("Save as version 3")
    assert newest().label == "Renamed"
    assert newest().steps[2].condition == engine.Condition.read(deep)
    editor(desk).press("Step 3: Micro-Credential Committee").write("When", "Always").press("Save as version 4")
    assert newest().steps[2].condition is None


def test_experts_write_the_same_as_text_and_are_told_the_same_faults(desk: Desk) -> None:
    page = editor(desk).write("Name", "By text").press("As text")
    text = page.value("Text, in TOML")
    assert 'label = "By text"' in text
    page.write("Text, in TOML", text.replace('role = "executive"', 'role = "emperor"') + "\nsteppes = 1\n")
    page.press("Check")
    assert page.status == 422
    assert "names the role “emperor”" in page.says
    assert "“steppes” is not known here" in page.says
    assert "steppes = 1" in page.value("Text, in TOML")
    page.write("Text, in TOML", "not = [toml").press("Save as version 2")
    assert "cannot be read as TOML" in page.says
    page.write("Text, in TOML", text).press("On the page with its parts")
    assert page.value("Name") == "By text"
    page.press("As text").press("Save as version 2")
    assert newest().label == "By text"


def test_a_body_that_does_not_exist_is_said(desk: Desk) -> None:
    page = Writer(desk, "route_edit", ("full",), query="?as=text")
    text = page.value("Text, in TOML").replace('body = "MCC"', 'body = "SENATE"')
    page.write("Text, in TOML", text).press("Save as version 2")
    assert "asks the body “SENATE”, which does not exist" in page.says


@pytest.mark.requirement("R-094")
def test_criteria_of_the_institutions_own_are_what_reviewers_read(desk: Desk) -> None:
    page = editor(desk).press("Step 2: First review").write("Criteria that they rate", "Good for our students")
    page.press("Save as version 2")
    cast = governance.ksu_cast()
    proposal = governance.submitted(cast)
    address = reverse("governance:proposal", args=[desk.slug, proposal.public_id])
    assert "Good for our students" in words(desk_for(cast["skill_reviewer"]).client.get(address))


def test_proposals_on_their_way_end_under_their_version_and_the_page_counts_them(desk: Desk) -> None:
    cast = governance.ksu_cast()
    governance.submitted(cast)
    editor(desk).write("Name", "Fuller review").press("Save as version 2")
    governance.submitted(cast)
    text = desk.read("route", "full")
    assert text.count("1 proposal") == 2
    assert "Name: Full review Fuller review" in text
    assert "Version 1, which only those follow that began under it." in desk.read("route_version", "full", "1")


def test_a_page_that_carries_something_else_is_refused(desk: Desk) -> None:
    for draft in ("", "[]", "{}", '{"head": 1}', '{"head":{},"parts":[1],"opened":"","removed":[],"after":0,"key":""}'):
        assert desk.client.post(desk.at("route_edit", "full"), {"draft": draft, "act": "check"}).status_code == 400


def test_the_pages_of_routes_ask_the_database_as_often_however_many_there_are(desk: Desk) -> None:
    few = {name: desk.questions(name, *ids) for name, ids in (("routes", ()), ("route", ("full",)))}
    for number in range(3):
        data = {**queries.route_version("full").data, "label": f"Another {number}"}
        actions.set_route(by=SYSTEM, institution=builders.here(), key="full", data=data)
        actions.set_route(by=SYSTEM, institution=builders.here(), key=f"other_{number}", data=data)
    assert {name: desk.questions(name, *ids) for name, ids in (("routes", ()), ("route", ("full",)))} == few
