"""One production: its checklist, what was changed since the approval, and what is still missing."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from insignia.core.errors import Conflict, NotFound, Rejected
from insignia.domain.access.permissions import Permission
from insignia.domain.catalog import actions as catalog
from insignia.domain.ground import clock
from insignia.domain.proposals.production import actions, authority, checks, queries
from insignia.edges.web import achievement_words, doors
from insignia.edges.web.http import actor

from ..pages import carried_out, done, page
from .forms import StacksForm
from .wording import refused


@require_safe
def production(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Where it stands and what comes next."""
    return shown(request, public_id)


def shown(request: HttpRequest, public_id: str, *, status: int = 200, **forms: Any) -> HttpResponseBase:
    """The page; `forms` are those that were sent and refused."""
    by = actor(request)
    found = queries.production_for(by, public_id)
    today = clock.today_in(doors.institution(request).zone)
    context: dict[str, Any] = {
        "production": found,
        "proposal": found.proposal,
        "manages": authority.may_manage(by, found),
        "today": today,
    }
    if found.last_day is not None:
        containers = queries.containers_of(found.achievement) if found.achievement else []
        choices = [choice for choice in queries.STACKS if not containers or choice[0] != "none"]
        form = StacksForm(choices=choices, initial={"choice": found.stacks, "note": found.stacks_note})
        why, plan = queries.told_of(found)
        context |= {
            "why": why,
            "plan": plan,
            "containers": containers,
            "waits_for_stacks": actions.waits_for_stacks(found),
            "stacks_form": form,
            **forms,
        }
        return page(request, "production/ending.html", context, status=status)
    draft = checks.draft_of(found)
    tasks = queries.tasks_of(found)
    changes = checks.changes_of(found, draft)
    context |= {
        "line": queries.lines([found], today=today)[0],
        "tasks": tasks,
        "draft": draft,
        "may_make": any(task.kind == "create_credential" and authority.may_work(by, task) for task in tasks),
        "may_edit": found.achievement is not None and by.may(Permission.ACHIEVEMENT_EDIT, on=found.achievement),
        "may_read": found.achievement is not None and by.may(Permission.ACHIEVEMENT_READ, on=found.achievement),
        "material": [_change(found, draft, name) for name in changes.material],
        "editorial": [achievement_words.member(name) for name in changes.editorial],
        "lacking": catalog.what_is_missing(found.achievement) if found.achievement and draft else [],
        "in_the_way": checks.standing_in_the_way(found) if found.state == "running" else [],
    }
    return page(request, "production/production.html", context, status=status)


def _change(found: Any, draft: Any, name: str) -> tuple[str, str, str]:
    """A member that means something else now: its name, what was approved, what is written."""
    return (
        achievement_words.member(name),
        _said(found.approved, name),
        _said(draft.content, name),
    )


def _said(content: Any, name: str) -> str:
    value = getattr(content, name, None) if hasattr(content, name) else content.extra.get(name)
    if isinstance(value, list | tuple):
        return "\n".join(getattr(one, "name", str(one)) for one in value)
    return "" if value in (None, 0) else str(value)


@require_POST
def create(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Make the credential from what was approved."""
    by = actor(request)
    found = queries.production_for(by, public_id)
    try:
        actions.create_credential(by=by, production=found)
    except (Rejected, Conflict) as error:
        return refused(request, error, "production", public_id)
    return done(request, _("The credential is made from what was approved, word for word."), "production", public_id)


@require_POST
def put_back(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Write what was approved into the draft again."""
    by = actor(request)
    found = queries.production_for(by, public_id)
    try:
        actions.put_back(by=by, production=found)
    except (Rejected, Conflict) as error:
        return refused(request, error, "production", public_id)
    return done(request, _("The draft says what was approved again."), "production", public_id)


@require_POST
def activate(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Let it be awarded."""
    by = actor(request)
    found = queries.production_for(by, public_id)
    try:
        actions.activate(by=by, production=found)
    except (Rejected, Conflict, NotFound) as error:
        return refused(request, error, "production", public_id)
    return done(request, _("The badge is active: it can be found and awarded now."), "production", public_id)


@require_POST
def stacks(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Say what becomes of the certificates that contain it."""
    by = actor(request)
    found = queries.production_for(by, public_id)
    form = StacksForm(request.POST, choices=queries.STACKS)
    if carried_out(form, lambda: actions.settle_stacks(by=by, production=found, **form.cleaned_data)):
        return done(request, _("It is settled what becomes of the certificates."), "production", public_id)
    return shown(request, public_id, status=422, stacks_form=form)
