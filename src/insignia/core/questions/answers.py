"""The answers to a form: taken in, found wanting, counted."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from insignia.core.questions.asking import Answers, asked, is_answered
from insignia.core.questions.cleaning import clean, plain
from insignia.core.questions.definition import Form, Kind, Question, Section
from insignia.core.questions.problems import Problem, problem, told
from insignia.core.questions.wrong import wrong_with
from insignia.core.words import N_

_UNANSWERED: Mapping[Kind, str] = {
    Kind.YES_NO: N_("“%(label)s”: answer yes or no."),
    Kind.CHOICE: N_("“%(label)s”: choose one."),
    Kind.CHOICES: N_("“%(label)s”: choose at least %(least)s."),
    Kind.LINKS: N_("“%(label)s”: give at least %(least)s."),
    Kind.SKILLS: N_("“%(label)s”: choose at least %(least)s."),
    Kind.COMPONENTS: N_("“%(label)s”: choose at least %(least)s."),
    Kind.OUTCOMES: N_("“%(label)s”: write at least %(least)s."),
    Kind.PEOPLE: N_("“%(label)s”: name at least %(least)s."),
    Kind.ATTACHMENT: N_("“%(label)s”: attach at least %(least)s."),
    Kind.ATTEST: N_("“%(label)s” has to be confirmed."),
}


@dataclass(frozen=True, slots=True)
class SectionProgress:
    """How far a section has come: the questions that apply, those answered, and what is still to do."""

    section: Section
    asked: int
    answered: int
    problems: tuple[Problem, ...]

    @property
    def is_complete(self) -> bool:
        """Whether the form could be submitted as far as this section goes."""
        return not self.problems


def cleaned(form: Form, raw: Mapping[str, object]) -> tuple[Answers, tuple[Problem, ...]]:
    """The answers that `raw` gives, and what is wrong with them; that some are missing is nothing wrong yet.

    All that was typed is kept: answers that cannot be understood, those that do not apply, and those that another version
    of the form asks.
    """
    questions = {question.key: question for question in form.questions}
    answers = {}
    for key, value in plain(raw).items():
        if key in questions:
            value = clean(questions[key], value)
        if value is not None:
            answers[key] = value
    return answers, tuple(_wrong(asked(form, answers).questions, answers))


def missing(form: Form, answers: Answers) -> tuple[Problem, ...]:
    """All that stands in the way of submitting these answers: what is not answered, and what is wrong."""
    return tuple(_standing_in_the_way(asked(form, answers).questions, answers))


def progress(form: Form, answers: Answers) -> tuple[SectionProgress, ...]:
    """How far each section has come that applies."""
    return tuple(
        SectionProgress(
            section,
            asked=len(questions),
            answered=sum(is_answered(question, answers) for question in questions),
            problems=tuple(_standing_in_the_way([(section, question) for question in questions], answers)),
        )
        for section, questions in asked(form, answers).sections
    )


def _standing_in_the_way(questions: Iterable[tuple[Section, Question]], answers: Answers) -> Iterator[Problem]:
    for section, question in questions:
        if is_answered(question, answers):
            yield from wrong_with(section, question, answers[question.key])
        elif question.is_needed:
            yield _unanswered(section, question)


def _wrong(questions: Iterable[tuple[Section, Question]], answers: Answers) -> Iterator[Problem]:
    for section, question in questions:
        if question.key in answers:
            yield from wrong_with(section, question, answers[question.key])


def _unanswered(section: Section, question: Question) -> Problem:
    if question.wanted:
        # The institution's own sentence is shown as it is, with whatever signs are in it.
        return Problem(section.key, question.key, "missing", question.wanted)
    message = _UNANSWERED.get(question.kind, N_("“%(label)s” is not answered yet."))
    return problem(section, question, "missing", message, least=told(max(question.least or 1, 1)))
