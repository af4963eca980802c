"""What is forgotten and what is kept; what is owed, counted."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session

from insignia.domain.ground import clock
from insignia.domain.journal import backlog, bus, delivery, idempotency, retention
from insignia.domain.journal.models import Delivery, DeliveryState, Entry, IdempotencyKey

from .news import NAME, tell

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)


def fail(data, entry):
    raise ValueError


def test_finished_deliveries_go_after_a_fortnight_and_entries_and_dead_letters_stay(college, monkeypatch):
    monkeypatch.setattr(retention, "CHUNK", 2)
    bus.subscribe(NAME, name="test.done")(lambda data, entry: None)
    bus.subscribe(NAME, name="test.dead", tries=1)(fail)
    with clock.frozen(NOON):
        for one in "abcde":
            tell(college, one)
        delivery.drain()
    with clock.frozen(NOON + timedelta(days=14)):
        assert retention.carry_out() == 0
    with clock.frozen(NOON + timedelta(days=14, seconds=1)):
        assert retention.carry_out() == 5
    assert set(Delivery.objects.values_list("state", flat=True)) == {DeliveryState.DEAD}
    assert Entry.objects.count() == 5


def test_kept_replies_go_after_thirty_days():
    with clock.frozen(NOON):
        idempotency.once("k", actor_id="a", request_hash="h", institution="i")
    with clock.frozen(NOON + timedelta(days=30)):
        assert retention.carry_out() == 0
    with clock.frozen(NOON + timedelta(days=30, seconds=1)):
        assert retention.carry_out() == 1
    assert not IdempotencyKey.objects.exists()


def test_sign_ins_that_have_ended_go_after_a_day():
    for name, days in (("over", -2), ("just over", 0), ("open", 5)):
        Session.objects.create(session_key=name, session_data="", expire_date=clock.now() + timedelta(days=days))
    retention.carry_out()
    assert set(Session.objects.values_list("session_key", flat=True)) == {"just over", "open"}


def test_one_term_that_fails_keeps_no_other_from_being_carried_out(monkeypatch):
    done = []

    def fails(before):
        raise ValueError

    terms = [retention.Term("a", "", "", 1, fails), retention.Term("b", "", "", 2, lambda before: done.append(1) or 1)]
    monkeypatch.setattr(retention, "_terms", {term.name: term for term in terms})
    with pytest.raises(ValueError):
        retention.carry_out()
    assert done == [1]


def test_the_backlog_counts_what_is_owed_and_since_when(college):
    bus.subscribe(NAME, name="test.done")(lambda data, entry: None)
    with clock.frozen(NOON):
        assert backlog.measure() == backlog.Backlog(due=0, running=0, dead=0, waiting=timedelta(0))
        tell(college, "x")
        tell(college, "y", not_before=NOON + timedelta(hours=1))
    with clock.frozen(NOON + timedelta(minutes=5)):
        assert backlog.measure() == backlog.Backlog(due=1, running=0, dead=0, waiting=timedelta(minutes=5))
