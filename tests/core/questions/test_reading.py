"""Forms from files: the universities' own, and what is told about a faulty one."""

import copy

import pytest

from insignia.core.errors import Rejected
from insignia.core.questions.definition import Kind
from insignia.core.questions.reading import read_form
from insignia.core.workflow.plain import to_plain
from tests.core.questions.samples import FIELDS, LEVEL, LINE, NAMES, form, small, tables


def faults(*questions, **more):
    """What is told about a form that asks this, with the question that is named."""
    with pytest.raises(Rejected) as caught:
        small(*questions, **more)
    assert caught.value.code == "faulty"
    assert all(str(fault) for fault in caught.value.details)
    return [fault.code for fault in caught.value.details]


@pytest.mark.parametrize("name", [*NAMES, "every"])
def test_a_form_is_written_and_read_again(name):
    assert read_form(to_plain(form(name)), key=name, fields=FIELDS) == form(name)


@pytest.mark.parametrize("name", NAMES)
def test_the_universities_explain_every_question(name):
    assert all(question.help for question in form(name).questions)
    assert all(section.help for section in form(name).sections)


def test_the_every_kind_form_has_every_kind():
    assert {question.kind for question in form("every").questions} == set(Kind)


def test_a_form_with_one_question_can_be_used():
    assert small(LINE).questions[0].kind is Kind.LINE


@pytest.mark.parametrize(
    ("questions", "codes"),
    [
        ([], ["empty_section"]),
        ([LINE, LINE], ["duplicate_key"]),
        ([{**LINE, "key": "Title!"}], ["bad_key"]),
        ([{"label": "Title"}], ["bad_key"]),
        ([{"key": "title"}], ["no_label"]),
        ([{**LINE, "kind": "dropdown", "options": LEVEL["options"]}], ["unknown_word"]),
        ([{**LINE, "colour": "red"}], ["unknown_field"]),
        ([{**LINE, "colour": "red", "options": LEVEL["options"]}], ["unknown_field", "options_not_offered"]),
        ([{**LINE, "required": "yes"}], ["wrong_kind"]),
        ([{**LEVEL, "options": []}], ["no_options"]),
        ([{**LEVEL, "options": LEVEL["options"] * 2}], ["duplicate_option", "duplicate_option"]),
        ([{**LEVEL, "options": [{"label": "One"}]}], ["duplicate_option"]),
        ([{**LEVEL, "options": [{"key": "one "}]}], ["bad_option", "no_label"]),
        ([{**LINE, "options": LEVEL["options"]}], ["options_not_offered"]),
        ([{**LINE, "least": 1}], ["limit_not_possible"]),
        ([{**LINE, "whole": True}], ["limit_not_possible"]),
        ([{**LINE, "kind": "skills", "least": 3, "most": 2}], ["limits_out_of_order"]),
        ([{**LINE, "kind": "skills", "least": 3, "advised_most": 2}], ["limits_out_of_order"]),
        ([{**LINE, "kind": "skills", "least": -1}], ["limits_out_of_order"]),
        ([{**LEVEL, "max_chars": 3}], ["limit_not_possible"]),
        ([{**LINE, "max_chars": 0}], ["limit_not_possible"]),
        ([{**LINE, "avoid": [{"words": [], "why": "Because."}]}], ["no_words"]),
        ([{**LEVEL, "avoid": [{"words": ["one"], "why": "Because."}]}], ["words_not_possible"]),
        ([{**LINE, "maps_to": "titel"}], ["unknown_field_of_content"]),
        ([{**LINE, "maps_to": "extra."}], ["unknown_field_of_content"]),
        ([{**LINE, "maps_to": "name"}, {**LINE, "key": "other", "maps_to": "name"}], ["duplicate_key"]),
        ([{**LINE, "fact": "type"}], ["fact_not_possible"]),
        ([{**LINE, "condition": {"fact": "nothing", "is": True}}], ["unknown_question"]),
        ([{**LINE, "condition": {"fact": "level", "is": "one"}}, LEVEL], ["question_comes_later"]),
        ([{**LEVEL, "condition": {"fact": "level", "is": "one"}}], ["question_comes_later"]),
        ([LINE, {**LEVEL, "condition": {"fact": "title", "is": "x"}}], ["question_cannot_decide"]),
        ([LEVEL, {**LINE, "condition": {"fact": "level", "in": ["one", "three"]}}], ["unknown_value"]),
        ([LEVEL, {**LINE, "condition": {"fact": "level", "is": True}}], ["unknown_value"]),
        ([LEVEL, {**LINE, "condition": {"level": "one"}}], ["not_a_condition"]),
        ([{**LEVEL, "kind": "pick"}, {**LINE, "condition": {"fact": "level", "is": "one"}}], ["unknown_word"]),
    ],
)
def test_what_is_wrong_is_told_once_and_by_name(questions, codes):
    assert faults(*questions) == codes


def test_a_form_needs_a_title_sections_and_a_version():
    with pytest.raises(Rejected) as caught:
        read_form({"version": 0}, key="bare", fields=FIELDS)
    assert [fault.code for fault in caught.value.details] == ["empty_form", "bad_version", "no_label"]


def test_hints_are_about_questions_of_the_form():
    hint = {"key": "fit", "question": "level", "message": "Sure?", "condition": {"fact": "level", "is": "one"}}
    assert small(LEVEL, hints=[hint]).hints[0].message == "Sure?"
    assert faults(LEVEL, hints=[{**hint, "question": "height"}]) == ["unknown_question"]
    assert faults(LEVEL, hints=[hint, hint]) == ["duplicate_key"]
    assert faults(LEVEL, hints=[{**hint, "condition": {"fact": "level", "is": "three"}}]) == ["unknown_value"]


def test_everything_wrong_is_told_at_once():
    table = copy.deepcopy(tables("ksu_proposal"))
    idea, outcomes = table["sections"][0]["questions"], table["sections"][1]["questions"]
    idea[0]["kind"] = "heading"
    idea[1]["options"] = []
    outcomes[0]["maps_to"] = "blurb"
    outcomes[1]["key"] = "title"
    table["sections"][2]["key"] = "idea"
    with pytest.raises(Rejected) as caught:
        read_form(table, key="ksu_proposal", fields=FIELDS)
    told = {fault.code for fault in caught.value.details}
    assert {"unknown_word", "no_options", "unknown_field_of_content", "duplicate_key", "unknown_value"} <= told
    assert "Question “type” is a choice without options." in map(str, caught.value.details)
    assert "Two sections have the key “idea”." in map(str, caught.value.details)
