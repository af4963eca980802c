"""The section of a preset about levels: the ladder, and what each rung asks for."""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any

from insignia.core.errors import InsigniaError, Rejected
from insignia.core.words import N_
from insignia.domain.access.actor import Actor

from .. import actions
from ..models import Institution, TaxonomyLevel
from ..rules import EvidencePolicy, LevelPolicy, aliases_after
from . import checks
from .differences import Shape, joined
from .registry import section

Tables = list[Mapping[str, Any]]


def _levels_written(_institution: Institution) -> list[dict[str, Any]]:
    return [
        {
            "key": level.key,
            "name": level.name,
            "aliases": level.aliases,
            "purpose": level.purpose,
            "policy": level.policy.to_data(),
        }
        for level in TaxonomyLevel.objects.all()
    ]


def _levels_tidy(tables: Tables) -> Tables:
    # A level's key stands in files of badges with underscores.
    return [{**table, "key": table["key"].replace("-", "_")} for table in tables]


def _levels_joined(before: Tables, given: Tables) -> Tables:
    """A level keeps every name that it had (R-906)."""
    old = {table["key"]: table for table in before}
    after: Tables = []
    for table in joined(Shape.TABLES, before, given):
        if (known := old.get(table["key"])) and _are_words(table.get("aliases")) and isinstance(table["name"], str):
            names = [*table["aliases"], *known["aliases"]]
            table = {**table, "aliases": aliases_after(old=known["name"], new=table["name"], aliases=names)}
        after.append(table)
    return after


def _are_words(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


_POLICY = {field.name: field.default for field in fields(LevelPolicy)}
# What a level names stands in these sections; one that this release does not have cannot be asked.
_ELSEWHERE = {"template": "templates", "workflow": "workflows", "form": "forms"}


def _levels_faults(tables: Tables, whole: Mapping[str, Any]) -> Iterator[InsigniaError]:
    yield from checks.keys_are_short("levels", tables)
    for level in tables:
        where = level["key"]
        yield from checks.only_words(where, level, ("key", "name", "aliases", "purpose", "policy"))
        yield from checks.texts(where, level, {"name": 80, "purpose": 300}, needed="name")
        yield from checks.list_of_words(where, level, "aliases")
        policy = level.get("policy", {})
        if not isinstance(policy, Mapping):
            yield from checks.only_words(where, {"policy": policy}, ())
            continue
        yield from _policy_faults(where, policy, whole)


def _policy_faults(where: str, policy: Mapping[str, Any], whole: Mapping[str, Any]) -> Iterator[InsigniaError]:
    yield from checks.only_words(where, policy, _POLICY)
    for word, default in _POLICY.items():
        value = policy.get(word, default)
        if isinstance(default, tuple):
            if wrong := list(checks.list_of_words(where, policy, word)):
                yield from wrong
            elif word in _NAMES:
                yield from checks.names_known(where, word, value, checks.keys_of(whole, _NAMES[word]))
        elif isinstance(default, EvidencePolicy):
            yield from checks.names_known(where, word, value, [kind.value for kind in EvidencePolicy])
        elif type(value) is not type(default) or (isinstance(value, int) and not 0 <= value <= _MOST):
            yield Rejected(
                N_("%(where)s: “%(word)s” must be written like %(example)s."),
                code="preset_value",
                params={"where": where, "word": word, "example": repr(default).replace("'", '"').lower()},
            )
        elif _ELSEWHERE.get(word) in whole:
            yield from checks.names_known(where, word, value, _keys(whole[_ELSEWHERE[word]]))


_NAMES = {"components_of": "levels", "propose": "roles"}
_MOST = 1000


def _keys(values: Any) -> list[str]:
    return [value["key"] if isinstance(value, Mapping) else value for value in values]


@section(
    "levels",
    title=N_("Levels"),
    write=_levels_written,
    tidy=_levels_tidy,
    join=_levels_joined,
    check=_levels_faults,
    labels={
        "name": N_("Name"),
        "aliases": N_("Other names"),
        "purpose": N_("What it is for"),
        "policy.achievement_type": N_("Achievement type"),
        "policy.single_skill_type": N_("Achievement type where a badge names one skill only"),
        "policy.template": N_("Badge template"),
        "policy.evidence": N_("Evidence"),
        "policy.min_evidence": N_("Pieces of evidence at least"),
        "policy.off_system_attestation": N_("“Assessed elsewhere” is enough"),
        "policy.assessed": N_("A qualified Grantor must verify each award"),
        "policy.skills_required": N_("A badge must name its skills before it becomes active"),
        "policy.variants": N_("Variants beside the standard one"),
        "policy.components_of": N_("Made of badges at"),
        "policy.repeatable": N_("A person may earn the same badge more than once"),
        "policy.valid_months": N_("Months for which an award is valid"),
        "policy.training_required": N_("Grantors must be trained before they award"),
        "policy.workflow": N_("Route of its proposals"),
        "policy.form": N_("Form of its proposals"),
        "policy.propose": N_("Who may propose it"),
        "policy.basis": N_("What it may be given for"),
        "policy.environment": N_("Environment"),
        "policy.proficiency": N_("Proficiency"),
        "policy.guidance": N_("Guidance"),
    },
)
def _levels(by: Actor, institution: Institution, levels: Tables) -> None:
    """A level that exists keeps its place on the ladder; a new one stands on top."""
    places = dict(TaxonomyLevel.objects.values_list("key", "position"))
    top = max(places.values(), default=-1)
    for level in levels:
        if level["key"] not in places:
            top += 1
        actions.set_level(
            by=by,
            institution=institution,
            key=level["key"],
            name=level["name"],
            purpose=level.get("purpose", ""),
            aliases=level.get("aliases", ()),
            policy=LevelPolicy.from_data(level.get("policy", {})),
            position=places.get(level["key"], top),
        )
