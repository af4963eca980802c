"""The section of a preset about forms: what an intent and a proposal are asked."""

from collections.abc import Iterator, Mapping
from typing import Any

from insignia.core.errors import InsigniaError, Rejected
from insignia.core.words import N_
from insignia.domain.access.actor import Actor
from insignia.domain.institutions.models import Institution
from insignia.domain.institutions.presets import checks, section, whole_tables

from . import actions, queries
from .rules import as_form

Tables = list[Mapping[str, Any]]


def _written(_institution: Institution) -> list[dict[str, Any]]:
    return [{"key": version.key, **version.data} for version in queries.forms()]


def _faults(tables: Tables, _whole: Mapping[str, Any]) -> Iterator[InsigniaError]:
    yield from checks.keys_are_short("forms", tables)
    for table in tables:
        try:
            as_form(_data(table), key=table["key"], number=1)
        except Rejected as refused:
            yield from refused.details or (refused,)


def _data(table: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in table.items() if name != "key"}


@section(
    "forms",
    title=N_("Forms"),
    write=_written,
    check=_faults,
    join=whole_tables,
    labels={"title": N_("Title"), "help": N_("Help"), "sections": N_("Sections"), "hints": N_("Hints")},
)
def _forms(by: Actor, institution: Institution, forms: Tables) -> None:
    """Each form that is another than before becomes a new version."""
    for table in forms:
        actions.set_form(by=by, institution=institution, key=table["key"], data=_data(table))
