"""Does mail arrive? Try it."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from insignia.domain.access.permissions import Permission
from insignia.domain.notifications import actions as notifications
from insignia.domain.notifications import finding, queries

from ..doors import admit, institution
from ..forms.operation import TestMailForm
from ..letters import lines
from ..page import carried_out, done, page, status_of


@require_http_methods(["GET", "HEAD", "POST"])
def testmail(request: HttpRequest) -> HttpResponseBase:
    """Send a test mail, and see how the last ones fared."""
    by = admit(request, Permission.INSTITUTION_MANAGE)
    form = TestMailForm(request.POST or None, initial={"to": request.user.email})  # type: ignore[union-attr]
    if carried_out(
        form, lambda: notifications.send_test(by=by, institution=institution(request), to=form.cleaned_data["to"])
    ):
        return done(request, _("It is on its way. Below you see how it fares."), "testmail")
    tests = finding.last_tests(by)
    context = {
        "form": form,
        "tests": lines(tests),
        "is_moving": any(test.state in ("pending", "sending") for test in tests),
        "sender": queries.sender_state(),
    }
    return page(request, "testmail.html", context, status=status_of(form))
