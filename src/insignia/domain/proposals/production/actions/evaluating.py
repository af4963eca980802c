"""What was approved is looked at again, every so often: reminded, written, accepted (R-107)."""

from django.db import transaction

from insignia.core.errors import Conflict, Rejected
from insignia.core.words import N_
from insignia.domain.access.actor import SYSTEM, Actor
from insignia.domain.catalog import rules as catalog_rules
from insignia.domain.ground import clock
from insignia.domain.institutions.models import Institution
from insignia.domain.journal.bus import publish

from .. import authority, rules
from ..events import EvaluationMoved, EvaluationReminded
from ..models import Evaluation, EvaluationPlan

_CHUNK = 200
State = Evaluation.State


def remind_due(institution: Institution) -> int:
    """Remind of evaluations 60 and 30 days before they are due, and on the day; gives how often."""
    today = clock.today_in(institution.zone)
    horizon = rules.after_months(today, 3)
    plans = EvaluationPlan.objects.filter(next_due_on__lte=horizon, production__achievement__current__isnull=False)
    plans = plans.exclude(production__achievement__state__in=catalog_rules.FINISHED)
    said = 0
    for plan in plans.select_related("production__achievement").order_by("next_due_on", "pk"):
        owed = rules.reminder_owed(plan.next_due_on, today=today, reminded=plan.reminded)
        if owed is None:
            continue
        with transaction.atomic():
            now = EvaluationPlan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
            if (now.next_due_on, now.reminded) != (plan.next_due_on, plan.reminded):
                continue  # another worker was here
            now.reminded = [*now.reminded, owed]
            now.save(update_fields=["reminded"])
            achievement = plan.production.achievement
            event = EvaluationReminded(
                plan=now.public_id,
                achievement=achievement.public_id if achievement else "",
                due_on=now.next_due_on.isoformat(),
                days=owed,
            )
            publish(event, by=SYSTEM, subject=("evaluation_plan", now.public_id))
        said += 1
    return said


@transaction.atomic
def submit_evaluation(*, by: Actor, plan: EvaluationPlan, report: str, outcome: str) -> Evaluation:
    """Hand in what was found, and what should become of the badge; again after it was returned."""
    authority.require(authority.may_evaluate(by, plan))
    if not report.strip():
        raise Rejected(N_("Say what was found."), code="report_missing")
    if outcome not in Evaluation.Outcome.values:
        raise Rejected(N_("Say whether to keep, revise or retire it."), code="outcome_missing")
    now = EvaluationPlan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    row, _made = Evaluation.objects.get_or_create(
        institution_id=now.institution_id, plan=now, due_on=now.next_due_on, defaults={"made_by_id": by.user_pk}
    )
    target = rules.EVALUATION.take("submit", row.state, facts=frozenset()).target
    row.state, row.report, row.outcome = target, report.strip()[:20_000], outcome
    row.made_by_id, row.submitted_at, row.answer = by.user_pk, clock.now(), ""
    row.save()
    _tell(by, row, "submit")
    return row


@transaction.atomic
def accept_evaluation(*, by: Actor, evaluation: Evaluation) -> Evaluation:
    """Accept what was found; the next evaluation is due one interval later. What follows from it is proposed by people."""
    plan = (
        EvaluationPlan.objects.select_for_update(of=("self",)).select_related("institution").get(pk=evaluation.plan_id)
    )
    authority.require_manage(by, evaluation.plan.production)
    _decide(by, evaluation, "accept", "")
    today = clock.today_in(plan.institution.zone)
    due = rules.after_months(plan.next_due_on, plan.interval_months)
    plan.next_due_on = due if due > today else rules.after_months(today, plan.interval_months)
    plan.reminded = []
    plan.save(update_fields=["next_due_on", "reminded"])
    return evaluation


@transaction.atomic
def return_evaluation(*, by: Actor, evaluation: Evaluation, answer: str) -> Evaluation:
    """Ask for more; its owner hands it in again."""
    authority.require_manage(by, evaluation.plan.production)
    if not answer.strip():
        raise Rejected(N_("Say what is missing."), code="answer_missing")
    return _decide(by, evaluation, "return", answer)


def _decide(by: Actor, evaluation: Evaluation, verb: str, answer: str) -> Evaluation:
    facts = frozenset({"reason"} if answer.strip() else ())
    target = rules.EVALUATION.take(verb, evaluation.state, facts=facts).target
    moved = Evaluation.objects.filter(pk=evaluation.pk, state=evaluation.state).update(
        state=target, answer=answer.strip()[:1000], decided_by_id=by.user_pk, decided_at=clock.now()
    )
    if not moved:
        raise Conflict(N_("Somebody else decided on it a moment ago. Look again."), code="state_moved")
    evaluation.state = target
    _tell(by, evaluation, verb)
    return evaluation


def _tell(by: Actor, evaluation: Evaluation, verb: str) -> None:
    event = EvaluationMoved(
        plan=evaluation.plan.public_id, evaluation=evaluation.public_id, verb=verb, outcome=evaluation.outcome
    )
    publish(event, by=by, subject=("evaluation_plan", evaluation.plan.public_id))
