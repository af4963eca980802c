"""The frameworks' section of a preset: lists of skills that an institution begins with."""

from collections.abc import Iterator, Mapping
from typing import Any

from insignia.core.errors import InsigniaError
from insignia.core.words import N_
from insignia.domain.access.actor import Actor
from insignia.domain.institutions.models import Institution
from insignia.domain.institutions.presets import checks, section

from . import actions, queries

Tables = list[Mapping[str, Any]]
_OF_SKILL = ("code", "name", "url", "description", "target_type")


def _written(_institution: Institution) -> list[dict[str, Any]]:
    skills: dict[int, list[dict[str, str]]] = {}
    for skill in queries.skills().order_by("pk"):
        skills.setdefault(skill.framework_id, []).append({word: getattr(skill, word) for word in _OF_SKILL})
    return [
        {"key": framework.key, "name": framework.name, "url": framework.url, "skills": skills.get(framework.pk, [])}
        for framework in queries.frameworks().order_by("pk")
    ]


def _joined(before: Tables, given: Tables) -> Tables:
    """A framework only grows: what a skill was called when badges were aligned to it, it is called."""
    new = {table["key"]: table for table in given}
    grown: Tables = []
    for table in before:
        known = {skill["code"] for skill in table["skills"]}
        more = [skill for skill in _skills(new.pop(table["key"], {})) if skill.get("code") not in known]
        grown.append({**table, "skills": [*table["skills"], *more]})
    return [*grown, *new.values()]


def _skills(table: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    found = table.get("skills", [])
    return [skill for skill in found if isinstance(skill, Mapping)] if isinstance(found, list) else []


def _faults(tables: Tables, _whole: Mapping[str, Any]) -> Iterator[InsigniaError]:
    yield from checks.keys_are_short("frameworks", tables, limit=60)
    for table in tables:
        where = table["key"]
        yield from checks.only_words(where, table, ("key", "name", "url", "skills"))
        yield from checks.texts(where, table, {"name": 200, "url": 200}, needed="name")
        yield from checks.list_of_tables(where, table, "skills")
        for skill in _skills(table):
            named = f"{where}: {skill.get('code', '')}"
            yield from checks.only_words(named, skill, _OF_SKILL)
            yield from checks.texts(named, skill, {"description": 5000, "target_type": 40})
            for needed, limit in (("code", 80), ("name", 200), ("url", 500)):
                yield from checks.texts(named, skill, {needed: limit}, needed=needed)


@section(
    "frameworks",
    title=N_("Frameworks of skills"),
    write=_written,
    join=_joined,
    check=_faults,
    labels={"name": N_("Name"), "url": N_("Address"), "skills": N_("Skills")},
)
def read_frameworks(by: Actor, institution: Institution, frameworks: Tables) -> None:
    """Add each framework of the preset with its skills."""
    for framework in frameworks:
        actions.add_framework(
            by=by,
            institution=institution,
            key=framework["key"],
            name=framework["name"],
            url=framework.get("url", ""),
            skills=framework.get("skills", ()),
        )
