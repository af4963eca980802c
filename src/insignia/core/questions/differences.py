"""What changed between two versions of a proposal, answer by answer. Only answers that count are compared."""

import difflib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import Any

from insignia.core.questions.asking import Answers, asked, is_answered
from insignia.core.questions.definition import LISTS, Form, Kind, Question, Section

# A word goes with the blanks after it; signs stand alone, so that a new comma does not mark the word before it.
_WORDS = re.compile(r"\s+|\w+\s*|[^\w\s]\s*")
_Placed = tuple[Section, Question]


class Mark(StrEnum):
    """What became of a piece, or of an answer."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one answer. `before` and `after` are the answers, none where there was none.

    `words` are the pieces of a text and `items` those of a list, in the order of reading: without what was added they are
    the old one, without what was removed the new one.
    """

    section: Section
    question: Question
    mark: Mark
    before: Any
    after: Any
    words: tuple[tuple[Mark, str], ...] = ()
    items: tuple[tuple[Mark, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Differences:
    """The changes in the order of the new form, then those of answers that it no longer asks for; `answers` is how many
    are answered in either version."""

    changes: tuple[Change, ...]
    answers: int

    def applied(self, answers: Answers) -> Answers:
        """These older answers with the changes made."""
        kept = {key: value for key, value in answers.items() if key not in {c.question.key for c in self.changes}}
        return kept | {c.question.key: c.after for c in self.changes if c.mark is not Mark.REMOVED}


def differences(old_form: Form, old: Answers, new_form: Form, new: Answers) -> Differences:
    """What changed from `old` to `new`, each as its version of the form asked for it."""
    before, after = counted(old_form, old), counted(new_form, new)
    placed: dict[str, _Placed] = {}
    for form in (new_form, old_form):
        for section in form.sections:
            for question in section.questions:
                placed.setdefault(question.key, (section, question))
    keys = [key for key in placed if key in before or key in after]
    changes = (_change(*placed[key], before.get(key), after.get(key)) for key in keys)
    return Differences(tuple(change for change in changes if change), len(keys))


def counted(form: Form, answers: Answers) -> Answers:
    """The answers that count: those to questions that apply."""
    return {
        question.key: answers[question.key]
        for _section, question in asked(form, answers).questions
        if is_answered(question, answers)
    }


def _change(section: Section, question: Question, before: Any, after: Any) -> Change | None:
    # `True == 1` in Python; they are different answers.
    if before == after and isinstance(before, bool) == isinstance(after, bool):
        return None
    mark = Mark.ADDED if before is None else Mark.REMOVED if after is None else Mark.CHANGED
    words: Iterable[tuple[Mark, str]] = ()
    items: Iterable[tuple[Mark, Any]] = ()
    if question.kind in (Kind.LINE, Kind.TEXT) and _are(str, before, after):
        words = _joined(_pieces(_WORDS.findall(before or ""), _WORDS.findall(after or "")))
    elif question.kind in LISTS and _are(list, before, after):
        items = _pieces(before or [], after or [])
    return Change(section, question, mark, before, after, tuple(words), tuple(items))


def _are(kind: type, *values: Any) -> bool:
    """Whether all that there is of `values` is of one kind: the kind of a question may have changed meanwhile."""
    return all(value is None or isinstance(value, kind) for value in values)


def _pieces(before: Sequence[Any], after: Sequence[Any]) -> list[tuple[Mark, Any]]:
    matcher = difflib.SequenceMatcher(a=[*map(_text, before)], b=[*map(_text, after)])
    pieces: list[tuple[Mark, Any]] = []
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        if tag == "equal":
            pieces += ((Mark.SAME, item) for item in after[new_start:new_end])
        else:
            pieces += ((Mark.REMOVED, item) for item in before[start:end])
            pieces += ((Mark.ADDED, item) for item in after[new_start:new_end])
    return pieces


def _text(item: Any) -> str:
    # Items may be tables, which cannot be looked up, and whose keys a database may put in another order.
    return json.dumps(item, sort_keys=True)


def _joined(pieces: Iterable[tuple[Mark, str]]) -> Iterable[tuple[Mark, str]]:
    """Neighbours with the same mark as one piece."""
    for mark, run in groupby(pieces, key=lambda piece: piece[0]):
        yield mark, "".join(text for _mark, text in run)
