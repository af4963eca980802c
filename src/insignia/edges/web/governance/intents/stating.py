"""An intent is stated: begun, written, sent, withdrawn."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from insignia.core.errors import Conflict, NotPermitted, Rejected
from insignia.domain.access.permissions import Permission
from insignia.domain.institutions import outline
from insignia.domain.institutions import queries as institutions
from insignia.domain.proposals.intents import actions, queries
from insignia.edges.web import words
from insignia.edges.web.doors import admit_somewhere, institution
from insignia.edges.web.http import actor

from ..pages import address, done, page, status_of, undone
from .forms import BeginForm, PlainForm
from .questions import as_sent, groups


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponseBase:
    """Choose the unit, and the kind of badge if it is known."""
    by = admit_somewhere(request, Permission.PROPOSAL_START)
    lines = outline.outline(by, permission=Permission.PROPOSAL_START)
    levels = [level for level in institutions.levels() if level.policy.workflow]
    form = BeginForm(request.POST or None, lines=lines, levels=levels)
    if form.is_valid():
        unit = next(line.unit for line in lines if line.unit.public_id == form.cleaned_data["unit"])
        level = next((one for one in levels if one.key == form.cleaned_data["level"]), None)
        try:
            intent = actions.begin_intent(by=by, unit=unit, level=level)
            return redirect(address(request, "intent_edit", intent.public_id))
        except (NotPermitted, Rejected) as refused:
            form.add_error(None, words.translated(refused))
    context = {"form": form, "levels": levels, "contact": institution(request).contact_email}
    return page(request, "intents/begin.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Write it; saved with each visit, sent when nothing is missing."""
    by = actor(request)
    intent = queries.intent_for(by, public_id)
    if intent.state != "draft" or not queries.is_own(by, intent):
        return redirect(address(request, "intent", public_id))
    form = (
        None if intent.form else PlainForm(request.POST or None, initial={"title": intent.title, "note": intent.note})
    )
    problems: list[Any] = []
    if request.method == "POST":
        sent = as_sent(request, intent.form.form) if intent.form else {}
        typed = form.data if form else {}
        intent = actions.write_intent(
            by=by, intent=intent, sent=sent, title=typed.get("title", ""), note=typed.get("note", "")
        )
        if "send" not in request.POST:
            # A button that asks for more rows leads back to the page, which has one more than is filled.
            return done(request, _("Saved."), "intent_edit", public_id)
        try:
            actions.submit_intent(by=by, intent=intent)
            text = _("Your intent is sent. The program office gets in touch with you.")
            return done(request, text, "intent", public_id)
        except (Rejected, Conflict) as refused:
            problems = [words.translated(one) for one in refused.details or (refused,)]
    context = {
        "intent": intent,
        "form": form,
        "problems": problems,
        "groups": groups(request, intent.form.form, intent.answers) if intent.form else (),
        "contact": institution(request).contact_email,
    }
    return page(request, "intents/edit.html", context, status=422 if problems else 200)


@require_POST
def send(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Send what was written before."""
    by = actor(request)
    try:
        actions.submit_intent(by=by, intent=queries.intent_for(by, public_id))
    except (Rejected, Conflict) as refused:
        return undone(request, refused, "intent_edit", public_id)
    return done(request, _("Your intent is sent. The program office gets in touch with you."), "intent", public_id)


@require_POST
def withdraw(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Give it up."""
    by = actor(request)
    try:
        actions.withdraw(by=by, intent=queries.intent_for(by, public_id))
    except (Rejected, Conflict) as refused:
        return undone(request, refused, "intent", public_id)
    return done(request, _("The intent is withdrawn."), "intents")
