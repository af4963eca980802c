"""The end of production: everything required is there, and the badge can be awarded."""

from django.db import transaction

from insignia.core.errors import Conflict, Rejected
from insignia.core.words import N_
from insignia.domain.access.actor import Actor
from insignia.domain.catalog import actions as catalog
from insignia.domain.catalog.models import Achievement
from insignia.domain.ground import clock
from insignia.domain.journal.bus import publish
from insignia.domain.proposals.writing.models import Proposal

from .. import authority, checks, queries
from ..events import ProductionEnded
from ..models import Production
from .creating import note_approvals


def activate(*, by: Actor, production: Production) -> Achievement:
    """Let it be awarded. The catalogue asks the gate, as it does whoever activates; here the approval is noted first."""
    authority.require_manage(by, production)
    achievement = production.achievement
    if production.state != Production.State.RUNNING:
        raise Conflict(N_("This production is over."), code="production_over")
    lacking = [
        *checks.standing_in_the_way(production),
        *checks.material_changes(production, checks.draft_of(production)),
    ]
    if achievement is None:
        lacking.append(Rejected(N_("It is not made from the approved words yet."), code="not_made"))
    if lacking or achievement is None:
        raise Rejected(N_("It cannot be active yet."), code="incomplete", details=lacking)
    if production.proposal.kind == Proposal.Kind.REACTIVATE:
        catalog.reactivate(by=by, achievement=achievement)
    else:
        note_approvals(by=by, production=production)
        catalog.activate(by=by, achievement=achievement)
    finish(by=by, productions=queries.running_of(achievement), verb="activate")
    return achievement


@transaction.atomic
def finish(*, by: Actor, productions: list[Production], verb: str) -> None:
    """Note that what was produced can be awarded, or that what was to end has ended; twice is once."""
    for production in productions:
        state = Production.State.RETIRED if verb == "retire" else Production.State.FINISHED
        moved = Production.objects.filter(pk=production.pk, state=production.state, ended_at=None).update(
            state=state, ended_at=clock.now()
        )
        if moved and production.achievement is not None:
            event = ProductionEnded(
                production=production.public_id, achievement=production.achievement.public_id, verb=verb
            )
            publish(event, by=by, subject=("production", production.public_id))
