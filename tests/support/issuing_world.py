"""What stands on the Grantor's desk in the full world of tests/support/worlds.py: lists in every state, and awards."""

from typing import Any

from insignia.domain.access.actor import SYSTEM, Actor
from insignia.domain.awards import actions as awards
from insignia.domain.awards.issuance import Assessed
from insignia.domain.awards.models import Award, AwardBatch
from insignia.domain.ground import clock

from . import builders, checkin_world
from .rosters import roster_of
from .routes import Role

LONG_NAME = "Maximiliane Theodora Oberhuber-Wolkenstein von und zu Hohenstauffenberg"
LONG_BADGE = (
    "Donaudampfschifffahrtsgesellschaftskapitänspatent and Interdisciplinary Data Visualisation for Practitioners"
)


def fill(place: Any, grantor: Actor) -> None:
    """Lists that wait, run, are held, were sent and were taken back; awards that are held, suspended and will expire."""
    things, user = place.things, builders.User.objects.get(pk=grantor.user_pk)
    things.sent_batch = _confirmed(grantor, things.achievement, seed=1, release="now")
    builders.worked_through()
    things.lasting = builders.an_achievement(
        name=LONG_BADGE, valid_months=12, variants=("with_distinction",), distinction_criteria="Without **any** help."
    )
    things.untrained = builders.an_achievement(name="Laboratory Safety")
    builders.a_grantor(of=things.untrained, user=user, trained_on=None)
    by = builders.a_grantor(of=things.lasting, user=user)
    things.expiring = builders.accepted(
        builders.an_award(things.lasting, by=by, earner=builders.an_earner(name=LONG_NAME))
    )
    things.suspended = builders.accepted(builders.an_award(things.lasting, by=by))
    awards.suspend(by=SYSTEM, award=things.suspended, reason="The committee looks into it.")
    things.held = builders.held(builders.an_award(things.lasting, by=by))
    _lists(things, by)
    checkin_world.fill(things, user, LONG_NAME)
    _requests(place)


def _requests(place: Any) -> None:
    """What a unit asks the Registrar to issue: a draft with mistakes, one with much to look at, one returned, one issued."""
    things = place.things
    things.askable = builders.an_achievement(name=f"Attendance of {LONG_BADGE}"[:120], level="souvenir")
    unit, registrar = (builders.acting(place.people[role]) for role in (Role.ISSUER, Role.REGISTRAR))
    day = clock.today_in("UTC").isoformat()[:8] + "01"
    fine = [f"Learner,Number {n},request{n}@students.example,{7000 + n},{day}," for n in range(3)]
    wrong = [
        f"Ben,,ben@students,,{day},",
        f"Ana,Núñez,request0@students.example,,{day},",
        "Cy,Day,cy@mail.example,,soon,",
    ]
    known = awards.Earner("request1@students.example", LONG_NAME, "")
    builders.an_award(builders.an_achievement(level="souvenir"), by=SYSTEM, earner=known)
    builders.an_award(things.askable, by=SYSTEM, earner=awards.Earner("request2@students.example", "Learner Number 2"))
    things.draft_request = _asked(unit, things.askable, *fine, *wrong)
    things.wrong_row = things.draft_request.rows.exclude(code="").first()
    things.sent_request = _sent(unit, things.askable, *fine)
    awards.verify_request(by=registrar, request=things.sent_request)
    things.returned_request = _sent(unit, things.askable, *fine)
    awards.return_request(by=registrar, request=things.returned_request, reason="The numbers are those of last year.")
    things.issued_request = _sent(unit, things.askable, f"Dora,Done,dora@students.example,,{day},")
    awards.issue_valid(by=registrar, request=things.issued_request)


def _asked(by: Actor, achievement: Any, *lines: str) -> Any:
    head = "first_name,last_name,email,student_id,completed_on,evidence_url"
    data = "\n".join([head, *lines]).encode()
    return awards.upload_request(
        by=by, achievement=achievement, data=data, filename="autumn-cohort.csv", assessed=Assessed()
    )


def _sent(by: Actor, achievement: Any, *lines: str) -> Any:
    request = _asked(by, achievement, *lines)
    awards.send_request(by=by, request=request, attested=awards.ATTESTATION_TEXT)
    return request


def _lists(things: Any, by: Actor) -> None:
    things.checked_batch = _checked(by, things.achievement, seed=2)
    things.unmapped_batch = awards.upload_batch(
        by=by,
        achievement=things.lasting,
        data="Kontakt;Vorname;Nachname\nana@mail.example;Ana;Núñez\n".encode(),
        filename="export-of-the-student-information-system-autumn-2026.csv",
        source="page",
    )
    things.running_batch = _confirmed(by, things.achievement, seed=3)
    awards.grant_next_rows(things.running_batch.public_id)
    _sign(things.running_batch, 20)
    things.held_batch = _confirmed(by, things.achievement, seed=4)
    awards.grant_next_rows(things.held_batch.public_id)
    _sign(things.held_batch, None)
    things.undone_batch = _confirmed(by, things.achievement, seed=5)
    awards.undo_batch(by=by, batch=things.undone_batch)
    things.cancelled_batch = _checked(by, things.achievement, seed=6)
    awards.cancel_batch(by=by, batch=things.cancelled_batch)


def _checked(by: Actor, achievement: Any, *, seed: int) -> AwardBatch:
    data = roster_of(40, bad=3, duplicates=2, seed=seed, awarded_on=clock.today_in("UTC").isoformat()[:8] + "01")
    batch = awards.upload_batch(by=by, achievement=achievement, data=data, filename=f"cohort-{seed}.csv", source="page")
    return awards.check_batch(batch)


def _confirmed(by: Actor, achievement: Any, *, seed: int, release: str = "held") -> AwardBatch:
    batch = _checked(by, achievement, seed=seed)
    return awards.confirm_batch(by=by, batch=batch, release=release)


def _sign(batch: AwardBatch, most: int | None) -> None:
    awards.issue(list(Award.objects.filter(batch=batch).values_list("public_id", flat=True)[:most]))
