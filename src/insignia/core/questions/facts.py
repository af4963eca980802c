"""What others take from the answers: a route its facts, an achievement its content."""

from collections.abc import Mapping, Set
from typing import Any

from insignia.core.questions.asking import Answers, as_fact, asked, is_answered
from insignia.core.questions.definition import DECIDING, Form, Kind
from insignia.core.workflow.conditions import Facts


def facts_of(form: Form, answers: Answers) -> Facts:
    """What a route may go by, by the names of the facts. What is not answered, or does not apply, is not known."""
    facts = {}
    for _section, question in asked(form, answers).questions:
        fact = as_fact(question, answers.get(question.key)) if question.fact else None
        if fact is not None:
            facts[question.fact] = fact
    return facts


def possible_facts(form: Form) -> Mapping[str, Set[str | int | bool]]:
    """The facts that the form tells, each with the values that occur: what `read_route` may let conditions ask."""
    facts: dict[str, Set[str | int | bool]] = {}
    for question in form.questions:
        if question.fact and question.kind in DECIDING:
            truths = question.kind in (Kind.YES_NO, Kind.ATTEST)
            values = {True, False} if truths else {option.key for option in question.options}
            facts[question.fact] = facts.get(question.fact, frozenset()) | values
    return facts


def fields_of(form: Form, answers: Answers) -> Mapping[str, Any]:
    """What the answers say of an achievement, by the field that each fills, as answered."""
    return {
        question.maps_to: answers[question.key]
        for _section, question in asked(form, answers).questions
        if question.maps_to and is_answered(question, answers)
    }
