"""All badges of the reader, of every institution: what waits first, then what they have."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from insignia.core.errors import NotFound
from insignia.core.words import N_
from insignia.domain.awards import actions as awards
from insignia.domain.awards import queries as award_queries
from insignia.domain.ground import tenancy
from insignia.edges.web import tenant
from insignia.edges.web.http import actor, render

from .forms import VisibilityForm
from .house import at_home
from .shelf import shelf_of
from .shown import Shown, all_shown


@require_safe
@login_required
def badges(request: HttpRequest) -> HttpResponseBase:
    """The reader's badges, searched, narrowed and sorted as the address says."""
    at_home(request)
    mine = all_shown(award_queries.earned_by(request.user))  # type: ignore[arg-type]
    context = {
        "shelf": shelf_of(mine, request.GET),
        "offers": [one for one in mine if one.waits],
        "waiting": award_queries.waiting_at(actor(request).addresses),
    }
    return render(request, "earner/badges.html", context)


@require_POST
@login_required
def take_waiting(request: HttpRequest) -> HttpResponseBase:
    """Join to the reader's account what waits at an address that they have proved. They asked for it."""
    by = actor(request)
    wanted = request.POST.get("record", "")
    record = next((one for one in award_queries.waiting_at(by.addresses) if one.public_id == wanted), None)
    if record is None:
        raise NotFound(N_("Nothing waits there any more."))
    with tenancy.of(record.institution):
        awards.claim_at_address(by=by, user=request.user, recipient=record)  # type: ignore[arg-type]
    messages.success(request, _("They are yours to accept now."))
    return redirect("earner:home")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def choose(request: HttpRequest) -> HttpResponseBase:
    """Who may see what was accepted a moment ago: nobody, until the reader says otherwise."""
    accepted = _accepted(request)
    if not accepted:
        return redirect("earner:home")
    tenant.enter(request, accepted[0].award.achievement.institution)
    forms = [VisibilityForm(request.POST or None, of=one, prefix=one.award.public_id) for one in accepted]
    valid = [form.is_valid() for form in forms]  # each of them, so that each says what it lacks
    if all(valid):
        for form in forms:
            _show(request, form)
        return redirect("earner:badge", accepted[0].award.public_id) if len(forms) == 1 else redirect("earner:home")
    status = 422 if request.method == "POST" else 200
    return render(request, "earner/choose.html", {"forms": forms, "only": len(forms) == 1}, status=status)


def _accepted(request: HttpRequest) -> list[Shown]:
    """Those that the address names: all of one institution, because that is how they are accepted."""
    named = frozenset(request.GET.getlist("award"))
    found = all_shown(award_queries.earned_by(request.user).filter(public_id__in=named))  # type: ignore[arg-type]
    theirs = [one for one in found if one.is_theirs_to_show]
    return [one for one in theirs if one.award.institution_id == theirs[0].award.institution_id]


def _show(request: HttpRequest, form: Any) -> None:
    award, visibility = form.of.award, form.cleaned_data["visibility"]
    if visibility != award.visibility:
        awards.set_visibility(by=actor(request), award=award, visibility=visibility)
