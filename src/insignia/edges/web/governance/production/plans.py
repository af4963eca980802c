"""Plans of a badge: how it is issued, and how it is evaluated."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from insignia.domain.proposals.production import actions, queries

from .forms import EvaluationPlanForm, IssuingForm
from .task import of, sent


@require_POST
def issuing(request: HttpRequest, public_id: str, key: str) -> HttpResponseBase:
    """Write down how the unit will issue."""
    by, found = of(request, public_id, key)
    form = IssuingForm(request.POST)
    return sent(
        request,
        found,
        "issuing_form",
        form,
        lambda: actions.write_issuing_plan(by=by, task=found, **form.cleaned_data),
        _("The issuing plan is written down."),
    )


@require_POST
def evaluation(request: HttpRequest, public_id: str, key: str) -> HttpResponseBase:
    """Write down how it is kept relevant."""
    by, found = of(request, public_id, key)
    form = EvaluationPlanForm(request.POST, people=queries.candidates(found.production, found))

    def act() -> None:
        given = dict(form.cleaned_data)
        owner = queries.someone_named(found.production, found, public_id=given.pop("person"), email=given.pop("email"))
        actions.plan_evaluation(by=by, task=found, owner=owner, **given)

    return sent(request, found, "evaluation_form", form, act, _("The evaluation plan is written down."))
