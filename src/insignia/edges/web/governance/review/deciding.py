"""A decision is sent: carried out, or shown again with everything that was typed."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from insignia.core.errors import Conflict, NotFound, NotPermitted, Rejected
from insignia.core.words import N_
from insignia.core.workflow import route as engine
from insignia.core.workflow.route import Verb
from insignia.domain.people import queries as people
from insignia.domain.proposals.workflow import actions, queries
from insignia.domain.proposals.writing import queries as writing
from insignia.edges.web import words as said

from ..pages import done, page
from . import words
from .forms import DecisionForm
from .gathering import Matter, gathered, rail_at
from .options import ENDING, Option, options_for
from .proposal import form_for, shown


@require_POST
def decide(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """What one of the buttons says, with what was filled in."""
    matter = gathered(request, public_id)
    pressed = request.POST.get("decision", "")
    key = pressed.rpartition(":")[2] if pressed else request.POST.get("task", "")
    key = key if key in matter.my_tasks else ""
    task = key or _kept_task(matter, request.POST.get("task", ""))
    options = options_for(matter, task)
    form = form_for(matter, options, task, request.POST, request.FILES)
    option = options.find(pressed)
    if option is None:
        form.is_valid()
        form.add_error(None, _gone(matter, request))
        return shown(request, matter, form, task=task, status=409)
    if not form.is_valid() or "back" in request.POST:
        return shown(request, matter, form, task=task, status=200 if "back" in request.POST else 422)
    if option.choice.verb in ENDING and "sure" not in request.POST and not _lacks_comment(option, form):
        return _ask(request, matter, option)
    return _carry_out(request, matter, option, form, task)


def _kept_task(matter: Matter, wanted: str) -> str:
    return wanted if wanted in matter.my_tasks else (matter.my_tasks or [""])[0]


def _carry_out(request: HttpRequest, matter: Matter, option: Option, form: DecisionForm, task: str) -> HttpResponseBase:
    by, given = matter.by, request.POST
    try:
        if option.choice.verb is Verb.CONVENE:
            actions.convene(by=by, proposal=matter.proposal, task=option.choice.task)
        else:
            actions.decide(
                by=by,
                proposal=matter.proposal,
                decision=form.decision(option.choice.verb, option.vote, step=_own_step(matter, option, form)),
                revision=_number(given.get("revision")),
                version=_number(given.get("version")),
                task=option.choice.task,
                files=form.enclosed() if option.choice.verb not in ENDING else (),
            )
    except Rejected as refused:
        form.refuse(refused)
        return shown(request, matter, form, task=task, status=422)
    except (Conflict, NotPermitted) as refused:
        if refused.code == "second_factor_needed":
            raise
        now = gathered(request, matter.proposal.public_id)
        kept = _kept_task(now, task)
        again = form_for(now, options_for(now, kept), kept, request.POST)
        again.is_valid()
        again.add_error(None, f"{said.translated(refused)} {_faster(now)}".strip())
        return shown(request, now, again, task=kept, status=409)
    return _afterwards(request, matter, _told(option))


def _afterwards(request: HttpRequest, matter: Matter, text: Any) -> HttpResponseBase:
    """To the proposal; to the list, for whoever was let in only to decide."""
    try:
        queries.reads(matter.by, matter.proposal.public_id)
    except NotFound:
        return done(request, text, "tasks")
    return done(request, text, "proposal", matter.proposal.public_id)


def _faster(matter: Matter) -> str:
    """Who was faster, and with what."""
    entries = [one for one in matter.run.history if one.verb is not Verb.TELL and one.by.person != "insignia"]
    last = entries[-1]
    name = matter.name(last.by.person) if matter.is_insider else ""
    verb = str(words.PAST.get(last.verb, "")) if last.verb is not Verb.VOTE else _("voted")
    return _("%(name)s %(verb)s. What you wrote still stands below.") % {"name": name, "verb": verb} if name else ""


def _gone(matter: Matter, request: HttpRequest) -> str:
    if matter.row is not None and _number(request.POST.get("revision")) < matter.run.revision:
        return f"{_('Somebody else decided on this a moment ago. Look at it again, then decide.')} {_faster(matter)}"
    return _("This cannot be decided by you now.")


def _lacks_comment(option: Option, form: DecisionForm) -> bool:
    """What still lacks its reason is refused before anybody is asked whether they are sure."""
    return option.choice.verb in (Verb.REJECT, Verb.DECLINE) and not form.cleaned_data.get("comment", "").strip()


def _ask(request: HttpRequest, matter: Matter, option: Option) -> HttpResponseBase:
    """Whether this is meant: it cannot be undone. Everything that was typed comes along."""
    sent = [(name, value) for name in request.POST for value in request.POST.getlist(name)]
    left_out = ("csrfmiddlewaretoken", "decision", "sure", "back")
    context = {
        "proposal": matter.proposal,
        "rail": rail_at(request, "tasks"),
        "option": option,
        "sent": [pair for pair in sent if pair[0] not in left_out],
        "comment": request.POST.get("comment", ""),
    }
    return page(request, "review/sure.html", context)


def _own_step(matter: Matter, option: Option, form: DecisionForm) -> engine.Step | None:
    """The step that joins the way of this proposal alone: a question to a role, or to one person."""
    if option.choice.verb is not Verb.CUSTOM_ROUTE:
        return None
    role, email = form.cleaned_data.get("ask_role", ""), form.cleaned_data.get("ask_email", "").strip()
    if not role and not email:
        return None
    number = len(matter.run.detours) + 1
    person = _person(email) if email else ""
    label = _("Asked besides: %(who)s") % {"who": matter.name(person) or email or matter.role(role)}
    task = engine.Task(
        key=f"asked_{number}",
        role=role or matter.route.manager,
        label=label[:120],
        person=person,
        decisions=(Verb.FEEDBACK, Verb.REQUEST_CHANGES),
    )
    return engine.Step(key=f"besides_{number}", tasks=(task,), label=label[:120])


def _person(email: str) -> str:
    found = people.by_address(email) or people.known_at(email)
    if found is None or not writing.is_member(found):
        raise Rejected(N_("Nobody with this address works here."), code="person_unknown")
    return found.public_id


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 10 else 0


def _told(option: Option) -> Any:
    verb, vote = option.choice.verb, option.vote
    if vote is not None:
        return _("Your vote is cast. Until the vote is closed you can cast it anew.")
    return {
        Verb.APPROVE: _("You approved it."),
        Verb.APPROVE_WITH_COMMENTS: _("You approved it, with your comments."),
        Verb.REQUEST_CHANGES: _("You asked for changes. Those who write it are told."),
        Verb.RECOMMEND_TYPE: _("You recommended another type. Those who write it are told."),
        Verb.REJECT: _("It is rejected. Those who write it are told."),
        Verb.DECLINE: _("It is declined. Those who write it are told."),
        Verb.HOLD: _("It is on hold."),
        Verb.RELEASE: _("It goes on."),
        Verb.SUSPEND: _("It is suspended."),
        Verb.RESUME: _("It goes on where it was."),
        Verb.SKIP: _("The step is skipped."),
        Verb.REQUEST_CANCEL: _("The office is asked to cancel it. Until it answers, the proposal goes on."),
        Verb.APPROVE_CANCEL: _("It is cancelled."),
        Verb.REFUSE_CANCEL: _("It goes on."),
        Verb.WITHDRAW: _("It is withdrawn."),
        Verb.RECUSE: _("You stay out of this proposal. Somebody else decides in your place."),
        Verb.CUSTOM_ROUTE: _("It is asked for, as far as the route lets you; else the office says whether."),
        Verb.CONVENE: _("The body has turned to it."),
        Verb.CLOSE_VOTE: _("The vote is closed."),
    }.get(verb, _("It is done."))
