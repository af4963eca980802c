"""What is typed, what is missing, and how far somebody has come."""

from datetime import date

import pytest

from insignia.core.questions.answers import cleaned, missing, progress
from tests.core.questions.samples import FULL, LEVEL, LINE, codes, form, small

EVERY = form("every")


@pytest.mark.parametrize(
    ("key", "raw", "kept"),
    [
        ("title", "  Inclusive \n event   planning ", "Inclusive event planning"),
        ("text", "\r\nOne\r\n\r\nTwo  \r", "One\n\nTwo"),
        ("text", "One\rTwo", "One\nTwo"),
        ("title", "x" * 30, "x" * 30),
        ("number", "1", 1),
        ("number", "99", 99),
        ("text", "a\0b\ud800", "a\ufffdb\ufffd"),
        ("number", " 12 ", 12),
        ("number", 3.0, 3),
        ("date", " 2026-03-31 ", "2026-03-31"),
        ("date", date(2026, 3, 31), "2026-03-31"),
        ("yes_no", "No", False),
        ("yes_no", "on", True),
        ("level", "one", "one"),
        ("choices", ["c", "a", "c"], ["a", "c"]),
        ("choices", "b", ["b"]),
        ("skills", ("s2", "s1", "s2", ""), ["s2", "s1"]),
        ("outcomes", "Plan an event\r\n\r\n  Lead  a team ", ["Plan an event", "Lead a team"]),
        ("links", "Syllabus https://example.org/s", [{"name": "Syllabus", "url": "https://example.org/s"}]),
        ("links", "Our https://example.org/s syllabus", [{"name": "Our syllabus", "url": "https://example.org/s"}]),
        ("links", [{"url": " https://example.org ", "name": ""}, {"url": "", "name": " "}],
         [{"name": "", "url": "https://example.org"}]),
        ("people", "Theo <theo@example.org>\nida@example.org",
         [{"name": "Theo", "email": "theo@example.org"}, {"name": "", "email": "ida@example.org"}]),
        ("people", [{"email": "theo@example.org"}], [{"name": "", "email": "theo@example.org"}]),
        ("word", "on", True),
    ],
)  # fmt: skip
def test_answers_are_kept_in_one_form(key, raw, kept):
    answers, problems = cleaned(EVERY, {key: raw})
    assert answers == {key: kept}
    assert problems == ()


@pytest.mark.parametrize("raw", ["", "   ", None, []])
@pytest.mark.parametrize("key", [question.key for question in EVERY.questions])
def test_nothing_is_no_answer(key, raw):
    assert cleaned(EVERY, {key: raw}) == ({}, ())


def test_a_number_need_not_be_whole():
    asking = small({"key": "hours", "label": "Hours", "kind": "number"})
    assert cleaned(asking, {"hours": " 1.50 "}) == ({"hours": 1.5}, ())


def test_a_withheld_word_is_no_answer_but_a_no_is_one():
    assert cleaned(EVERY, {"word": "no", "yes_no": "no"})[0] == {"yes_no": False}
    assert codes(missing(EVERY, {**FULL, "word": False})) == [("word", "missing")]


@pytest.mark.parametrize(
    ("key", "raw", "code"),
    [
        ("title", "x" * 31, "too_long"),
        ("title", ["x"], "unreadable"),
        ("text", {"a": 1}, "unreadable"),
        ("number", "a few", "not_a_number"),
        ("number", "1,500", "not_a_number"),
        ("number", float("nan"), "not_a_number"),
        ("number", True, "not_a_number"),
        ("number", "0", "too_small"),
        ("number", "1.50", "not_whole"),
        ("number", "100", "too_large"),
        ("date", "31 March", "not_a_date"),
        ("date", 20260331, "not_a_date"),
        ("yes_no", "perhaps", "not_yes_or_no"),
        ("level", "three", "unknown_option"),
        ("outcomes", ["Plan " * 9], "too_long"),
        ("outcomes", [5], "unreadable"),
        ("outcomes", 5, "unreadable"),
        ("people", "Theo", "not_an_address"),
        ("people", [{"name": "Theo"}], "not_an_address"),
        ("people", [7], "not_an_address"),
        ("links", "javascript:alert(1)", "not_a_link"),
        ("links", [{"name": "Syllabus"}], "not_a_link"),
        ("links", [{"url": "https://"}], "not_a_link"),
        ("links", [{"url": "https://[::"}], "not_a_link"),
        ("links", [{"url": "https://example.org/a b"}], "not_a_link"),
    ],
)
def test_what_cannot_be_used_is_kept_and_told(key, raw, code):
    first = {**FULL, "choices": ["b"]}
    answers, problems = cleaned(EVERY, {**first, key: raw})
    assert codes(problems) == [(key, code)]
    assert str(problems[0]) == problems[0].message % problems[0].params
    assert key in answers
    assert codes(missing(EVERY, answers)) == [(key, code)]


