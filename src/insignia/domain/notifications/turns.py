"""Whose turn it is to talk to the mail server, how fast, and when everybody rests.

One sender at a time in the whole installation, by a lease in the database with a fencing token. A sender that dies
leaves its lease behind; a lock on a file, which the system frees with the process, tells a successor on the same
machine at once, and one elsewhere waits for the lease to end.
"""

import fcntl
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import F, Q

from insignia.domain.ground import clock

from . import rules
from .models import Sender

ONLY = 1
LOCK = "mail-sender.lock"


class TurnLost(Exception):
    """Another sender has taken over; whatever this one has not begun must not be begun."""


class Turn:
    """The right to send, for as long as the token is the newest."""

    def __init__(self, row: Sender) -> None:
        self.token = row.token
        self.last_institution = row.last_institution
        self._next_at = row.next_at
        self._paused_until = row.paused_until
        self._failures = row.failures

    @property
    def is_resting(self) -> bool:
        """Whether the server could not be reached a moment ago."""
        return self._paused_until is not None and clock.now() < self._paused_until

    def wait(self) -> timedelta:
        """How long the next mail waits for its place."""
        return self._place()[0]

    def step(self, institution_pk: int) -> None:
        """Take the next place, and keep the turn. Raises `TurnLost`."""
        self._next_at = self._place()[1]
        self.last_institution = institution_pk
        self.keep(next_at=self._next_at, last_institution=institution_pk)

    def keep(self, **values: object) -> None:
        """Renew the lease. Raises `TurnLost`; inside a transaction that undoes what was about to be begun."""
        lease = clock.database_now() + _lease()
        if not Sender.objects.filter(pk=ONLY, token=self.token).update(leased_until=lease, **values):
            raise TurnLost

    def reached(self) -> None:
        """The server answers: whatever went wrong before is over."""
        if self._failures:
            self._failures, self._paused_until = 0, None
            self.keep(failures=0, paused_until=None, last_error="")

    def rest(self, why: str) -> None:
        """The server cannot be reached: let all mail rest, longer each time."""
        self._failures += 1
        self._paused_until = clock.now() + rules.pause(self._failures)
        self.keep(failures=self._failures, paused_until=self._paused_until, last_error=why[:500])

    def _place(self) -> tuple[timedelta, datetime]:
        return rules.turn(next_at=self._next_at, now=clock.now(), per_minute=settings.MAIL_PER_MINUTE)


@contextmanager
def taken() -> Iterator[Turn | None]:
    """The turn, or None while somebody else has it."""
    lock = Path(settings.DATA_FOLDER) / LOCK
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield None
            return
        turn = _take(f"{socket.gethostname()}:{lock}"[:300])
        try:
            yield turn
        finally:
            if turn is not None:
                Sender.objects.filter(pk=ONLY, token=turn.token).update(leased_until=None)


def _take(here: str) -> Turn | None:
    Sender.objects.get_or_create(pk=ONLY)
    # Who holds the file's lock knows that the former holder with the same file is gone, whatever its lease says.
    free = Q(leased_until=None) | Q(leased_until__lt=clock.database_now()) | Q(holder=here)
    won = Sender.objects.filter(free, pk=ONLY).update(
        holder=here, token=F("token") + 1, leased_until=clock.database_now() + _lease()
    )
    return Turn(Sender.objects.get(pk=ONLY)) if won else None


def _lease() -> timedelta:
    """Longer than a server may take over one mail: greeting, offer, content and answer have a time-out each."""
    return timedelta(seconds=6 * settings.EMAIL_TIMEOUT)
