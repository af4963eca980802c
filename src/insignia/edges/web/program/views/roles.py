"""Which role may do what."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from insignia.domain.access.permissions import NEEDS_SECOND_FACTOR, Permission
from insignia.domain.institutions import queries
from insignia.edges.web.permission_words import meaning

from ..doors import admit
from ..page import page


@require_safe
def roles(request: HttpRequest) -> HttpResponseBase:
    """Roles beside permissions, with what each permission lets one do."""
    admit(request, Permission.MEMBER_MANAGE)
    known = list(queries.roles())
    held = {role.pk: queries.permissions_of(role.permissions) for role in known}
    rows = [
        {
            "word": permission.value,
            "meaning": meaning(permission),
            "cells": [(role, permission in held[role.pk]) for role in known],
            "second_factor": permission in NEEDS_SECOND_FACTOR,
        }
        for permission in Permission
    ]
    return page(request, "roles.html", {"roles": known, "rows": rows})
