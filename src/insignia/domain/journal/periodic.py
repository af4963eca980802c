"""Jobs that come round: every so many seconds, in one worker at a time, however many there are.

Not a scheduler of dates: what falls due at a moment is an event published with `not_before`, or a query that a
periodic job asks. A job must not mind being skipped while everything was down, nor running again.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction

from insignia.domain.ground import clock, failpoints
from insignia.domain.journal.models import PeriodicRun

log = logging.getLogger(__name__)

Work = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Job:
    """`run` every `every`; when a worker dies at it, another begins after `patience`."""

    name: str
    every: timedelta
    patience: timedelta
    run: Work


_jobs: dict[str, Job] = {}


def every(seconds: float, *, name: str, patience: float = 300) -> Callable[[Work], Work]:
    """Run the decorated function every `seconds`. Longer jobs than `patience` seconds may meet themselves."""

    def register(run: Work) -> Work:
        known = _jobs.get(name)
        if known is not None and known.run.__qualname__ != run.__qualname__:
            raise TypeError(f"Two periodic jobs are called {name!r}.")
        _jobs[name] = Job(name, timedelta(seconds=seconds), timedelta(seconds=patience), run)
        return run

    return register


def jobs() -> dict[str, Job]:
    """Every job known to this process, by name."""
    return dict(_jobs)


def run_due() -> int:
    """Run the jobs whose turn has come and that no other worker has taken; how many were run."""
    done = 0
    known = set(PeriodicRun.objects.filter(name__in=_jobs).values_list("name", flat=True))
    fresh = [PeriodicRun(name=name, next_at=clock.database_now()) for name in _jobs if name not in known]
    if fresh:
        PeriodicRun.objects.bulk_create(fresh, ignore_conflicts=True)
    due = PeriodicRun.objects.filter(name__in=_jobs, next_at__lte=clock.database_now()).values_list("name", flat=True)
    for name in list(due):
        done += _take_turn(_jobs[name])
    return done


def _take_turn(job: Job) -> bool:
    with transaction.atomic():
        taken = PeriodicRun.objects.filter(name=job.name, next_at__lte=clock.database_now()).update(
            next_at=clock.database_now() + job.patience
        )
        mine = PeriodicRun.objects.get(name=job.name).next_at if taken else None
    if mine is None:
        return False
    failpoints.reach("journal.periodic.after_claim")
    error = ""
    try:
        job.run()
    except Exception as failure:
        log.exception("Periodic job %s failed.", job.name)
        error = type(failure).__name__
    # Only if nobody has taken over: a job that outlasted its patience leaves the next turn to the other worker.
    PeriodicRun.objects.filter(name=job.name, next_at=mine).update(
        next_at=clock.database_now() + job.every, last_error=error
    )
    return True
