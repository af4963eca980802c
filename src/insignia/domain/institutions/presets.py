"""Presets: a way of running a programme, as a TOML file. Each app registers the reader of its own section.

`insignia init --preset ksu` copies one into rows; from then on the rows rule. A preset may not name code.
"""

import tomllib
from collections.abc import Callable, Mapping
from importlib import resources
from typing import Any

from django.db import transaction

from insignia.core.errors import NotFound, Rejected
from insignia.core.words import N_
from insignia.domain.access.actor import Actor
from insignia.domain.access.permissions import Permission

from . import actions, rules
from .models import Institution
from .rules import LevelPolicy

Read = Callable[[Actor, Institution, Any], None]

_sections: dict[str, Read] = {}


def section(name: str) -> Callable[[Read], Read]:
    """Register the decorated function as the reader of the preset section `name`; sections are read in the file's order."""

    def register(read: Read) -> Read:
        _sections[name] = read
        return read

    return register


def names() -> list[str]:
    """The presets that are shipped."""
    folder = resources.files("insignia") / "presets"
    return sorted(entry.name.removesuffix(".toml") for entry in folder.iterdir() if entry.name.endswith(".toml"))


def load(name: str) -> dict[str, Any]:
    """A shipped preset as plain values; raises `NotFound` naming those that exist."""
    if name not in names():
        raise NotFound(
            N_("There is no preset “%(name)s”. There are: %(known)s."),
            params={"name": name, "known": ", ".join(names())},
        )
    return tomllib.loads((resources.files("insignia") / "presets" / f"{name}.toml").read_text(encoding="utf-8"))


@transaction.atomic
def apply(*, by: Actor, institution: Institution, name: str) -> None:
    """Write the preset into the institution's rows."""
    data = load(name)
    unknown = sorted(set(data) - set(_sections) - {"preset"})
    if unknown:
        raise Rejected(
            N_("The preset has a section “%(name)s”, which this release does not know."), params={"name": unknown[0]}
        )
    for key, value in data.items():
        if key in _sections:
            _sections[key](by, institution, value)
    Institution.objects.filter(pk=institution.pk).update(preset=name)
    institution.preset = name


@section("roles")
def _roles(by: Actor, institution: Institution, roles: list[Mapping[str, Any]]) -> None:
    rules.check_roles(roles, frozenset(Permission))
    actions.set_roles(by=by, institution=institution, roles=roles)


@section("policies")
def _policies(by: Actor, institution: Institution, policies: Mapping[str, Any]) -> None:
    actions.set_policies(by=by, institution=institution, policies=policies)


@section("texts")
def _texts(by: Actor, institution: Institution, texts: Mapping[str, str]) -> None:
    Institution.objects.filter(pk=institution.pk).update(definition=texts.get("definition", ""))
    institution.definition = texts.get("definition", "")


@section("theme")
def _theme(by: Actor, institution: Institution, theme: Mapping[str, Any]) -> None:
    actions.set_theme(by=by, institution=institution, theme=theme)


@section("levels")
def _levels(by: Actor, institution: Institution, levels: list[Mapping[str, Any]]) -> None:
    for position, level in enumerate(levels):
        actions.set_level(
            by=by,
            institution=institution,
            key=level["key"],
            name=level["name"],
            purpose=level.get("purpose", ""),
            aliases=level.get("aliases", ()),
            policy=LevelPolicy.from_data(level["policy"]),
            position=position,
        )
