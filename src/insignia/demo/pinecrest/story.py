"""How Pinecrest was founded, and all that is told of it."""

from collections.abc import Iterator

from insignia.demo import badge
from insignia.demo.stage import Stage, University
from insignia.demo.telling import Tale
from insignia.domain.proposals.workflow import actions as workflow

from . import awards, badges, committee, ended, intents, people, production, proposals, souvenirs

UNITS = (
    ("computing", "College of Computing", "academic", ""),
    ("design", "Department of Information Design", "academic", "computing"),
    ("library", "Library Services", "non_academic", ""),
    ("engagement", "Student Engagement Office", "non_academic", ""),
    ("careers", "Career Planning Office", "non_academic", ""),
    ("communications", "Strategic Communications", "non_academic", ""),
)


def furnish(pinecrest: Stage) -> None:
    """Its units, people and committee, and the badges that it brought along."""
    pinecrest.add_units(UNITS)
    for part, role, unit in people.ROLES:
        pinecrest.give(part, role, unit)
    for part in (people.GRANTOR, people.UNTRAINED, people.ENDED, people.ROWAN):
        pinecrest.user(part)
    committee.seat(pinecrest)
    for one in badges.badges(pinecrest.today):
        body = "Micro-Credential Committee" if one.level != "souvenir" else ""
        badge.make(
            pinecrest,
            one,
            handbook="https://www.pinecrest.example/badges/handbook",
            approved_by=body,
            approved_on=pinecrest.day(1040) if body else None,
        )
    awards.appoint(pinecrest)


def tales(pinecrest: Stage) -> Iterator[Tale]:
    """All that happened since, in whatever order."""
    yield committee.meetings(pinecrest)
    for told in (*intents.TALES, *proposals.TALES, *ended.TALES, *production.TALES, *souvenirs.TALES):
        yield told(pinecrest)
    yield from awards.past(pinecrest)
    yield awards.set_right(pinecrest)
    yield away(pinecrest)
    yield awards.today(pinecrest)


def away(pinecrest: Stage) -> Tale:
    """Somebody is away this week, and another stands in."""
    yield 2
    workflow.delegate(
        by=pinecrest.actor(people.LIBRARIAN),
        institution=pinecrest.institution,
        user=pinecrest.user(people.LIBRARIAN),
        to=pinecrest.user(people.MEMBER_3),
        role="unit_leader",
        starts_on=pinecrest.day(2),
        ends_on=pinecrest.day(-7),
    )


PINECREST = University(
    name="Pinecrest State University",
    slug="pinecrest",
    zone="America/New_York",
    preset="ksu",
    hue=250,
    furnish=furnish,
    tales=tales,
)
