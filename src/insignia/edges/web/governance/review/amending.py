"""Whoever reviews changes the answers that the route lets them change; a version of its own shows what."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from insignia.core.errors import Conflict, NotPermitted, Rejected
from insignia.core.words import N_
from insignia.domain.proposals.workflow import actions, queries
from insignia.domain.proposals.writing.naming import names_in
from insignia.edges.web import words

from ..answers import Reader
from ..pages import done, page
from ..writing.fields import Field, Sayings, groups_of
from ..writing.picking import pickers_for
from ..writing.sending import Sent
from .gathering import Matter, gathered, rail_at


class NoteForm(forms.Form):
    """Why the answers were changed."""

    note = forms.CharField(
        label=gettext_lazy("What you changed, and why"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Everybody reads it beside the new version."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def amend(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """The questions in hand, with what is answered now."""
    matter = gathered(request, public_id)
    allowed = _allowed(matter)
    sent = Sent.of(request, matter.proposal.form.form) if request.method == "POST" else None
    form = NoteForm(request.POST or None)
    if sent is not None and "find" not in request.POST and form.is_valid():
        changed = {key: value for key, value in sent.changed.items() if key in allowed}
        try:
            made = (
                actions.amend(by=matter.by, proposal=matter.proposal, sent=changed, note=form.cleaned_data["note"])
                if changed
                else None
            )
        except (Rejected, Conflict) as refused:
            for one in refused.details or (refused,):
                form.add_error(None, words.translated(one))
        else:
            said = _("Your changes are version %(number)s. Now decide.") if made else _("Nothing was changed.")
            return done(request, said % {"number": made.number if made else 0}, "proposal", public_id)
    context = {
        "proposal": matter.proposal,
        "rail": rail_at(request, "tasks"),
        "form": form,
        "fields": _fields(request, matter, allowed, sent),
    }
    return page(request, "review/amend.html", context, status=422 if form.errors else 200)


def _allowed(matter: Matter) -> frozenset[str]:
    allowed = (
        queries.editable(matter.by, matter.proposal, matter.row, matter.house, matter.writers)
        if matter.row is not None
        else frozenset()
    )
    if not allowed:
        raise NotPermitted(
            N_("Your task does not let you change answers. Ask for changes instead."), code="not_editable"
        )
    return allowed


def _fields(request: HttpRequest, matter: Matter, allowed: frozenset[str], sent: Sent | None) -> list[Field]:
    proposal = matter.proposal
    form = proposal.form.form
    typed: dict[str, Any] = {key: value for key, value in sent.typed.items() if key in allowed} if sent else {}
    values = {**proposal.answers, **typed}
    sought = {key: request.POST.get(f"find-{key}", "").strip()[:80] for key in allowed}
    reader = Reader(request, proposal, names_in(proposal, (form, values)))
    pickers = pickers_for(proposal, [one for one in form.questions if one.key in allowed], values, sought)
    groups = groups_of(form, proposal.answers, typed, Sayings(), reader, pickers)
    return [field for group in groups for key, field in group.places if field is not None and key in allowed]
