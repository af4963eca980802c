"""Background work of an institution that failed for good: seen, and tried again."""

from insignia.core.errors import NotFound
from insignia.core.words import N_
from insignia.domain.access.actor import Actor
from insignia.domain.access.permissions import Permission
from insignia.domain.journal import dead_letters

from .models import Institution


def replay_failed(*, by: Actor, institution: Institution, public_id: str) -> None:
    """Have a failed task of this institution done again, with all its tries; raises `NotFound`, `Conflict`."""
    by.require(Permission.INSTITUTION_MANAGE, on=institution)
    delivery = dead_letters.of_institution().filter(public_id=public_id).first()
    if delivery is None:
        raise NotFound(N_("There is no such failed task here. Somebody may have tried it again already."))
    dead_letters.replay(by=by, delivery=delivery)
