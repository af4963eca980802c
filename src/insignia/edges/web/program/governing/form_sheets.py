"""A form in words: its sections and questions as they are asked, when, within which limits, and what each fills."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from insignia.core.questions.definition import Form, Question, Section
from insignia.core.workflow.conditions import Condition
from insignia.edges.web import condition_words

from . import words
from .sheets import Sheet, listed

Pairs = Iterator[tuple[str, str]]


def sheet_of(form: Form) -> Sheet:
    """The whole form."""
    asked = Asked(form)
    sections = tuple(_section(section, asked) for section in form.sections)
    return Sheet(form.key, form.title, tuple(_of_form(form, asked)), sections, form.help)


class Asked:
    """What the questions of a form and their answers are called, for its conditions."""

    def __init__(self, form: Form) -> None:
        self._by_key: Mapping[str, Question] = {question.key: question for question in form.questions}

    def called(self, key: str) -> str:
        """The label of a question."""
        return self._by_key[key].label if key in self._by_key else key

    def answered(self, key: str, value: str | int | bool) -> str:
        """The label of an answer."""
        question = self._by_key.get(key)
        return question.label_of(value) if question and isinstance(value, str) else condition_words.answer(value)

    def when(self, condition: Condition | None) -> str:
        """When it is asked, as the end of a sentence that begins with “if”; nothing: always."""
        return condition_words.said(condition, self.called, self.answered) if condition else ""


def _of_form(form: Form, asked: Asked) -> Pairs:
    if form.guide:
        yield _("To read"), form.guide
    if form.contact:
        yield _("To ask"), form.contact
    for hint in form.hints:
        said = _("“%(message)s” at “%(question)s”, if %(when)s")
        values = {"message": hint.message, "question": asked.called(hint.question), "when": asked.when(hint.condition)}
        yield _("Remark “%(key)s”") % {"key": hint.key}, said % values


def _section(section: Section, asked: Asked) -> Sheet:
    facts = ((_("Only if"), asked.when(section.condition)),) if section.condition else ()
    questions = tuple(
        Sheet(question.key, question.label, tuple(_of_question(question, asked)), text=question.help)
        for question in section.questions
    )
    return Sheet(section.key, section.label, facts, questions, section.help)


def _of_question(question: Question, asked: Asked) -> Pairs:
    yield _("Answered with"), str(words.KINDS[question.kind])
    yield _("Needed"), _("Yes") if question.is_needed else _("No")
    if question.condition:
        yield _("Only if"), asked.when(question.condition)
    if question.options:
        yield (
            _("To choose from"),
            "; ".join(
                f"{option.label} ({option.help})" if option.help else option.label for option in question.options
            ),
        )
    if limits := _limits(question):
        yield _("Limits"), limits
    if question.wanted:
        yield _("Said where it is missing"), question.wanted
    for avoid in question.avoid:
        yield _("Better not: %(words)s") % {"words": listed(avoid.words)}, avoid.why
    if question.maps_to:
        yield _("Fills"), fills(question.maps_to)
    if question.fact:
        yield _("Routes ask for it as"), question.fact


def fills(field: str) -> str:
    """What of a badge an answer fills."""
    known = words.FILLS.get(field)
    return str(known) if known else _("“%(name)s”, of its own") % {"name": field.removeprefix("extra.")}


def _limits(question: Question) -> str:
    named = (
        (_("at least %(n)s"), question.least),
        (_("at most %(n)s"), question.most),
        (_("%(n)s or more are advised"), question.advised_least),
        (_("%(n)s or fewer are advised"), question.advised_most),
        (_("up to %(n)s characters"), question.max_chars),
    )
    said = [text % {"n": f"{limit:g}"} for text, limit in named if limit is not None]
    return listed([*said, *([_("whole numbers")] if question.whole else [])])
