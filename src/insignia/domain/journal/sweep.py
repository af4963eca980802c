"""Forget what has served its time: finished deliveries after 14 days, kept replies after 30. Entries stay."""

from datetime import timedelta

from django.db.models import QuerySet

from insignia.domain.ground import clock
from insignia.domain.journal import periodic
from insignia.domain.journal.models import Delivery, DeliveryState, IdempotencyKey

DELIVERIES_KEPT = timedelta(days=14)
REPLIES_KEPT = timedelta(days=30)
CHUNK = 500


@periodic.every(3600, name="journal.sweep")
def sweep() -> int:
    """Drop what is too old, a few hundred rows a transaction; how many rows went. Dead letters wait for an operator."""
    done = Delivery.objects.filter(state=DeliveryState.DONE, finished_at__lt=clock.now() - DELIVERIES_KEPT)
    replies = IdempotencyKey.objects.filter(created_at__lt=clock.now() - REPLIES_KEPT)
    return _drop(done) + _drop(replies)


def _drop(rows: "QuerySet[Delivery] | QuerySet[IdempotencyKey]") -> int:
    gone = 0
    while ids := list(rows.values_list("pk", flat=True)[:CHUNK]):
        gone += rows.model._default_manager.filter(pk__in=ids).delete()[0]
    return gone
