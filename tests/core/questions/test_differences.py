"""Two versions side by side."""

from insignia.core.questions.differences import Mark, differences
from tests.core.questions.samples import FULL, LINE, form, small

EVERY = form("every")
SAME, REMOVED, ADDED = Mark.SAME, Mark.REMOVED, Mark.ADDED


def changes(old, new):
    return {change.question.key: change for change in differences(EVERY, old, EVERY, new).changes}


def test_changes_are_counted_among_the_answers():
    found = differences(EVERY, FULL, EVERY, {**FULL, "title": "Events", "text": "New", "skills": ["s1", "s3"]})
    assert [(change.question.key, change.mark) for change in found.changes] == [
        ("title", Mark.CHANGED),
        ("text", Mark.ADDED),
        ("skills", Mark.CHANGED),
    ]
    assert (len(found.changes), found.answers) == (3, 7)
    assert differences(EVERY, FULL, EVERY, dict(FULL)).changes == ()


def test_a_text_is_compared_word_by_word():
    found = changes({"text": "Plan a small event, alone."}, {"text": "Plan a large event; alone or together."})
    assert found["text"].words == (
        (SAME, "Plan a "),
        (REMOVED, "small "),
        (ADDED, "large "),
        (SAME, "event"),
        (REMOVED, ", alone"),
        (ADDED, "; alone or together"),
        (SAME, "."),
    )


def test_a_list_is_compared_item_by_item():
    found = changes({"outcomes": ["Plan", "Write", "Lead"]}, {"outcomes": ["Plan", "Lead", "Check"]})
    assert found["outcomes"].items == ((SAME, "Plan"), (REMOVED, "Write"), (SAME, "Lead"), (ADDED, "Check"))


def test_rows_are_the_same_in_whichever_order_they_were_stored():
    old = {"people": [{"name": "Theo", "email": "theo@example.org"}]}
    new = {"people": [{"email": "theo@example.org", "name": "Theo"}, {"email": "ida@example.org", "name": "Ida"}]}
    assert changes(old, new)["people"].items == ((SAME, new["people"][0]), (ADDED, new["people"][1]))


def test_a_choice_has_neither_words_nor_items():
    change = changes({"level": "one"}, {"level": "two"})["level"]
    assert (change.before, change.after, change.words, change.items) == ("one", "two", (), ())


def test_an_answer_that_no_longer_applies_is_removed():
    found = changes(FULL, {**FULL, "level": "one"})
    assert found["skills"].mark is Mark.REMOVED
    assert found["skills"].items == ((REMOVED, "s1"), (REMOVED, "s2"))


def test_a_question_of_another_version_of_the_form_is_removed_or_added():
    old_form = small(LINE, {"key": "why", "label": "Why"})
    new_form = small({"key": "how", "label": "How"}, LINE)
    found = differences(old_form, {"title": "T", "why": "Because"}, new_form, {"title": "T", "how": "So"})
    assert [(c.question.key, c.mark, c.words) for c in found.changes] == [
        ("how", ADDED, ((ADDED, "So"),)),
        ("why", REMOVED, ((REMOVED, "Because"),)),
    ]
    assert found.answers == 3


def test_a_question_that_is_now_answered_otherwise_shows_both_answers():
    old_form, new_form = small(LINE), small({**LINE, "kind": "outcomes"})
    (change,) = differences(old_form, {"title": "T"}, new_form, {"title": ["T"]}).changes
    assert (change.before, change.after, change.words, change.items) == ("T", ["T"], (), ())


def test_yes_is_not_one():
    old_form, new_form = small({**LINE, "kind": "number"}), small({**LINE, "kind": "yes_no"})
    assert len(differences(old_form, {"title": 1}, new_form, {"title": True}).changes) == 1
