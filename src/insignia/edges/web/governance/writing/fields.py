"""Each question of a proposal's form as its page shows it: the control, the help, what is to be said about the answer."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from insignia.core.questions.asking import asked
from insignia.core.questions.definition import Form, Kind, Question, Section
from insignia.core.questions.problems import Problem
from insignia.core.questions.wrong import wrong_with
from insignia.edges.web import words

from ..answers import Item, Line, Reader
from .picking import Picker
from .sending import PREFIX, mark_of

_MANY_OPTIONS = 8
_SPARE_ROWS = 1
_MORE_ROWS = 3
_TALL = 300


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose."""

    key: str
    label: str
    help: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Overtaken:
    """That somebody else changed the answer meanwhile, and what they wrote."""

    who: str
    theirs: Line


@dataclass(frozen=True, slots=True)
class Field:
    """One question with its control. `value` is a text, `rows` pairs of texts, `options` what can be chosen."""

    question: Question
    control: str
    mark: str
    value: str = ""
    options: tuple[Option, ...] = ()
    rows: tuple[tuple[str, str], ...] = ()
    files: tuple[tuple[str, Item], ...] = ()
    picker: Picker | None = None
    problems: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    overtaken: Overtaken | None = None
    remarks: int = 0

    @property
    def key(self) -> str:
        """The question's key."""
        return self.question.key

    @property
    def name(self) -> str:
        """The name of its control."""
        return PREFIX + self.question.key

    @property
    def is_group(self) -> bool:
        """Whether several controls share one legend."""
        return self.control in ("radios", "cards", "checkboxes", "picker", "people", "links", "files")

    @property
    def counts(self) -> bool:
        """Whether its characters are counted: those of a text; of outcomes each has its own limit."""
        return self.question.kind is Kind.TEXT and bool(self.question.max_chars)

    @property
    def described_by(self) -> str:
        """The ids of what explains it."""
        parts = [f"h-{self.key}"] if self.question.help else []
        if self.counts:
            parts.append(f"c-{self.key}")
        return " ".join([*parts, f"m-{self.key}"])

    @property
    def tall(self) -> int:
        """How many lines a text is given at first."""
        return 3 if (self.question.max_chars or _TALL + 1) <= _TALL else 5


@dataclass(frozen=True, slots=True)
class Group:
    """A section of the form with every question, those that do not apply without a field."""

    section: Section
    places: tuple[tuple[str, Field | None], ...]

    @property
    def applies(self) -> bool:
        """Whether anything is asked here."""
        return any(field for _key, field in self.places)


@dataclass(frozen=True, slots=True)
class Sayings:
    """What is to be said at the questions."""

    problems: Sequence[Problem] = ()
    warnings: Sequence[Problem] = ()
    overtaken: Mapping[str, Overtaken] = field(default_factory=dict)
    refused: Mapping[str, Sequence[str]] = field(default_factory=dict)
    remarks: Mapping[str, int] = field(default_factory=dict)


def groups_of(
    form: Form,
    answers: Mapping[str, Any],
    typed: Mapping[str, Any],
    sayings: Sayings,
    reader: Reader,
    pickers: Mapping[str, Picker],
    more: str = "",
) -> list[Group]:
    """The whole form. `typed` are answers as they stand in their fields where they are other than those kept."""
    applying = {question.key for _section, question in asked(form, answers).questions}
    return [
        Group(
            section,
            tuple(
                (
                    question.key,
                    _field(question, answers, typed, sayings, reader, pickers.get(question.key), question.key == more)
                    if question.key in applying
                    else None,
                )
                for question in section.questions
            ),
        )
        for section in form.sections
    ]


def _field(
    question: Question,
    answers: Mapping[str, Any],
    typed: Mapping[str, Any],
    sayings: Sayings,
    reader: Reader,
    picker: Picker | None,
    with_more_rows: bool,
) -> Field:
    kept = answers.get(question.key)
    value = typed.get(question.key, kept)
    told = [words.translated(one) for one in sayings.problems if one.question == question.key]
    return Field(
        question,
        _control(question, value),
        mark_of(kept),
        value=_text(question, value),
        options=tuple(_options(question, value)),
        rows=tuple(_rows(question, value, with_more_rows)),
        files=tuple(_files(question, value, reader)),
        picker=picker,
        problems=(*told, *sayings.refused.get(question.key, ())),
        warnings=tuple(words.translated(one) for one in sayings.warnings if one.question == question.key),
        overtaken=sayings.overtaken.get(question.key),
        remarks=sayings.remarks.get(question.key, 0),
    )


def _control(question: Question, value: Any) -> str:
    match question.kind:
        case Kind.TEXT | Kind.OUTCOMES:
            return "text"
        case Kind.NUMBER:
            return "number"
        case Kind.DATE:
            # What is no day cannot stand in a field for days, and what was typed is kept.
            is_unreadable = bool(value) and any(wrong_with(Section(), question, value))
            return "line" if is_unreadable else "date"
        case Kind.YES_NO:
            return "radios"
        case Kind.CHOICE if len(question.options) > _MANY_OPTIONS:
            return "select"
        case Kind.CHOICE:
            return "cards" if any(option.help for option in question.options) else "radios"
        case Kind.CHOICES:
            return "checkboxes"
        case Kind.SKILLS | Kind.COMPONENTS:
            return "picker"
        case Kind.PEOPLE:
            return "people"
        case Kind.LINKS:
            return "links"
        case Kind.ATTACHMENT:
            return "files"
        case Kind.ATTEST:
            return "attest"
    return "line"


def _text(question: Question, value: Any) -> str:
    if question.kind is Kind.OUTCOMES and isinstance(value, list):
        return "\n".join(map(str, value))
    return "" if value is None or isinstance(value, bool | list) else str(value)


def _options(question: Question, value: Any) -> Iterable[Option]:
    if question.kind is Kind.YES_NO:
        yield Option("yes", _("Yes"), "", value is True or value == "yes")
        yield Option("no", _("No"), "", value is False or value == "no")
    if question.kind is Kind.ATTEST:
        yield Option("yes", "", "", value is True or value == "yes")
    chosen = value if isinstance(value, list) else [value]
    for option in question.options:
        yield Option(option.key, option.label, option.help, option.key in chosen)


def _rows(question: Question, value: Any, with_more: bool) -> Iterable[tuple[str, str]]:
    if question.kind not in (Kind.LINKS, Kind.PEOPLE):
        return
    second = "url" if question.kind is Kind.LINKS else "email"
    filled = [row for row in value if isinstance(row, Mapping)] if isinstance(value, list) else []
    filled = [row for row in filled if row.get("name") or row.get(second)]
    for row in filled:
        yield str(row.get("name") or ""), str(row.get(second) or "")
    spare = _MORE_ROWS if with_more else _SPARE_ROWS
    room = int(question.most) - len(filled) if question.most else spare
    for _number in range(max(0, min(spare, room))):
        yield "", ""


def _files(question: Question, value: Any, reader: Reader) -> Iterable[tuple[str, Item]]:
    if question.kind is Kind.ATTACHMENT and isinstance(value, list):
        for one in value:
            yield str(one), reader.item(question, one)
