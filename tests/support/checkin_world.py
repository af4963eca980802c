"""Check-ins in the full world of tests/support/worlds.py: one that takes names, one to come, one that is over, one handed on."""

from datetime import timedelta
from typing import Any

from insignia.domain.access.actor import Actor
from insignia.domain.awards import actions as awards
from insignia.domain.awards.models import CheckIn
from insignia.domain.catalog.models import Achievement
from insignia.domain.ground import clock

from . import builders


def fill(things: Any, user: Any, long_name: str) -> None:
    """A souvenir for two events, and its check-ins."""
    things.attended = builders.an_achievement(
        name="Orientation Week", level="souvenir", extra={"basis": "event_attendance", "events": 2}
    )
    by = builders.a_grantor(of=things.attended, user=user)
    things.early_check_in = _opened(by, things.attended, "Closing evening", hours=(26, 29))
    things.open_check_in = _opened(by, things.attended, "Breakfast with the deans of all seven colleges", hours=(-1, 3))
    things.listed_check_in = _opened(by, things.attended, "Campus tour", hours=(-1, 3))
    things.over_check_in = _opened(by, things.attended, "Fair of student organizations", hours=(-1, 3))
    for check_in in (things.open_check_in, things.listed_check_in, things.over_check_in):
        for number, name in enumerate((long_name, "Ana Núñez", "Bo Ek")):
            awards.check_in_oneself(check_in=check_in, name=name, email=f"present{number}@students.example")
    things.present = things.open_check_in.entries.first()
    for check_in in (things.listed_check_in, things.over_check_in):
        awards.close_check_in(by=by, check_in=check_in)
    awards.list_check_in(by=by, check_in=things.listed_check_in)


def _opened(by: Actor, achievement: Achievement, title: str, *, hours: tuple[int, int]) -> CheckIn:
    opens, closes = (clock.now() + timedelta(hours=hour) for hour in hours)
    return awards.open_check_in(
        by=by, achievement=achievement, title=title, place="Old Main, west lawn", opens_at=opens, closes_at=closes
    )
