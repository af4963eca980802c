"""Who may open a page of a desk; whoever may not is told what it needs and which roles have that."""

from typing import Any

from django.http import HttpRequest

from insignia.core.errors import NotPermitted
from insignia.core.words import N_
from insignia.domain.access.actor import Actor
from insignia.domain.access.permissions import Permission
from insignia.domain.institutions import members

from .http import actor
from .permission_words import meaning


def institution(request: HttpRequest) -> Any:
    """The institution that the address names."""
    return request.institution  # type: ignore[attr-defined]


def admit(request: HttpRequest, permission: Permission) -> Actor:
    """Who asks, if they hold `permission` in the whole institution; else `NotPermitted`, which says who does."""
    by = actor(request)
    try:
        by.require(permission, on=institution(request))
    except NotPermitted as refused:
        if refused.code != "not_permitted":
            raise
        raise refusal(permission) from refused
    return by


def admit_somewhere(request: HttpRequest, *permissions: Permission) -> Actor:
    """Who asks, if they hold one of `permissions` anywhere here: for pages that show each what is theirs."""
    by = actor(request)
    if not any(by.may_somewhere(permission) for permission in permissions):
        raise refusal(permissions[0])
    return by


def refusal(permission: Permission) -> NotPermitted:
    """That the page needs `permission`, and which roles have it here."""
    roles = ", ".join(members.roles_by_permission().get(permission, ()))
    return NotPermitted(
        N_("This page needs the right “%(right)s”. These roles have it here: %(roles)s."),
        code="not_permitted",
        params={"right": meaning(permission), "roles": roles or "–"},
    )