def test_lists_are_counted_and_looked_through():
    answers, problems = cleaned(EVERY, {**FULL, "choices": ["a", "x"], "skills": ["one"]})
    assert codes(problems) == [("choices", "unknown_option"), ("skills", "too_few")]
    assert answers["choices"] == ["a", "x"]
    assert codes(missing(EVERY, {**FULL, "skills": list("abcde")})) == [("skills", "too_many")]


def test_everything_missing_is_told_in_the_order_of_the_form():
    found = missing(EVERY, {"level": "two", "yes_no": True})
    assert codes(found) == [("title", "missing"), ("choices", "missing"), ("skills", "missing"), ("word", "missing")]
    assert [problem.section for problem in found] == ["first", "second", "second", "third"]
    assert str(found[2]) == "“Skills”: choose at least 2."
    assert missing(EVERY, FULL) == ()


def test_the_institution_can_say_what_it_wants():
    asking = small({**LINE, "required": True, "wanted": "Say it in 100% of cases."})
    assert [str(problem) for problem in missing(asking, {})] == ["Say it in 100% of cases."]


def test_what_does_not_apply_is_not_asked_and_its_answers_are_kept():
    answers, problems = cleaned(EVERY, {**FULL, "level": "one", "skills": [5], "links": "nowhere", "gone": " x "})
    assert problems == ()
    assert answers["skills"] == [5]
    assert answers["links"]
    assert answers["gone"] == " x "
    assert missing(EVERY, answers) == ()
    assert [each.section.key for each in progress(EVERY, answers)] == ["first", "third"]


def test_what_no_longer_counts_decides_nothing():
    asking = small(
        LEVEL,
        {"key": "more", "label": "More?", "kind": "yes_no", "condition": {"fact": "level", "is": "two"}},
        {"key": "what", "label": "What?", "required": True, "condition": {"fact": "more", "is": True}},
    )
    assert codes(missing(asking, {"level": "two", "more": True})) == [("what", "missing")]
    assert missing(asking, {"level": "one", "more": True}) == ()


def test_a_section_in_which_nothing_applies_is_left_out():
    more = {"key": "more", "label": "More", "condition": {"fact": "level", "is": "two"}}
    sections = [{"key": "a", "label": "A", "questions": [LEVEL]}, {"key": "b", "label": "B", "questions": [more]}]
    asking = small(sections=sections)
    assert [each.section.key for each in progress(asking, {"level": "one"})] == ["a"]
    assert [each.section.key for each in progress(asking, {"level": "two"})] == ["a", "b"]


def test_progress_is_told_by_section():
    steps = progress(EVERY, {"title": "Event planning", "level": "two", "yes_no": True, "skills": ["s1", "s2"]})
    assert [(each.section.key, each.answered, each.asked, each.is_complete) for each in steps] == [
        ("first", 3, 6, True),
        ("second", 1, 2, False),
        ("third", 0, 5, False),
    ]
    assert codes(steps[1].problems) == [("choices", "missing")]


def test_a_proposal_is_begun_with_everything_still_to_do():
    steps = progress(form("ksu_proposal"), {})
    assert (sum(each.is_complete for each in steps), len(steps)) == (0, 7)
    assert [each.section.label for each in steps][:2] == ["The idea", "What earners can do"]
