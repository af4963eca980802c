"""Do what is owed: claim deliveries, run their reactions, settle them.

A reaction runs outside any transaction, inside its institution, on behalf of the request that caused it. It may

* return: the delivery is done;
* raise `Later(at)`: it is run again at that time, and this did not count as a failure;
* raise anything else: it is run again after a growing pause, and goes to the dead letters after its last try;
* take long, and call `heartbeat()` now and then; better, publish follow-up chunks and return.
"""

import logging
import os
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import PurePath

from django.db import DatabaseError, InterfaceError, close_old_connections, connections, reset_queries

from insignia.core.errors import InsigniaError, Unavailable
from insignia.domain.ground import failpoints, outside, tenancy, tracing
from insignia.domain.journal import bus, claiming, periodic
from insignia.domain.journal.engines import embedded
from insignia.domain.journal.models import Delivery, Entry

log = logging.getLogger(__name__)

BATCH = 20
SLICE = 1.0
"""Seconds after which a worker hands back what it has claimed and not begun: others wait, and leases run."""
IDLE_FIRST, IDLE_MOST = 0.2, 1.0


class Later(Exception):
    """Raised by a reaction: not now, run me again at `at`."""

    def __init__(self, at: datetime) -> None:
        super().__init__(at)
        self.at = at


class LeaseLost(Exception):
    """Another worker has taken this delivery over; whatever the reaction has not committed must not be committed."""


class Outcome(StrEnum):
    """How one run ended. `lost`: it ended, but the delivery belonged to somebody else by then."""

    DONE = "done"
    LATER = "later"
    FAILED = "failed"
    DEAD = "dead"
    LOST = "lost"


@dataclass(slots=True)
class Tally:
    """What a stretch of work amounted to."""

    run: int = 0
    outcomes: dict[Outcome, int] = field(default_factory=dict)
    error: Exception | None = None
    """The first failure, for those who want to see it raised."""

    def count(self, outcome: Outcome) -> int:
        return self.outcomes.get(outcome, 0)


_held: ContextVar[Delivery | None] = ContextVar("delivery", default=None)


def heartbeat() -> None:
    """Keep the delivery that is being run for another lease. LeaseLost when another worker has it already.

    Called as the last statement of a transaction it is a fence: a zombie's work is then rolled back, not committed.
    Outside a delivery it does nothing, so that an action may call it wherever it is called from.
    """
    delivery = _held.get()
    if delivery is not None and not claiming.extend(delivery):
        raise LeaseLost(delivery.pk)


def run_due(limit: int = BATCH, *, stop: threading.Event | None = None) -> int:
    """Claim up to `limit` deliveries and run them; how many were run. 0 means that nothing was due."""
    tally = Tally()
    _run_batch(limit, tally, stop or threading.Event())
    return tally.run


def run_one(pk: int) -> Outcome | None:
    """Run this delivery if it is due; None when it is not, or somebody else has it."""
    outside.assert_no_transaction()
    delivery = claiming.claim_one(bus.reactions(), pk)
    return _run(delivery, Tally()) if delivery else None


def drain(*, until: Callable[[], bool] | None = None, patience: float = 0.0) -> Tally:
    """Work until nothing is due, or until `until()` holds. For the command line, the demo and tests.

    With `patience`, wait that many seconds for `until()` when nothing is due here: another worker may be at it.
    """
    tally = Tally()
    give_up_at = time.monotonic() + patience
    stop = threading.Event()
    while until is None or not until():
        if _run_batch(BATCH, tally, stop):
            continue
        if until is None or time.monotonic() >= give_up_at:
            break
        embedded.pause(IDLE_FIRST, stop)
    return tally


def drain_loudly(*, until: Callable[[], bool] | None = None) -> Tally:
    """`drain`, and raise the first failure of a reaction. For tests and the demo, where a failure is a mistake."""
    tally = drain(until=until)
    if tally.error is not None:
        raise tally.error
    return tally


def work_forever(stop: threading.Event | None = None) -> None:
    """The embedded worker: run what is due, and the periodic jobs until `stop` is set; outlives the database."""
    stop = stop or threading.Event()
    pause = IDLE_FIRST
    while not stop.is_set():
        try:
            close_old_connections()
            reset_queries()
            worked = run_due(stop=stop)
            periodic.run_due()
        except (DatabaseError, InterfaceError):
            log.exception("The database cannot be reached; trying again.")
            connections.close_all()
            stop.wait(IDLE_MOST)
            continue
        if worked:
            pause = IDLE_FIRST
        else:
            embedded.pause(pause, stop)
            pause = min(pause * 1.5, IDLE_MOST)


def _run_batch(limit: int, tally: Tally, stop: threading.Event) -> int:
    outside.assert_no_transaction()
    waiting = claiming.claim(bus.reactions(), limit)
    claimed = len(waiting)
    began = time.monotonic()
    try:
        while waiting and not stop.is_set() and (time.monotonic() - began < SLICE or len(waiting) == claimed):
            _run(waiting.pop(0), tally)
    finally:
        claiming.hand_back(waiting)
    return claimed


def _run(delivery: Delivery, tally: Tally) -> Outcome:
    reaction = bus.reactions()[delivery.reaction]
    try:
        with _inside(delivery.entry), _holding(delivery):
            if not claiming.begin(delivery):
                raise LeaseLost(delivery.pk)
            failpoints.reach("journal.delivery.before_reaction")
            for _ in range(2 if os.environ.get("CHAOS_DOUBLE") == "1" else 1):
                reaction.run(dict(delivery.entry.data), delivery.entry)
            failpoints.reach("journal.delivery.after_reaction")
        outcome, settled = Outcome.DONE, claiming.finish(delivery)
    except Later as later:
        outcome, settled = Outcome.LATER, claiming.postpone(delivery, later.at)
    except LeaseLost:
        outcome, settled = Outcome.LOST, False
    except Exception as error:
        tally.error = tally.error or error
        hopeless = delivery.attempts >= reaction.tries or (isinstance(error, Unavailable) and error.permanent)
        outcome, settle = (Outcome.DEAD, claiming.bury) if hopeless else (Outcome.FAILED, claiming.retry_later)
        log.exception("Reaction %s failed for entry %s.", reaction.name, delivery.entry.public_id)
        settled = settle(delivery, reason(error))
    if not settled:
        outcome = Outcome.LOST
        log.warning("Delivery %s of %s was taken over by another worker.", delivery.public_id, reaction.name)
    failpoints.reach("journal.delivery.after_settle")
    tally.run += 1
    tally.outcomes[outcome] = tally.count(outcome) + 1
    return outcome


def reason(error: Exception) -> str:
    """What to tell the operator about a failure, without the values it was about: those may be somebody's name."""
    if isinstance(error, InsigniaError):
        return f"{error.code}: {error.message}"
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "insignia" in PurePath(frame.filename).parts] or frames
    where = f" in {ours[-1].name}, {PurePath(ours[-1].filename).name}:{ours[-1].lineno}" if ours else ""
    return f"{type(error).__name__}{where}"


@contextmanager
def _inside(entry: Entry) -> Iterator[None]:
    scope = (
        tenancy.of(tenancy.Tenant(entry.institution_pk, entry.institution)) if entry.institution_pk else nullcontext()
    )
    with scope, tracing.of(entry.request_id):
        yield


@contextmanager
def _holding(delivery: Delivery) -> Iterator[None]:
    token = _held.set(delivery)
    try:
        yield
    finally:
        _held.reset(token)
