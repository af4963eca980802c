"""The section of a preset about routes: the way of a proposal, as the institution orders it."""

from collections.abc import Iterator, Mapping, Set
from typing import Any

from insignia.core.errors import InsigniaError, Rejected
from insignia.core.questions.facts import possible_facts
from insignia.core.words import N_
from insignia.core.workflow.reading import read_route
from insignia.domain.access.actor import Actor
from insignia.domain.institutions.models import Institution, Unit
from insignia.domain.institutions.presets import checks, section, whole_tables
from insignia.domain.proposals.forms.rules import as_form
from insignia.domain.proposals.writing.models import Proposal

from . import actions, queries
from .facts import EDITORIAL, MATERIAL

Tables = list[Mapping[str, Any]]


def _written(_institution: Institution) -> list[dict[str, Any]]:
    return [{"key": version.key, **version.data} for version in queries.routes()]


def _faults(tables: Tables, whole: Mapping[str, Any]) -> Iterator[InsigniaError]:
    yield from checks.keys_are_short("workflows", tables)
    roles = {*checks.keys_of(whole, "roles"), "proposer"}
    facts = _facts(whole)
    bodies = set(checks.keys_of(whole, "bodies"))
    for table in tables:
        try:
            route = read_route(_data(table), key=table["key"], roles=roles, facts=facts)
        except Rejected as refused:
            yield from refused.details or (refused,)
            continue
        for step in route.steps:
            for task in step.tasks:
                if task.body and task.body not in bodies:
                    yield Rejected(
                        N_("%(where)s: there is no body “%(body)s”."),
                        code="unknown_body",
                        params={"where": f"{route.key} › {step.key}", "body": task.body},
                    )


def _facts(whole: Mapping[str, Any]) -> Mapping[str, Set[str | int | bool]]:
    found: dict[str, Set[str | int | bool]] = {
        "type": frozenset(checks.keys_of(whole, "levels")),
        "kind": frozenset(Proposal.Kind.values),
        "unit_kind": frozenset(Unit.Kind.values),
        "change": frozenset({MATERIAL, EDITORIAL}),
    }
    for table in whole.get("forms", ()):
        try:
            form = as_form({k: v for k, v in table.items() if k != "key"}, key=table["key"], number=1)
        except Rejected:
            continue  # said where forms are checked
        for name, values in possible_facts(form).items():
            found[name] = found.get(name, frozenset()) | values
    return found


def _data(table: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in table.items() if name != "key"}


@section(
    "workflows",
    title=N_("Routes of proposals"),
    write=_written,
    check=_faults,
    join=whole_tables,
    labels={
        "label": N_("Name"),
        "steps": N_("Steps"),
        "on_approved": N_("After the approval"),
        "route_by_audience": N_("Channels by audience"),
        "manager": N_("Office"),
        "labels": N_("Words of criteria and attestations"),
    },
)
def _workflows(by: Actor, institution: Institution, workflows: Tables) -> None:
    """Each route that is another than before becomes a new version; what runs ends under its own."""
    for table in workflows:
        actions.set_route(by=by, institution=institution, key=table["key"], data=_data(table))
