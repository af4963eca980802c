"""Who writes with whom, and the talk about skills that can be had before anything is handed in."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from insignia.core.errors import NotFound, Rejected
from insignia.core.words import N_
from insignia.domain.institutions import queries as institutions
from insignia.domain.proposals.writing import actions
from insignia.domain.proposals.writing import queries as writing
from insignia.domain.proposals.writing.rules import ENDED
from insignia.edges.web.doors import institution

from ..pages import carried_out, done, page, status_of, undone
from .doors import admit_writer
from .form_page import help_for


class PersonForm(forms.Form):
    """Whom to let in, and for what."""

    email = forms.EmailField(label=gettext_lazy("E-mail address"), max_length=254)
    part = forms.ChoiceField(
        label=gettext_lazy("What for"),
        choices=[("writes", gettext_lazy("To write with you")), ("reads", gettext_lazy("To read it"))],
        initial="writes",
        widget=forms.RadioSelect,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def people(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Who writes and reads with the proposer: add somebody, or let somebody go."""
    by, proposal = admit_writer(request, public_id)
    if request.POST.get("drop"):
        return _drop(request, by, proposal, request.POST["drop"])
    form = PersonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and carried_out(form, lambda: _add(by, proposal, form)):
        return done(request, _("They are in."), "proposal_people", public_id)
    context = {
        "proposal": proposal,
        "here": _("People"),
        "form": form,
        "participants": list(writing.participants_of(proposal)),
        "has_ended": proposal.state in ENDED,
        **help_for(request, proposal.form.form),
    }
    return page(request, "writing/people.html", context, status=status_of(form))


def _add(by: Any, proposal: Any, form: PersonForm) -> None:
    given = form.cleaned_data
    try:
        user = writing.member_at(given["email"])
    except NotFound as nobody:
        raise Rejected(nobody.message, code=nobody.code, params=nobody.params) from None
    actions.add_participant(by=by, proposal=proposal, user=user, part=given["part"])


def _drop(request: HttpRequest, by: Any, proposal: Any, public_id: str) -> HttpResponseBase:
    found = next((one.user for one in writing.participants_of(proposal) if one.user.public_id == public_id), None)
    if found is None:
        raise NotFound(N_("This person is not among them."))
    try:
        actions.drop_participant(by=by, proposal=proposal, user=found)
    except Rejected as refused:
        return undone(request, refused, "proposal_people", proposal.public_id)
    said = _("%(name)s is not among them any more.") % {"name": found}
    return done(
        request, said, "proposals" if found.pk == by.user_pk else "proposal_people", *_unless(by, found, proposal)
    )


def _unless(by: Any, gone: Any, proposal: Any) -> tuple[str, ...]:
    return () if gone.pk == by.user_pk else (proposal.public_id,)


class ConsultationForm(forms.Form):
    """What to talk about."""

    question = forms.CharField(
        label=gettext_lazy("What would you like to talk about?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def consult(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Ask for a talk about the skills; what came of earlier ones (R-063)."""
    by, proposal = admit_writer(request, public_id)
    role = institutions.roles().filter(key=institution(request).policy("consultation_role")).first()
    if role is None:
        raise NotFound(N_("Nobody gives consultations here."))
    form = ConsultationForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and carried_out(
        form,
        lambda: actions.ask_consultation(by=by, proposal=proposal, question=form.cleaned_data["question"]),
    ):
        said = _("%(role)s was asked. What comes of it will stand here.") % {"role": role.name}
        return done(request, said, "proposal_consult", public_id)
    talks = list(writing.consultations_of(proposal))
    context = {
        "proposal": proposal,
        "here": _("Consultation"),
        "form": form,
        "role": role,
        "talks": talks,
        "is_open": any(one.answered_at is None for one in talks),
        **help_for(request, proposal.form.form),
    }
    return page(request, "writing/consult.html", context, status=status_of(form))
