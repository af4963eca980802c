"""Whose site an address is: `/i/<institution>/...` sets the institution; other pages set it themselves by `enter`."""

from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from insignia.core.errors import NotFound
from insignia.domain.ground import tenancy
from insignia.domain.institutions import queries as institutions
from insignia.edges.web.http import error_response


class TenantOfUrl:
    """Sets `request.institution` and the tenant where the URL names an institution by its short name."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with ExitStack() as stack:
            request.tenant_stack = stack  # type: ignore[attr-defined]
            return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """The view gets no `institution` argument: it reads `request.institution`, as everything else does."""
        if "institution" in kwargs:
            try:
                enter(request, institutions.by_slug(kwargs.pop("institution")))
            except NotFound as error:
                # Django asks no middleware about what was raised before the view.
                return error_response(request, 404, error)
        return None


def enter(request: HttpRequest, institution: Any) -> None:
    """Serve the rest of this request inside `institution`: for addresses that name a thing and not its institution."""
    request.institution = institution  # type: ignore[attr-defined]
    request.tenant_stack.enter_context(tenancy.of(institution))  # type: ignore[attr-defined]
    # Everything that is shown of an institution is shown in its zone.
    request.tenant_stack.enter_context(timezone.override(institution.zone))  # type: ignore[attr-defined]
