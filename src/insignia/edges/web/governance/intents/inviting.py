"""From an intent to a proposal: by an invitation, or straight on where none is asked for."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from insignia.core.errors import Conflict, NotPermitted, Rejected
from insignia.domain.institutions import queries as institutions
from insignia.domain.proposals.intents import actions, links, queries
from insignia.edges.web import words
from insignia.edges.web.http import actor

from ..pages import address, carried_out, done, page, undone
from .caring import shown
from .forms import LevelForm


@require_POST
def invite(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Send the link that opens the proposal form."""
    by = actor(request)
    found = queries.intent_for(by, public_id)
    levels = [level for level in institutions.levels() if level.policy.workflow]
    form = LevelForm(request.POST, levels=levels)

    def act() -> None:
        level = next(one for one in levels if one.key == form.cleaned_data["level"])
        actions.set_level(by=by, intent=found, level=level)
        actions.invite(by=by, intent=found)

    if carried_out(form, act):
        return done(request, _("The invitation is on its way to %(to)s.") % {"to": found.address}, "intent", public_id)
    return shown(request, public_id, status=422, level_form=form)


@require_POST
def revoke(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Let the link open nothing any more."""
    by = actor(request)
    found = queries.intent_for(by, public_id)
    live = queries.live_invitation(found)
    try:
        if live:
            actions.revoke_invitation(by=by, invitation=live)
    except (Rejected, Conflict) as refused:
        return undone(request, refused, "intent", public_id)
    return done(request, _("The link opens nothing any more."), "intent", public_id)


@require_POST
def propose(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Go on to the proposal, where no invitation is asked for."""
    by = actor(request)
    found = queries.intent_for(by, public_id)
    levels = [level for level in institutions.levels() if level.policy.workflow]
    form = LevelForm(request.POST, levels=levels)
    try:
        if form.is_valid():
            level = next(one for one in levels if one.key == form.cleaned_data["level"])
            proposal = actions.open_proposal(by=by, intent=found, level=level)
            return redirect(address(request, "proposal_write", proposal.public_id))
    except (Rejected, Conflict, NotPermitted) as refused:
        form.add_error(None, words.translated(refused))
    return shown(request, public_id, status=422, level_form=form)


@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponseBase:
    """What the invitation is for, and a button that begins the proposal: a mail program that looks at the link begins nothing."""
    by = actor(request)
    invited = links.invitation_of(token)
    if request.method == "POST":
        proposal = actions.open_invitation(by=by, invitation=invited)
        return redirect(address(request, "proposal_write", proposal.public_id))
    state = queries.invitation_state(invited, by)
    context = {"invitation": invited, "intent": invited.intent, "state": state, "token": token}
    return page(request, "intents/invitation.html", context, status=200 if state in ("open", "used") else 403)
