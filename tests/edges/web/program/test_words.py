"""Every word of the desk can be translated; what stands outside a message is somebody's name or value."""

from collections.abc import Iterator
from typing import Any

import pytest

from insignia.core.openbadges.model.vocabulary import AchievementType
from insignia.domain.catalog import queries as catalog
from insignia.domain.ground import tenancy
from insignia.domain.institutions import presets
from insignia.domain.institutions import queries as institutions
from insignia.domain.institutions.models import Unit
from insignia.domain.people.models import User
from insignia.domain.proposals.bodies import queries as bodies
from insignia.domain.proposals.forms import queries as forms
from insignia.domain.proposals.workflow import queries as workflow
from tests.edges.web.program.staff import Desk, desk_for, file_of
from tests.support import worlds
from tests.support.program_routes import ROUTES
from tests.support.pseudo import unbracketed
from tests.support.routes import Role, State

pytestmark = [pytest.mark.django_db, pytest.mark.appearance]
# What is in no language here: who is signed in, kinds of keys, the standard's types, and what the institution itself has
# written, which stands in its fields and choices.
SHIPPED = presets.load("cu_boulder")  # compared with what there is, on a page of its own
NAMES = ("Robin Administrator", "Ed25519", "P-256", *(kind.value for kind in AchievementType))


def own_words(place: worlds.Place) -> list[str]:
    """The names and texts of an institution's own rows."""
    with tenancy.of(place.institution):
        levels = list(institutions.levels())
        named = [*levels, *catalog.templates(), *Unit.objects.all(), *institutions.roles()]
        texts = [
            place.institution.name,
            place.slug,
            place.institution.definition,
            *(text for one in levels for text in (one.purpose, one.policy.guidance)),
        ]
        rows = [*named, *bodies.bodies(), *User.objects.exclude(name="")]
        governed = [*written([one.data for one in (*forms.forms(), *workflow.routes())]), *written(SHIPPED)]
        aliases = [alias for one in levels for alias in one.aliases]
        return [*NAMES, *texts, *(row.name for row in rows), *aliases, *governed]


def written(value: Any) -> Iterator[str]:
    """Every text in lists and tables, and the keys among them as they are read."""
    if isinstance(value, str):
        yield from (value, value.replace("_", " "), value.replace("_", " ").capitalize())
        yield " ".join(value.split())
    elif isinstance(value, dict):
        yield from written(list(value.values()))
    elif isinstance(value, list):
        for one in value:
            yield from written(one)


def desk_at(place: worlds.Place) -> Desk:
    with tenancy.of(place.institution):
        return desk_for(place.person(Role.ADMINISTRATOR))


def left_outside(desk: Desk, address: str, data: list[str], response: Any = None) -> list[str]:
    response = response or desk.client.get(address)
    assert response["Content-Type"].startswith("text/html"), address
    return [f"{address}: {text}" for text in unbracketed(response.content.decode(), data)]


@pytest.mark.slow
@pytest.mark.parametrize("state", [State.EMPTY, State.FULL, State.ERROR])
def test_no_page_says_what_no_translator_has_seen(pseudo_language: str, state: State) -> None:
    place = worlds.empty() if state is State.EMPTY else worlds.full()
    desk = desk_at(place)
    data = own_words(place)
    left = [
        text
        for route in ROUTES
        if state in route.states
        for text in left_outside(desk, route.states[state].address(place), data)
    ]
    assert not left, "\n".join(sorted({t.partition(": ")[2] for t in left})[:150])


def test_previews_and_refusals_are_translated_as_well(pseudo_language: str) -> None:
    place = worlds.full()
    desk = desk_at(place)
    data = [*own_words(place), "nowhere", "guild", "academic, non_academic, division, site"]
    rows = "name,code,kind,parent_code\nLibrary,library,,\nGuild,guild,guild,\nAnnex,annex,,nowhere\n"
    for answer in (
        desk.send("units_import", file=file_of(rows)),
        desk.send("units_import"),
        desk.send("unit_add", name=""),
        desk.send("people_add"),
        desk.send("policies"),
        desk.send("profile"),
        desk.send("template_add"),
        desk.send("theme", hue="900", strength="1", accent="red"),
        desk.send("key_compromise", place.key.public_id),
    ):
        assert left_outside(desk, answer.request["PATH_INFO"], data, answer) == []
