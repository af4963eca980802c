"""The people who work here, and what they may."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from insignia.core.errors import Rejected
from insignia.domain.access.actor import Scope
from insignia.domain.access.permissions import Permission
from insignia.domain.catalog import naming
from insignia.domain.ground import clock
from insignia.domain.institutions import actions as institutions
from insignia.domain.institutions import members, outline, queries

from ..doors import admit, institution
from ..forms.people import PersonForm
from ..page import carried_out, done, page, status_of, undone

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Held:
    """A role that somebody holds, and where; one that comes with an appointment is ended with it, not here."""

    membership: Any
    place: str
    is_current: bool
    can_end: bool


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with all their roles."""

    user: Any
    roles: tuple[Held, ...]


@require_safe
def people(request: HttpRequest) -> HttpResponseBase:
    """Everybody who has a role, searched by name and narrowed by role."""
    admit(request, Permission.MEMBER_MANAGE)
    words, role = request.GET.get("q", ""), request.GET.get("role", "")
    found = Paginator(members.people(words=words, role=role), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "people": _with_roles(list(found), clock.today_in(institution(request).zone)),
        "page": found,
        "roles": queries.roles(),
        "words": words,
        "role": role,
    }
    return page(request, "people.html", context)


def _with_roles(users: list[Any], today: Any) -> list[Person]:
    held = members.roles_of(users)
    places = naming.scope_names(one.scope for roles in held.values() for one in roles)
    return [
        Person(
            user,
            tuple(
                Held(
                    membership=one,
                    place=places.get(one.scope, ""),
                    is_current=members.holds_now(one, today),
                    can_end=one.scope_kind != "achievement",
                )
                for one in held.get(user.pk, ())
            ),
        )
        for user in users
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponseBase:
    """Give somebody a role; they are told by mail."""
    by = admit(request, Permission.MEMBER_MANAGE)
    here = institution(request)
    form = PersonForm(
        request.POST or None,
        roles=queries.roles(),
        lines=outline.outline(by, permission=Permission.MEMBER_MANAGE),
        initial={"role": request.GET.get("role", "")},
    )
    if carried_out(form, lambda: institutions.give_role(by=by, institution=here, **_values(form))):
        said = _("%(name)s has the role. An invitation goes to %(email)s.") % form.cleaned_data
        return done(request, said, "people")
    return page(request, "person_add.html", {"form": form}, status=status_of(form))


def _values(form: PersonForm) -> dict[str, Any]:
    given = form.cleaned_data
    return {
        "email": given["email"],
        "name": given["name"],
        "role_key": given["role"],
        "scope": Scope("unit", given["unit"]) if given["unit"] else None,
        "starts_on": given["starts_on"],
        "ends_on": given["ends_on"],
    }


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Take a role from somebody: asks first."""
    by = admit(request, Permission.MEMBER_MANAGE)
    held = members.membership(public_id)
    if request.method != "POST":
        place = naming.scope_names([held.scope]).get(held.scope, "")
        return page(request, "role_end.html", {"held": held, "place": place})
    try:
        institutions.take_role(by=by, membership=held)
    except Rejected as refused:
        return undone(request, refused, "people")
    return done(request, _("%(name)s no longer has the role.") % {"name": held.user}, "people")
