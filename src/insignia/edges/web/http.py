"""Between a request and the domain: who asks, a page or a piece of one, and errors as pages (the only such table)."""

import logging
import re
import secrets
from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest, PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template import loader
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from insignia.core.errors import Conflict, InsigniaError, NotFound, NotPermitted, Rejected, Unavailable
from insignia.domain.access.actor import ANONYMOUS, Actor, Door
from insignia.domain.institutions import queries as institutions

log = logging.getLogger(__name__)

_REGION = re.compile(r"[a-z][a-z0-9-]*")
# The note about a failed request is put at the head of the region that asked, which otherwise stays as it was; which
# region that is, static/js/failures.js knows.
_NOTE_PLACE = {"HX-Reswap": "afterbegin"}


# --- Who asks
def actor(request: HttpRequest) -> Actor:
    """Who asks, with the roles held in the institution that the address names. Made once a request."""
    known: Actor | None = getattr(request, "insignia_actor", None)
    if known is None:
        user = request.user
        institution = getattr(request, "institution", None)
        known = institutions.actor_for(user, institution, door=Door.PAGE) if user.is_authenticated else ANONYMOUS
        request.insignia_actor = known  # type: ignore[attr-defined]
    return known


# --- A page, or a piece of one
def wants_fragment(request: HttpRequest) -> bool:
    """Whether htmx asks for a piece: not for a whole page by a boosted link, nor for one it lost from its history."""
    asked = request.headers.get("HX-Request") == "true"
    whole = "true" in (request.headers.get("HX-Boosted"), request.headers.get("HX-History-Restore-Request"))
    return asked and not whole


def fragment_of(template: str, region: str) -> str:
    """The fragment that fills `region`: beside "public/directory.html", "results" is "public/_results.html"."""
    folder, _slash, _name = template.rpartition("/")
    return f"{folder}/_{region.replace('-', '_')}.html"


def render(
    request: HttpRequest, template: str, context: Mapping[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """The page `template`; or, when htmx asks for the region `x`, the fragment `_x.html` that lies beside it.

    The region's `id` is the fragment's name, so page, fragment and link cannot disagree. A region without a fragment of
    its own gets the page, from which htmx takes what `hx-select` names.
    """
    names = [template]
    region = request.headers.get("HX-Target", "")
    if wants_fragment(request) and _REGION.fullmatch(region):
        names.insert(0, fragment_of(template, region))
    response = HttpResponse(loader.select_template(names).render(dict(context or {}), request), status=status)
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response


def indexable(response: HttpResponseBase) -> HttpResponseBase:
    """Let search engines list this answer: for what its institution and its earner have made public."""
    response.headers["X-Robots-Tag"] = "all"
    return response


# --- Errors as pages: the only table of its kind for the web
_STATUS: tuple[tuple[type[Exception], int], ...] = (
    (NotPermitted, 403),
    (NotFound, 404),
    (Rejected, 422),
    (Conflict, 409),
    (Unavailable, 503),
    (PermissionDenied, 403),
    (Http404, 404),
    (RequestDataTooBig, 413),
    (SuspiciousOperation, 400),
    (BadRequest, 400),
)


def status_of(error: Exception) -> int | None:
    """The status with which an error is answered; None for one that nobody foresaw."""
    return next((status for kind, status in _STATUS if isinstance(error, kind)), None)


class ErrorPages:
    """Answers an error of the house with its page, or with a note when htmx asked."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponseBase | None:
        """Turn what a view raised into an answer; what nobody foresaw goes on to Django, which logs it."""
        if isinstance(error, NotPermitted) and error.code == "second_factor_needed" and _is_signed_in(request):
            return lead_to_second_factor(request)
        status = status_of(error)
        return None if status is None else error_response(request, status, error)


def lead_to_second_factor(request: HttpRequest) -> HttpResponseBase:
    """Go where a second factor is set up, and say why: nobody is told off for what they can put right at once."""
    messages.warning(request, _("For this your account needs a second factor: a passkey, or a code from an app."))
    place = reverse("mfa_index")
    if wants_fragment(request):
        return HttpResponse(status=204, headers={"HX-Redirect": place})
    return redirect(place)


def error_response(request: HttpRequest, status: int, error: Exception | None = None) -> HttpResponseBase:
    """What happened, why, and what to do: as a page, or as a note for the region that asked."""
    if status == 403 and request.method == "GET" and not wants_fragment(request) and not _is_signed_in(request):
        # Nobody is refused who has not been asked who they are.
        return redirect_to_login(request.get_full_path())
    spoken = error if isinstance(error, InsigniaError) else None
    context = {"error": spoken, "status": status}
    if wants_fragment(request):
        response = _note(context, request, status=status)
    else:
        page = loader.select_template([f"errors/{status}.html", "errors/400.html"])
        response = HttpResponse(page.render(context, request), status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _note(context: Mapping[str, Any], request: HttpRequest | None, *, status: int) -> HttpResponse:
    text = loader.render_to_string("errors/_note.html", dict(context), request)
    return HttpResponse(text, status=status, headers=_NOTE_PLACE)


def _is_signed_in(request: HttpRequest) -> bool:
    user = getattr(request, "user", None)
    return bool(user and user.is_authenticated)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """`handler400`."""
    return error_response(request, status_of(exception) or 400, exception)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """`handler403`."""
    return error_response(request, 403, exception)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """`handler404`."""
    return error_response(request, 404, exception)


def server_error(request: HttpRequest) -> HttpResponseBase:
    """`handler500`: rests on nothing that may just have broken, neither database nor session nor context processors."""
    reference = secrets.token_hex(4)
    log.error("Answered with the page for internal errors, reference %s: %s", reference, request.path)
    context = {"status": 500, "reference": reference}
    try:
        if wants_fragment(request):
            return _note(context, None, status=500)
        return HttpResponse(loader.render_to_string("errors/500.html", context), status=500)
    except Exception:
        # Whatever else is broken, even the list of our own files, must not leave the reader without an answer.
        log.exception("The page for internal errors could not be made")
        words = _("Something broke on our side.")
        return HttpResponse(f"{words} {reference}", status=500, content_type="text/plain; charset=utf-8")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    """`CSRF_FAILURE_VIEW`: the form was not ours, or its page stood open too long."""
    log.warning("Refused a form at %s: %s", request.path, reason)
    if wants_fragment(request):
        return _note({"status": 403, "stale": True}, request, status=403)
    return HttpResponse(loader.render_to_string("errors/csrf.html", {"status": 403}, request), status=403)
