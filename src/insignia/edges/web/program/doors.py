"""Who may open a page of the desk; whoever may not is told what it needs and which roles have that."""

from typing import Any

from django.http import HttpRequest

from insignia.core.errors import NotPermitted
from insignia.core.words import N_
from insignia.domain.access.actor import Actor
from insignia.domain.access.permissions import Permission
from insignia.domain.institutions import members
from insignia.edges.web.desk import PROGRAM
from insignia.edges.web.http import actor
from insignia.edges.web.permission_words import meaning


def institution(request: HttpRequest) -> Any:
    """The institution that the address names."""
    return request.institution  # type: ignore[attr-defined]


def admit(request: HttpRequest, permission: Permission) -> Actor:
    """Who asks, if they hold `permission` here; else `NotPermitted`, which says who does."""
    by = actor(request)
    try:
        by.require(permission, on=institution(request))
    except NotPermitted as refused:
        if refused.code != "not_permitted":
            raise
        raise _refusal(permission) from refused
    return by


def admit_unit_keeper(request: HttpRequest) -> Actor:
    """Who asks, if they keep units here: all of them, or some."""
    by = actor(request)
    if not by.may_somewhere(Permission.UNIT_MANAGE):
        raise _refusal(Permission.UNIT_MANAGE)
    return by


def admit_staff(request: HttpRequest) -> Actor:
    """Who asks, if they look after anything at all here."""
    by = actor(request)
    if not any(by.may_somewhere(permission) for permission in PROGRAM):
        raise NotPermitted(
            N_("This is the desk of those who run the programme. An Administrator can give you a role there."),
            code="not_permitted",
        )
    return by


def _refusal(permission: Permission) -> NotPermitted:
    roles = ", ".join(members.roles_by_permission().get(permission, ()))
    return NotPermitted(
        N_("This page needs the right “%(right)s”. These roles have it here: %(roles)s."),
        code="not_permitted",
        params={"right": meaning(permission), "roles": roles or "–"},
    )
