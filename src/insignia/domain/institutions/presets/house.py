"""The sections of a preset about the house: its roles, policies, texts and colours."""

from collections.abc import Iterator, Mapping
from typing import Any

from insignia.core.errors import InsigniaError
from insignia.core.words import N_
from insignia.domain.access.actor import Actor
from insignia.domain.access.permissions import Permission

from .. import actions, looks, roles
from ..models import DEFAULT_POLICIES, Institution, Role
from ..rules import policy_faults
from . import checks
from .differences import Shape
from .registry import section

Tables = list[Mapping[str, Any]]


# --- Roles
def _roles_written(_institution: Institution) -> list[dict[str, Any]]:
    return [
        {"key": role.key, "name": role.name, "permissions": sorted(role.permissions)}
        for role in Role.objects.order_by("pk")
    ]


def _roles_tidy(tables: Tables) -> Tables:
    return [
        {**table, "permissions": sorted(map(str, table["permissions"]))}
        if isinstance(table.get("permissions"), list)
        else table
        for table in tables
    ]


def _roles_faults(tables: Tables, _whole: Mapping[str, Any]) -> Iterator[InsigniaError]:
    yield from checks.keys_are_short("roles", tables)
    for role in tables:
        where = role["key"]
        yield from checks.only_words(where, role, ("key", "name", "permissions"))
        yield from checks.texts(where, role, {"name": 80}, needed="name")
        if wrong := list(checks.list_of_words(where, role, "permissions")):
            yield from wrong
        else:
            yield from checks.names_known(where, "permissions", role.get("permissions", []), frozenset(Permission))


@section(
    "roles",
    title=N_("Roles"),
    write=_roles_written,
    tidy=_roles_tidy,
    check=_roles_faults,
    labels={"name": N_("Name"), "permissions": N_("Rights")},
)
def _roles(by: Actor, institution: Institution, tables: Tables) -> None:
    roles.set_roles(by=by, institution=institution, roles=tables)


# --- Policies
def _policies_written(institution: Institution) -> dict[str, Any]:
    return {name: institution.policy(name) for name in DEFAULT_POLICIES}


def _policies_faults(table: Mapping[str, Any], whole: Mapping[str, Any]) -> Iterator[InsigniaError]:
    yield from policy_faults(table, DEFAULT_POLICIES)
    for word, elsewhere in (("consultation_role", "roles"), ("intent_form", "forms")):
        if isinstance(table.get(word), str) and elsewhere in whole:
            yield from checks.names_known("policies", word, table[word], checks.keys_of(whole, elsewhere))


@section(
    "policies",
    title=N_("Policies"),
    shape=Shape.TABLE,
    write=_policies_written,
    check=_policies_faults,
    labels={
        "undo_minutes_batch": N_("Minutes in which a roster can be undone"),
        "undo_minutes_single": N_("Minutes in which a single award can be undone"),
        "reminder_days": N_("Days after which an earner is reminded"),
        "offer_lapses_after_days": N_("Days after which an offer lapses"),
        "name_in_credential": N_("The earner’s name stands in the credential"),
        "default_age_band": N_("Age, where nothing is known of it"),
        "noindex": N_("Ask search engines not to list our pages"),
        "awarding": N_("Who makes awards"),
        "endorsement_in_credential": N_("The endorsement of a badge stands in its credentials"),
        "intent_form": N_("Form of intents"),
        "first_contact_days": N_("Days until somebody who stated an intent is contacted"),
        "proposal_by_invitation": N_("Proposals are written by invitation only"),
        "invitation_days": N_("Days for which an invitation to propose holds"),
        "consultation_role": N_("Role that is consulted before a proposal is handed in"),
        "changes_lapse_after_days": N_("Days after which a proposal that waits for changes lapses"),
        "blackouts": N_("Days that do not count"),
    },
)
def _policies(by: Actor, institution: Institution, policies: Mapping[str, Any]) -> None:
    actions.set_policies(by=by, institution=institution, policies=policies)


# --- Texts
def _texts_written(institution: Institution) -> dict[str, Any]:
    return {"definition": institution.definition}


def _texts_faults(table: Mapping[str, Any], _whole: Mapping[str, Any]) -> Iterator[InsigniaError]:
    yield from checks.only_words("texts", table, ("definition",))
    yield from checks.texts("texts", table, {"definition": 2000})


@section(
    "texts",
    title=N_("Texts"),
    shape=Shape.TABLE,
    write=_texts_written,
    check=_texts_faults,
    labels={"definition": N_("What a micro-credential is here")},
)
def _texts(by: Actor, institution: Institution, texts: Mapping[str, str]) -> None:
    actions.change_texts(by=by, institution=institution, definition=texts["definition"])


# --- Colours
def _theme_faults(table: Mapping[str, Any], _whole: Mapping[str, Any]) -> Iterator[InsigniaError]:
    yield from looks.faults(table)


@section(
    "theme",
    title=N_("Colours"),
    shape=Shape.TABLE,
    write=lambda institution: institution.theme,
    check=_theme_faults,
    labels={
        "hue": N_("Hue"),
        "strength": N_("Strength"),
        "font_display": N_("Typefaces of headings"),
        "font_text": N_("Typefaces of text"),
        "badge.accent": N_("Colour of badges"),
    },
)
def _theme(by: Actor, institution: Institution, theme: Mapping[str, Any]) -> None:
    actions.set_theme(by=by, institution=institution, theme=theme)
