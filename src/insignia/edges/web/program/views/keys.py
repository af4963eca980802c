"""The keys that sign: seen, prepared, put to work, and given up when somebody else has them."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from insignia.core.errors import Conflict, NotFound
from insignia.core.words import N_
from insignia.domain.access.permissions import Permission
from insignia.domain.credentials import actions as credentials
from insignia.domain.credentials import keyring

from ..doors import admit
from ..forms.house import CompromiseForm
from ..page import carried_out, done, page, status_of, undone


@require_safe
def keys(request: HttpRequest) -> HttpResponseBase:
    """Every key of every issuer of the institution."""
    admit(request, Permission.KEY_MANAGE)
    context = {"rings": keyring.rings(), "kinds": keyring.KINDS, "keys_open": keyring.keys_open()}
    return page(request, "keys.html", context)


@require_POST
def prepare(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Make a key that signs nothing yet."""
    by = admit(request, Permission.KEY_MANAGE)
    kind = request.POST.get("kind", "")
    if kind not in dict(keyring.KINDS):
        raise NotFound(N_("There is no such kind of key."))
    credentials.make_key(by=by, issuer=keyring.issuer(public_id), kind=kind)
    return done(request, _("A key is prepared. It signs nothing until you activate it."), "keys")


@require_http_methods(["GET", "HEAD", "POST"])
def activate(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Put a prepared key to work in the place of the active one: asks first, and says what follows."""
    by = admit(request, Permission.KEY_MANAGE)
    line = keyring.line(public_id)
    if request.method != "POST":
        return page(request, "key_activate.html", {"line": line, "active": _active_beside(line)})
    try:
        credentials.activate_key(by=by, key=line.key)
    except Conflict as refused:
        return undone(request, refused, "keys")
    return done(request, _("The key is active, and signs from now on."), "keys")


def _active_beside(line: keyring.KeyLine) -> Any:
    ring = next(ring for ring in keyring.rings() if ring.issuer.pk == line.key.issuer_id)
    return next((one for one in ring.lines if one.key.kind == line.key.kind and one.state == "active"), None)


@require_http_methods(["GET", "HEAD", "POST"])
def compromise(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Give up a key that somebody else may have: asks why, and says what it costs."""
    by = admit(request, Permission.KEY_MANAGE)
    line = keyring.line(public_id)
    form = CompromiseForm(request.POST or None)
    if carried_out(
        form, lambda: credentials.report_compromise(by=by, key=line.key, reason=form.cleaned_data["reason"])
    ):
        return done(request, _("The key is given up, and is no longer listed as the issuer’s."), "keys")
    return page(request, "key_compromise.html", {"line": line, "form": form}, status=status_of(form))
