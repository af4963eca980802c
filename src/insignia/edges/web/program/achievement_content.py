"""Between the form of a badge and its content, both ways."""

import re
from collections.abc import Iterator
from typing import Any

from insignia.domain.catalog.rules import Content, Link, SkillAlignment
from insignia.edges.web.achievement_words import ACTIVITIES, AUDIENCES

from .forms_achievements import MOST_ROWS, AchievementForm

_MOST_TAGS = 20
_PLAIN = (
    "name",
    "description",
    "criteria",
    "assessment",
    "demand",
    "effort",
    "language",
    "image_title",
    "symbol",
    "credit",
    "distinction_criteria",
)


def content_of(form: AchievementForm, *, before: Content) -> Content:
    """What the form says, as far as it is sound. What it has no field for stays as it was `before`."""
    given = form.cleaned_data
    plain = {name: given.get(name, "") for name in _PLAIN}
    return Content(
        **{**plain, "language": plain["language"] or before.language},
        outcomes=_lines(given.get("outcomes", "")),
        skills=tuple(_skills(form)),
        links=tuple(Link(name, url) for name, url in _pairs(form, form.links)),
        tags=_listed(given.get("tags", ""))[:_MOST_TAGS],
        audience=(*given.get("audience", ()), *_listed(given.get("audience_other", ""))),
        activity=given.get("activity_other") or given.get("activity", ""),
        credits=float(given.get("credits") or 0),
        valid_months=given.get("valid_months") or 0,
        variants=tuple(given.get("variants", ())),
        extra=before.extra,
    )


def _lines(text: str) -> tuple[str, ...]:
    """One entry a line; whoever begins lines with a dash or a dot means a list as well."""
    lines = (re.sub(r"^\s*[-*•–]\s+", "", line).strip() for line in text.splitlines())
    return tuple(dict.fromkeys(line for line in lines if line))


def _listed(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part for piece in text.split(",") if (part := piece.strip())))


def _pairs(form: AchievementForm, rows: list[tuple[int, Any, Any]]) -> Iterator[tuple[str, str]]:
    for _number, name, url in rows:
        pair = form.cleaned_data.get(name.name, ""), form.cleaned_data.get(url.name, "")
        if all(pair):
            yield pair


def _skills(form: AchievementForm) -> Iterator[SkillAlignment]:
    for public_id in form.cleaned_data.get("skills", ()):
        yield alignment(form.skills_by_id[public_id])
    for name, url in _pairs(form, form.own_skills):
        yield SkillAlignment(name=name, url=url)


def alignment(skill: Any) -> SkillAlignment:
    """A skill of a framework as an achievement carries it."""
    return SkillAlignment(
        name=skill.name,
        url=skill.url,
        code=skill.code,
        framework=skill.framework.name,
        description=skill.description,
        target_type=skill.target_type,
    )


def initial_of(content: Content, skills: list[Any]) -> dict[str, Any]:
    """The content as its form shows it; a skill that stands in no framework here is shown with its address."""
    known = {skill.url: skill.public_id for skill in skills}
    own = [skill for skill in content.skills if skill.url not in known]
    values: dict[str, Any] = {name: getattr(content, name) for name in _PLAIN}
    values |= {
        "outcomes": "\n".join(content.outcomes),
        "skills": [known[skill.url] for skill in content.skills if skill.url in known],
        "tags": ", ".join(content.tags),
        "audience": [value for value in content.audience if value in AUDIENCES],
        "audience_other": ", ".join(value for value in content.audience if value not in AUDIENCES),
        "activity": content.activity if content.activity in ACTIVITIES else "",
        "activity_other": "" if content.activity in ACTIVITIES else content.activity,
        "credits": f"{content.credits:g}" if content.credits else "",
        "valid_months": content.valid_months or "",
        "variants": list(content.variants),
    }
    values |= _numbered("link", [(link.name, link.url) for link in content.links])
    return values | _numbered("own", [(skill.name, skill.url) for skill in own])


def _numbered(prefix: str, pairs: list[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for number, (name, url) in enumerate(pairs[:MOST_ROWS], start=1):
        found |= {f"{prefix}_{number}_name": name, f"{prefix}_{number}_url": url}
    return found


def rows_in(values: Any) -> tuple[int, int]:
    """How many rows for links and for own skills these values fill, with one to spare."""
    return _highest(values, "link") + 1, _highest(values, "own") + 1


def _highest(values: Any, prefix: str) -> int:
    filled = [n for n in range(1, MOST_ROWS + 1) if values.get(f"{prefix}_{n}_name") or values.get(f"{prefix}_{n}_url")]
    return max(filled, default=1)
