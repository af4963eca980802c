"""Whoever may award, correct or read earners' records is led to set up a second factor before they work at the desk."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from insignia.edges.web import http

# The desk: what stands behind `/i/<institution>/` under these words. Everything else there is the public's.
DESK = frozenset({"awarding", "awards", "batches", "governance", "program", "setup"})


def is_desk(request: HttpRequest) -> bool:
    """Whether the address is one of the desk's: `/i/<institution>/<word>/…`, or a file beside it."""
    parts = request.path.split("/")
    return len(parts) > 3 and parts[1] == "i" and parts[3].partition(".")[0] in DESK


class SecondFactor:
    """Stands before the desk. The actions refuse on their own; this spares people a form that ends in a refusal."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Stands after the middleware that sets the institution, in which the actor's roles hold."""
        if is_desk(request) and http.actor(request).lacks_second_factor:
            return http.lead_to_second_factor(request)
        return None
