"""How Alder Ridge was founded, and all that is told of it."""

from collections.abc import Iterator
from datetime import date

from insignia.demo import badge
from insignia.demo.stage import Stage, University
from insignia.demo.telling import Tale
from insignia.domain.access.actor import SYSTEM
from insignia.domain.frameworks import actions as frameworks
from insignia.domain.proposals.bodies import actions as bodies
from insignia.domain.proposals.bodies import queries as body_queries

from . import badges, intents, issuing, people, proposals

UNITS = (
    ("continuing", "Continuing Studies", "academic", ""),
    ("engineering", "College of Engineering", "academic", ""),
    ("student-life", "Student Life", "non_academic", ""),
    ("registrar", "Office of the Registrar", "non_academic", ""),
)


def furnish(alder: Stage) -> None:
    """Its divisions, people, committee and skills, and the badges that it brought along."""
    alder.add_units(UNITS)
    for part, role, unit in people.ROLES:
        alder.give(part, role, unit)
    alder.user(people.SKY)
    _seat(alder)
    frameworks.add_framework(
        by=SYSTEM,
        institution=alder.institution,
        key="alder-ridge",
        name="Skills of Alder Ridge",
        url="https://skills.alder-ridge.example/",
        skills=[
            {"code": code, "name": name, "url": f"https://skills.alder-ridge.example/{code}"}
            for code, name in badges.SKILLS
        ],
    )
    for one in badges.BADGES:
        badge.make(
            alder,
            one,
            handbook="https://www.alder-ridge.example/badges/handbook",
            approved_by="Micro-credentials Advisory Committee",
            approved_on=alder.day(1040),
        )


def tales(alder: Stage) -> Iterator[Tale]:
    """All that happened since, in whatever order."""
    for told in (*intents.TALES, *proposals.TALES, *issuing.TALES):
        yield told(alder)
    yield from issuing.past(alder)


def _seat(alder: Stage) -> None:
    """Each of the seven constituencies has its seat, and somebody in it."""
    body = body_queries.body("MAC")
    ends_on = date(alder.today.year + 1, 6, 30)
    for sitting, part in zip(body_queries.sittings_only(body), people.COMMITTEE, strict=True):
        bodies.take_seat(by=SYSTEM, seat=sitting.seat, user=alder.user(part), starts_on=None, ends_on=ends_on)
    bodies.appoint_chair(by=SYSTEM, body=body, user=alder.user(people.CHAIR), starts_on=None, ends_on=None)


ALDER = University(
    name="Alder Ridge University",
    slug="alder-ridge",
    zone="America/Denver",
    preset="cu_boulder",
    hue=155,
    furnish=furnish,
    tales=tales,
)
