"""The page behind the code at an event: whoever is there writes themselves on the list. No account, nothing of others."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from insignia.core.errors import Rejected
from insignia.domain.awards import actions as awards
from insignia.domain.awards import check_ins, forgetting
from insignia.domain.ground import clock
from insignia.edges.web import http, tenant

from ..forms import CheckInForm
from ..limits import seconds_to_wait

# A whole hall comes from one address: that of its network.
A_MINUTE = 120


@require_http_methods(["GET", "HEAD", "POST"])
def check_in(request: HttpRequest, token: str) -> HttpResponseBase:
    """The form within the hours of the check-in; else when it opens, or that it is over."""
    found = check_ins.check_in_of(token)
    tenant.enter(request, found.institution)
    response = _received(request, found) if request.method == "POST" else _page(request, found, CheckInForm())
    # The address is only for those who are there: no cache, no index and no other site gets it.
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response


def _received(request: HttpRequest, found: Any) -> HttpResponse:
    if wait := seconds_to_wait(request, "checkin", a_minute=A_MINUTE):
        response = http.render(request, "public/checkin_often.html", {"seconds": wait}, status=429)
        response.headers["Retry-After"] = str(wait)
        return response
    form = CheckInForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form, status=422)
    # What no person sees only a program fills in: it is thanked, and nothing is written.
    if not form.cleaned_data["website"]:
        try:
            awards.check_in_oneself(check_in=found, name=form.data["name"], email=form.data["email"])
        except Rejected as error:
            form.refuse(error)
            return _page(request, found, form, status=422)
    return redirect(reverse("public:check_in", args=[check_ins.token_of(found)]) + "?done=1")


def _page(request: HttpRequest, found: Any, form: CheckInForm, *, status: int = 200) -> HttpResponse:
    context = {
        "check_in": found,
        "achievement": found.achievement,
        "phase": check_ins.phase(found, clock.now()).value,
        "is_done": request.method != "POST" and "done" in request.GET,
        "form": form,
        "days": {"listed": forgetting.LISTED_DAYS, "unlisted": forgetting.UNLISTED_DAYS},
    }
    return http.render(request, "public/checkin.html", context, status=status)
