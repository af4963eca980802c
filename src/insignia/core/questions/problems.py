"""What can be said about one answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from insignia.core.questions.definition import Question, Section


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to say about an answer, at its place. `message` has `%(name)s` places that `params` fill."""

    section: str
    question: str
    code: str
    message: str
    params: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.message % self.params if self.params else self.message


def problem(section: Section, question: Question, code: str, message: str, **params: object) -> Problem:
    """The problem of this question, which its message can call by its label."""
    return Problem(section.key, question.key, code, message, {"label": question.label, **params})


def told(number: float) -> float:
    """A number as people write it: 3, not 3.0."""
    return int(number) if isinstance(number, float) and number.is_integer() else number
