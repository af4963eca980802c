"""What committees hold in the full world of tests/support/worlds.py: seats and terms, meetings held, open, ahead and off."""

from datetime import date, timedelta
from typing import Any

from insignia.core.workflow.route import Rating, Verb, Vote
from insignia.domain.access.actor import SYSTEM
from insignia.domain.ground import clock
from insignia.domain.proposals.bodies import actions as bodies
from insignia.domain.proposals.bodies import queries as body_queries
from insignia.domain.proposals.meetings import actions, queries

from . import builders, governance

CRITERIA = ("workforce_alignment", "taxonomy_fit", "evidence_types", "issuer_expertise", "skill_assessment_alignment")


def fill(place: Any, cast: governance.Cast) -> None:
    """Meetings of the committee in every state, with matters in every state; a body without seats."""
    things = place.things
    body = things.body = body_queries.body("MCC")
    things.bare_body = bodies.set_body(
        by=SYSTEM, institution=place.institution, key="Board", name="Stackability Board", short_name="Board"
    )
    seats = [sitting.seat for sitting in body_queries.sittings(body)]
    for number, name in ((4, "Corin Vance"), (5, "Priya Marlowe")):
        user = governance.a_colleague("faculty", name=name, scope=cast.unit)
        ends_on = date(2031, 6, 30)
        bodies.take_seat(by=SYSTEM, seat=seats[number - 1], user=user, starts_on=None, ends_on=ends_on)
        cast.people[f"member_{number}"] = user
    stand_in = governance.a_colleague(name="Ines Calloway")
    bodies.take_seat(by=SYSTEM, seat=seats[0], user=stand_in, starts_on=None, ends_on=None, place="alternate")
    bodies.appoint_chair(by=SYSTEM, body=body, user=cast["member_2"], starts_on=None, ends_on=None, place="deputy")
    things.seat, things.vacant_seat = seats[0], seats[6]
    things.meeting_held = _held(cast, body)
    things.meeting_cancelled = actions.cancel_meeting(
        by=SYSTEM, meeting=_meeting(body, in_days=3), reason="The building is closed because of snow."
    )
    things.meeting_empty = _meeting(things.bare_body, in_days=20)
    voted = governance.submitted(cast, title="Peer Mediation in Residence Halls and Student Organizations")
    _on_to_the_committee(cast, voted)
    things.meeting = _meeting(body, in_days=6)
    things.meeting_ahead = _meeting(body, in_days=36)
    actions.add_item(
        by=SYSTEM,
        meeting=things.meeting,
        title="Idea: badges for lab assistants",
        text="Three departments have asked. Is there enough that they share?",
        presenter="Hollis Fenwick",
        minutes=5,
    )
    actions.add_item(by=SYSTEM, meeting=things.meeting_ahead, title="Review the taxonomy", minutes=30)
    present = [cast[f"member_{number}"].public_id for number in (1, 2, 3, 4)]
    things.meeting = actions.open_meeting(by=cast.actor("member_1"), meeting=things.meeting, present=present)
    _talk(cast, things.meeting)
    things.item = next(item for item in queries.items(things.meeting) if item.proposal)
    things.free_item = next(item for item in queries.items(things.meeting) if item.kind == "free")


def _talk(cast: governance.Cast, meeting: Any) -> None:
    """The first proposal is under discussion, and two votes are cast."""
    chair = cast.actor("member_1")
    _minutes, first, *_others = queries.items(meeting)
    actions.discuss(by=chair, item=first)
    for number, vote in ((2, Vote.APPROVE), (3, Vote.REQUEST_CHANGES)):
        marks = [Rating(key, 4 if number == 2 else 3) for key in CRITERIA] if vote is Vote.APPROVE else []
        item = next(one for one in queries.items(meeting) if one.pk == first.pk)
        row = _run(item.proposal)
        actions.vote(
            by=cast.actor(f"member_{number}"),
            item=item,
            vote=vote,
            revision=row.revision,
            ratings=marks,
            comment="" if vote is Vote.APPROVE else "Say who assesses the portfolio.",
        )


def _held(cast: governance.Cast, body: Any) -> Any:
    """A meeting a month ago that approved one proposal; its minutes are a draft."""
    with clock.frozen(clock.now() - timedelta(days=30)):
        proposal = governance.submitted(cast, title="Spreadsheet Modelling")
        _on_to_the_committee(cast, proposal)
        meeting = _meeting(body, in_days=1, cut_off_in=0)
    with clock.frozen(clock.now() - timedelta(days=29)):
        chair = cast.actor("member_1")
        present = [cast[f"member_{number}"].public_id for number in (1, 2, 3, 5)]
        meeting = actions.open_meeting(by=chair, meeting=meeting, present=present)
        for item in queries.items(meeting):
            if item.proposal == proposal:
                actions.take_record(
                    by=chair, item=item, verb=Verb.APPROVE, revision=_run(proposal).revision, comment="It fits well."
                )
            elif item.is_live:
                actions.table(by=chair, item=item)
        return actions.close_meeting(by=chair, meeting=meeting)


def _run(proposal: Any) -> Any:
    from insignia.domain.proposals.workflow import queries as workflow

    return workflow.run_of(proposal)


def _on_to_the_committee(cast: governance.Cast, proposal: Any) -> None:
    proposal = governance.decided(cast, "skill_reviewer", proposal, Verb.APPROVE, task="skill_review")
    governance.decided(cast, "unit_leader", proposal, Verb.APPROVE, task="unit_leader")


def _meeting(body: Any, *, in_days: int, cut_off_in: int = 2) -> Any:
    now = clock.now()
    starts_at = (now + timedelta(days=in_days)).replace(hour=19, minute=0, second=0, microsecond=0)
    return actions.plan_meeting(
        by=SYSTEM,
        body=body,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=90),
        cut_off_on=clock.today_in(builders.here().zone) + timedelta(days=cut_off_in),
        place="Hawthorn Room and online",
    )
