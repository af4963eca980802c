"""The worker's process: it comes back when it dies, goes when it should, and is alone on SQLite."""

import os
import signal
import sys
import threading
import time

import pytest
from django.db import connection

from insignia.domain.journal import supervisor
from insignia.domain.journal.supervisor import Child


def until(holds, seconds=30.0):
    """Wait for `holds()` to become true, and say so; the waiting is for another process."""
    deadline = time.monotonic() + seconds
    while not (answer := holds()) and time.monotonic() < deadline:
        time.sleep(0.02)
    return answer


def is_running(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    with open(f"/proc/{pid}/stat") as status:
        return status.read().rpartition(")")[2].split()[0] != "Z"


@pytest.fixture
def supervised(monkeypatch):
    """Supervise children in a thread of this process."""
    monkeypatch.setattr(supervisor, "PAUSES", (0.01, 0.02))
    monkeypatch.setattr(supervisor, "GRACE", 1.0)
    stop = threading.Event()
    threads = []

    def start(*children):
        thread = threading.Thread(target=supervisor.supervise, args=(children, stop), kwargs={"glance": 0.01})
        threads.append(thread)
        thread.start()

    def end():
        stop.set()
        for thread in threads:
            thread.join(20)

    start.end = end
    yield start
    end()


def a_child(script, name="child"):
    return Child(name, [sys.executable, "-c", script])


class TestChildren:
    def test_a_child_that_dies_is_started_again(self, supervised):
        child = a_child("import time; time.sleep(60)")
        supervised(child)
        until(lambda: child.process)
        first = child.process.pid
        os.kill(first, signal.SIGKILL)
        assert until(lambda: child.process is not None and child.process.pid != first)
        assert child.deaths == 1

    def test_a_child_that_dies_at_once_is_given_longer_and_longer_pauses(self, supervised, monkeypatch, caplog):
        monkeypatch.setattr(supervisor, "PAUSES", (0.01, 0.02, 60.0))
        child = a_child("raise SystemExit(7)")
        supervised(child)

        def pauses():
            return [record.args[2] for record in caplog.records if record.name == supervisor.log.name]

        assert until(lambda: len(pauses()) == 3)
        assert (pauses(), child.deaths) == ([0.01, 0.02, 60.0], 3)

    def test_all_are_asked_to_stop_in_the_end_and_those_that_will_not_are_made_to(self, supervised, tmp_path):
        deaf = (
            "import signal, time, sys; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
            "open(sys.argv[1], 'w'); time.sleep(60)"
        )
        willing = a_child("import time; time.sleep(60)")
        unwilling = Child("deaf", [sys.executable, "-c", deaf, str(tmp_path / "deaf")])
        supervised(willing, unwilling)
        until(lambda: (tmp_path / "deaf").exists())
        supervised.end()
        assert willing.process.returncode == -signal.SIGTERM
        assert unwilling.process.returncode == -signal.SIGKILL

    def test_a_process_without_a_supervisor_is_not_tethered(self, monkeypatch):
        monkeypatch.delenv(supervisor.TETHER, raising=False)
        assert not supervisor.tether(lambda: None)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
class TestWorker:
    def test_it_works_until_it_is_asked_to_stop(self, killable):
        killable("publish", 20)
        worker = killable.start("worker")
        assert killable("await")["states"] == {"done": 20}
        worker.send_signal(signal.SIGTERM)
        assert worker.communicate(timeout=20)[0].splitlines()[-1] == '"stopped"'
        assert worker.returncode == 0

    def test_the_supervised_worker_comes_back_and_the_work_goes_on(self, killable):
        parent = killable.start("serve")
        first = int(parent.stdout.readline())
        os.kill(first, signal.SIGKILL)
        killable("publish", 20)
        second = int(parent.stdout.readline())
        assert second != first
        assert killable("await")["states"] == {"done": 20}
        parent.send_signal(signal.SIGTERM)
        assert parent.wait(20) == 0
        assert not is_running(second)

    def test_no_worker_outlives_its_parent_even_when_that_is_killed(self, killable):
        parent = killable.start("serve")
        worker = int(parent.stdout.readline())
        parent.kill()
        parent.wait(10)
        assert until(lambda: not is_running(worker))

    def test_there_is_one_worker_on_sqlite_and_any_number_on_postgresql(self, killable):
        first, second = killable.start("worker"), None
        first.stdout.readline()
        second = killable.start("worker")
        second.stdout.readline()
        if connection.vendor == "sqlite":
            assert "worker is already running" in second.communicate(timeout=20)[1]
            assert second.returncode == 1
            first.kill()  # the system frees the place, however its holder ends
            first.wait(10)
            second = killable.start("worker")
            second.stdout.readline()
        killable("publish", 5)
        assert killable("await")["states"] == {"done": 5}
        assert second.poll() is None
