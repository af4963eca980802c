"""Before it is handed in: what is missing, what to look at again, what happens next; and the handing in itself."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from insignia.core.questions.warnings import warnings
from insignia.domain.proposals.workflow import actions as workflow
from insignia.domain.proposals.writing import checks
from insignia.domain.proposals.writing import queries as writing
from insignia.domain.proposals.writing.impact import impact_of
from insignia.domain.proposals.writing.similar import similar_to
from insignia.edges.web import words

from ..pages import address, carried_out, done, page, status_of
from ..remarks import talk_about
from .channels import outside_for
from .doors import admit_writer
from .form_page import help_for
from .standing import is_editable, steps_ahead, tone


class SubmitForm(forms.Form):
    """A word to those who review it."""

    note = forms.CharField(
        label=gettext_lazy("A word to the reviewers"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Look at everything once more, then hand it in."""
    by, proposal = admit_writer(request, public_id)
    if not is_editable(proposal):
        return redirect(address(request, "proposal", public_id))
    form = SubmitForm(request.POST if request.method == "POST" else None)
    again = proposal.state == "changes_requested"
    hand_in = workflow.resubmit if again else workflow.submit
    if request.method == "POST" and carried_out(
        form, lambda: hand_in(by=by, proposal=proposal, note=form.cleaned_data["note"])
    ):
        said = _("It is handed in again.") if again else _("It is submitted. You are told when somebody decides.")
        return done(request, said, "proposal", public_id)
    return page(request, "writing/check.html", _context(request, by, proposal, form), status=status_of(form))


def _context(request: HttpRequest, by: Any, proposal: Any, form: SubmitForm) -> dict[str, Any]:
    asked = {question.key: question for question in proposal.form.form.questions}
    return {
        "proposal": proposal,
        "here": _("Check and submit"),
        "tone": tone(proposal),
        "form": form,
        "again": proposal.state == "changes_requested",
        "problems": [(one.question, words.translated(one)) for one in checks.problems_of(proposal)],
        "warnings": [
            (one.question, asked[one.question].label, words.translated(one))
            for one in warnings(proposal.form.form, proposal.answers)
        ],
        "similar": similar_to(proposal, by) if proposal.kind == "new" else [],
        "impact": impact_of(proposal),
        "steps": steps_ahead(proposal),
        "outside": outside_for(proposal),
        "talk": talk_about(request, by, proposal),
        "consultations": list(writing.consultations_of(proposal)),
        **help_for(request, proposal.form.form),
    }
