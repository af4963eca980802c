"""Errors as `application/problem+json` (RFC 9457): the only table of status codes of the API."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from insignia.core.errors import Conflict, InsigniaError, NotFound, NotPermitted, Rejected, Unavailable

CONTENT_TYPE = "application/problem+json"
_STATUS: tuple[tuple[type[InsigniaError], int], ...] = (
    (NotPermitted, 403),
    (NotFound, 404),
    (Rejected, 422),
    (Conflict, 409),
    (Unavailable, 503),
)


def problem(status: int, title: str, *, code: str, details: list[dict[str, Any]] | None = None) -> HttpResponse:
    """A problem: `title` for people, `code` for programs, `errors` where there are several reasons."""
    body: dict[str, Any] = {"type": "about:blank", "status": status, "title": title, "code": code}
    if details:
        body["errors"] = details
    return JsonResponse(body, status=status, content_type=CONTENT_TYPE)


def of(error: InsigniaError) -> HttpResponse:
    """The answer to an error of the house."""
    status = next((status for kind, status in _STATUS if isinstance(error, kind)), 400)
    details = [{"code": d.code, "detail": str(d)} for d in error.details]
    response = problem(status, str(error), code=error.code, details=details)
    if status == 503:
        response.headers["Retry-After"] = "30"
    return response


def _invalid(_request: HttpRequest, error: Any) -> HttpResponse:
    details = [
        {"code": str(item["type"]), "detail": str(item["msg"]), "pointer": "/".join(map(str, item["loc"]))}
        for item in error.errors
    ]
    return problem(422, "The request is not of the form that is asked for.", code="invalid_request", details=details)


def _http(_request: HttpRequest, error: Any) -> HttpResponse:
    return problem(error.status_code, str(error.message), code=f"http_{error.status_code}")


def _unauthenticated(_request: HttpRequest, _error: Any) -> HttpResponse:
    response = problem(401, "This needs a personal access token: “Authorization: Bearer …”.", code="token_missing")
    response.headers["WWW-Authenticate"] = "Bearer"
    return response


def _ours(_request: HttpRequest, error: Any) -> HttpResponse:
    return of(error)


def install(api: NinjaAPI) -> None:
    """Let `api` answer every error in this form."""
    api.add_exception_handler(InsigniaError, _ours)
    api.add_exception_handler(ValidationError, _invalid)
    api.add_exception_handler(HttpError, _http)
    api.add_exception_handler(AuthenticationError, _unauthenticated)
