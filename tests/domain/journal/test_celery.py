"""The engine for many machines, with Celery's own in-memory broker. Runs where the extra `scale` is installed."""

from datetime import timedelta

import pytest

from insignia.domain.ground import clock
from insignia.domain.journal import bus, claiming, engines, periodic
from insignia.domain.journal.models import DeliveryState

from .news import NAME, owed, tell

pytest.importorskip("celery", reason="the extra `scale` is not installed")

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def engine(settings):
    """The engine on a broker in memory, its tasks run at once where they are sent."""
    settings.ENGINE, settings.BROKER_URL = "celery", "memory://"
    from insignia.domain.journal.engines import celery

    celery.app.conf.update(broker_url="memory://", task_always_eager=True, task_eager_propagates=True)
    celery.app._after_fork()  # forget connections to the broker of another test
    return celery


@pytest.fixture
def seen():
    notes = []
    bus.subscribe(NAME, name="test.note")(lambda data, entry: notes.append(data["deliveries"]))
    return notes


def test_what_is_committed_is_handed_to_the_workers(engine, seen, college):
    entry = tell(college, "x")
    assert seen == [["x"]]
    assert owed(entry).state == DeliveryState.DONE


def test_a_hint_that_comes_twice_is_done_once(engine, seen, college):
    entry = tell(college, "x")
    engines.hint([owed(entry).pk])
    assert seen == [["x"]]


def test_a_broker_that_is_down_costs_nothing_but_time(engine, seen, college, caplog):
    with clock.frozen(clock.now() - timedelta(minutes=1)):
        engine.app.conf.update(task_always_eager=False, broker_url="amqp://guest@127.0.0.1:1//")
        entry = tell(college, "x")
    assert "The broker cannot be reached" in caplog.text
    assert owed(entry).state == DeliveryState.DUE
    engine.app.conf.update(task_always_eager=True)
    engine.sweep()
    assert seen == [["x"]]


def test_the_sweep_takes_over_from_a_worker_that_died(engine, seen, college, settings):
    settings.ENGINE = "embedded"
    with clock.frozen(clock.now() - timedelta(hours=1)):
        entry = tell(college, "x")
        assert len(claiming.claim(bus.reactions(), 1)) == 1
    engine.sweep()
    assert owed(entry).state == DeliveryState.DONE


def test_the_sweep_runs_the_periodic_jobs(engine):
    turns = []
    periodic.every(60, name="test.job")(lambda: turns.append(1))
    engine.sweep()
    engine.sweep()
    assert turns == [1]
