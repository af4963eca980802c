"""How the institution wants things done."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from insignia.domain.access.permissions import Permission
from insignia.domain.institutions import actions as institutions
from insignia.domain.institutions import presets, queries
from insignia.domain.journal import retention

from ..doors import admit, institution
from ..forms.house import PoliciesForm
from ..page import carried_out, done, page, status_of


@require_http_methods(["GET", "HEAD", "POST"])
def policies(request: HttpRequest) -> HttpResponseBase:
    """Look at them and change them."""
    by = admit(request, Permission.INSTITUTION_MANAGE)
    here = institution(request)
    form = PoliciesForm(
        request.POST or None,
        initial={name: here.policy(name) for name in PoliciesForm.base_fields},
        roles=queries.roles().values_list("key", "name"),
        forms_known=presets.named(here, "forms").items(),
    )
    if carried_out(form, lambda: institutions.set_policies(by=by, institution=here, policies=form.cleaned_data)):
        return done(request, _("The policies are saved, and hold from now on."), "policies")
    forgotten = [(_(term.what), term.days, _(term.since)) for term in retention.terms()]
    return page(request, "policies.html", {"form": form, "forgotten": forgotten}, status=status_of(form))
