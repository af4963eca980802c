"""Real processes, really killed: every effect exactly once, in whatever moment they die.

The workers run in a program of their own (killable.py) on a database of their own, SQLite or PostgreSQL as the suite.
"""

import pytest

from insignia.domain.ground import failpoints
from insignia.domain.journal import claiming

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.slow
def test_workers_killed_and_stopped_at_random_do_everything_exactly_once(killable):
    found = killable("storm", 300, 30, 7)
    assert found["killed"] == 30 or found["states"] == {"done": 300}
    assert found["killed"] + found["slept"] >= 5
    assert found["most_claims"] > 1
    assert found["states"] == {"done": 300}
    assert found["ledger"] == [300, 300]
    assert found["done"] == 300


@pytest.mark.slow
def test_work_that_ends_its_worker_every_time_is_buried_and_the_rest_is_done(killable):
    found = killable("poison", 30)
    assert found["dead"] == [10, 20, 30]
    assert found["reasons"] == [claiming.DIED]
    assert found["died"] == 9
    assert found["states"] == {"done": 27, "dead": 3}
    assert found["ledger"] == [27, 27]


@pytest.mark.slow
def test_dying_at_any_failpoint_leaves_nothing_amiss(killable):
    found = killable("points")
    assert found["amiss"] == []
    assert [point for point, code in found["reached"].items() if point.endswith(":kill") and code != -9] == []
    assert len(found["reached"]) == 2 * sum(name.startswith("journal.") for name in failpoints.REGISTERED)
