"""What the institution says of itself, and of the issuer in its credentials."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from insignia.domain.access.permissions import Permission
from insignia.domain.institutions import actions as institutions
from insignia.domain.institutions import queries

from ..doors import admit, institution
from ..forms.house import ProfileForm
from ..page import carried_out, done, page, status_of


@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponseBase:
    """Look at it and change it."""
    by = admit(request, Permission.INSTITUTION_MANAGE)
    here = institution(request)
    issuer = queries.issuer_of(None)
    form = ProfileForm(request.POST or None, initial=_as_it_is(here, issuer))

    def change() -> None:
        institutions.change_profile(by=by, institution=here, issuer=form.issuer_values(), **form.institution_values())

    if carried_out(form, change):
        return done(request, _("The profile is saved."), "profile")
    return page(request, "profile.html", {"form": form, "issuer": issuer}, status=status_of(form))


def _as_it_is(here: Any, issuer: Any) -> dict[str, Any]:
    about = {name: getattr(here, name) for name in ProfileForm.INSTITUTION}
    return about | {name: getattr(issuer, name.removeprefix("issuer_")) for name in ProfileForm.ISSUER}
