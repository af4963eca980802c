"""What a form asks: frozen values, as an institution writes them.

A condition asks about earlier questions of the same form: what it calls a fact is here the key of a question.
"""

from dataclasses import dataclass
from enum import StrEnum

from insignia.core.workflow.conditions import Condition


class Kind(StrEnum):
    """How a question is answered."""

    LINE = "line"
    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    YES_NO = "yes_no"
    CHOICE = "choice"
    CHOICES = "choices"
    LINKS = "links"
    SKILLS = "skills"
    COMPONENTS = "components"  # other achievements, of which a certificate is made
    OUTCOMES = "outcomes"
    PEOPLE = "people"
    ATTACHMENT = "attachment"
    ATTEST = "attest"


WRITTEN = frozenset({Kind.LINE, Kind.TEXT, Kind.OUTCOMES})
CHOOSING = frozenset({Kind.CHOICE, Kind.CHOICES})
LISTS = frozenset({Kind.CHOICES, Kind.LINKS, Kind.SKILLS, Kind.COMPONENTS, Kind.OUTCOMES, Kind.PEOPLE, Kind.ATTACHMENT})
# Only where all possible answers are known beforehand can a condition or a route go by the answer.
DECIDING = CHOOSING | {Kind.YES_NO, Kind.ATTEST}


@dataclass(frozen=True, slots=True)
class Option:
    """One of the answers to choose from."""

    key: str = ""
    label: str = ""
    help: str = ""


@dataclass(frozen=True, slots=True)
class Avoid:
    """Words that are better not used, and why. They are looked for where an outcome begins, elsewhere anywhere."""

    words: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question.

    `least` and `most` bound how many items a list has, or how large a number is, which may have to be `whole`; what lies
    outside `advised_least` and `advised_most` is only remarked on. `max_chars` bounds a text, or each outcome. `wanted` is
    said where the answer is missing, instead of a general sentence. `maps_to` is the field of an achievement's content
    that the answer fills, and `fact` the name under which a route's conditions ask for it.
    """

    key: str = ""
    label: str = ""
    help: str = ""
    kind: Kind = Kind.LINE
    required: bool = False
    wanted: str = ""
    condition: Condition | None = None
    options: tuple[Option, ...] = ()
    least: float | None = None
    most: float | None = None
    whole: bool = False
    advised_least: float | None = None
    advised_most: float | None = None
    max_chars: int | None = None
    avoid: tuple[Avoid, ...] = ()
    maps_to: str = ""
    fact: str = ""

    @property
    def is_needed(self) -> bool:
        """Whether the form cannot be submitted without an answer. What is to be attested always is."""
        return self.required or self.kind is Kind.ATTEST

    def label_of(self, answer: str) -> str:
        """An answer that was chosen, as people read it; itself where it is not, or no longer, among the options."""
        return next((option.label for option in self.options if option.key == answer), answer)


@dataclass(frozen=True, slots=True)
class Section:
    """Questions about one subject."""

    key: str = ""
    label: str = ""
    help: str = ""
    questions: tuple[Question, ...] = ()
    condition: Condition | None = None


@dataclass(frozen=True, slots=True)
class Hint:
    """What is remarked at a question when several answers do not go well together."""

    key: str
    question: str
    message: str
    condition: Condition


@dataclass(frozen=True, slots=True)
class Form:
    """A form in one version. `guide` is the address of a document to read, `contact` of somebody to ask."""

    key: str = ""
    version: int = 1
    title: str = ""
    help: str = ""
    guide: str = ""
    contact: str = ""
    sections: tuple[Section, ...] = ()
    hints: tuple[Hint, ...] = ()

    @property
    def questions(self) -> tuple[Question, ...]:
        """All its questions, whether they apply or not."""
        return tuple(question for section in self.sections for question in section.questions)
