"""What could not be done in all its tries: seen by an operator, who mends the cause and replays it."""

from django.db import transaction
from django.db.models import QuerySet

from insignia.core.errors import Conflict
from insignia.core.words import N_
from insignia.domain.ground import clock, tenancy
from insignia.domain.journal import bus
from insignia.domain.journal.events import Author, DeliveriesReplayed
from insignia.domain.journal.models import Delivery, DeliveryState


def of_institution() -> QuerySet[Delivery]:
    """The dead letters of the current institution, the newest first, with their entries."""
    return of_installation().filter(institution_pk=tenancy.current().pk)


def of_installation() -> QuerySet[Delivery]:
    """The dead letters of everybody: for the operator of the installation."""
    return Delivery.objects.filter(state=DeliveryState.DEAD).select_related("entry").order_by("-finished_at", "-id")


@transaction.atomic
def replay(*, by: Author, delivery: Delivery) -> None:
    """Owe a dead letter again, with all its tries. Conflict when it is dead no longer.

    Whether `by` may is decided by the action that calls this; the journal stands below the permissions.
    """
    raised = Delivery.objects.filter(pk=delivery.pk, state=DeliveryState.DEAD).update(
        state=DeliveryState.DUE, due_at=clock.database_now(), attempts=0, finished_at=None
    )
    if not raised:
        raise Conflict(N_("This task is no longer among the failed ones."), code="not_a_dead_letter")
    bus.publish(DeliveriesReplayed(deliveries=(delivery.public_id,)), by=by, subject=("delivery", delivery.public_id))
