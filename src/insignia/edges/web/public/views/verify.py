"""The verify page: any Open Badge of any issuer, checked while one waits. Nothing is kept."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_http_methods

from insignia.domain.ground import clock
from insignia.edges.web.http import indexable, render

from ..doors import enter_only_institution
from ..findings import findings
from ..forms import VerifyForm
from ..limits import seconds_to_wait

A_MINUTE = 30


@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponseBase:
    """The form, or what came of what was handed in."""
    enter_only_institution(request)
    if request.method != "POST":
        form = VerifyForm(initial={"url": request.GET.get("url", "")[:2000]})
        return indexable(render(request, "public/verify.html", {"form": form}))
    if wait := seconds_to_wait(request, "verify", a_minute=A_MINUTE):
        response = render(request, "public/too_often.html", {"seconds": wait}, status=429)
        response.headers["Retry-After"] = str(wait)
        return response
    return _checked(request)


def _checked(request: HttpRequest) -> HttpResponseBase:
    form = VerifyForm(request.POST, request.FILES)
    if not form.is_valid():
        return render(request, "public/verify.html", {"form": form}, status=422)
    context = {
        "form": form,
        "findings": list(findings(request, form.cleaned_data)),
        "checked_at": clock.now(),
    }
    response = render(request, "public/verify.html", context)
    response.headers["Cache-Control"] = "private, no-store"
    return response
