"""What is forgotten and what is kept; what is owed, counted."""

from datetime import UTC, datetime, timedelta

import pytest

from insignia.domain.ground import clock
from insignia.domain.journal import backlog, bus, delivery, idempotency, sweep
from insignia.domain.journal.models import Delivery, DeliveryState, Entry, IdempotencyKey

from .news import NAME, tell

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)


def fail(data, entry):
    raise ValueError


def test_finished_deliveries_go_after_a_fortnight_and_entries_and_dead_letters_stay(college, monkeypatch):
    monkeypatch.setattr(sweep, "CHUNK", 2)
    bus.subscribe(NAME, name="test.done")(lambda data, entry: None)
    bus.subscribe(NAME, name="test.dead", tries=1)(fail)
    with clock.frozen(NOON):
        for one in "abcde":
            tell(college, one)
        delivery.drain()
    with clock.frozen(NOON + timedelta(days=14)):
        assert sweep.sweep() == 0
    with clock.frozen(NOON + timedelta(days=14, seconds=1)):
        assert sweep.sweep() == 5
    assert set(Delivery.objects.values_list("state", flat=True)) == {DeliveryState.DEAD}
    assert Entry.objects.count() == 5


def test_kept_replies_go_after_thirty_days():
    with clock.frozen(NOON):
        idempotency.once("k", actor_id="a", request_hash="h", institution="i")
    with clock.frozen(NOON + timedelta(days=30)):
        assert sweep.sweep() == 0
    with clock.frozen(NOON + timedelta(days=30, seconds=1)):
        assert sweep.sweep() == 1
    assert not IdempotencyKey.objects.exists()


def test_the_backlog_counts_what_is_owed_and_since_when(college):
    bus.subscribe(NAME, name="test.done")(lambda data, entry: None)
    with clock.frozen(NOON):
        assert backlog.measure() == backlog.Backlog(due=0, running=0, dead=0, waiting=timedelta(0))
        tell(college, "x")
        tell(college, "y", not_before=NOON + timedelta(hours=1))
    with clock.frozen(NOON + timedelta(minutes=5)):
        assert backlog.measure() == backlog.Backlog(due=1, running=0, dead=0, waiting=timedelta(minutes=5))
