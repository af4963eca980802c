"""The answers of a proposal as people read them: labels instead of keys, names instead of ids.

`_answers.html` shows what `parts_of` gives; `_differences.html` what `changes_of` gives.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import formats
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from insignia.core.questions.asking import asked
from insignia.core.questions.definition import Form, Kind, Question, Section
from insignia.core.questions.differences import Change, Differences, Mark
from insignia.domain.proposals.writing import queries as writing
from insignia.domain.proposals.writing.naming import Names, names_in
from insignia.edges.web.doors import institution


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a list: its words, a note beside them, an address if it leads somewhere."""

    text: str
    note: str = ""
    url: str = ""
    mark: str = Mark.SAME


@dataclass(frozen=True, slots=True)
class Line:
    """One question and what was answered: a text, or items; neither where nothing was answered."""

    question: Question
    text: str = ""
    items: tuple[Item, ...] = ()
    remarks: int = 0

    @property
    def is_answered(self) -> bool:
        """Whether there is something to read."""
        return bool(self.text or self.items)


@dataclass(frozen=True, slots=True)
class Part:
    """One section with its questions that apply."""

    section: Section
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """What an answer was, or is: a text in pieces that are marked, or marked items."""

    pieces: tuple[tuple[str, str], ...] = ()
    items: tuple[Item, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing was answered."""
        return not self.pieces and not self.items


@dataclass(frozen=True, slots=True)
class Changed:
    """One question whose answer changed: as it was, and as it is."""

    question: Question
    mark: str
    before: Side
    after: Side


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions side by side; `answers` is how many answers there are in either."""

    old: Any
    new: Any
    changes: tuple[Changed, ...]
    answers: int


class Reader:
    """Says what is answered. Made once for everything that one page shows."""

    def __init__(self, request: HttpRequest, proposal: Any, names: Names) -> None:
        self.slug, self.proposal, self.names = institution(request).slug, proposal, names

    def line(self, question: Question, value: Any, remarks: int = 0) -> Line:
        """One answer as it is read."""
        if value is None:
            return Line(question, remarks=remarks)
        if isinstance(value, list):
            return Line(question, items=tuple(self.item(question, one) for one in value), remarks=remarks)
        return Line(question, text=self.text(question, value), remarks=remarks)

    def text(self, question: Question, value: Any) -> str:
        """An answer that is no list."""
        if isinstance(value, bool):
            if question.kind is Kind.ATTEST:
                return _("Confirmed") if value else ""
            return _("Yes") if value else _("No")
        if isinstance(value, int | float):
            return formats.number_format(value)
        if question.kind is Kind.DATE and isinstance(value, str):
            return _day(value)
        return question.label_of(value) if isinstance(value, str) else str(value)

    def item(self, question: Question, value: Any, mark: str = Mark.SAME) -> Item:
        """One entry of a list."""
        if isinstance(value, Mapping):
            url = str(value.get("url", ""))
            name, note = str(value.get("name", "")), str(value.get("email", ""))
            return Item(
                name or url or note, note if name else "", url if url.startswith(("http:", "https:")) else "", mark
            )
        key = str(value)
        if question.kind is Kind.SKILLS:
            skill = self.names.skills.get(key)
            return Item(skill.name, skill.framework.name, skill.url, mark) if skill else _gone(mark)
        if question.kind is Kind.COMPONENTS:
            badge = self.names.components.get(key)
            return Item(str(badge), badge.level.name, mark=mark) if badge else _gone(mark)
        if question.kind is Kind.ATTACHMENT:
            file = self.names.files.get(key)
            return Item(file.name, _size(file.size), self.file(key), mark) if file else _gone(mark)
        return Item(question.label_of(key), mark=mark)

    def file(self, public_id: str) -> str:
        """The address of a file."""
        return reverse("governance:proposal_file", args=[self.slug, self.proposal.public_id, public_id])


def parts_of(
    request: HttpRequest,
    proposal: Any,
    form: Form | None = None,
    answers: Mapping[str, Any] | None = None,
    *,
    remarks: Mapping[str, int] | None = None,
    names: Names | None = None,
) -> list[Part]:
    """What is answered, section by section: of the proposal as it is, or of the version whose form and answers are given.

    `remarks` is how many open remarks there are, by question; `names` what the answers name, where that is known already.
    """
    form = form or proposal.form.form
    answers = proposal.answers if answers is None else answers
    reader = Reader(request, proposal, names or names_in(proposal, (form, answers)))
    counts = remarks or {}
    return [
        Part(section, tuple(reader.line(q, answers.get(q.key), counts.get(q.key, 0)) for q in questions))
        for section, questions in asked(form, answers).sections
    ]


def changes_of(request: HttpRequest, proposal: Any, old: Any, new: Any, *, names: Names | None = None) -> Comparison:
    """What changed from the version `old` to the version `new`, field by field."""
    found: Differences = writing.compared(old, new)
    names = names or names_in(proposal, (old.form.form, old.answers), (new.form.form, new.answers))
    reader = Reader(request, proposal, names)
    return Comparison(old, new, tuple(_changed(reader, one) for one in found.changes), found.answers)


def _changed(reader: Reader, change: Change) -> Changed:
    return Changed(
        change.question,
        change.mark,
        _side(reader, change, change.before, Mark.REMOVED),
        _side(reader, change, change.after, Mark.ADDED),
    )


def _side(reader: Reader, change: Change, value: Any, own: Mark) -> Side:
    """One side shows what it shares with the other, and what only it has."""
    if value is None:
        return Side()
    shown = (Mark.SAME, own)
    if change.words:
        return Side(pieces=tuple((mark.value, text) for mark, text in change.words if mark in shown))
    if change.items:
        return Side(items=tuple(reader.item(change.question, one, mark) for mark, one in change.items if mark in shown))
    if isinstance(value, list):
        return Side(items=tuple(reader.item(change.question, one, own) for one in value))
    return Side(pieces=((own.value, reader.text(change.question, value)),))


def _gone(mark: str) -> Item:
    return Item(_("Not there any more"), mark=mark)


def _day(value: str) -> str:
    try:
        day = parse_date(value)
    except ValueError:
        day = None
    return formats.date_format(day, "j F Y") if day else value


def _size(size: int) -> str:
    if size < 1024 * 1024:
        return _("%(size)s kB") % {"size": formats.number_format(max(1, round(size / 1024)))}
    return _("%(size)s MB") % {"size": formats.number_format(size / 1024 / 1024, decimal_pos=1)}
