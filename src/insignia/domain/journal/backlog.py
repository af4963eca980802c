"""How much is owed, for readiness checks, metrics and the doctor."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Min

from insignia.domain.ground import clock
from insignia.domain.journal.models import Delivery, DeliveryState


@dataclass(frozen=True, slots=True)
class Backlog:
    """`waiting` is how long the oldest due delivery has been due; zero when nothing is."""

    due: int
    running: int
    dead: int
    waiting: timedelta


def measure() -> Backlog:
    """Count what is owed now, of all institutions."""
    now = clock.now()
    due = Delivery.objects.filter(state=DeliveryState.DUE, due_at__lte=now).aggregate(n=Count("id"), at=Min("due_at"))
    return Backlog(
        due=due["n"],
        running=Delivery.objects.filter(state=DeliveryState.RUNNING).count(),
        dead=Delivery.objects.filter(state=DeliveryState.DEAD).count(),
        waiting=now - due["at"] if due["at"] else timedelta(0),
    )
