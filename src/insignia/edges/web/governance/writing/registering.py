"""A request that somebody made outside of the house is written down for them (R-026)."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from insignia.core.errors import NotPermitted
from insignia.core.words import N_
from insignia.domain.access.permissions import Permission
from insignia.domain.institutions import outline
from insignia.domain.proposals.workflow import actions, channels
from insignia.domain.proposals.workflow import queries as workflow
from insignia.edges.web.doors import institution
from insignia.edges.web.fields import choose_from, indented, names_only
from insignia.edges.web.http import actor

from ..pages import address, carried_out, page, status_of


class RegisterForm(forms.Form):
    """Who asked for it, at which level, for which unit."""

    level = forms.ChoiceField(label=_("What is asked for"), widget=names_only())
    unit = forms.ChoiceField(label=_("Unit that offers it"), widget=names_only())
    name = forms.CharField(label=_("Name of whoever asked"), max_length=200)
    email = forms.EmailField(
        label=_("Their mail address"),
        help_text=_("They are told by mail how it goes, and can read it once they have signed in with this address."),
    )

    def __init__(self, *args: Any, levels: list[Any], units: list[Any], **options: Any) -> None:
        super().__init__(*args, **options)
        self.levels = {level.key: level for level in levels}
        self.units = {line.unit.public_id: line.unit for line in units}
        choose_from(self, "level", [(level.key, level.name) for level in levels])
        choose_from(self, "unit", [*([("", "–")] if len(units) > 1 else []), *indented(units)])


@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest) -> HttpResponseBase:
    """Say whose request it is; then what they asked for is written down on the form."""
    by, here = actor(request), institution(request)
    levels = channels.registrable(by, workflow.house_of(here))
    if not levels:
        raise NotPermitted(
            N_("Requests from outside are registered by those who approve in their channel, and by the office."),
            code="not_permitted",
        )
    units = outline.outline(by, permission=Permission.PROPOSAL_READ)
    form = RegisterForm(request.POST or None, levels=levels, units=units)
    begun: list[Any] = []

    def act() -> None:
        given = form.cleaned_data
        begun.append(
            actions.register_request(
                by=by,
                level=form.levels[given["level"]],
                unit=form.units[given["unit"]],
                name=given["name"],
                email=given["email"],
            )
        )

    if carried_out(form, act):
        messages.success(
            request, gettext("It is begun for %(name)s. Write down what was asked for.") % {"name": begun[0].proposer}
        )
        return redirect(address(request, "proposal_write", begun[0].public_id))
    outside = channels.outside(levels)
    context = {
        "form": form,
        "channels": list({one.url: one for found in outside.values() for _who, one in found}.values()),
    }
    return page(request, "writing/register.html", context, status=status_of(form))
