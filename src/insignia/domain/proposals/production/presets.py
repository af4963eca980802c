"""The section of a preset about production: what is done between the approval and the first award."""

from collections.abc import Iterator, Mapping
from typing import Any

from insignia.core.errors import InsigniaError
from insignia.core.words import N_
from insignia.domain.access.actor import Actor
from insignia.domain.institutions.models import Institution
from insignia.domain.institutions.presets import checks, section

from . import actions, queries, rules

Tables = list[Mapping[str, Any]]


def _written(_institution: Institution) -> list[dict[str, Any]]:
    checklist = queries.newest_checklist()
    return [dict(task) for task in checklist.data] if checklist else []


def _faults(tables: Tables, whole: Mapping[str, Any]) -> Iterator[InsigniaError]:
    yield from checks.keys_are_short("production", tables)
    for table in tables:
        found = list(rules.faults_of(table))
        yield from found
        if not found:
            where = str(table["key"])
            yield from checks.names_known(where, "owner", table.get("owner", ""), checks.keys_of(whole, "roles"))
            yield from checks.names_known(where, "not_for", table.get("not_for", []), checks.keys_of(whole, "levels"))


@section(
    "production",
    title=N_("Production checklist"),
    write=_written,
    check=_faults,
    labels={
        "label": N_("Name"),
        "kind": N_("What it is about"),
        "required": N_("Required before activation"),
        "owner": N_("Role that does it"),
        "days": N_("Days until it is due"),
        "help": N_("Help"),
        "items": N_("What the training covers"),
        "months": N_("Months between evaluations"),
        "kinds": N_("For proposals of the kind"),
        "not_for": N_("Not for levels"),
    },
)
def _production(by: Actor, institution: Institution, tasks: Tables) -> None:
    """A checklist that is another than before becomes a new version; what runs keeps its own."""
    before = {task["key"]: task for task in _written(institution)}
    given = {task["key"]: dict(task) for task in tasks}
    after = [given.pop(key, task) for key, task in before.items()] + list(given.values())
    actions.set_checklist(by=by, institution=institution, tasks=after)
