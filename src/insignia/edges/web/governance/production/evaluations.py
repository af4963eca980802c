"""What was approved is looked at again: the list of what is due, and one plan with what was found so far."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from insignia.core.errors import Conflict, Rejected
from insignia.domain.ground import clock
from insignia.domain.proposals.production import actions, authority, queries
from insignia.edges.web import doors
from insignia.edges.web.http import actor

from ..pages import carried_out, done, page
from .board import PAGE_SIZE, admitted
from .forms import AnswerForm, EvaluationForm
from .wording import refused


@require_safe
def evaluations(request: HttpRequest) -> HttpResponseBase:
    """Every plan, what is due first on top; what is overdue is flagged."""
    by, today = admitted(request), clock.today_in(doors.institution(request).zone)
    shown = Paginator(queries.evaluation_plans(by), PAGE_SIZE).get_page(request.GET.get("page"))
    return page(
        request, "production/evaluations.html", {"page": shown, "lines": queries.plan_lines(shown, today=today)}
    )


@require_safe
def evaluation(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """One plan: how it is evaluated, and what was found."""
    return _shown(request, public_id)


def _shown(request: HttpRequest, public_id: str, *, status: int = 200, **forms: Any) -> HttpResponseBase:
    by, today = actor(request), clock.today_in(doors.institution(request).zone)
    plan = queries.evaluation_plan_for(by, public_id)
    line = queries.plan_lines([plan], today=today)[0]
    now: Any = line.under_way
    initial = {"report": now.report, "outcome": now.outcome} if now else {}
    context = {
        "plan": plan,
        "production": plan.production,
        "line": line,
        "evaluations": [one for one in queries.evaluations_of(plan) if one.state == "accepted"],
        "may_write": authority.may_evaluate(by, plan) and (now is None or now.state != "submitted"),
        "manages": authority.may_manage(by, plan.production),
        "form": EvaluationForm(outcomes=queries.OUTCOMES, initial=initial),
        "answer_form": AnswerForm(),
        **forms,
    }
    return page(request, "production/evaluation.html", context, status=status)


@require_POST
def submit(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Hand in what was found."""
    by = actor(request)
    plan = queries.evaluation_plan_for(by, public_id)
    form = EvaluationForm(request.POST, outcomes=queries.OUTCOMES)
    if carried_out(form, lambda: actions.submit_evaluation(by=by, plan=plan, **form.cleaned_data)):
        return done(request, _("The evaluation is handed in."), "evaluation", public_id)
    return _shown(request, public_id, status=422, form=form)


@require_POST
def accept(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Accept what was handed in."""
    by = actor(request)
    now = _under_way(by, public_id)
    try:
        actions.accept_evaluation(by=by, evaluation=now)
    except (Rejected, Conflict) as error:
        return refused(request, error, "evaluation", public_id)
    return done(request, _("The evaluation is accepted, and the next one is planned."), "evaluation", public_id)


@require_POST
def send_back(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Ask for more."""
    by = actor(request)
    now = _under_way(by, public_id)
    form = AnswerForm(request.POST)
    if carried_out(form, lambda: actions.return_evaluation(by=by, evaluation=now, answer=form.cleaned_data["answer"])):
        return done(request, _("The evaluation is sent back."), "evaluation", public_id)
    return _shown(request, public_id, status=422, answer_form=form)


def _under_way(by: Any, public_id: str) -> Any:
    return queries.evaluation_under_way(queries.evaluation_plan_for(by, public_id))
