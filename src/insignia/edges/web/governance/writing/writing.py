"""The form of a proposal: shown, saved as it is written, by several people at once, with scripts and without."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from insignia.core.errors import NotFound, Rejected
from insignia.core.words import N_
from insignia.domain.access.actor import Actor
from insignia.domain.proposals.writing import actions
from insignia.domain.proposals.writing import queries as writing
from insignia.edges.web import http, words

from ..pages import address, done, page
from .doors import admit_reader, admit_writer
from .fields import Field
from .form_page import Asks, by_key, form_page
from .picking import picker_for
from .sending import PREFIX, Sent, mark_of
from .standing import is_editable

_CONFLICT = 409


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """The whole form on one page, its sections in the margin."""
    by, proposal = admit_writer(request, public_id)
    if request.method == "POST":
        return _save(request, by, proposal)
    if not is_editable(proposal):
        messages.info(request, _("It was handed in and can only be read now."))
        return redirect(address(request, "proposal", public_id))
    return page(request, "writing/write.html", form_page(request, by, proposal, Asks.of(request.GET)))


@require_safe
def find(request: HttpRequest, public_id: str, question: str) -> HttpResponse:
    """What a search finds for a question that chooses from a list, beside what is ticked already; also for reviewers."""
    _by, proposal = admit_reader(request, public_id)
    asked = next((one for one in proposal.form.form.questions if one.key == question), None)
    if asked is None:
        raise NotFound(N_("The form asks no such question."))
    ticked = request.GET.getlist(PREFIX + question)
    picker = picker_for(proposal, asked, ticked, request.GET.get(f"find-{question}", "").strip()[:80])
    return page(request, "writing/_picker.html", {"picker": picker, "name": PREFIX + question, "key": question})


@dataclass(slots=True)
class _Outcome:
    """What became of a form that was sent."""

    proposal: Any
    overtaken: dict[str, str] = field(default_factory=dict)
    refused: dict[str, list[str]] = field(default_factory=dict)
    moved_files: set[str] = field(default_factory=set)


def _save(request: HttpRequest, by: Actor, proposal: Any) -> HttpResponseBase:
    sent = Sent.of(request, proposal.form.form)
    outcome = _written(request, by, proposal, sent)
    typed = {key: sent.typed[key] for key in outcome.overtaken if key in sent.typed}
    asks = Asks.of(request.POST)
    if http.wants_fragment(request):
        context = form_page(
            request, by, outcome.proposal, asks, typed=typed, overtaken=outcome.overtaken, refused=outcome.refused
        )
        return page(request, "writing/write.html", {**context, "updates": _updates(request, context, sent, outcome)})
    if outcome.overtaken or outcome.refused:
        context = form_page(
            request, by, outcome.proposal, asks, typed=typed, overtaken=outcome.overtaken, refused=outcome.refused
        )
        return page(request, "writing/write.html", context, status=_CONFLICT if outcome.overtaken else 422)
    return _go_on(request, outcome.proposal, asks)


def _written(request: HttpRequest, by: Actor, proposal: Any, sent: Sent) -> _Outcome:
    written = actions.write_answers(by=by, proposal=proposal, sent=sent.changed, revision=sent.revision)
    outcome = _Outcome(written.proposal, overtaken=dict(written.overtaken))
    for key in sent.held:
        outcome.overtaken.setdefault(key, writing.last_writer(written.proposal, key))
    for key, files in sent.files.items():
        for file in files:
            try:
                actions.attach(by=by, proposal=proposal, question=key, name=file.name or "", content=file.read())
            except Rejected as refused:
                outcome.refused.setdefault(key, []).append(f"{file.name}: {words.translated(refused)}")
            outcome.moved_files.add(key)
    gone = request.POST.get("detach", "")
    if gone:
        attachment = writing.attachment_of(proposal, gone)
        actions.detach(by=by, proposal=proposal, attachment=attachment)
        outcome.moved_files.add(attachment.question)
    outcome.proposal = writing.proposal(proposal.public_id)
    return outcome


def _go_on(request: HttpRequest, proposal: Any, asks: Asks) -> HttpResponseBase:
    """To where the pressed button leads."""
    given = request.POST
    if given.get("go") == "check":
        return redirect(address(request, "proposal_check", proposal.public_id))
    if given.get("go") == "close":
        return done(request, _("Everything is saved."), "proposals")
    place = next((given[one] for one in ("more", "find", "attach", "mine", "theirs") if given.get(one)), "")
    if not place:
        messages.success(request, _("Everything is saved."))
    if given.get("more"):
        asks = replace(asks, more=given["more"])
    back = address(request, "proposal_write", proposal.public_id) + asks.as_query()
    return redirect(f"{back}#q-{place}" if place else back)


@dataclass(frozen=True, slots=True)
class _Update:
    """A question that stands on somebody's page and is not any more what it was there."""

    key: str
    field: Field | None
    is_whole: bool
    says: bool


def _updates(request: HttpRequest, context: Mapping[str, Any], sent: Sent, outcome: _Outcome) -> list[_Update]:
    """What the page that was saved has to take over: questions that come or go, and what is said at the others."""
    being_written = request.POST.get("writing", "")
    found = []
    for key, shown in by_key(context["groups"]).items():
        was_shown = key in sent.shown
        if shown is None or not was_shown:
            if was_shown or shown is not None:
                found.append(_Update(key, shown, is_whole=True, says=True))
            continue
        stands = outcome.proposal.answers.get(key)
        is_others = mark_of(stands) != sent.shown[key] and key not in sent.changed and key not in outcome.overtaken
        is_whole = is_others or key in outcome.moved_files
        found.append(_Update(key, shown, is_whole, says=key != being_written))
    return found
