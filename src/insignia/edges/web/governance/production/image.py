"""The image of a badge: its brief, its proofs, and what is said to each."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from insignia.core.errors import Conflict, Rejected
from insignia.domain.proposals.production import actions, queries
from insignia.edges.web.http import actor

from ..pages import done
from .forms import AnswerForm, BriefForm, ProofForm
from .task import of, sent, shown
from .wording import refused

# A drawing that nobody approved yet: opened by itself it can do nothing, and nobody else keeps it.
_INERT = {"Content-Security-Policy": "default-src 'none'; sandbox", "Cache-Control": "private, max-age=86400"}


@require_POST
def brief(request: HttpRequest, public_id: str, key: str) -> HttpResponseBase:
    """Say what it shall show."""
    by, found = of(request, public_id, key)
    form = BriefForm(request.POST)
    return sent(
        request,
        found,
        "brief_form",
        form,
        lambda: actions.write_brief(by=by, task=found, brief=form.cleaned_data["brief"]),
        _("The brief stands with the task."),
    )


@require_POST
def prove(request: HttpRequest, public_id: str, key: str) -> HttpResponseBase:
    """Show a proof: with artwork, or as the template draws it."""
    by, found = of(request, public_id, key)
    form = ProofForm(request.POST, request.FILES)

    def act() -> None:
        given = form.cleaned_data
        picture = given["picture"].read() if given["picture"] else b""
        actions.add_proof(by=by, task=found, picture=picture, alt=given["alt"], note=given["note"])

    return sent(request, found, "proof_form", form, act, _("The proof is there to be signed off."))


@require_safe
def proof(request: HttpRequest, public_id: str, proof: str) -> HttpResponse:
    """The drawing of a proof, as it was looked at."""
    found = queries.proof_of(queries.production_for(actor(request), public_id), proof)
    return HttpResponse(bytes(found.svg), content_type="image/svg+xml", headers=_INERT)


@require_POST
def sign_off(request: HttpRequest, public_id: str, proof: str) -> HttpResponseBase:
    """Approve a proof: the badge gets this image."""
    by, found, task = _proof(request, public_id, proof)
    try:
        actions.sign_off(by=by, proof=found)
    except (Rejected, Conflict) as error:
        return refused(request, error, "production_task", public_id, task.key)
    return done(request, _("The image is signed off."), "production_task", public_id, task.key)


@require_POST
def changes(request: HttpRequest, public_id: str, proof: str) -> HttpResponseBase:
    """Ask for another proof."""
    by, found, task = _proof(request, public_id, proof)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return shown(request, task, status=422, answer_form=form)
    try:
        actions.ask_for_changes(by=by, proof=found, answer=form.cleaned_data["answer"])
    except (Rejected, Conflict) as error:
        return refused(request, error, "production_task", public_id, task.key)
    return done(request, _("It is noted what has to be otherwise."), "production_task", public_id, task.key)


def _proof(request: HttpRequest, public_id: str, proof: str) -> tuple[Any, Any, Any]:
    by = actor(request)
    production = queries.production_for(by, public_id)
    found = queries.proof_of(production, proof)
    return by, found, queries.task_of(production, found.task.key)
