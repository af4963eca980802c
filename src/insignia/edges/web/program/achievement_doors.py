"""Who may open the pages of badges: by the badge or its unit, where the rest of the desk asks for the institution."""

from typing import Any

from django.http import HttpRequest

from insignia.core.errors import NotPermitted
from insignia.core.words import N_
from insignia.domain.access.actor import Actor
from insignia.domain.access.permissions import Permission
from insignia.domain.catalog import dressing
from insignia.domain.catalog import queries as catalog
from insignia.domain.institutions import members, outline
from insignia.edges.web.http import actor
from insignia.edges.web.permission_words import meaning


def admit_somewhere(request: HttpRequest, permission: Permission) -> Actor:
    """Who asks, if they hold `permission` anywhere here; the page then shows only what they may."""
    by = actor(request)
    if not by.may_somewhere(permission):
        roles = ", ".join(members.roles_by_permission().get(permission, ()))
        raise NotPermitted(
            N_("This page needs the right “%(right)s”. These roles have it here: %(roles)s."),
            code="not_permitted",
            params={"right": meaning(permission), "roles": roles or "–"},
        )
    return by


def admit_writer(request: HttpRequest) -> tuple[Actor, list[outline.Line]]:
    """Who asks, and the units for which they may write badges; `NotPermitted` where there is none."""
    by = admit_somewhere(request, Permission.ACHIEVEMENT_EDIT)
    return by, outline.outline(by, permission=Permission.ACHIEVEMENT_EDIT)


def admit_designer(request: HttpRequest, public_id: str) -> tuple[Actor, Any]:
    """Who asks and the badge, if they may choose how it looks; `NotFound` where they may not even know of it."""
    by = actor(request)
    achievement = catalog.achievement_for(by, public_id)
    dressing.require_dresser(by, achievement)
    return by, achievement


def admit_to(request: HttpRequest, public_id: str, permission: Permission) -> tuple[Actor, Any]:
    """Who asks and the badge, if they hold `permission` on it; `NotFound` where they may not even know of it."""
    by = actor(request)
    achievement = catalog.achievement_for(by, public_id)
    by.require(permission, on=achievement)
    return by, achievement
