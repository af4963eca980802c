"""Which questions apply, given what has been answered."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from insignia.core.questions.definition import Form, Kind, Question, Section
from insignia.core.workflow.conditions import Fact, Facts

# By question: texts, numbers, true and false, lists and tables, as JSON holds them. A question without an answer is left
# out. Answers to questions that do not apply, or that another version of the form asks, stay in it and count for nothing.
Answers: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """The questions that apply, by section, and what is answered to those that conditions may ask about."""

    sections: tuple[tuple[Section, tuple[Question, ...]], ...]
    known: Facts

    @property
    def questions(self) -> tuple[tuple[Section, Question], ...]:
        """The questions that apply, each with its section."""
        return tuple((section, question) for section, questions in self.sections for question in questions)


def asked(form: Form, answers: Answers) -> Asked:
    """What `form` asks of somebody who answered this. A section in which nothing applies is left out."""
    # A condition asks about earlier questions only, so one walk is enough, and an answer that no longer counts decides
    # nothing further down.
    known: dict[str, Fact] = {}
    sections = []
    for section in form.sections:
        if section.condition and not section.condition.holds(known):
            continue
        questions = []
        for question in section.questions:
            if question.condition and not question.condition.holds(known):
                continue
            questions.append(question)
            fact = as_fact(question, answers.get(question.key))
            if fact is not None:
                known[question.key] = fact
        if questions:
            sections.append((section, tuple(questions)))
    return Asked(tuple(sections), known)


def as_fact(question: Question, value: object) -> Fact | None:
    """The answer as a condition sees it; none where it is missing, or not one of those that are possible."""
    options = {option.key for option in question.options}
    match question.kind:
        case Kind.CHOICE if isinstance(value, str) and value in options:
            return value
        case Kind.CHOICES if isinstance(value, list):
            return tuple(item for item in value if isinstance(item, str) and item in options) or None
        case Kind.YES_NO | Kind.ATTEST if isinstance(value, bool):
            return value
    return None


def is_answered(question: Question, answers: Answers) -> bool:
    """Whether there is an answer. To withhold one's word is none."""
    value = answers.get(question.key)
    return value not in (None, "", []) and not (question.kind is Kind.ATTEST and value is False)
