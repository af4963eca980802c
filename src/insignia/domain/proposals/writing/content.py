"""Between answers and the content of an achievement, both ways. What an answer fills is data of its form."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.utils import formats
from django.utils.translation import ngettext

from insignia.core.questions.definition import Form, Kind
from insignia.core.questions.facts import fields_of
from insignia.domain.catalog.rules import Content, Link, SkillAlignment
from insignia.domain.frameworks import queries as frameworks
from insignia.domain.institutions.models import TaxonomyLevel

EXTRA = "extra."
_TEXTS = {"name", "description", "criteria", "activity", "assessment", "demand", "distinction_criteria"}


def content_of(form: Form, answers: Mapping[str, Any], *, title: str = "") -> Content:
    """What the answers say of the achievement: what a committee approves is this."""
    told = fields_of(form, answers)
    values: dict[str, Any] = {field: _line(value) for field, value in told.items() if field in _TEXTS}
    values["extra"] = {field.removeprefix(EXTRA): value for field, value in told.items() if field.startswith(EXTRA)}
    for field in ("outcomes", "audience", "tags"):
        if field in told:
            values[field] = tuple(told[field])
    if "skills" in told:
        values["skills"] = tuple(skills_of(told["skills"]))
    if "links" in told:
        values["links"] = tuple(Link(row.get("name") or row["url"], row["url"]) for row in told["links"])
    if "credit" in told:
        values["credit"] = _credit(told["credit"])
    if "credits" in told:
        values["credits"] = float(told["credits"])
    if "valid_months" in told:
        values["valid_months"] = int(told["valid_months"])
    if "effort" in told:
        values["effort"] = _effort(form, told["effort"])
    content = Content(**values)
    if content.distinction_criteria:
        content = replace(content, variants=("with_distinction",))
    return content if content.name else replace(content, name=title)


def presets_of(form: Form, level: TaxonomyLevel) -> dict[str, str]:
    """What a level already answers: the setting in which it is practised, and how far an earner comes (R-029)."""
    meant = {"extra.environment": level.policy.environment, "extra.proficiency": level.policy.proficiency}
    return {
        question.key: value
        for question in form.questions
        if (value := meant.get(question.maps_to)) and value in {option.key for option in question.options}
    }


def answers_from(form: Form, content: Content) -> dict[str, Any]:
    """What `content` already answers of `form`: how a revision, or a clone of an achievement, begins."""
    by_url = {skill.url: skill.public_id for skill in frameworks.skills()} if content.skills else {}
    answers: dict[str, Any] = {}
    for question in form.questions:
        field = question.maps_to
        if not field:
            continue
        value: Any
        if field.startswith(EXTRA):
            value = content.extra.get(field.removeprefix(EXTRA))
        elif field == "skills":
            value = [by_url[skill.url] for skill in content.skills if skill.url in by_url]
        elif field == "links":
            value = [{"name": link.name, "url": link.url} for link in content.links]
        elif field == "credit" and question.kind is Kind.YES_NO:
            value = {"credit": True, "noncredit": False}.get(content.credit)
        elif field == "effort" and question.kind is Kind.NUMBER:
            value = None  # words, where the form wants a number
        else:
            value = getattr(content, field, None)
        if isinstance(value, tuple):
            value = list(value)
        if value not in (None, "", [], 0):
            answers[question.key] = value
    return answers


def skills_of(ids: Sequence[str]) -> list[SkillAlignment]:
    """The skills with these public ids, in this order; those that exist no more are left out."""
    found = {skill.public_id: skill for skill in frameworks.skills().filter(public_id__in=ids)}
    return [
        SkillAlignment(
            name=skill.name,
            url=skill.url,
            code=skill.code,
            framework=skill.framework.name,
            description=skill.description,
            target_type=skill.target_type,
        )
        for public_id in ids
        if (skill := found.get(public_id))
    ]


def _line(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _credit(value: Any) -> str:
    if isinstance(value, bool):
        return "credit" if value else "noncredit"
    return str(value)


def _effort(form: Form, value: Any) -> str:
    """A number is hours, in the words of the institution's language."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    return ngettext("%(hours)s hour", "%(hours)s hours", int(value)) % {"hours": formats.number_format(value)}
