"""What time it is, asked in one place so that a test or a demo can answer instead.

`now()` is for what people see and sign. What several processes must agree on (leases, due times, periodic jobs) is
compared with `database_now()`, the one clock that they share: a worker whose own clock is five minutes off takes
nobody's lease.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from django.db.models import DateTimeField, Expression, Value
from django.db.models.functions import Now

# Not a context variable: threads of a live server under test must see the frozen time too.
_frozen: list[datetime] = []


def now() -> datetime:
    """This moment, aware, in UTC."""
    return _frozen[-1] if _frozen else datetime.now(UTC)


def today_in(zone: str) -> date:
    """The calendar day that people in the IANA zone `zone` are living in."""
    return now().astimezone(ZoneInfo(zone)).date()


def database_now() -> Expression:
    """This moment by the database's clock, as an expression for queries and inserts; the frozen moment while frozen."""
    return Value(_frozen[-1], output_field=DateTimeField()) if _frozen else Now()


@contextmanager
def frozen(at: datetime) -> Iterator[None]:
    """Let time stand still at `at` (aware): for tests, and for telling the demo's stories in the past."""
    if at.tzinfo is None:
        raise ValueError("A frozen moment needs a time zone.")
    _frozen.append(at.astimezone(UTC))
    try:
        yield
    finally:
        _frozen.pop()
