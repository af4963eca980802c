"""The questions to read beforehand: a guide to print, made of the form itself so that it cannot say anything else."""

from collections.abc import Mapping
from dataclasses import dataclass

from insignia.core.questions.definition import Form, Question, Section
from insignia.core.workflow.conditions import Condition, Operator


@dataclass(frozen=True, slots=True)
class When:
    """When something is asked, in the words of the form: the label of a question and of the answers that decide, or
    such parts joined. Answers without a label of their own are true or false."""

    operator: Operator
    question: str = ""
    answers: tuple[str | int | bool, ...] = ()
    parts: tuple["When", ...] = ()


@dataclass(frozen=True, slots=True)
class GuideQuestion:
    """A question as it is asked, and when: always, if `when` is none."""

    question: Question
    is_needed: bool
    when: When | None


@dataclass(frozen=True, slots=True)
class GuideSection:
    """A section with its questions, and when it applies."""

    section: Section
    when: When | None
    questions: tuple[GuideQuestion, ...]


@dataclass(frozen=True, slots=True)
class Guide:
    """All that `form` may ask."""

    form: Form
    sections: tuple[GuideSection, ...]


def guide(form: Form) -> Guide:
    """The question guide of `form`."""
    questions = {question.key: question for question in form.questions}
    return Guide(
        form,
        tuple(
            GuideSection(
                section,
                _when(section.condition, questions),
                tuple(
                    GuideQuestion(question, question.is_needed, _when(question.condition, questions))
                    for question in section.questions
                ),
            )
            for section in form.sections
        ),
    )


def _when(condition: Condition | None, questions: Mapping[str, Question]) -> When | None:
    if condition is None:
        return None
    parts = tuple(when for part in condition.parts if (when := _when(part, questions)))
    if parts:
        return When(condition.operator, parts=parts)
    question = questions[condition.fact]
    answers = tuple(question.label_of(value) if isinstance(value, str) else value for value in condition.values)
    return When(condition.operator, question.label, answers)
