"""Remarks on a proposal, for every page that shows one: said, answered, settled.

A page puts `talk_about(...)` into its context as `talk` and includes `governance/_threads.html`; whatever is sent from
there comes back to that page.
"""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from insignia.core.errors import Conflict, Rejected
from insignia.core.questions.asking import asked
from insignia.domain.access.actor import Actor
from insignia.domain.proposals.workflow import queries as workflow
from insignia.domain.proposals.writing import actions
from insignia.domain.proposals.writing import queries as writing
from insignia.edges.web import http, words

from .pages import address

MOST_CHARACTERS = 5000
_REVIEWERS = "reviewers"


@dataclass(frozen=True, slots=True)
class Said:
    """A thread as somebody sees it: about which question, and whether they may settle it."""

    thread: Any
    about: str
    may_resolve: bool


@dataclass(frozen=True, slots=True)
class Talk:
    """All that is said about a proposal, open threads first, and what somebody may add."""

    proposal: Any
    open: tuple[Said, ...]
    settled: tuple[Said, ...]
    questions: tuple[tuple[str, str], ...]
    may_speak_among_reviewers: bool
    back: str
    most_characters: int = MOST_CHARACTERS

    @property
    def by_question(self) -> dict[str, int]:
        """How many remarks are open, by question."""
        found: dict[str, int] = {}
        for said in self.open:
            key = said.thread.remark.question
            found[key] = found.get(key, 0) + 1
        return found

    @property
    def asked_for(self) -> tuple[Said, ...]:
        """Open requests that came with a decision."""
        return tuple(said for said in self.open if said.thread.remark.is_required)


def talk_about(request: HttpRequest, by: Actor, proposal: Any) -> Talk:
    """What `by` may read of the remarks on `proposal`, which `by` may read."""
    writes = writing.is_writer(by, proposal)
    form = proposal.form.form
    labels = {question.key: question.label for question in form.questions}
    said = [
        Said(
            thread,
            labels.get(thread.remark.question, ""),
            thread.is_open and (writes or thread.remark.author_id == by.user_pk),
        )
        for thread in writing.threads_of(proposal, by)
    ]
    return Talk(
        proposal,
        tuple(one for one in said if one.thread.is_open),
        tuple(one for one in said if not one.thread.is_open),
        tuple((question.key, question.label) for _section, question in asked(form, proposal.answers).questions),
        may_speak_among_reviewers=not writes,
        back=request.path,
    )


@require_POST
def remark(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Say something about the whole, or about a question."""
    by = http.actor(request)
    proposal = workflow.reads(by, public_id)
    audience = _REVIEWERS if request.POST.get("audience") == _REVIEWERS else "all"
    question = request.POST.get("question", "")
    try:
        actions.remark(
            by=by, proposal=proposal, text=request.POST.get("text", ""), question=question, audience=audience
        )
    except (Rejected, Conflict) as refused:
        messages.error(request, words.translated(refused))
    else:
        messages.success(request, _("Your remark is there for the others to read."))
    return _back(request, public_id)


@require_POST
def reply(request: HttpRequest, public_id: str, remark_id: str) -> HttpResponseBase:
    """Answer a remark."""
    by = http.actor(request)
    proposal = workflow.reads(by, public_id)
    head = writing.remark_for(proposal, by, remark_id)
    try:
        actions.remark(by=by, proposal=proposal, text=request.POST.get("text", ""), answer_to=head)
    except (Rejected, Conflict) as refused:
        messages.error(request, words.translated(refused))
    else:
        messages.success(request, _("Your answer is there for the others to read."))
    return _back(request, public_id)


@require_POST
def resolve(request: HttpRequest, public_id: str, remark_id: str) -> HttpResponseBase:
    """Settle a remark."""
    by = http.actor(request)
    proposal = workflow.reads(by, public_id)
    actions.resolve(by=by, proposal=proposal, remark=writing.remark_for(proposal, by, remark_id))
    messages.success(request, _("The remark is settled."))
    return _back(request, public_id)


def _back(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """To the page from which it was sent, if it is one of ours."""
    place = request.POST.get("back", "")
    if not place.startswith("/") or not url_has_allowed_host_and_scheme(place, allowed_hosts=None):
        place = address(request, "proposal", public_id)
    return redirect(f"{place}#remarks")
