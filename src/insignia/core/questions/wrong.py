"""What is wrong with an answer that was given. Its author reads it beside the question."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from insignia.core.questions.definition import LISTS, Kind, Question, Section
from insignia.core.questions.problems import Problem, problem, told
from insignia.core.words import N_

_ADDRESS = re.compile(r"[^@\s<>]+@[^@\s<>]+\.[^@\s<>.]+")


def wrong_with(section: Section, question: Question, value: Any) -> Iterator[Problem]:
    """All that is wrong with `value`, cleaned, as the answer to `question`."""
    if question.kind in LISTS:
        return _of_list(section, question, value)
    return _of_one(section, question, value)


def _of_one(section: Section, question: Question, value: Any) -> Iterator[Problem]:
    match question.kind:
        case Kind.NUMBER:
            yield from _of_number(section, question, value)
        case Kind.YES_NO | Kind.ATTEST:
            if not isinstance(value, bool):
                yield problem(section, question, "not_yes_or_no", N_("“%(label)s”: answer yes or no."))
        case Kind.DATE:
            if not _is_date(value):
                yield problem(
                    section,
                    question,
                    "not_a_date",
                    N_("“%(label)s”: give a day as year-month-day, such as 2026-03-31."),
                )
        case Kind.CHOICE:
            yield from _of_option(section, question, value)
        case _:
            if not isinstance(value, str):
                yield _unreadable(section, question)
            else:
                yield from _of_length(section, question, value)


def _of_number(section: Section, question: Question, value: Any) -> Iterator[Problem]:
    if type(value) not in (int, float):
        yield problem(section, question, "not_a_number", N_("“%(label)s”: write a number in digits, such as 3 or 1.5."))
        return
    if question.whole and isinstance(value, float) and not value.is_integer():
        yield problem(section, question, "not_whole", N_("“%(label)s”: only whole numbers are possible."))
    if question.least is not None and value < question.least:
        yield problem(
            section, question, "too_small", N_("“%(label)s” is at least %(least)s."), least=told(question.least)
        )
    if question.most is not None and value > question.most:
        yield problem(section, question, "too_large", N_("“%(label)s” is at most %(most)s."), most=told(question.most))


def _of_list(section: Section, question: Question, value: Any) -> Iterator[Problem]:
    if not isinstance(value, list):
        yield _unreadable(section, question)
        return
    count = len(value)
    if question.least is not None and count < question.least:
        yield problem(
            section,
            question,
            "too_few",
            N_("“%(label)s” has %(count)s entries; at least %(least)s are needed."),
            count=count,
            least=told(question.least),
        )
    if question.most is not None and count > question.most:
        yield problem(
            section,
            question,
            "too_many",
            N_("“%(label)s” has %(count)s entries; at most %(most)s are possible."),
            count=count,
            most=told(question.most),
        )
    for number, item in enumerate(value, 1):
        yield from _of_item(section, question, item, number)


def _of_item(section: Section, question: Question, item: Any, number: int) -> Iterator[Problem]:
    if question.kind is Kind.LINKS:
        if not isinstance(item, dict) or not _is_link(item.get("url")):
            yield problem(
                section,
                question,
                "not_a_link",
                N_("“%(label)s”, entry %(number)s: give a full address, such as https://example.org/page."),
                number=number,
            )
    elif question.kind is Kind.PEOPLE:
        if not isinstance(item, dict) or not _is_address(item.get("email")):
            yield problem(
                section,
                question,
                "not_an_address",
                N_("“%(label)s”, entry %(number)s: give an e-mail address, such as name@example.org."),
                number=number,
            )
    elif not isinstance(item, str):
        yield _unreadable(section, question)
    elif question.kind is Kind.CHOICES:
        yield from _of_option(section, question, item)
    elif question.kind is Kind.OUTCOMES:
        yield from _of_length(section, question, item)


def _of_option(section: Section, question: Question, value: Any) -> Iterator[Problem]:
    if value not in [option.key for option in question.options]:
        yield problem(
            section,
            question,
            "unknown_option",
            N_("“%(label)s”: “%(value)s” is not among the answers to choose from."),
            value=value,
        )


def _of_length(section: Section, question: Question, value: str) -> Iterator[Problem]:
    if question.max_chars is not None and len(value) > question.max_chars:
        yield problem(
            section,
            question,
            "too_long",
            N_("“%(label)s” has %(count)s characters; at most %(most)s are possible."),
            count=len(value),
            most=question.max_chars,
        )


def _unreadable(section: Section, question: Question) -> Problem:
    return problem(
        section, question, "unreadable", N_("“%(label)s”: this answer cannot be read. Please give it again.")
    )


def _is_address(value: Any) -> bool:
    return isinstance(value, str) and _ADDRESS.fullmatch(value) is not None


def _is_link(value: Any) -> bool:
    if not isinstance(value, str) or value.split() != [value]:
        return False
    try:
        parts = urlsplit(value)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False


def _is_date(value: Any) -> bool:
    try:
        date.fromisoformat(value)
    except (TypeError, ValueError):
        return False
    return True
