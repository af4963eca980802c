"""One intent: for whoever stated it what becomes of it, for the office its support."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from insignia.core.errors import Conflict, Rejected
from insignia.domain.access.permissions import Permission
from insignia.domain.ground import clock
from insignia.domain.institutions import members
from insignia.domain.institutions import queries as institutions
from insignia.domain.proposals.intents import actions, queries
from insignia.edges.web.doors import institution
from insignia.edges.web.http import actor

from ..pages import carried_out, done, page, undone
from .forms import ContactForm, LevelForm, PlanForm, ReasonForm
from .questions import parts


@require_safe
def intent(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """What it says, where it stands, what was talked about, and what can be done now."""
    return shown(request, public_id)


def shown(request: HttpRequest, public_id: str, *, status: int = 200, **forms: Any) -> HttpResponse:
    """The page; `forms` are those that were sent and refused."""
    by, here = actor(request), institution(request)
    found = queries.intent_for(by, public_id)
    today = clock.today_in(here.zone)
    levels = [level for level in institutions.levels() if level.policy.workflow]
    manages = by.may(Permission.PROPOSAL_MANAGE, on=found)
    context = {
        "intent": found,
        "line": queries.lines([found], here)[0],
        "parts": parts(request, found.form.form, found.answers) if found.form else (),
        "contacts": queries.contacts_of(found, by),
        "invitations": queries.invitations_of(found) if manages else (),
        "live": queries.live_invitation(found),
        "verbs": queries.verbs(found),
        "is_own": queries.is_own(by, found),
        "manages": manages,
        "by_invitation": here.policy("proposal_by_invitation"),
        "contact_form": ContactForm(initial={"on": today, "kind": "mail"}),
        "plan_form": PlanForm(
            office=members.holders(Permission.PROPOSAL_MANAGE),
            levels=levels,
            initial={
                "assignee": found.assignee.public_id if found.assignee else "",
                "level": found.level.key if found.level else "",
                "next_action": found.next_action,
                "next_action_on": found.next_action_on,
            },
        ),
        "decline_form": ReasonForm(),
        "level_form": LevelForm(levels=levels, initial={"level": found.level.key if found.level else ""}),
        **forms,
    }
    return page(request, "intents/intent.html", context, status=status)


@require_POST
def contact(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Write into the support log."""
    by = actor(request)
    found = queries.intent_for(by, public_id)
    by.require(Permission.PROPOSAL_MANAGE, on=found)
    form = ContactForm(request.POST, request.FILES)

    def act() -> None:
        given = form.cleaned_data
        sent = given.pop("file")
        actions.log_contact(
            by=by,
            intent=found,
            file_name=sent.name if sent else "",
            file=sent.read() if sent else b"",
            **given,
        )

    if carried_out(form, act):
        return done(request, _("It stands in the support log."), "intent", public_id)
    return shown(request, public_id, status=422, contact_form=form)


@require_POST
def plan(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Say who looks after it, and what comes next."""
    by = actor(request)
    found = queries.intent_for(by, public_id)
    by.require(Permission.PROPOSAL_MANAGE, on=found)
    office = list(members.holders(Permission.PROPOSAL_MANAGE))
    levels = [level for level in institutions.levels() if level.policy.workflow]
    form = PlanForm(request.POST, office=office, levels=levels)

    def act() -> None:
        given = form.cleaned_data
        actions.plan_support(
            by=by,
            intent=found,
            assignee=next((user for user in office if user.public_id == given["assignee"]), None),
            next_action=given["next_action"],
            next_action_on=given["next_action_on"],
        )
        if level := next((one for one in levels if one.key == given["level"]), None):
            actions.set_level(by=by, intent=found, level=level)

    if carried_out(form, act):
        return done(request, _("The plan is saved."), "intent", public_id)
    return shown(request, public_id, status=422, plan_form=form)


@require_POST
def decline(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Say that it will not become a proposal."""
    by = actor(request)
    found = queries.intent_for(by, public_id)
    form = ReasonForm(request.POST)
    if carried_out(form, lambda: actions.decline(by=by, intent=found, reason=form.cleaned_data["reason"])):
        return done(request, _("The intent is declined; whoever stated it is told why."), "intent", public_id)
    return shown(request, public_id, status=422, decline_form=form)


@require_safe
def file(request: HttpRequest, public_id: str, contact: str) -> HttpResponseBase:
    """A file of the support log; saved, never opened in the page."""
    by = actor(request)
    try:
        entry = queries.contact_of(queries.intent_for(by, public_id), by, contact)
    except (Rejected, Conflict) as refused:
        return undone(request, refused, "intent", public_id)
    if not entry.file:
        raise Http404
    response = HttpResponse(bytes(entry.file), content_type=entry.file_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=entry.file_name)
    return response
