"""What is remarked on without standing in the way: limits that are only advised, words that promise what nobody can
watch, answers that do not go well together. Each comes from the form's data."""

import re
from collections.abc import Iterator
from typing import Any

from insignia.core.questions.asking import Answers, asked, is_answered
from insignia.core.questions.definition import LISTS, WRITTEN, Form, Kind, Question, Section
from insignia.core.questions.problems import Problem, problem, told
from insignia.core.words import N_


def warnings(form: Form, answers: Answers) -> tuple[Problem, ...]:
    """What proposer and reviewers should look at again, in the order of the form."""
    now = asked(form, answers)
    found: list[Problem] = []
    for section, question in now.questions:
        if is_answered(question, answers):
            value = answers[question.key]
            found += _of_limits(section, question, value)
            found += _of_words(section, question, value)
        found += (
            Problem(section.key, question.key, hint.key, hint.message)
            for hint in form.hints
            if hint.question == question.key and hint.condition.holds(now.known)
        )
    return tuple(found)


def _of_limits(section: Section, question: Question, value: Any) -> Iterator[Problem]:
    size = _size(question, value)
    if size is None:
        return
    if question.advised_least is not None and size < question.advised_least:
        yield problem(
            section,
            question,
            "fewer_than_advised",
            N_("“%(label)s”: %(size)s is less than usual. Advised are %(advised)s or more."),
            size=told(size),
            advised=told(question.advised_least),
        )
    if question.advised_most is not None and size > question.advised_most:
        yield problem(
            section,
            question,
            "more_than_advised",
            N_("“%(label)s”: %(size)s is more than usual. Advised are %(advised)s or fewer."),
            size=told(size),
            advised=told(question.advised_most),
        )


def _size(question: Question, value: Any) -> float | None:
    if question.kind in LISTS and isinstance(value, list):
        return len(value)
    return value if question.kind is Kind.NUMBER and type(value) in (int, float) else None


def _of_words(section: Section, question: Question, value: Any) -> Iterator[Problem]:
    texts = value if isinstance(value, list) else [value]
    if question.kind not in WRITTEN or not all(isinstance(text, str) for text in texts):
        return
    for number, text in enumerate(texts, 1):
        for avoid in question.avoid:
            either = "|".join(re.escape(word) for word in avoid.words)
            # An outcome is judged by its verb, which comes first, whatever list sign stands before it.
            start = r"\W*" if question.kind is Kind.OUTCOMES else r".*?(?<!\w)"
            found = re.match(rf"{start}({either})(?!\w)", text, re.IGNORECASE | re.DOTALL)
            if found:
                yield problem(
                    section,
                    question,
                    "better_avoided",
                    N_("“%(label)s”: “%(word)s” is better avoided. %(why)s"),
                    word=found[1],
                    why=avoid.why,
                    number=number,
                )
