"""Every word of the desk can be translated; what stands outside a message is somebody's name or value."""

from typing import Any

import pytest

from insignia.domain.awards.models import Award, AwardBatch, BatchRow, IssuanceRequest, IssuanceRow, Recipient
from insignia.domain.awards.roster import COLUMNS
from insignia.domain.catalog.models import Achievement
from insignia.domain.ground import tenancy
from insignia.domain.institutions import queries as institutions
from insignia.domain.institutions.models import Unit
from insignia.domain.people.models import User
from insignia.edges.web.issuing.request_rows import ASSESSED_HEADINGS, HEADINGS
from tests.edges.web.issuing.clerk import Clerk, filled
from tests.support import worlds
from tests.support.builders import acting, today
from tests.support.issuing_routes import ROUTES
from tests.support.pseudo import unbracketed
from tests.support.routes import Role, State

pytestmark = [pytest.mark.django_db, pytest.mark.appearance]


def own_words(place: worlds.Place) -> list[str]:
    """Names and texts that people and institutions have written themselves."""
    with tenancy.of(place.institution):
        people = [text for r in Recipient.objects.all() for text in (r.name, r.email, r.email_given, r.external_id)]
        lines = [str(value) for row in BatchRow.objects.all() for value in row.line.values()]
        asked = [
            str(value) for row in IssuanceRow.objects.all() for value in (*row.line.values(), row.name, row.reason)
        ]
        files = [word for b in AwardBatch.objects.all() for word in (b.filename, *b.headers)]
        files += [request.filename for request in IssuanceRequest.objects.all()]
        named = [*institutions.levels(), *Unit.objects.all()]
        written = [a.state_reason for a in Award.objects.all()] + [a.narrative for a in Award.objects.all()]
        badges = [
            text
            for a in Achievement.objects.all()
            for text in (str(a), a.current.content.criteria if a.current else "")
        ]
        users = [text for user in User.objects.all() for text in (user.name, user.email)]
    headings = [*HEADINGS, *ASSESSED_HEADINGS]
    texts = [
        *people,
        *lines,
        *asked,
        *headings,
        *files,
        *written,
        *badges,
        *users,
        *COLUMNS,
        *(row.name for row in named),
    ]
    return [text for text in texts if text] + [
        place.institution.name,
        place.institution.contact_email,
        "Workbook",
        "https://",
    ]


def left_outside(clerk: Clerk, address: str, data: list[str]) -> list[str]:
    response = clerk.client.get(address)
    assert response["Content-Type"].startswith("text/html"), address
    return [f"{address}: {text}" for text in unbracketed(response.content.decode(), data)]


def clerk_of(place: worlds.Place, role: Role) -> Clerk:
    with tenancy.of(place.institution):
        return Clerk(acting(place.person(role)))


@pytest.mark.slow
@pytest.mark.parametrize("state", [State.EMPTY, State.FULL])
def test_no_page_says_what_no_translator_has_seen(pseudo_language: str, state: State) -> None:
    place = worlds.empty() if state is State.EMPTY else worlds.full()
    data = own_words(place)
    left: list[str] = []
    for route in ROUTES:
        if state not in route.states:
            continue
        role = sorted(route.roles)[-1] if place.person(Role.GRANTOR) is None else sorted(route.roles)[0]
        if place.person(role) is None:
            continue
        left += left_outside(clerk_of(place, role), route.states[state].address(place), data)
    assert not left, "\n".join(sorted({text.partition(": ")[2] for text in left})[:150])


def test_refusals_are_translated_as_well(pseudo_language: str) -> None:
    place = worlds.full()
    clerk = clerk_of(place, Role.GRANTOR)
    with tenancy.of(place.institution):
        filled_in = filled()
    data = [*own_words(place), "bad,address", "=1+1", filled_in["narrative"]]
    with tenancy.of(place.institution):
        lasting, sent = place.lasting.public_id, place.sent_batch.public_id
        answers: list[Any] = [
            clerk.post("one", lasting, data=filled(name="=1+1", email="bad,address")),
            clerk.post("one", lasting, data=filled(evidence_1_name="", evidence_1_url="")),
            clerk.post("many", lasting, data={"people": "", "awarded_on": today().isoformat()}),
            clerk.post("roster", lasting),
            clerk.upload(place.lasting, b"%PDF", "x.pdf"),
            clerk.post("mapping", place.unmapped_batch.public_id),
            clerk.post("undo_batch", sent),
            clerk.post("confirm", sent),
            clerk.post("reoffer", place.held.public_id),
        ]
    left = [text for answer in answers for text in unbracketed(answer.content.decode(), [*data, "x.pdf"])]
    assert not left, "\n".join(sorted(set(left)))
