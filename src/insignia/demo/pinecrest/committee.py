"""Pinecrest's committee: who sits there, and its meetings."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from insignia.core.workflow.route import Verb
from insignia.demo.part import Part
from insignia.demo.stage import Stage
from insignia.demo.telling import Tale
from insignia.domain.access.actor import SYSTEM
from insignia.domain.proposals.bodies import actions as bodies
from insignia.domain.proposals.bodies import queries as body_queries
from insignia.domain.proposals.bodies.models import Body, Meeting
from insignia.domain.proposals.meetings import actions, queries
from insignia.domain.proposals.workflow import queries as workflow

from . import people

PLACE = "Hawthorn Room, and online"


def seat(stage: Stage) -> None:
    """Six of the seven seats are taken; whoever sat in the seventh left a month ago."""
    body = _body()
    seats = [sitting.seat for sitting in body_queries.sittings_only(body)]
    terms_end = date(stage.today.year + 2, 6, 30)
    for chair, part in zip(seats, people.COMMITTEE, strict=False):
        bodies.take_seat(by=SYSTEM, seat=chair, user=stage.user(part), starts_on=None, ends_on=terms_end)
    bodies.take_seat(
        by=SYSTEM, seat=seats[6], user=stage.user(people.PAST_MEMBER), starts_on=None, ends_on=stage.day(30)
    )
    bodies.take_seat(
        by=SYSTEM, seat=seats[5], user=stage.user(people.STAND_IN), starts_on=None, ends_on=terms_end, place="alternate"
    )
    bodies.appoint_chair(by=SYSTEM, body=body, user=stage.user(people.CHAIR), starts_on=None, ends_on=None)
    bodies.appoint_chair(
        by=SYSTEM, body=body, user=stage.user(people.DEPUTY), starts_on=None, ends_on=None, place="deputy"
    )


def meetings(stage: Stage) -> Tale:
    """Two that were held, one that was called off, one next week."""
    yield 68
    chair = stage.actor(people.CHAIR)
    first = _plan(stage, days=61)
    yield 61, 14
    _open(stage, first, people.CHAIR, people.DEPUTY, people.MEMBER, people.MEMBER_3)
    _record(
        stage,
        first,
        "Quantum Sensing Practice",
        Verb.HOLD,
        "The sensor is ordered and not here. We look at it once it stands in the lab.",
    )
    actions.close_meeting(by=chair, meeting=_now(first))
    yield 58
    actions.write_minutes(by=chair, meeting=_now(first), text=MINUTES)
    yield 45
    second = _plan(stage, days=33)
    yield 33, 14
    _open(stage, second, *people.COMMITTEE[:5], people.STAND_IN)
    for item in queries.items(_now(second)):
        if item.kind == "minutes":
            actions.settle_free(by=chair, item=item, outcome="accepted", reason="Accepted without changes.")
    _record(stage, second, "Lab Safety Practice", Verb.REQUEST_CHANGES, LAB_SAFETY_ASKED)
    _record(
        stage, second, "Cloud Basics", Verb.APPROVE, "A clear need, and an assessment that shows what the title says."
    )
    actions.close_meeting(by=chair, meeting=_now(second))
    yield 31
    actions.write_minutes(by=chair, meeting=_now(second), text=MINUTES_DRAFT)
    yield 26
    called_off = _plan(stage, days=11)
    third = _plan(stage, days=-7)
    actions.add_item(
        by=chair,
        meeting=third,
        title="Badges for lab assistants: one, or one for each lab?",
        text="Three departments have asked within a month. What do their assistants have in common that could be assessed?",
        presenter=people.MEMBER_2.name,
        minutes=15,
    )
    actions.add_item(
        by=chair,
        meeting=called_off,
        title="Who follows Pia Past in the third seat of staff?",
        presenter=people.MANAGER.name,
        minutes=5,
    )
    yield 12
    actions.cancel_meeting(by=chair, meeting=called_off, reason="The building is closed: a water pipe has burst.")


def _plan(stage: Stage, *, days: int) -> Meeting:
    """A meeting so many days ago, or ahead where the number is negative, with what comes until four days before it."""
    day = stage.day(days)
    starts_at = datetime.combine(day, time(14), ZoneInfo(stage.institution.zone))
    return actions.plan_meeting(
        by=stage.actor(people.CHAIR),
        body=_body(),
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=90),
        cut_off_on=day - timedelta(days=3),
        place=PLACE,
    )


def _open(stage: Stage, meeting: Meeting, *present: Part) -> None:
    there = [stage.user(part).public_id for part in present]
    actions.open_meeting(by=stage.actor(people.CHAIR), meeting=_now(meeting), present=there)


def _record(stage: Stage, meeting: Meeting, title: str, verb: Verb, comment: str) -> None:
    item = next(item for item in queries.items(_now(meeting)) if item.proposal and item.proposal.title == title)
    run = workflow.run_of(item.proposal) if item.proposal else None
    actions.take_record(
        by=stage.actor(people.CHAIR), item=item, verb=verb, revision=run.revision if run else 0, comment=comment
    )


def _now(meeting: Meeting) -> Meeting:
    return queries.meeting(meeting.public_id)


def _body() -> Body:
    return body_queries.body("MCC")


LAB_SAFETY_ASKED = (
    "A reflection does not show that somebody can act. Please let the drills be observed and assessed, say by which form, "
    "and drop the skills that are not assessed."
)
MINUTES = """The committee met in the Hawthorn Room with two members online.

**Quantum Sensing Practice.** Fern Faculty presented. The committee would like to see the bench before it says that two
students a week can be assessed there. On hold until the sensor is in the lab.

**Next meeting.** Matters that come in by three days before it are on its agenda."""
MINUTES_DRAFT = """The minutes of the last meeting were accepted.

**Lab Safety Practice.** The committee likes the training lab and misses an assessment that shows the skills. Changes
requested; the chair writes to Fern Faculty.

**Cloud Basics.** The committee asked what happens when a provider changes its prices; the bill is always the current one.
Approved. The chair thanks the college for saying plainly who pays for the machines."""
