"""The engine for where one machine is outgrown: Celery carries the ids of deliveries, the database keeps them.

Configured by INSIGNIA_ENGINE=celery and INSIGNIA_BROKER_URL; needs the extra `scale`. Run any number of

    celery --app insignia.config.celery worker
    celery --app insignia.config.celery beat        (one)

A broker that is down, or wiped, loses nothing: the beat sends again what is overdue.
"""

import logging
from collections.abc import Sequence
from datetime import timedelta

from celery import Celery
from django.conf import settings
from kombu.exceptions import OperationalError

from insignia.domain.ground import clock
from insignia.domain.journal import bus, delivery, periodic
from insignia.domain.journal.models import Delivery, DeliveryState

log = logging.getLogger(__name__)

OVERDUE = timedelta(seconds=10)
AT_ONCE = 1000

app = Celery("insignia", broker=settings.BROKER_URL)
app.conf.update(
    task_ignore_result=True,
    # A delivery is claimed under a lease when it begins; what the broker holds is a hint that may come twice or never.
    task_acks_late=False,
    broker_transport_options={"max_retries": 1, "socket_connect_timeout": 2},
    beat_schedule={"sweep": {"task": "insignia.sweep", "schedule": 5.0}},
)


@app.task(name="insignia.deliver")
def deliver(pk: int) -> None:
    """Run one delivery, if it is still to be run."""
    delivery.run_one(pk)


@app.task(name="insignia.sweep")
def sweep() -> None:
    """Send again what is overdue or whose worker died, and run the periodic jobs whose turn has come."""
    now = clock.now()
    known = Delivery.objects.filter(reaction__in=list(bus.reactions()))
    overdue = known.filter(state=DeliveryState.DUE, due_at__lte=now - OVERDUE)
    abandoned = known.filter(state=DeliveryState.RUNNING, leased_until__lt=now)
    for rows in (overdue.order_by("due_at"), abandoned.order_by("leased_until")):
        hint(list(rows.values_list("pk", flat=True)[:AT_ONCE]))
    periodic.run_due()


def hint(deliveries: Sequence[int]) -> None:
    """Hand these deliveries to the workers now; the sweep will, if the broker cannot be reached."""
    try:
        for pk in deliveries:
            deliver.apply_async((pk,), retry=False)
    except OperationalError:
        log.warning("The broker cannot be reached; what is owed will be sent again when it can.")
