"""Whether a form can be filled in, in words of those who write it. Everything that is wrong is told at once."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Set

from insignia.core.errors import Rejected
from insignia.core.questions.asking import as_fact
from insignia.core.questions.definition import CHOOSING, DECIDING, LISTS, WRITTEN, Form, Hint, Kind, Question, Section
from insignia.core.words import N_
from insignia.core.workflow.conditions import Condition

# Keys become names of fields on a page, and words of conditions.
_KEY = re.compile(r"[a-z][a-z0-9_]*")
_BOUNDED = LISTS | {Kind.NUMBER}


def problems_of(form: Form, *, fields: Set[str], unsure: Set[str] = frozenset()) -> tuple[Rejected, ...]:
    """All that is wrong with `form`, whose answers may fill `fields`. What was not understood of the questions `unsure`
    has been told already."""
    sure = [question for question in form.questions if question.key not in unsure]
    return (
        *_of_emptiness(form),
        *_of_keys(form),
        *_of_labels(form),
        *(
            fault
            for question in sure
            for fault in (*_of_options(question), *_of_limits(question), *_of_words(question))
        ),
        *(fault for question in sure for fault in _of_uses(question, fields)),
        *_of_conditions(form, unsure),
        *_of_hints(form, unsure),
    )


def _of_emptiness(form: Form) -> Iterator[Rejected]:
    if not form.sections:
        yield Rejected(N_("The form is empty: it has no sections."), code="empty_form")
    for section in form.sections:
        if not section.questions:
            yield _fault(N_("Section “%(section)s” asks nothing."), code="empty_section", section=section.key)
    if form.version < 1:
        yield Rejected(N_("Versions of a form are counted from 1."), code="bad_version")


def _of_keys(form: Form) -> Iterator[Rejected]:
    yield from (
        *_twice((section.key for section in form.sections), N_("Two sections have the key “%(key)s”.")),
        *_twice((question.key for question in form.questions), N_("Two questions have the key “%(key)s”.")),
        *_twice((hint.key for hint in form.hints), N_("Two hints have the key “%(key)s”.")),
        *_twice(
            (question.fact for question in form.questions if question.condition is None),
            N_("Two questions tell the fact “%(key)s”."),
        ),
        *_twice(
            (question.maps_to for question in form.questions if question.condition is None),
            N_("Two questions fill “%(key)s” of the achievement."),
        ),
    )
    named: list[Section | Question | Hint] = [*form.sections, *form.questions, *form.hints]
    for key in dict.fromkeys(thing.key for thing in named):
        if not _KEY.fullmatch(key):
            yield _fault(
                N_("“%(key)s” cannot be a key: keys are small letters, digits and _, and begin with a letter."),
                code="bad_key",
                key=key,
            )


def _twice(keys: Iterable[str], message: str) -> Iterator[Rejected]:
    for key, times in Counter(keys).items():
        if key and times > 1:
            yield _fault(message, code="duplicate_key", key=key)


def _of_labels(form: Form) -> Iterator[Rejected]:
    if not form.title.strip():
        yield Rejected(N_("The form needs a title."), code="no_label")
    named: list[Section | Question] = [*form.sections, *form.questions]
    for thing in named:
        if not thing.label.strip():
            yield _fault(N_("“%(key)s” needs a label: what people read."), code="no_label", key=thing.key)


def _of_options(question: Question) -> Iterator[Rejected]:
    if question.kind not in CHOOSING:
        if question.options:
            yield _fault(
                N_("Question “%(question)s” has options, but its kind “%(kind)s” does not offer any."),
                code="options_not_offered",
                question=question.key,
                kind=question.kind,
            )
        return
    if not question.options:
        yield _fault(
            N_("Question “%(question)s” is a choice without options."), code="no_options", question=question.key
        )
    for key, times in Counter(option.key for option in question.options).items():
        if times > 1 or not key.strip():
            yield _fault(
                N_("Question “%(question)s”: each option needs a key of its own; “%(key)s” is none."),
                code="duplicate_option",
                question=question.key,
                key=key,
            )
        elif key != " ".join(key.split()):
            yield _fault(
                N_("Question “%(question)s”: the option “%(key)s” has blanks too many in its key."),
                code="bad_option",
                question=question.key,
                key=key,
            )
    for option in question.options:
        if not option.label.strip():
            yield _fault(
                N_("Question “%(question)s”: the option “%(key)s” needs a label: what people read."),
                code="no_label",
                question=question.key,
                key=option.key,
            )


def _of_limits(question: Question) -> Iterator[Rejected]:
    bounds = (question.least, question.advised_least, question.advised_most, question.most)
    given = [bound for bound in bounds if bound is not None]
    if (given and question.kind not in _BOUNDED) or (question.whole and question.kind is not Kind.NUMBER):
        yield _fault(
            N_("Question “%(question)s” bounds a number or a list, but its kind is “%(kind)s”."),
            code="limit_not_possible",
            question=question.key,
            kind=question.kind,
        )
    elif given != sorted(given) or (question.kind in LISTS and any(bound < 0 for bound in given)):
        yield _fault(
            N_("Question “%(question)s”: its limits leave no room, or are not in order from least to most."),
            code="limits_out_of_order",
            question=question.key,
        )
    if question.max_chars is not None and (question.kind not in WRITTEN or question.max_chars < 1):
        yield _fault(
            N_("Question “%(question)s”: “max_chars” is 1 or more, and only for what is written in words."),
            code="limit_not_possible",
            question=question.key,
        )


def _of_words(question: Question) -> Iterator[Rejected]:
    if question.avoid and question.kind not in WRITTEN:
        yield _fault(
            N_("Question “%(question)s” names words to avoid, but is not answered in words."),
            code="words_not_possible",
            question=question.key,
        )
    for avoid in question.avoid:
        if not avoid.words or not all(word.strip() for word in avoid.words):
            yield _fault(
                N_("Question “%(question)s”: words to avoid are missing."), code="no_words", question=question.key
            )


def _of_uses(question: Question, fields: Set[str]) -> Iterator[Rejected]:
    first, _dot, rest = question.maps_to.partition(".")
    if question.maps_to and question.maps_to not in fields and not (first == "extra" in fields and rest):
        yield _fault(
            N_("Question “%(question)s” fills “%(field)s”, which an achievement does not have. Known are: %(known)s."),
            code="unknown_field_of_content",
            question=question.key,
            field=question.maps_to,
            known=", ".join(sorted(fields)),
        )
    if question.fact and question.kind not in DECIDING:
        yield _fault(
            N_("Question “%(question)s” tells the fact “%(fact)s”, but a route can go by choices and yes or no only."),
            code="fact_not_possible",
            question=question.key,
            fact=question.fact,
        )


def _of_conditions(form: Form, unsure: Set[str]) -> Iterator[Rejected]:
    known = {question.key: question for question in form.questions}
    before: set[str] = set()
    for section in form.sections:
        yield from _of_condition(section.key, section.condition, known, before, unsure)
        for question in section.questions:
            yield from _of_condition(question.key, question.condition, known, before, unsure)
            before.add(question.key)


def _of_hints(form: Form, unsure: Set[str]) -> Iterator[Rejected]:
    known = {question.key: question for question in form.questions}
    for hint in form.hints:
        yield from _of_place(hint, known)
        yield from _of_condition(hint.key, hint.condition, known, known.keys(), unsure)


def _of_place(hint: Hint, known: dict[str, Question]) -> Iterator[Rejected]:
    if hint.question not in known:
        yield _fault(
            N_("“%(where)s” names “%(question)s”, which the form does not ask."),
            code="unknown_question",
            where=hint.key,
            question=hint.question,
        )


def _of_condition(
    where: str, condition: Condition | None, known: dict[str, Question], before: Set[str], unsure: Set[str]
) -> Iterator[Rejected]:
    for test in condition.questions() if condition else ():
        question = known.get(test.fact)
        if question is None:
            yield _fault(
                N_("“%(where)s” depends on “%(question)s”, which the form does not ask."),
                code="unknown_question",
                where=where,
                question=test.fact,
            )
        elif test.fact not in before:
            yield _fault(
                N_("“%(where)s” depends on “%(question)s”, which is asked only later."),
                code="question_comes_later",
                where=where,
                question=test.fact,
            )
        elif test.fact in unsure:
            continue
        elif question.kind not in DECIDING:
            yield _fault(
                N_("“%(where)s” depends on “%(question)s”, but only choices and yes or no can decide what is asked."),
                code="question_cannot_decide",
                where=where,
                question=test.fact,
            )
        else:
            yield from _of_values(where, test, question)


def _of_values(where: str, test: Condition, question: Question) -> Iterator[Rejected]:
    for value in test.values:
        if as_fact(question, [value] if question.kind is Kind.CHOICES else value) is None:
            yield _fault(
                N_("“%(where)s” depends on “%(question)s” being “%(value)s”, which it never is."),
                code="unknown_value",
                where=where,
                question=question.key,
                value=value,
            )


def _fault(message: str, *, code: str, **params: object) -> Rejected:
    return Rejected(message, code=code, params=params)
