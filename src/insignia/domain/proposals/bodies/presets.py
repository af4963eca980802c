"""The section of a preset about bodies: who decides together, and whom the seats represent. It seats nobody."""

from collections.abc import Iterator, Mapping
from typing import Any

from insignia.core.errors import InsigniaError
from insignia.core.words import N_
from insignia.domain.access.actor import Actor
from insignia.domain.institutions.models import Institution
from insignia.domain.institutions.presets import checks, section

from . import actions
from .models import Body

Tables = list[Mapping[str, Any]]
_WORDS = ("key", "name", "short_name", "charge", "sponsor", "standards", "seats")


def _written(_institution: Institution) -> list[dict[str, Any]]:
    return [
        {
            "key": body.key,
            "name": body.name,
            "short_name": body.short_name,
            "charge": body.charge,
            "sponsor": body.sponsor,
            "standards": body.standards,
            "seats": [seat.constituency for seat in body.seats.order_by("position", "pk")],
        }
        for body in Body.objects.prefetch_related("seats")
    ]


def _faults(tables: Tables, _whole: Mapping[str, Any]) -> Iterator[InsigniaError]:
    for table in tables:
        where = str(table["key"])
        yield from checks.only_words(where, table, _WORDS)
        yield from checks.texts(where, table, {"name": 200, "short_name": 40, "sponsor": 200}, needed="name")
        for word in ("charge", "standards", "seats"):
            yield from checks.list_of_words(where, table, word)


@section(
    "bodies",
    title=N_("Committees and boards"),
    write=_written,
    check=_faults,
    labels={
        "name": N_("Name"),
        "short_name": N_("Short name"),
        "charge": N_("What it is charged with"),
        "sponsor": N_("Sponsored by"),
        "standards": N_("Standards that it reviews against"),
        "seats": N_("Seats"),
    },
)
def _bodies(by: Actor, institution: Institution, bodies: Tables) -> None:
    """Seats that are there stay, with whoever sits in them; those that are new are added."""
    for table in bodies:
        body = actions.set_body(
            by=by,
            institution=institution,
            key=table["key"],
            name=table["name"],
            short_name=table.get("short_name", ""),
            charge=table.get("charge", ()),
            sponsor=table.get("sponsor", ""),
            standards=table.get("standards", ()),
        )
        there = list(body.seats.values_list("constituency", flat=True))
        for constituency in table.get("seats", ()):
            if constituency in there:
                there.remove(constituency)
            else:
                actions.add_seat(by=by, body=body, constituency=constituency)
