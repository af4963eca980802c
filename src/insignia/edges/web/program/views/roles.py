"""Which role may do what: compared, added to, and changed."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from insignia.domain.access.permissions import NEEDS_SECOND_FACTOR, Permission
from insignia.domain.institutions import queries
from insignia.domain.institutions import roles as institution_roles
from insignia.edges.web.permission_words import meaning

from ..doors import admit, institution
from ..forms.roles import RoleForm
from ..page import carried_out, done, page, status_of


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


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponseBase:
    """One more role."""
    by, here = admit(request, Permission.MEMBER_MANAGE), institution(request)
    form = RoleForm(request.POST or None, may_give=institution_roles.may_give(by, here), held=())

    def add_it() -> None:
        name, permissions = form.cleaned_data["name"], form.permissions_given()
        institution_roles.add_role(by=by, institution=here, name=name, permissions=permissions)

    if carried_out(form, add_it):
        return done(request, _("The role is added. You can give it to people from now on."), "roles")
    return page(request, "role.html", {"form": form, "role": None}, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
def role(request: HttpRequest, key: str) -> HttpResponseBase:
    """Rename a role and change its rights, for everybody who holds it."""
    by, here = admit(request, Permission.MEMBER_MANAGE), institution(request)
    found = institution_roles.role(key)
    held = queries.permissions_of(found.permissions)
    initial = {"name": found.name, "permissions": [permission.value for permission in held]}
    form = RoleForm(request.POST or None, initial=initial, may_give=institution_roles.may_give(by, here), held=held)
    name = found.name

    def change_it() -> None:
        given: dict[str, Any] = {"name": form.cleaned_data["name"], "permissions": form.permissions_given()}
        institution_roles.change_role(by=by, role=found, **given)

    if carried_out(form, change_it):
        return done(request, _("The role is changed, for everybody who holds it."), "roles")
    context = {"form": form, "role": found, "name": name, "holders": institution_roles.holders_of(found)}
    return page(request, "role.html", context, status=status_of(form))
