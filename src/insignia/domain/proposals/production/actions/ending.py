"""The end of a badge: taught out until its last day, then retired; certificates that contain it are looked after first."""

from django.db import transaction

from insignia.core.errors import Rejected
from insignia.core.words import N_
from insignia.domain.access.actor import SYSTEM, Actor
from insignia.domain.catalog import actions as catalog
from insignia.domain.catalog.models import Achievement
from insignia.domain.ground import clock
from insignia.domain.institutions.models import Institution
from insignia.domain.journal.bus import publish

from .. import authority, queries
from ..events import StacksSettled
from ..models import Production
from .activating import finish
from .holding import held

_CHUNK = 100
_CAN_END = (Achievement.State.ACTIVE, Achievement.State.PAUSED)


@transaction.atomic
def settle_stacks(*, by: Actor, production: Production, choice: str, note: str = "") -> None:
    """Say what becomes of the certificates that contain the badge (functional specification 3.4)."""
    authority.require_manage(by, production)
    now = held(production)
    if choice not in Production.Stacks.values:
        raise Rejected(N_("Choose what becomes of the certificates."), code="stacks_choice")
    if choice == Production.Stacks.NONE and now.achievement and queries.containers_of(now.achievement):
        raise Rejected(N_("There are certificates that contain it: choose what becomes of them."), code="stacks_there")
    Production.objects.filter(pk=now.pk).update(stacks=choice, stacks_note=note.strip()[:500])
    event = StacksSettled(production=now.public_id, choice=choice)
    publish(event, by=by, subject=("production", now.public_id))


def retire_due(institution: Institution) -> int:
    """Retire what was taught out; gives how many. What certificates still wait for is left, and shown on the board."""
    today = clock.today_in(institution.zone)
    due = queries.all_productions().filter(state=Production.State.TEACH_OUT, last_day__lt=today)
    retired = 0
    for production in list(due.order_by("last_day", "pk")[:_CHUNK]):
        if waits_for_stacks(production):
            continue
        with transaction.atomic():
            now = held(production)
            achievement = now.achievement
            if achievement is None or now.state != Production.State.TEACH_OUT:
                continue
            if achievement.state in _CAN_END:
                catalog.move(by=SYSTEM, achievement=achievement, verb="retire", reason=queries.told_of(now)[0][:500])
            finish(by=SYSTEM, productions=[now], verb="retire")
        retired += 1
    return retired


def waits_for_stacks(production: Production) -> bool:
    """Whether somebody still has to say what becomes of certificates that contain it."""
    settled = production.stacks not in ("", Production.Stacks.NONE)
    return not settled and production.achievement is not None and bool(queries.containers_of(production.achievement))
