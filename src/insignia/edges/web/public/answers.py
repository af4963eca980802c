"""Answers for programs beside the pages for people: which form was asked for, and how long it may be kept."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers

from insignia.edges.web.http import indexable

PAGE = "text/html"
# The names under which a credential travels: W3C's final one, the one of Open Badges 3.0, and what most programs say.
CREDENTIAL = ("application/vc+ld+json", "application/vc", "application/ld+json", "application/json")
TOKEN = ("application/vc+jwt", "application/jwt", "text/plain")
LINKED_DATA = ("application/ld+json", "application/json")

FOR_EVER = "public, max-age=31536000, immutable"
A_MINUTE = "public, max-age=60"
FIVE_MINUTES = "public, max-age=300"
ASK_ANEW = "no-cache"
NOT_AT_ALL = "private, no-store"


def wanted(request: HttpRequest, *offers: str) -> str:
    """The media type of `offers` that the request likes best; the first where it likes all of them alike, or none."""
    return request.get_preferred_type(offers) or offers[0]


def varied(response: HttpResponseBase) -> HttpResponseBase:
    """Say that another `Accept` would have been answered otherwise."""
    patch_vary_headers(response, ["Accept"])
    return response


def answer(
    request: HttpRequest, body: bytes, content_type: str, *, keep: str, filename: str = "", **headers: str
) -> HttpResponseBase:
    """`body` for a program of any origin, or "not modified" when it has these bytes already.

    `keep` is the Cache-Control; with a `filename` a browser saves instead of showing. More headers are given with
    underscores for hyphens.
    """
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    response = HttpResponse(
        body,
        content_type=content_type,
        headers={
            "Cache-Control": keep,
            "ETag": etag,
            "Access-Control-Allow-Origin": "*",
            "Cross-Origin-Resource-Policy": "cross-origin",
            **{name.replace("_", "-"): value for name, value in headers.items()},
        },
    )
    if filename:
        response.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    # Django keeps no CORS header on a 304, which must say the same as the 200 would.
    found = get_conditional_response(request, etag=etag, response=response) or response
    found.headers.setdefault("Access-Control-Allow-Origin", "*")
    return found


def json_bytes(document: Mapping[str, Any] | Sequence[Any]) -> bytes:
    """`document` as it is sent: UTF-8, nothing escaped that need not be."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def listed(institution: Any, response: HttpResponseBase) -> HttpResponseBase:
    """Let search engines list the page, unless its institution wants none of its pages listed."""
    return response if institution.policy("noindex") else indexable(response)
