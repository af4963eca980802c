"""To begin: something new at a level, a change of a badge that there is, or a copy of a proposal."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import NoReverseMatch
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from insignia.core.errors import NotFound
from insignia.core.words import N_
from insignia.domain.access.actor import Actor
from insignia.domain.access.permissions import Permission
from insignia.domain.catalog.rules import searchable
from insignia.domain.institutions import outline
from insignia.domain.proposals.forms import queries as forms_kept
from insignia.domain.proposals.writing import actions, openings
from insignia.edges.web.doors import admit_somewhere, institution
from insignia.edges.web.http import actor

from ..pages import address, carried_out, page, status_of
from .channels import outside_of
from .doors import admit_reader
from .form_page import help_for

_MOST_BADGES = 30
_BY_INVITATION = 403
KINDS = {
    "new": (_("Something new"), _("A badge that there is not yet.")),
    "revise": (_("Change a badge"), _("Another name, other criteria, other skills for one that there is.")),
    "retire": (_("Retire a badge"), _("It is awarded no more; who holds it keeps it.")),
    "reactivate": (_("Bring a badge back"), _("One that was retired is awarded again.")),
}


class BeginForm(forms.Form):
    """At which level, for which unit."""

    level = forms.ChoiceField(label=_("What is it?"), widget=forms.RadioSelect(attrs={"class": "cards"}))
    unit = forms.ChoiceField(label=_("Which unit offers it?"), widget=forms.Select(attrs={"translate": "no"}))

    def __init__(self, *args: Any, levels: list[Any], units: list[Any], **options: Any) -> None:
        super().__init__(*args, **options)
        self.levels = {one.level.key: one.level for one in levels}
        self.units = {line.unit.public_id: line.unit for line in units}
        self._offer("level", [(key, level.name) for key, level in self.levels.items()])
        indented = [(line.unit.public_id, "\u2003" * line.depth + line.unit.name) for line in units]
        self._offer("unit", indented if len(indented) == 1 else [("", "–"), *indented])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        offered = self.fields[name]
        if isinstance(offered, forms.ChoiceField):
            offered.choices = choices


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponseBase:
    """Choose what it is to be about."""
    by = admit_somewhere(request, Permission.PROPOSAL_START)
    kind = request.GET.get("kind", "")
    if kind not in KINDS:
        kind = "new"
    kinds = [(key, *words, key == kind) for key, words in KINDS.items()]
    context = {"kind": kind, "kinds": kinds, **help_for(request, _NoForm)}
    if kind == "new":
        return _new(request, by, context)
    return _change(request, by, kind, context)


class _NoForm:
    """Before there is a form, the institution's own help holds."""

    key = guide = contact = ""


def _new(request: HttpRequest, by: Actor, context: dict[str, Any]) -> HttpResponseBase:
    if institution(request).policy("proposal_by_invitation"):
        context |= {"intent_url": _intent_address(request)}
        return page(request, "writing/by_invitation.html", context, status=_BY_INVITATION)
    levels = openings.openings(by)
    mine = [one for one in levels if one.may]
    units = outline.outline(by, permission=Permission.PROPOSAL_START)
    form = BeginForm(
        request.POST if request.method == "POST" else None,
        levels=mine,
        units=units,
        initial={"level": request.GET.get("level", "")},
    )
    begun: list[Any] = []

    def start() -> None:
        given = form.cleaned_data
        begun.append(actions.begin_proposal(by=by, unit=form.units[given["unit"]], level=form.levels[given["level"]]))

    if carried_out(form, start):
        return redirect(address(request, "proposal_write", begun[0].public_id))
    chosen = form["level"].value()
    context |= {
        "form": form,
        "levels": [(one.level, one.level.key == chosen) for one in mine],
        "others": [one for one in levels if not one.may],
        "outside": outside_of(one.level for one in mine),
        "guides": _guides(request, levels),
    }
    return page(request, "writing/begin.html", context, status=status_of(form))


def _guides(request: HttpRequest, levels: list[Any]) -> list[tuple[str, str]]:
    """The question guide of each form that these levels fill in."""
    wanted = {one.level.policy.form for one in levels}
    found = [version.form for version in forms_kept.forms() if version.key in wanted]
    return [(form.title, form.guide or address(request, "guide", form.key)) for form in found]


def _change(request: HttpRequest, by: Actor, kind: str, context: dict[str, Any]) -> HttpResponseBase:
    badges = openings.changeable(by, kind)
    if request.method == "POST":
        chosen = badges.filter(public_id=request.POST.get("achievement", "")).first()
        if chosen is None:
            raise NotFound(N_("There is no such badge here, or it is not for your unit to change."))
        begun = actions.begin_proposal(by=by, unit=chosen.unit, level=chosen.level, kind=kind, achievement=chosen)
        return redirect(address(request, "proposal_write", begun.public_id))
    sought = request.GET.get("q", "").strip()
    for word in searchable(sought).split()[:8]:
        badges = badges.filter(search_text__contains=word)
    found = list(badges[: _MOST_BADGES + 1])
    context |= {"badges": found[:_MOST_BADGES], "is_cut": len(found) > _MOST_BADGES, "sought": sought}
    return page(request, "writing/change.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def clone(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Begin anew with the answers of a proposal."""
    by, proposal = admit_reader(request, public_id)
    by = actor(request)
    if request.method == "POST":
        copy = actions.clone(by=by, proposal=proposal)
        return redirect(address(request, "proposal_write", copy.public_id))
    return page(request, "writing/clone.html", {"proposal": proposal, "here": _("Clone")})


def _intent_address(request: HttpRequest) -> str:
    """Where an intent is stated, where the house has that page."""
    try:
        return address(request, "intent_new")
    except NoReverseMatch:
        return ""
