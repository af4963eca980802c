"""What every page of this desk has: the rail, what can still be undone, and a way to say how an act went."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from insignia.core.errors import Conflict, NotPermitted, Rejected, Unavailable
from insignia.core.words import N_
from insignia.domain.access.actor import Actor
from insignia.domain.access.permissions import Permission
from insignia.domain.awards import finding
from insignia.edges.web import http
from insignia.edges.web.desk import rail_for
from insignia.edges.web.words import translated

# More toasts than this would cover the page; the rest stands in the list of awards.
_TOASTS = 1


@dataclass(frozen=True, slots=True)
class Undoable:
    """What the person who looks can still take back, newest first."""

    batches: tuple[Any, ...]
    awards: tuple[Any, ...]
    more: bool


def page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    status: int = 200,
    besides: str = "",
) -> HttpResponse:
    """A page of the desk, or the fragment that htmx asks for. `besides` is what the page itself offers to undo."""
    whole = {} if http.wants_fragment(request) else _around(request, besides)
    return http.render(request, f"issuing/{template}", {**whole, **(context or {})}, status=status)


def _around(request: HttpRequest, besides: str) -> dict[str, Any]:
    by = http.actor(request)
    batches = [b for b in finding.undoable_batches(by)[: _TOASTS + 2] if b.public_id != besides]
    awards = [a for a in finding.undoable_awards(by)[: _TOASTS + 2] if a.public_id != besides]
    room = max(0, _TOASTS - len(batches))
    undoable = Undoable(tuple(batches[:_TOASTS]), tuple(awards[:room]), more=len(batches) + len(awards) > _TOASTS)
    return {"rail": rail_for(request), "undoable": undoable}


def attempt(request: HttpRequest, act: Callable[[], str], *, back: str) -> HttpResponse:
    """Do `act`, which gives what to say about it, and go `back`. What a rule or somebody faster refuses is said there."""
    try:
        messages.success(request, act())
    except (Rejected, Conflict, Unavailable) as error:
        messages.error(request, translated(error))
    return redirect(back)


def require_somewhere(by: Actor, permission: Permission) -> None:
    """For lists, which show what one may see: whoever may see nothing at all is told whom to ask."""
    if not by.may_somewhere(permission):
        raise NotPermitted(
            N_("You may not do this here. Ask a program manager of the institution for the right “%(permission)s”."),
            code="not_permitted",
            params={"permission": permission.value},
        )
