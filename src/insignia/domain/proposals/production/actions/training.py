"""Who was trained in what (R-082, R-102)."""

from datetime import date

from django.db import transaction

from insignia.core.errors import Rejected
from insignia.core.words import N_
from insignia.domain.access.actor import Actor
from insignia.domain.ground import clock
from insignia.domain.journal.bus import publish
from insignia.domain.people.models import User

from .. import authority
from ..events import TrainingRecorded
from ..models import ProductionTask, Training
from .holding import held_task
from .nominating import appoint_ready
from .tasks import started


@transaction.atomic
def record_training(*, by: Actor, task: ProductionTask, user: User, item: str, trained_on: date) -> Training:
    """Put on record that `user` was trained in one item of the task; whoever is nominated may be appointed by it."""
    now = held_task(task)
    authority.require(authority.may_work(by, now))
    if item not in {one["key"] for one in now.items}:
        raise Rejected(N_("This training covers no such thing."), code="unknown_item")
    if trained_on > clock.today_in(now.production.institution.zone):
        raise Rejected(N_("A training that is still to come is on nobody’s record."), code="trained_later")
    if user.pk == by.user_pk and not authority.may_manage(by, now.production):
        raise Rejected(N_("Somebody else puts your training on record."), code="own_training")
    row, _made = Training.objects.update_or_create(
        institution_id=now.institution_id,
        production=now.production,
        user=user,
        item=item,
        defaults={"trained_on": trained_on, "recorded_by_id": by.user_pk},
    )
    started(by, now)
    event = TrainingRecorded(production=now.production.public_id, user=user.public_id, item=item)
    publish(event, by=by, subject=("production", now.production.public_id))
    appoint_ready(by, now.production)
    return row
