"""A form is written without code; what was begun with an older version keeps it."""

from typing import Any

import pytest
from django.urls import reverse

from insignia.core.questions.definition import Form, Kind
from insignia.core.workflow.conditions import Condition
from insignia.domain.access.actor import SYSTEM
from insignia.domain.institutions import presets
from insignia.domain.proposals.forms import actions, queries
from insignia.domain.proposals.forms.rules import read_strictly
from insignia.edges.web.program.governing import form_data, form_raw
from insignia.edges.web.program.governing.drafts import Draft
from tests.edges.web.program.staff import Desk, desk_of, words
from tests.edges.web.program.writer import Writer
from tests.support import builders, governance


@pytest.fixture
def desk(institution: Any) -> Desk:
    return desk_of("program_manager")


def editor(desk: Desk, key: str = "ksu_proposal") -> Writer:
    return Writer(desk, "proposal_form_edit", (key,))


def newest(key: str = "ksu_proposal") -> Form:
    version = queries.newest(key)
    assert version is not None
    return version.form


@pytest.mark.parametrize("preset", ["ksu", "cu_boulder"])
def test_every_form_of_a_preset_comes_back_from_its_fields_as_it_was(institution: Any, preset: str) -> None:
    presets.apply(by=SYSTEM, institution=institution, name=preset)
    for version in queries.forms():
        draft = Draft.read(form_raw.draft_of(version.form, after=version.number).written())
        made = form_data.made(draft)
        assert made.faults == []
        assert read_strictly(made.data, key=version.key) == read_strictly(version.data, key=version.key)


def test_saving_a_form_unchanged_makes_no_version(desk: Desk) -> None:
    assert "Nothing was changed" in editor(desk).press("Save as version 2").says
    assert len(queries.versions("ksu_proposal")) == 1


def test_a_form_is_written_from_the_beginning(desk: Desk) -> None:
    page = Writer(desk, "proposal_form_add").write("Title", "Short proposal").write("What is said first", "Be brief.")
    page.press("Section 1: A section without a name").write("Name of the section", "The idea")
    page.press("A question without words").write("Question", "Name of the badge")
    page.press("Add a question").write("Question", "Who runs it").write("Answered with", "One of several answers")
    page.write("It has to be answered", True)
    page.write("Answers to choose from", "Ourselves | alone\nexternal: An external partner")
    page.write("Name under which routes ask for it", "run_by")
    page.press("Add a question").write("Question", "Which partner").write("Most characters", "200")
    page.write("When", "Only if all of these hold").write("What is asked", "Who runs it").press("Show its answers")
    page.write("Answers", ["An external partner"])
    page.press("Check")
    assert "Nothing is wrong with it" in page.says, page.says
    page.press("Save the form")
    form = newest("short_proposal")
    assert (form.title, form.help, [section.label for section in form.sections]) == (
        "Short proposal",
        "Be brief.",
        ["The idea"],
    )
    name, runs, partner = form.questions
    assert (name.maps_to, name.required, name.max_chars) == ("name", True, 80)
    assert (runs.kind, runs.fact, [(one.key, one.label, one.help) for one in runs.options]) == (
        Kind.CHOICE,
        "run_by",
        [("ourselves", "Ourselves", "alone"), ("external", "An external partner", "")],
    )
    assert partner.condition == Condition.read({"fact": "who_runs_it", "is": "external"})


def test_faults_are_told_at_once_at_their_questions_in_words(desk: Desk) -> None:
    page = editor(desk).press("Kind").write("Answers to choose from", "").press("Demand at work")
    page.write("At least", "5").press("Check")
    assert page.status == 422
    assert "Question “Kind” is a choice without options." in page.says
    assert "Question “Demand at work” bounds a number or a list" in page.says
    page.press("Kind")
    assert page.value("Question") == "Kind"


def test_questions_move_between_sections_and_are_put_back(desk: Desk) -> None:
    page = editor(desk).press("Title").press("Take out Title").press("Put it back Title")
    first = [question.key for question in newest().sections[0].questions]
    page.press("Degrees or certificates that it complements").press(
        "Move down Degrees or certificates that it complements"
    )
    page.press("Save as version 2")
    assert [question.key for question in newest().sections[0].questions] == first[:-1]
    assert newest().sections[1].questions[0].key == first[-1]


@pytest.mark.requirement("R-062")
def test_what_an_intent_is_asked_is_changed_on_the_page(desk: Desk) -> None:
    presets.apply(by=SYSTEM, institution=builders.here(), name="cu_boulder", only=["forms"])
    unit = builders.a_unit()
    policies = Writer(desk_of("administrator"), "policies")
    policies.write("Form with which an intent is stated", newest("cu_intent").title).press("Save the policies")
    page = editor(desk, "cu_intent")
    page.press(f"Section 1: {newest('cu_intent').sections[0].label}").press("Add a question")
    page.write("Question", "Where did you hear of us").press("Save as version 2")
    address = reverse("governance:intent_new", args=[desk.slug])
    begun = desk_of("faculty").client.post(address, {"title": "An idea", "unit": unit.public_id}, follow=True)
    assert "Where did you hear of us" in words(begun)


def test_drafts_keep_the_form_with_which_they_were_begun(desk: Desk) -> None:
    cast = governance.ksu_cast()
    draft = governance.a_proposal(cast)
    editor(desk).press("Title").write("Question", "What shall it be called").press("Save as version 2")
    assert governance.again(draft).form.number == 1
    assert governance.a_proposal(cast).form.number == 2
    text = desk.read("proposal_form", "ksu_proposal")
    assert text.count("1 proposal") == 2
    assert "Name: Title What shall it be called" in text


def test_remarks_on_answers_are_kept_though_only_the_text_shows_them(desk: Desk) -> None:
    hints = newest().hints
    editor(desk).write("Title", "Renamed").press("Save as version 2")
    assert newest().title == "Renamed"
    assert newest().hints == hints


def test_a_form_is_written_as_text_and_a_word_that_no_form_knows_is_said(desk: Desk) -> None:
    page = editor(desk).press("As text")
    text = page.value("Text, in TOML")
    page.write("Text, in TOML", 'titel = "Twice"\n' + text).press("Save as version 2")
    assert page.status == 422
    assert "“titel” is not known here" in page.says
    page.write("Text, in TOML", text.replace("Micro-credential proposal", "By text")).press(
        "On the page with its parts"
    )
    assert page.value("Title") == "By text"
    page.press("Save as version 2")
    assert newest().title == "By text"


def test_whoever_was_overtaken_is_told_and_keeps_what_was_written(desk: Desk) -> None:
    page = editor(desk).write("Title", "Mine")
    data = {**queries.form("ksu_proposal").data, "title": "Theirs"}
    actions.set_form(by=SYSTEM, institution=builders.here(), key="ksu_proposal", data=data)
    page.press("Save as version 2")
    assert "Somebody else changed this form meanwhile." in page.says
    page.press("Save as version 3")
    assert newest().title == "Mine"


def test_the_pages_of_forms_ask_the_database_as_often_however_many_there_are(desk: Desk) -> None:
    asked = (("proposal_forms", ()), ("proposal_form", ("ksu_proposal",)))
    few = {name: desk.questions(name, *ids) for name, ids in asked}
    for number in range(3):
        data = {**queries.form("ksu_proposal").data, "title": f"Another {number}"}
        actions.set_form(by=SYSTEM, institution=builders.here(), key="ksu_proposal", data=data)
        actions.set_form(by=SYSTEM, institution=builders.here(), key=f"other_{number}", data=data)
    assert {name: desk.questions(name, *ids) for name, ids in asked} == few
