"""One task of a production: what it is about, what it lacks, what may be done, what was said."""

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from insignia.core.errors import Conflict, NotFound, Rejected
from insignia.core.words import N_
from insignia.domain.access.actor import Actor
from insignia.domain.ground import clock
from insignia.domain.proposals.production import actions, authority, checks, queries
from insignia.edges.web import doors
from insignia.edges.web.http import actor

from ..pages import carried_out, done, page
from .forms import AssignForm, ReasonForm, RemarkForm
from .subjects import subject_of
from .wording import ACTS, Act, acts_of, refused


@require_safe
def task(request: HttpRequest, public_id: str, key: str) -> HttpResponseBase:
    """The page of a task."""
    _by, found = of(request, public_id, key)
    return shown(request, found)


def of(request: HttpRequest, public_id: str, key: str) -> tuple[Actor, Any]:
    """Who asks, and the task; `NotFound` where it is not theirs to see."""
    by = actor(request)
    return by, queries.task_of(queries.production_for(by, public_id), key)


def shown(request: HttpRequest, found: Any, *, status: int = 200, **forms: Any) -> HttpResponse:
    """The page; `forms` are those that were sent and refused."""
    by = actor(request)
    production = found.production
    today = clock.today_in(doors.institution(request).zone)
    runs = production.state == "running"
    manages, works = authority.may_manage(by, production), authority.may_work(by, found)
    lacking = checks.lacking(found)
    people = queries.candidates(production, found)
    owner = found.owner.public_id if found.owner else ""
    context = {
        "task": found,
        "production": production,
        "today": today,
        "runs": runs,
        "manages": manages and runs,
        "works": works and runs,
        "lacking": lacking,
        "acts": _acts(found, manages, lacking, forms) if works and runs else [],
        "remarks": queries.remarks_of(found),
        "remark_form": RemarkForm(),
        "assign_form": AssignForm(
            people=people, initial={"person": owner, "due_on": found.due_on}, auto_id="assign_%s"
        ),
        **subject_of(by, found, people=people, today=today),
        **forms,
    }
    return page(request, "production/task.html", context, status=status)


def _acts(found: Any, manages: bool, lacking: list[Any], forms: dict[str, Any]) -> list[tuple[Act, Any]]:
    """What may be done, each with the form that asks why, where it asks."""
    verbs = queries.verbs_of(found, manages=manages, is_complete=not lacking)
    return [
        (act, forms.get(f"{act.verb}_form") or ReasonForm(auto_id=f"{act.verb}_%s") if act.asks else None)
        for act in acts_of(verbs)
    ]


def sent(
    request: HttpRequest, found: Any, name: str, form: django_forms.Form, act: Callable[[], object], said: Any
) -> HttpResponseBase:
    """Carry `act` out with what `form` holds, and say so; else the page with the form, under `name`, and its faults."""
    if carried_out(form, act):
        return done(request, said, "production_task", found.production.public_id, found.key)
    return shown(request, found, status=422, **{name: form})


@require_POST
def assign(request: HttpRequest, public_id: str, key: str) -> HttpResponseBase:
    """Say who does it, and until when."""
    by, found = of(request, public_id, key)
    form = AssignForm(request.POST, people=queries.candidates(found.production, found), auto_id="assign_%s")

    def act() -> None:
        given = form.cleaned_data
        owner = queries.person_named(found.production, found, public_id=given["person"], email=given["email"])
        actions.assign(by=by, task=found, owner=owner, due_on=given["due_on"])

    return sent(request, found, "assign_form", form, act, _("It is noted who does it, and until when."))


@require_POST
def move(request: HttpRequest, public_id: str, key: str, verb: str) -> HttpResponseBase:
    """Take the task to another state."""
    by, found = of(request, public_id, key)
    act = ACTS.get(verb)
    if act is None:
        raise NotFound(N_("There is no such page here."))
    if act.asks:
        form = ReasonForm(request.POST, auto_id=f"{verb}_%s")
        return sent(
            request,
            found,
            f"{verb}_form",
            form,
            lambda: actions.move(by=by, task=found, verb=verb, reason=form.cleaned_data["reason"]),
            act.said,
        )
    try:
        actions.move(by=by, task=found, verb=verb)
    except (Rejected, Conflict) as error:
        return refused(request, error, "production_task", public_id, key)
    return done(request, act.said, "production_task", public_id, key)


@require_POST
def remark(request: HttpRequest, public_id: str, key: str) -> HttpResponseBase:
    """Say something about it."""
    by, found = of(request, public_id, key)
    form = RemarkForm(request.POST)
    return sent(
        request,
        found,
        "remark_form",
        form,
        lambda: actions.remark(by=by, task=found, text=form.cleaned_data["text"]),
        _("Your remark stands with the task."),
    )
