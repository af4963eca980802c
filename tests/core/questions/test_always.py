"""What holds of every form and whatever is typed into it."""

import json

from hypothesis import given
from hypothesis import strategies as st

from insignia.core.questions.answers import cleaned, missing, progress
from insignia.core.questions.asking import asked
from insignia.core.questions.differences import Mark, counted, differences
from insignia.core.questions.guide import guide
from insignia.core.questions.warnings import warnings
from tests.core.questions.samples import FULL, NAMES, form

FORMS = st.sampled_from([form(name) for name in (*NAMES, "every")])
EVERY = form("every")
_lines = st.sampled_from(["Plan", "Lead a team", "understand", "s1", "a", "b", "https://example.org", "Ida <i@e.org>"])
_texts = st.one_of(st.text(max_size=12), _lines)
_rows = st.dictionaries(st.sampled_from(["name", "email", "url"]), _texts, max_size=3)
_typed = st.one_of(
    _texts,
    st.none(),
    st.booleans(),
    st.integers(-5, 2000),
    st.floats(),
    st.lists(st.one_of(_texts, _rows, st.integers(0, 3)), max_size=4),
    _rows,
)


@st.composite
def typed(draw, asking):
    """Something typed into a form: sensible where it decides what is asked, anything elsewhere."""
    raw = {}
    for question in asking.questions:
        sensible = st.sampled_from([option.key for option in question.options] or ["yes", "no"])
        raw[question.key] = draw(st.one_of(sensible, _typed)) if draw(st.booleans()) else None
    return raw


_every = typed(EVERY)


@given(FORMS.flatmap(lambda asking: st.tuples(st.just(asking), typed(asking))))
def test_cleaning_twice_changes_nothing_and_all_else_can_be_asked(case):
    asking, raw = case
    answers, problems = cleaned(asking, raw)
    assert cleaned(asking, answers) == (answers, problems)
    assert json.loads(json.dumps(answers, allow_nan=False)) == answers
    told = missing(asking, answers)
    assert set(map(repr, problems)) <= set(map(repr, told))
    assert {problem.question for problem in told} <= {
        question.key for _section, question in asked(asking, answers).questions
    }
    assert all(map(str, (*told, *warnings(asking, answers))))


@given(st.sampled_from(EVERY.questions), st.one_of(_texts, st.lists(_texts, max_size=4, unique=True)))
def test_nothing_typed_is_lost(question, raw):
    if question.kind in ("yes_no", "attest", "number", "date"):
        raw = "about " + str(raw)  # what is understood is written otherwise: “yes” is true
    answers, _problems = cleaned(EVERY, {question.key: raw})
    kept = answers.get(question.key, "")
    rows = kept if isinstance(kept, list) else [kept]
    values = [list(row.values()) if isinstance(row, dict) else row for row in rows]
    typed = json.loads(json.dumps(raw).replace("\\u0000", "\\ufffd"))
    unique = [" ".join(text.split()) for text in typed] if isinstance(typed, list) else typed
    if question.kind in ("choices", "skills", "components", "attachment") and isinstance(unique, list):
        unique = list(dict.fromkeys(unique))
    assert "".join(letters_of(values)) == "".join(letters_of(unique))


def letters_of(value):
    """The letters and digits in a value's texts, in alphabetical order."""
    texts = value if isinstance(value, list) else [value]
    return sorted(c for text in texts for c in (letters_of(text) if isinstance(text, list) else text) if c.isalnum())


@given(_every, st.booleans())
def test_nothing_is_missing_exactly_when_all_sections_are_complete(raw, full):
    answers, _problems = cleaned(EVERY, {**FULL, **{k: v for k, v in raw.items() if v}} if full else raw)
    told, steps = missing(EVERY, answers), progress(EVERY, answers)
    assert (not told) == all(step.is_complete for step in steps)
    assert told == tuple(problem for step in steps for problem in step.problems)
    assert all(0 <= step.answered <= step.asked for step in steps)


@given(_every, _every)
def test_the_changes_lead_from_the_old_version_to_the_new(old, new):
    old, new = cleaned(EVERY, old)[0], cleaned(EVERY, new)[0]
    found = differences(EVERY, old, EVERY, new)
    before, after = counted(EVERY, old), counted(EVERY, new)
    assert found.applied(before) == after
    assert len(found.changes) <= found.answers == len({*before, *after})
    for change in found.changes:
        pieces = change.words or change.items
        if pieces:
            empty = "" if change.words else []
            join = "".join if change.words else list
            assert join(piece for mark, piece in pieces if mark is not Mark.REMOVED) == (change.after or empty)
            assert join(piece for mark, piece in pieces if mark is not Mark.ADDED) == (change.before or empty)


@given(FORMS)
def test_the_guide_leaves_no_question_out(asking):
    assert [one.question for section in guide(asking).sections for one in section.questions] == list(asking.questions)
