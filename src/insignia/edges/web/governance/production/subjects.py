"""What the page of a task shows besides what every task has, by what it is about: forms, proofs, people."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from insignia.domain.access.actor import Actor
from insignia.domain.access.permissions import Permission
from insignia.domain.proposals.production import authority, checks, queries, rules

from .forms import (
    AnswerForm,
    BriefForm,
    EvaluationPlanForm,
    IssuingForm,
    NominationForm,
    ProofForm,
    ReasonForm,
    TrainingForm,
)

Subject = Mapping[str, Any]


def subject_of(by: Actor, task: Any, *, people: list[Any], today: date) -> Subject:
    """The part of the page that belongs to the kind of the task."""
    make = _SUBJECTS.get(task.kind)
    return make(by, task, people, today) if make else {}


def _create(by: Actor, task: Any, _people: list[Any], _today: date) -> Subject:
    achievement = task.production.achievement
    return {
        "draft": checks.draft_of(task.production),
        "may_read": achievement is not None and by.may(Permission.ACHIEVEMENT_READ, on=achievement),
        "may_edit": achievement is not None and by.may(Permission.ACHIEVEMENT_EDIT, on=achievement),
    }


def _image(by: Actor, task: Any, _people: list[Any], _today: date) -> Subject:
    achievement = task.production.achievement
    return {
        "proofs": list(queries.proofs_of(task)),
        "may_sign_off": authority.may_sign_off(by, task) and task.production.state == "running",
        "may_design": achievement is not None
        and any(by.may(right, on=achievement) for right in (Permission.TEMPLATE_MANAGE, Permission.ACHIEVEMENT_EDIT)),
        "brief_form": BriefForm(initial={"brief": task.brief}),
        "proof_form": ProofForm(),
        "answer_form": AnswerForm(),
    }


def _issuing(_by: Actor, task: Any, _people: list[Any], _today: date) -> Subject:
    plan = queries.issuing_plan_of(task.production)
    names = ("assessors", "method", "evidence", "cadence", "contact")
    return {"plan": plan, "issuing_form": IssuingForm(initial={n: getattr(plan, n) for n in names} if plan else {})}


def _training(_by: Actor, task: Any, people: list[Any], today: date) -> Subject:
    items = [(item["key"], item["label"]) for item in task.items]
    days: dict[Any, dict[str, date]] = {}
    for row in queries.trainings_of(task.production):
        days.setdefault(row.user, {})[row.item] = row.trained_on
    first = [key for key, _label in items][:1] if len(items) == 1 else []
    return {
        "items": items,
        "trained": [(user, [found.get(key) for key, _label in items]) for user, found in days.items()],
        "training_form": TrainingForm(people=people, items=items, initial={"trained_on": today, "items": first}),
    }


def _grantors(by: Actor, task: Any, _people: list[Any], today: date) -> Subject:
    return {
        "nominations": [
            (row, ReasonForm(auto_id=f"decline_{row.public_id}_%s")) for row in queries.nominations_of(task.production)
        ],
        "may_nominate": authority.may_nominate(by, task) and task.production.state == "running",
        "nomination_form": NominationForm(initial={"starts_on": today}),
    }


def _evaluation(_by: Actor, task: Any, people: list[Any], today: date) -> Subject:
    plan = queries.evaluation_plan_of(task.production)
    initial = {
        "interval_months": plan.interval_months if plan else task.months,
        "measures": plan.measures if plan else "",
        "person": plan.owner.public_id if plan else "",
        "next_due_on": plan.next_due_on if plan else rules.after_months(today, task.months),
    }
    return {"plan": plan, "evaluation_form": EvaluationPlanForm(people=people, initial=initial)}


_SUBJECTS: Mapping[str, Callable[[Actor, Any, list[Any], date], Subject]] = {
    "create_credential": _create,
    "metadata": _create,
    "image": _image,
    "issuing_plan": _issuing,
    "training": _training,
    "grantors": _grantors,
    "evaluation_plan": _evaluation,
}
