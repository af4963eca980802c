"""Access tokens: with one, a program acts as its owner in one institution, within limits and until a day."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from insignia.core.errors import NotFound
from insignia.core.words import N_
from insignia.domain.access.actor import Actor
from insignia.domain.access.permissions import Permission
from insignia.domain.ground import clock, tenancy
from insignia.domain.institutions import actions as institutions
from insignia.domain.institutions import queries as institution_queries
from insignia.edges.web import tenant
from insignia.edges.web.http import actor, lead_to_second_factor, render
from insignia.edges.web.permission_words import meaning

from .forms import TokenForm
from .house import at_home


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def tokens(request: HttpRequest) -> HttpResponseBase:
    """The reader's tokens, and a form for another one in the institution that the address names."""
    works_for = institution_queries.institutions_of(request.user, clock.now().date())  # type: ignore[arg-type]
    wanted = request.GET.get("institution", "")
    institution = next((one for one in works_for if one.slug == wanted), works_for[0] if works_for else None)
    if institution is None:
        at_home(request)
        return _page(request, works_for, None, None)
    tenant.enter(request, institution)
    by = actor(request)
    if by.lacks_second_factor:
        return lead_to_second_factor(request)
    form = TokenForm(request.POST or None, permissions=_may(by))
    if request.method != "POST" or not form.is_valid():
        return _page(request, works_for, institution, form)
    _token, secret = institutions.make_token(
        by=by,
        institution=institution,
        name=form.cleaned_data["name"],
        permissions=map(Permission, form.cleaned_data["permissions"]),
        expires_at=clock.now() + timedelta(days=int(form.cleaned_data["days"])),
    )
    # Shown in this one answer and kept nowhere: not in the session, not in an address.
    return _page(request, works_for, institution, TokenForm(permissions=_may(by)), secret=secret)


def _may(by: Actor) -> list[tuple[str, str]]:
    return [(permission.value, meaning(permission)) for permission in Permission if by.may_somewhere(permission)]


def _page(
    request: HttpRequest, works_for: list[Any], institution: Any, form: TokenForm | None, *, secret: str = ""
) -> HttpResponse:
    known = institution_queries.tokens_of(request.user)  # type: ignore[arg-type]
    context = {
        "works_for": [(one.name, f"?institution={one.slug}", one == institution) for one in works_for],
        "institution": institution,
        "form": form,
        "secret": secret,
        "tokens": _with_state(known, clock.now()),
    }
    response = render(request, "earner/tokens.html", context, status=422 if form and form.errors else 200)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _with_state(known: Iterable[Any], now: datetime) -> list[dict[str, Any]]:
    return [{"token": token, "rights": _meanings(token.permissions), **_state(token, now)} for token in known]


def _meanings(held: Iterable[str]) -> list[str]:
    return [meaning(permission) for permission in sorted(institution_queries.permissions_of(held))]


def _state(token: Any, now: datetime) -> dict[str, Any]:
    if token.revoked_at:
        return {"state": _("Revoked"), "tone": "bad", "works": False}
    if token.expires_at <= now:
        return {"state": _("Expired"), "tone": "wait", "works": False}
    return {"state": _("Works"), "tone": "good", "works": True}


@require_POST
@login_required
def revoke(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """End one of the reader's own tokens at once."""
    token = institution_queries.tokens_of(request.user).filter(public_id=public_id).first()  # type: ignore[arg-type]
    if token is None:
        raise NotFound(N_("You have no such token."))
    with tenancy.of(token.institution):
        institutions.revoke_token(by=actor(request), token=token)
    messages.success(request, _("The token no longer works."))
    return redirect("earner:tokens")
