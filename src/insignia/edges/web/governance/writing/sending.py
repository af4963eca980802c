"""What a proposal's form sends, question by question, as `fields.py` names its controls.

A form carries for each question that it shows what stood there (`was`). Only what was changed on this page is written,
so that two people who have the form open at once do not undo each other's answers.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, QueryDict

from insignia.core.questions.answers import cleaned
from insignia.core.questions.definition import Form, Kind, Question

PREFIX = "a-"


def mark_of(value: Any) -> str:
    """A short fingerprint of an answer, to see whether it is still the same."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Sent:
    """What a page sent: the questions that it showed, each with the mark of what stood there, and what was changed."""

    shown: Mapping[str, str]
    typed: Mapping[str, Any]
    changed: Mapping[str, Any]
    held: frozenset[str]
    revision: int
    files: Mapping[str, list[UploadedFile]] = field(default_factory=dict)

    @classmethod
    def of(cls, request: HttpRequest, form: Form) -> "Sent":
        """What `request` sends for `form`. Marks and revision come from outside and are only compared."""
        given = request.POST
        shown = dict(pair.partition(" ")[::2] for pair in given.getlist("was"))
        questions = [one for one in form.questions if one.key in shown and one.kind is not Kind.ATTACHMENT]
        typed = {one.key: _typed(one, given) for one in questions}
        answers, _problems = cleaned(form, typed)
        mine, theirs = given.get("mine", ""), given.get("theirs", "")
        # Where somebody else was faster, the answer waits for a word about which one is to stand.
        held = frozenset(given.getlist("held")) - {mine}
        changed = {
            key: value
            for key, value in typed.items()
            if key not in held and key != theirs and mark_of(answers.get(key)) != shown[key]
        }
        files = {
            one.key: request.FILES.getlist(f"file-{one.key}") for one in form.questions if one.kind is Kind.ATTACHMENT
        }
        revision = given.get("revision", "")
        return cls(
            shown,
            typed,
            changed,
            held - {theirs},
            int(revision) if revision.isdecimal() and len(revision) < 10 else 0,
            {key: found for key, found in files.items() if found},
        )


def _typed(question: Question, given: QueryDict) -> Any:
    name = PREFIX + question.key
    match question.kind:
        case Kind.CHOICES | Kind.SKILLS | Kind.COMPONENTS:
            return given.getlist(name)
        case Kind.LINKS:
            return _rows(given, name, "name", "url")
        case Kind.PEOPLE:
            return _rows(given, name, "name", "email")
    return given.get(name, "")


def _rows(given: QueryDict, name: str, first: str, second: str) -> list[dict[str, str]]:
    pairs = zip(given.getlist(f"{name}.{first}"), given.getlist(f"{name}.{second}"), strict=False)
    return [{first: one, second: other} for one, other in pairs]
