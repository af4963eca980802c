"""People in production: who was trained in what, and who is to award the badge."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from insignia.core.errors import Conflict, Rejected
from insignia.domain.proposals.production import actions, queries

from ..pages import done
from .forms import NominationForm, TrainingForm
from .task import of, sent
from .wording import refused


@require_POST
def train(request: HttpRequest, public_id: str, key: str) -> HttpResponseBase:
    """Put on record who was trained in what."""
    by, found = of(request, public_id, key)
    items = [(item["key"], item["label"]) for item in found.items]
    form = TrainingForm(request.POST, people=queries.candidates(found.production, found), items=items)

    def act() -> None:
        given = form.cleaned_data
        user = queries.someone_named(found.production, found, public_id=given["person"], email=given["email"])
        for item in given["items"]:
            actions.record_training(by=by, task=found, user=user, item=item, trained_on=given["trained_on"])

    return sent(request, found, "training_form", form, act, _("The training is on record."))


@require_POST
def nominate(request: HttpRequest, public_id: str, key: str) -> HttpResponseBase:
    """Propose somebody as Grantor."""
    by, found = of(request, public_id, key)
    form = NominationForm(request.POST)
    return sent(
        request,
        found,
        "nomination_form",
        form,
        lambda: actions.nominate(by=by, task=found, **form.cleaned_data),
        _("The nomination waits for the program manager."),
    )


@require_POST
def confirm(request: HttpRequest, public_id: str, key: str, nomination: str) -> HttpResponseBase:
    """Find somebody qualified."""
    by, found = of(request, public_id, key)
    row: Any = queries.nomination_of(found.production, nomination)
    try:
        row = actions.confirm(by=by, nomination=row)
    except (Rejected, Conflict) as error:
        return refused(request, error, "production_task", public_id, key)
    said = {
        "active": _("%(name)s is appointed."),
        "training_due": _("%(name)s is qualified. The appointment follows with the training."),
    }.get(row.state, _("%(name)s is qualified. The appointment follows as soon as the credential is made."))
    return done(request, said % {"name": row.user}, "production_task", public_id, key)


@require_POST
def decline(request: HttpRequest, public_id: str, key: str, nomination: str) -> HttpResponseBase:
    """Say that somebody will not be appointed, and why."""
    by, found = of(request, public_id, key)
    row = queries.nomination_of(found.production, nomination)
    try:
        actions.decline(by=by, nomination=row, reason=request.POST.get("reason", ""))
    except (Rejected, Conflict) as error:
        return refused(request, error, "production_task", public_id, key)
    return done(request, _("The nomination is declined."), "production_task", public_id, key)
