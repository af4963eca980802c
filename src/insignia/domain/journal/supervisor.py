"""Keep child processes alive, and let none outlive us.

On SQLite `insignia serve` is one web process and one worker, both children of one small parent that starts them again
when they die. Each child holds the reading end of a pipe whose writing end only the parent has: when the parent goes,
even by SIGKILL, the pipe ends and the child stops (`tether`). A file lock beside the database lets only one worker live
per database, whoever started it.
"""

import fcntl
import logging
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from django.db import connection

from insignia.core.errors import Conflict
from insignia.core.words import N_
from insignia.domain.journal import delivery

log = logging.getLogger(__name__)

TETHER = "INSIGNIA_TETHER"
"""Environment variable by which a child learns the number of its end of the pipe."""
GRACE = 30.0
"""Seconds a child has between being asked and being made to stop."""
PAUSES = (0.2, 1.0, 5.0, 15.0)
"""Seconds before a child that died is started again: after the first, second, ... early death."""
HEALTHY_AFTER = 30.0
"""A child that lived this many seconds was well, and its next death counts as its first."""


@dataclass(slots=True)
class Child:
    """A command to keep running."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    deaths: int = 0
    start_at: float = 0.0


def supervise(children: Sequence[Child], stop: threading.Event, *, glance: float = 0.25) -> None:
    """Run `children` until `stop` is set, starting again whichever dies; then ask them to stop, and make them."""
    reading, writing = os.pipe()
    try:
        while not stop.is_set():
            for child in children:
                _look_after(child, reading)
            stop.wait(glance)
    finally:
        _end(children)
        os.close(writing)
        os.close(reading)


def stop_on_signals(stop: threading.Event) -> None:
    """Let SIGTERM and SIGINT set `stop`: the work in hand is finished or handed back, then the process ends."""

    def ask(_number: int, _frame: object) -> None:
        # From a thread: a handler interrupts this very thread, perhaps while it holds the lock that `set` needs.
        threading.Thread(target=stop.set, name="stop").start()

    signal.signal(signal.SIGTERM, ask)
    signal.signal(signal.SIGINT, ask)


def tether(gone: Callable[[], object]) -> bool:
    """Call `gone` once the supervising parent is no more. False when this process has no such parent."""
    number = os.environ.get(TETHER)
    if number is None:
        return False

    def watch() -> None:
        os.read(int(number), 1)  # nothing is ever written: this returns when the last writing end is closed
        gone()

    threading.Thread(target=watch, name="tether", daemon=True).start()
    return True


@contextmanager
def only_worker_of_sqlite() -> Iterator[None]:
    """Hold the worker's place beside an SQLite database; on PostgreSQL there is room for any number.

    Conflict `worker_running` when the place is taken. The system frees it however the holder ends.
    """
    if connection.vendor != "sqlite":
        yield
        return
    path = Path(connection.settings_dict["NAME"]).with_suffix(".worker-lock")
    with path.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise Conflict(N_("A worker is already running on this database."), code="worker_running") from None
        yield


def run_worker() -> None:
    """The process of `insignia worker`: work until a signal says stop or the supervising parent is gone."""
    stop = threading.Event()
    stop_on_signals(stop)

    def orphaned() -> None:
        stop.set()
        time.sleep(GRACE)
        os._exit(1)  # something in hand does not end; its lease will, and another worker takes it

    with only_worker_of_sqlite():
        tether(orphaned)
        delivery.work_forever(stop)


def _look_after(child: Child, reading: int) -> None:
    now = time.monotonic()
    if child.process is not None:
        code = child.process.poll()
        if code is None:
            return
        child.deaths = 1 if now - child.started > HEALTHY_AFTER else child.deaths + 1
        pause = PAUSES[min(child.deaths, len(PAUSES)) - 1]
        log.error("%s ended with code %s; starting it again in %s s.", child.name, code, pause)
        child.process, child.start_at = None, now + pause
    if now >= child.start_at:
        child.started = now
        environment = {**os.environ, **child.environment, TETHER: str(reading)}
        child.process = subprocess.Popen(child.command, env=environment, pass_fds=[reading])  # noqa: S603 - our own


def _end(children: Sequence[Child]) -> None:
    alive = [child.process for child in children if child.process is not None]
    for process in alive:
        process.terminate()
    until = time.monotonic() + GRACE
    for process in alive:
        try:
            process.wait(max(0.0, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
