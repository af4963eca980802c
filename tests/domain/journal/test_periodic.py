"""Periodic jobs: each turn once, whoever comes."""

from datetime import UTC, datetime, timedelta

import pytest

from insignia.domain.ground import clock
from insignia.domain.journal import periodic
from insignia.domain.journal.models import PeriodicRun

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)


@pytest.fixture
def turns():
    taken = []
    periodic.every(60, name="test.job", patience=300)(lambda: taken.append(clock.now()))
    return taken


def test_a_job_runs_at_once_and_then_every_so_many_seconds(turns):
    for seconds in (0, 1, 59, 60, 61, 119, 120):
        with clock.frozen(NOON + timedelta(seconds=seconds)):
            periodic.run_due()
    assert turns == [NOON, NOON + timedelta(seconds=60), NOON + timedelta(seconds=120)]


def test_turns_that_were_missed_are_not_made_up_for(turns):
    for hours in (0, 5, 5):
        with clock.frozen(NOON + timedelta(hours=hours)):
            periodic.run_due()
    assert len(turns) == 2


def test_a_turn_that_another_worker_has_taken_is_not_taken_again():
    inner = []
    job = periodic.every(60, name="test.job", patience=300)

    @job
    def work():
        inner.append(periodic.run_due())  # as another worker, while this one is at it
        inner.append(periodic._take_turn(periodic.jobs()["test.job"]))  # as one that saw it due a moment ago

    with clock.frozen(NOON):
        assert periodic.run_due() == 1
    assert inner == [0, False]


def test_a_job_whose_worker_died_is_taken_up_after_its_patience(turns):
    def die():
        raise SystemExit

    periodic._jobs["test.job"] = periodic.Job("test.job", timedelta(seconds=60), timedelta(seconds=300), die)
    with clock.frozen(NOON), pytest.raises(SystemExit):
        periodic.run_due()
    alive = []
    periodic._jobs["test.job"] = periodic.Job(
        "test.job", timedelta(seconds=60), timedelta(seconds=300), lambda: alive.append(clock.now())
    )
    for seconds in (60, 299, 300):
        with clock.frozen(NOON + timedelta(seconds=seconds)):
            periodic.run_due()
    assert alive == [NOON + timedelta(seconds=300)]


def test_a_job_that_fails_is_noted_and_comes_round_again(turns):
    def fail():
        raise ValueError("Ada Example")

    periodic.every(60, name="test.failing")(fail)
    with clock.frozen(NOON):
        assert periodic.run_due() == 2
    row = PeriodicRun.objects.get(name="test.failing")
    assert (row.last_error, row.next_at) == ("ValueError", NOON + timedelta(seconds=60))
    assert turns == [NOON]


def test_two_jobs_cannot_share_a_name(turns):
    def other():
        """Something else."""

    with pytest.raises(TypeError, match="called"):
        periodic.every(5, name="test.job")(other)
