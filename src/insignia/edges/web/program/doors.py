"""Who may open a page where the programme is run."""

from django.http import HttpRequest

from insignia.core.errors import NotPermitted
from insignia.core.words import N_
from insignia.domain.access.actor import Actor
from insignia.domain.access.permissions import Permission
from insignia.edges.web.desk import PROGRAM
from insignia.edges.web.doors import admit, admit_somewhere, institution
from insignia.edges.web.http import actor

__all__ = ["admit", "admit_staff", "admit_unit_keeper", "institution"]


def admit_unit_keeper(request: HttpRequest) -> Actor:
    """Who asks, if they keep units here: all of them, or some."""
    return admit_somewhere(request, Permission.UNIT_MANAGE)


def admit_staff(request: HttpRequest) -> Actor:
    """Who asks, if they look after anything at all here."""
    by = actor(request)
    if not any(by.may_somewhere(permission) for permission in PROGRAM):
        raise NotPermitted(
            N_("This is the desk of those who run the programme. An Administrator can give you a role there."),
            code="not_permitted",
        )
    return by
