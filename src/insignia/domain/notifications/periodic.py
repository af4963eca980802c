"""What comes round: sending, and looking ahead for badges that will expire."""

import logging
import threading
import time
from datetime import timedelta

from django.db import connections

from insignia.domain.ground import tenancy
from insignia.domain.institutions import queries as institutions
from insignia.domain.journal.periodic import every

from . import actions, owed, sending

log = logging.getLogger(__name__)

RUN = 20.0
"""Seconds for which one run goes on, with one connection."""

_running: list[threading.Thread] = []


# Little patience: the job only starts a thread, and who may send is decided by `turns`. A worker that was killed just here
# would otherwise leave all mail waiting for minutes.
@every(1, name="notifications.send", patience=5)
def send() -> None:
    """Let a thread of the worker talk to the mail server, so that a slow one keeps nobody waiting for a signature.

    It ends by itself: when nothing is due, after `RUN`, or with the worker, which waits for the mail in hand.
    """
    if any(thread.is_alive() for thread in _running) or not owed.anything_to_do():
        return
    _running[:] = [threading.Thread(target=_send, name="mail")]
    _running[0].start()


@every(3600, name="notifications.expiring")
def look_ahead() -> int:
    """Tell holders whose badges will expire soon, in every institution; gives how many mails are owed."""
    owed = 0
    for institution in institutions.all_institutions():
        with tenancy.of(institution):
            owed += actions.tell_of_expiry(institution)
    return owed


@every(900, name="notifications.digest")
def digest() -> int:
    """Tell those who watch proposals what became of them yesterday, each morning; gives how many mails are owed."""
    owed = 0
    for institution in institutions.all_institutions():
        with tenancy.of(institution):
            owed += actions.tell_digests(institution)
    return owed


def _send() -> None:
    try:
        sending.send_due(rest=_patience(time.monotonic() + RUN))
    except Exception:
        log.exception("Sending mail failed; it is tried again.")
    finally:
        connections.close_all()


def _patience(until: float) -> sending.Rest:
    """Wait as the pace asks, until `until`; the end of the main thread, of a worker that was asked to stop, ends it."""
    worker = threading.main_thread()

    def rest(pause: timedelta) -> bool:
        if time.monotonic() + pause.total_seconds() > until:
            return False
        if pause:
            worker.join(pause.total_seconds())
        return worker.is_alive()

    return rest
