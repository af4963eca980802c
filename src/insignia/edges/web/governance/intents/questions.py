"""The questions of an intent's form, as they are asked, sent and answered: in the way of a proposal's form.

What needs a proposal to stand on, files and pickers, an intent's form does not ask.
"""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from insignia.core.questions.answers import cleaned
from insignia.core.questions.asking import asked
from insignia.core.questions.definition import Form
from insignia.domain.proposals.writing.naming import Names

from ..answers import Part, Reader
from ..writing.fields import Group, Sayings, groups_of
from ..writing.sending import Sent


def as_sent(request: HttpRequest, form: Form) -> Mapping[str, Any]:
    """What the page sent, question by question."""
    return Sent.of(request, form).typed


def groups(request: HttpRequest, form: Form, answers: Mapping[str, Any]) -> list[Group]:
    """The whole form with its fields; what is wrong with what was typed stands at its place."""
    sayings = Sayings(problems=cleaned(form, answers)[1])
    return groups_of(form, answers, {}, sayings, _reader(request), {})


def parts(request: HttpRequest, form: Form, answers: Mapping[str, Any]) -> list[Part]:
    """What was answered, section by section."""
    reader = _reader(request)
    return [
        Part(section, tuple(reader.line(question, answers.get(question.key)) for question in questions))
        for section, questions in asked(form, answers).sections
    ]


def _reader(request: HttpRequest) -> Reader:
    return Reader(request, None, Names())
