"""What stands on the Grantor's desk in the full world of tests/support/worlds.py: lists in every state, and awards."""

from typing import Any

from insignia.domain.access.actor import SYSTEM, Actor
from insignia.domain.awards import actions as awards
from insignia.domain.awards.models import Award, AwardBatch
from insignia.domain.ground import clock

from . import builders
from .rosters import roster_of

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
