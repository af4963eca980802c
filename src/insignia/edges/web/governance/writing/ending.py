"""A proposal given up: discarded before it was handed in, withdrawn, or asked to be cancelled."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from insignia.core.errors import NotFound
from insignia.core.words import N_
from insignia.core.workflow.route import Decision, Verb
from insignia.domain.access.actor import Actor
from insignia.domain.proposals.workflow import actions as workflow
from insignia.domain.proposals.workflow import queries
from insignia.domain.proposals.writing import actions

from ..pages import carried_out, done, page, status_of
from .doors import admit_writer

_VERBS = {"withdraw": Verb.WITHDRAW, "cancel": Verb.REQUEST_CANCEL}
SAID = {
    "discard": gettext_lazy("The draft is given up. It can still be read, and cloned."),
    "withdraw": gettext_lazy("The proposal is withdrawn. It can still be read, and cloned."),
    "cancel": gettext_lazy("The programme office was asked to cancel it."),
}


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=gettext_lazy("Why?"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, is_owed: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["reason"].required = is_owed


def acts_on(by: Actor, proposal: Any) -> frozenset[str]:
    """Which of the three `by`, who writes it, may do now."""
    if proposal.state == "draft" and proposal.submitted_at is None:
        return frozenset({"discard"})
    row = queries.run_of(proposal)
    if row is None:
        return frozenset()
    open_to = {one.verb for one in queries.choices(by, proposal, row, queries.house_of(proposal.institution))}
    found = {name for name, verb in _VERBS.items() if verb in open_to}
    # Whoever can take it back themselves need not ask for it; and nobody asks twice.
    if "withdraw" in found or row.run.cancel_requested_by:
        found.discard("cancel")
    return frozenset(found)


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, public_id: str, act: str) -> HttpResponseBase:
    """Say what will happen, ask once more, do it."""
    by, proposal = admit_writer(request, public_id)
    if act not in SAID or act not in acts_on(by, proposal):
        raise NotFound(N_("This cannot be done with the proposal now."))
    form = ReasonForm(request.POST if request.method == "POST" else None, is_owed=act == "cancel")
    if request.method == "POST" and carried_out(form, lambda: _carry_out(by, proposal, act, form)):
        return done(request, SAID[act], "proposals" if act == "discard" else "proposal", *_where(act, public_id))
    context = {"proposal": proposal, "act": act, "form": form, "here": _("Give up")}
    return page(request, "writing/end.html", context, status=status_of(form))


def _where(act: str, public_id: str) -> tuple[str, ...]:
    return () if act == "discard" else (public_id,)


def _carry_out(by: Actor, proposal: Any, act: str, form: ReasonForm) -> None:
    if act == "discard":
        actions.discard(by=by, proposal=proposal)
        return
    if row := queries.run_of(proposal):
        decision = Decision(_VERBS[act], comment=form.cleaned_data["reason"])
        workflow.decide(by=by, proposal=proposal, decision=decision, revision=row.revision)
