"""How a badge is issued, and how it is evaluated, written down before it can be awarded (R-101, R-107)."""

from datetime import date

from django.db import transaction

from insignia.core.errors import Rejected
from insignia.core.words import N_
from insignia.domain.access.actor import Actor
from insignia.domain.ground import clock
from insignia.domain.journal.bus import publish
from insignia.domain.people.models import User

from .. import authority, rules
from ..events import PlanWritten
from ..models import EvaluationPlan, IssuingPlan, ProductionTask
from .holding import held_task
from .tasks import done_with


@transaction.atomic
def write_issuing_plan(
    *, by: Actor, task: ProductionTask, assessors: str, method: str, evidence: str, cadence: str, contact: str
) -> IssuingPlan:
    """Say who assesses and how, on which evidence, how often badges are issued, and whom to ask."""
    now = held_task(task)
    authority.require(authority.may_work(by, now))
    values = {"assessors": assessors, "method": method, "evidence": evidence, "cadence": cadence, "contact": contact}
    if not all(value.strip() for value in values.values()):
        raise Rejected(N_("Each part of the plan is needed."), code="plan_incomplete")
    plan, _made = IssuingPlan.objects.update_or_create(
        institution_id=now.institution_id,
        production=now.production,
        defaults={
            **{
                name: value.strip()[: 300 if name in ("cadence", "contact") else 5000] for name, value in values.items()
            },
            "written_by_id": by.user_pk,
            "written_at": clock.now(),
        },
    )
    _tell(by, now, "issuing")
    done_with(by, now)
    return plan


@transaction.atomic
def plan_evaluation(
    *, by: Actor, task: ProductionTask, interval_months: int, measures: str, owner: User, next_due_on: date
) -> EvaluationPlan:
    """Say how often it is evaluated, by which measures, by whom, and when first. The office agrees to it."""
    now = held_task(task)
    authority.require(authority.may_work(by, now))
    if not measures.strip():
        raise Rejected(N_("Say what will be looked at."), code="measures_missing")
    if not 1 <= interval_months <= rules.MOST_MONTHS:
        raise Rejected(
            N_("An evaluation comes round every 1 to %(most)s months."),
            code="interval",
            params={"most": rules.MOST_MONTHS},
        )
    if next_due_on <= clock.today_in(now.production.institution.zone):
        raise Rejected(N_("The first evaluation lies in the future."), code="due_past")
    plan, _made = EvaluationPlan.objects.update_or_create(
        institution_id=now.institution_id,
        production=now.production,
        defaults={
            "interval_months": interval_months,
            "measures": measures.strip()[:5000],
            "owner": owner,
            "next_due_on": next_due_on,
            "reminded": [],
            "written_at": clock.now(),
        },
    )
    _tell(by, now, "evaluation")
    done_with(by, now)
    return plan


def _tell(by: Actor, task: ProductionTask, plan: str) -> None:
    event = PlanWritten(production=task.production.public_id, plan=plan)
    publish(event, by=by, subject=("production", task.production.public_id))
