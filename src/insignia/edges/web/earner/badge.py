"""One badge of the reader: what it says, who may see it, and what can be done with it (R-009, R-120)."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from insignia.domain.awards import actions as awards
from insignia.domain.awards import queries as award_queries
from insignia.edges.web import tenant
from insignia.edges.web.http import actor, render
from insignia.edges.web.qr import qr_code

from .explaining import explanation
from .forms import VISIBILITIES, DeclineForm, VisibilityForm
from .shown import Shown, shown
from .taking import to_choose


def entered(request: HttpRequest, public_id: str) -> Any:
    """The reader's own award, with the rest of the request served where it was awarded; raises `NotFound`."""
    award = award_queries.own_award(request.user, public_id)  # type: ignore[arg-type]
    tenant.enter(request, award.achievement.institution)
    return award


@require_safe
@login_required
def badge(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Everything about one badge."""
    return _page(request, shown(entered(request, public_id)))


def _page(request: HttpRequest, one: Shown, *, form: VisibilityForm | None = None) -> HttpResponse:
    successor = award_queries.successor(one.award) if one.award.state == "superseded" else None
    context = {
        "badge": one,
        "award": one.award,
        "content": one.award.version.content,
        "told": explanation(one.award),
        "evidence": list(one.award.evidence.all()),
        "attestation": getattr(one.award, "attestation", None),
        # A corrected badge may belong to somebody else, when what was corrected is the address.
        "successor": successor if successor and successor.recipient_id == one.award.recipient_id else None,
        "visibility": VISIBILITIES[one.award.visibility],
        "form": (form or VisibilityForm(of=one)) if one.is_theirs_to_show else None,
        "qr": qr_code(one.url) if one.is_open else None,
    }
    return render(request, "earner/badge.html", context, status=422 if form else 200)


@require_POST
@login_required
def accept(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Accept one badge; then who may see it is chosen."""
    award = entered(request, public_id)
    return redirect(to_choose(actor(request), [award]))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def decline(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Ask once more, and for a reason, which may stay empty."""
    award = entered(request, public_id)
    if award.state == "declined":
        return redirect("earner:badge", public_id)
    form = DeclineForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        awards.decline(by=actor(request), award=award, reason=form.cleaned_data["reason"])
        messages.success(request, _("You declined the badge. Nobody will see it."))
        return redirect("earner:home")
    status = 422 if form.errors else 200
    return render(request, "earner/decline.html", {"badge": shown(award), "award": award, "form": form}, status=status)


@require_POST
@login_required
def visibility(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Choose who may see a badge; it holds at once."""
    one = shown(entered(request, public_id))
    form = VisibilityForm(request.POST, of=one)
    if not form.is_valid():
        return _page(request, one, form=form)
    awards.set_visibility(by=actor(request), award=one.award, visibility=form.cleaned_data["visibility"])
    messages.success(request, _("From now on: %(who)s.") % {"who": VISIBILITIES[one.award.visibility][0]})
    return redirect("earner:badge", public_id)
