"""Stories told in the order of time, however many run side by side.

A tale is a generator. It yields how many days ago it goes on, or a pair of days and the hour of that day, and is resumed
when that moment has come: while it acts, time stands still there. So each tale reads from its beginning to its end, and
yet a committee that meets finds on its table what all of them have brought by then. `yield 0` goes on today, once
the past is told. What is owed to news is done in the same hour, but for the news of today: those are left to the worker, so
that mails of today go out.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, time, timedelta
from heapq import heappop, heappush
from zoneinfo import ZoneInfo

from insignia.domain.ground import clock
from insignia.domain.institutions.models import Institution
from insignia.domain.journal import delivery

Tale = Iterator[int | tuple[int, int]]
HOUR = 9
"""When people begin to work, where a tale does not say."""


def tell(institution: Institution, tales: Iterable[Tale]) -> list[Tale]:
    """Tell the past of all of them; gives those that go on today."""
    zone = ZoneInfo(institution.zone)
    now = clock.now()
    ahead: list[tuple[datetime, int, Tale]] = []
    today: list[Tale] = []

    def go_on(place: int, tale: Tale) -> None:
        when = next(tale, None)
        if when is None:
            return
        days, hour = when if isinstance(when, tuple) else (when, HOUR)
        if days == 0:
            today.append(tale)
            return
        day = now.astimezone(zone).date() - timedelta(days=days)
        # A minute apart, so that what happened on one day happened in some order.
        heappush(ahead, (datetime.combine(day, time(hour, place % 60), zone), place, tale))

    for place, tale in enumerate(tales):
        go_on(place, tale)
    before: datetime | None = None
    while ahead:
        at, place, tale = heappop(ahead)
        with clock.frozen(at):
            if before is None or _hour(before) != _hour(at):
                delivery.drain_loudly()  # what had to wait for a while, such as offers for the time to undo them
            go_on(place, tale)
            if not ahead or _hour(ahead[0][0]) != _hour(at):
                delivery.drain_loudly()
        before = at
    return today


def _hour(at: datetime) -> datetime:
    return at.replace(minute=0)
