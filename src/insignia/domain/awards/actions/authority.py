"""On whose word awards are made: on that of whoever may award a badge, or on the Registrar's, upon a unit's request."""

from insignia.domain.access.actor import Actor
from insignia.domain.access.permissions import Permission
from insignia.domain.catalog.models import Achievement

from .. import acts, issuance
from ..models import Award, AwardBatch


def require_direct(by: Actor, achievement: Achievement) -> None:
    """The one check of every way to award without a request: page, roster, command, API (R-121).

    What the house awards by itself, because a rule is met, is nobody's decision and asks no Registrar. Where the Registrar
    issues, that is the reason also for those whose role awards nothing: it leads them to the request.
    """
    if by.is_person:
        issuance.check_direct(achievement.institution.policy("awarding"))
    by.require(Permission.AWARD_GRANT, on=achievement)


def require_over(by: Actor, thing: Award | AwardBatch) -> None:
    """Raise `NotPermitted` unless `by` may take back or send `thing`."""
    by.require(acts.right_over(thing), on=thing)
