"""What stands in the way of handing a proposal in: the form's own rules, and what only the house can know."""

from collections.abc import Iterator

from insignia.core.questions.answers import missing
from insignia.core.questions.asking import asked, is_answered
from insignia.core.questions.definition import Form, Kind, Question, Section
from insignia.core.questions.problems import Problem, problem
from insignia.core.words import N_
from insignia.domain.catalog.models import Achievement
from insignia.domain.frameworks import queries as frameworks
from insignia.domain.institutions import queries as institutions

from .models import Attachment, Proposal


def problems_of(proposal: Proposal) -> tuple[Problem, ...]:
    """Everything that is missing or wrong, in the order of the form."""
    form = proposal.form.form
    found = [*missing(form, proposal.answers), *_of_the_house(proposal, form)]
    order = {question.key: place for place, question in enumerate(form.questions)}
    return tuple(sorted(found, key=lambda one: order.get(one.question, 0)))


def _of_the_house(proposal: Proposal, form: Form) -> Iterator[Problem]:
    for section, question in asked(form, proposal.answers).questions:
        if not is_answered(question, proposal.answers):
            continue
        value = proposal.answers[question.key]
        if not isinstance(value, list):
            continue
        if question.kind is Kind.COMPONENTS:
            yield from _components(proposal, section, question, value)
        elif question.kind is Kind.SKILLS:
            known = set(frameworks.skills().filter(public_id__in=value).values_list("public_id", flat=True))
            if any(one not in known for one in value):
                message = N_("“%(label)s”: a skill is not in the list any more. Choose again.")
                yield problem(section, question, "unknown_skill", message)
        elif question.kind is Kind.ATTACHMENT:
            there = Attachment.objects.filter(proposal=proposal, public_id__in=value).count()
            if there < len(value):
                yield problem(section, question, "file_gone", N_("“%(label)s”: a file is not there any more."))


def _components(proposal: Proposal, section: Section, question: Question, ids: list[str]) -> Iterator[Problem]:
    """A certificate is made of badges of one level that can be earned, or are on the way to it (R-039, R-040)."""
    wanted = proposal.level.policy.components_of
    found = {
        one.public_id: one for one in Achievement.objects.select_related("level", "current").filter(public_id__in=ids)
    }
    for public_id in ids:
        component = found.get(public_id)
        if component is None:
            yield problem(
                section, question, "unknown_component", N_("“%(label)s”: one of the badges is not known here.")
            )
        elif wanted and component.level.key not in wanted:
            message = N_(
                "“%(label)s”: “%(component)s” is a %(level)s. A %(stack)s is made of badges of one level only: %(wanted)s."
            )
            yield problem(
                section,
                question,
                "component_of_other_level",
                message,
                component=str(component),
                level=component.level.name,
                stack=proposal.level.name,
                wanted=", ".join(_names(wanted)),
            )
        elif not is_approved(component):
            message = N_("“%(label)s”: “%(component)s” cannot be earned. Choose badges that are approved.")
            yield problem(section, question, "component_not_approved", message, component=str(component))


def is_approved(component: Achievement) -> bool:
    """Whether it is active, or stands in production after its proposal was approved."""
    if component.state == Achievement.State.IN_PRODUCTION:
        return Proposal.objects.filter(achievement=component, state=Proposal.State.APPROVED).exists()
    return component.state == Achievement.State.ACTIVE


def _names(keys: tuple[str, ...]) -> list[str]:
    return list(institutions.levels().filter(key__in=keys).values_list("name", flat=True))
