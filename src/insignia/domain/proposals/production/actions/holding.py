"""What every action here begins with: the rows held until the transaction ends, and whose hand does what follows."""

from dataclasses import replace

from insignia.domain.access.actor import SYSTEM, Actor

from .. import queries
from ..models import Production, ProductionTask


def held(production: Production) -> Production:
    """The production as it is now, held: two who change it at once do so one after the other."""
    return queries.all_productions().select_for_update(of=("self",)).get(pk=production.pk)


def held_task(task: ProductionTask) -> ProductionTask:
    """The task as it is now, held, with its production."""
    row = ProductionTask.objects.select_for_update(of=("self",)).select_related("owner").get(pk=task.pk)
    row.production = queries.all_productions().get(pk=row.production_id)
    return row


def house_for(by: Actor) -> Actor:
    """The house, acting because `by` was found to be allowed the task: drawing and drafting ask rights of their own."""
    return replace(SYSTEM, on_behalf_of=by.id) if by.is_person else by
