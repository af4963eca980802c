"""Take deliveries under a lease and settle them: the few statements on which everything else rests.

A lease runs by the database's clock. Whoever claims a delivery raises its token; every later write names the token it
was claimed with, so that a worker that slept through its lease writes nothing.
"""

import os
import random
import socket
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import cycle, islice

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet

from insignia.domain.ground import clock, failpoints
from insignia.domain.journal.bus import Reaction
from insignia.domain.journal.models import Delivery, DeliveryState

LEASE = timedelta(seconds=settings.LEASE_SECONDS)
BACK_OFF = (2, 10, 60, 300, 1800, 3600)
"""Seconds to wait after the first, second, ... failure; the last one repeats."""
DIED = "The worker died or stood still in the middle of it, as often as it may be tried."

# The institution that was served last by this process: the next claim begins behind it.
_served = [-1]


def worker_name() -> str:
    """Who holds a lease, for the operator's eyes."""
    return f"{socket.gethostname()}:{os.getpid()}"[:100]


def claim(known: dict[str, Reaction], limit: int) -> list[Delivery]:
    """Lease up to `limit` deliveries of the `known` reactions that are due, or whose worker has died.

    Institutions share a claim evenly, so that a batch of a hundred thousand of one does not hold up a single award of
    another. Reactions that this process does not know are left to one that does (a newer release, during an upgrade).
    """
    mine = Delivery.objects.filter(reaction__in=list(known))
    # Looked at before the transaction: an idle worker must not take SQLite's only write lock again and again.
    waiting = _institutions_waiting(mine, limit)
    if not waiting and not _expired(mine).exists():
        return []
    with transaction.atomic():
        picked = list(_expired(mine).select_for_update(skip_locked=True)[:limit])
        picked = _bury_exhausted(picked, known)
        share = max(1, (limit - len(picked)) // max(1, len(waiting)))
        for institution_pk in waiting:
            picked += _due(mine, institution_pk).select_for_update(skip_locked=True)[: min(share, limit - len(picked))]
        leased = _lease(picked)
        failpoints.reach("journal.claim.before_commit")
    if waiting:
        _served[0] = waiting[-1]
    failpoints.reach("journal.claim.after_commit")
    return leased


def claim_one(known: dict[str, Reaction], pk: int) -> Delivery | None:
    """Lease this delivery if it is due or its worker has died: for an engine that was told which one."""
    mine = Delivery.objects.filter(pk=pk, reaction__in=list(known))
    with transaction.atomic():
        picked = list(_expired(mine).select_for_update(skip_locked=True))
        picked = _bury_exhausted(picked, known)
        picked += mine.filter(state=DeliveryState.DUE, due_at__lte=clock.database_now()).select_for_update(
            skip_locked=True
        )
        leased = _lease(picked)
    return leased[0] if leased else None


def begin(delivery: Delivery) -> bool:
    """Count the attempt, under a fresh lease, just before the work; False when the delivery was lost by then.

    Counted before the work, so that work which kills its process uses up its tries; and not at the claim, or the others
    that were claimed together with it would pay for it.
    """
    begun = _held(delivery).update(attempts=F("attempts") + 1, leased_until=clock.database_now() + LEASE)
    delivery.attempts += begun
    return bool(begun)


def extend(delivery: Delivery) -> bool:
    """Renew the lease; False when it has been lost to another worker."""
    return bool(_held(delivery).update(leased_until=clock.database_now() + LEASE))


def finish(delivery: Delivery) -> bool:
    """Settle a delivery whose reaction ran through; False when the lease was lost."""
    return bool(
        _held(delivery).update(
            state=DeliveryState.DONE, finished_at=clock.database_now(), leased_until=None, last_error=""
        )
    )


def postpone(delivery: Delivery, at: datetime) -> bool:
    """Owe it again from `at`. Not a failure: the attempt is not counted."""
    return bool(
        _held(delivery).update(state=DeliveryState.DUE, due_at=at, attempts=F("attempts") - 1, leased_until=None)
    )


def retry_later(delivery: Delivery, reason: str) -> bool:
    """Owe it again after a pause that grows with every failure, a little different each time."""
    seconds = BACK_OFF[min(delivery.attempts, len(BACK_OFF)) - 1] * random.uniform(0.8, 1.2)
    due_at = clock.database_now() + timedelta(seconds=seconds)
    return bool(_held(delivery).update(state=DeliveryState.DUE, due_at=due_at, leased_until=None, last_error=reason))


def bury(delivery: Delivery, reason: str) -> bool:
    """Put it with the dead letters, where an operator sees it and may replay it."""
    return bool(
        _held(delivery).update(
            state=DeliveryState.DEAD, finished_at=clock.database_now(), leased_until=None, last_error=reason
        )
    )


def hand_back(deliveries: Iterable[Delivery]) -> None:
    """Give up leases on work that was not begun, so that another worker need not wait for them to lapse."""
    mine = Q()
    for delivery in deliveries:
        mine |= Q(pk=delivery.pk, token=delivery.token)
    if mine:
        Delivery.objects.filter(mine, state=DeliveryState.RUNNING).update(state=DeliveryState.DUE, leased_until=None)


def _held(delivery: Delivery) -> QuerySet[Delivery]:
    return Delivery.objects.filter(pk=delivery.pk, token=delivery.token, state=DeliveryState.RUNNING)


def _expired(mine: QuerySet[Delivery]) -> QuerySet[Delivery]:
    return mine.filter(state=DeliveryState.RUNNING, leased_until__lt=clock.database_now()).order_by("leased_until")


def _due(mine: QuerySet[Delivery], institution_pk: int) -> QuerySet[Delivery]:
    return mine.filter(
        state=DeliveryState.DUE, institution_pk=institution_pk, due_at__lte=clock.database_now()
    ).order_by("due_at", "id")


def _institutions_waiting(mine: QuerySet[Delivery], limit: int) -> list[int]:
    """At most `limit` institutions with something due, beginning behind the one served last.

    Two steps along an index for each institution: grouping would read every row that is held back for later.
    """
    open_ones: list[int] = []
    last = -1
    rows = Delivery.objects.filter(state=DeliveryState.DUE).order_by("institution_pk")
    while (found := rows.filter(institution_pk__gt=last).values_list("institution_pk", flat=True).first()) is not None:
        open_ones.append(found)
        last = found
    behind = sum(1 for pk in open_ones if pk <= _served[0])
    turn = islice(cycle(open_ones), behind, behind + len(open_ones))
    return list(islice((pk for pk in turn if _due(mine, pk).exists()), limit))


def _bury_exhausted(picked: Sequence[Delivery], known: dict[str, Reaction]) -> list[Delivery]:
    alive = []
    for delivery in picked:
        if delivery.attempts >= known[delivery.reaction].tries:
            bury(delivery, DIED)
        else:
            alive.append(delivery)
    return alive


def _lease(picked: Sequence[Delivery]) -> list[Delivery]:
    ids = [delivery.pk for delivery in picked]
    if not ids:
        return []
    Delivery.objects.filter(pk__in=ids).update(
        state=DeliveryState.RUNNING,
        token=F("token") + 1,
        leased_until=clock.database_now() + LEASE,
        worker=worker_name(),
    )
    leased = Delivery.objects.select_related("entry").in_bulk(ids)
    return [leased[pk] for pk in ids]
