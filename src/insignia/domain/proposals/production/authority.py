"""Who may do what in a production: the office everything, whoever has a task that task, and who asked for it the sign-off."""

from insignia.core.errors import NotPermitted
from insignia.core.words import N_
from insignia.domain.access.actor import Actor
from insignia.domain.access.permissions import Permission
from insignia.domain.proposals.writing import queries as writing

from . import queries
from .models import EvaluationPlan, Production, ProductionTask


def may_manage(by: Actor, production: Production) -> bool:
    """Whether `by` looks after productions in this unit."""
    return by.may(Permission.PRODUCTION_MANAGE, on=production)


def may_work(by: Actor, task: ProductionTask) -> bool:
    """Whether the task is for `by` to do: it is theirs, by name or by role, or they look after the whole."""
    if may_manage(by, task.production):
        return True
    return ProductionTask.objects.filter(queries.owned_by(by), pk=task.pk).exists()


def may_sign_off(by: Actor, task: ProductionTask) -> bool:
    """Whether `by` says yes or no to an image: who asked for it does, or the office. Whoever draws it does not."""
    return may_manage(by, task.production) or writing.is_writer(by, task.production.proposal)


def may_nominate(by: Actor, task: ProductionTask) -> bool:
    """Whether `by` may say who is to award the badge: whoever has the task, and the unit's Issuers."""
    return may_work(by, task) or by.may(Permission.GRANTOR_APPOINT, on=task.production)


def may_evaluate(by: Actor, plan: EvaluationPlan) -> bool:
    """Whether `by` writes the evaluation."""
    return plan.owner_id == by.user_pk or may_manage(by, plan.production)


def require_manage(by: Actor, production: Production) -> None:
    """Raise `NotPermitted` unless `may_manage`."""
    by.require(Permission.PRODUCTION_MANAGE, on=production)


def require(allowed: bool) -> None:
    """Raise `NotPermitted` unless one of the questions above was answered with yes."""
    if not allowed:
        raise NotPermitted(
            N_("This task is somebody else’s. Ask the program manager to give it to you."), code="not_your_task"
        )
