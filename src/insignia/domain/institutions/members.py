"""Who holds which role, person by person: for the page on which people are looked after."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Q, QuerySet

from insignia.core.errors import NotFound
from insignia.core.words import N_
from insignia.domain.access.permissions import Permission
from insignia.domain.ground import clock, tenancy
from insignia.domain.people.models import User

from . import queries
from .models import Institution, Membership, Role


def people(*, words: str = "", role: str = "") -> QuerySet[User]:
    """Everybody who holds or held a role here, by name; narrowed by words of name or address, and by a role's key."""
    held = Membership.objects.all()
    if role:
        held = held.filter(role__key=role)
    found = User.objects.filter(pk__in=held.values("user"))
    for word in words.split()[:8]:
        found = found.filter(Q(name__icontains=word) | Q(email__icontains=word))
    return found.order_by("name", "email")


def roles_of(users: Sequence[User]) -> dict[int, list[Membership]]:
    """The memberships of `users` here, by the person's key."""
    found: dict[int, list[Membership]] = {}
    for membership in Membership.objects.filter(user__in=users).select_related("role").order_by("role__name", "pk"):
        found.setdefault(membership.user_id, []).append(membership)
    return found


def membership(public_id: str) -> Membership:
    """One membership of the current institution; raises `NotFound`."""
    try:
        return Membership.objects.select_related("role", "user", "institution").get(public_id=public_id)
    except Membership.DoesNotExist:
        raise NotFound(N_("There is no such role held here.")) from None


def holds_now(membership: Membership, day: date) -> bool:
    """Whether the role holds on `day`."""
    began = membership.starts_on is None or membership.starts_on <= day
    return began and (membership.ends_on is None or day <= membership.ends_on)


def roles_by_permission() -> dict[Permission, list[str]]:
    """The names of the roles of the current institution that hold each permission."""
    found: dict[Permission, list[str]] = {}
    for role in queries.roles():
        for permission in queries.permissions_of(role.permissions):
            found.setdefault(permission, []).append(role.name)
    return found


def holders(permission: Permission) -> QuerySet[User]:
    """The persons who hold `permission` in the whole institution today, by name."""
    today = clock.today_in(Institution.objects.get(pk=tenancy.current().pk).zone)
    roles = [role.pk for role in Role.objects.all() if permission in queries.permissions_of(role.permissions)]
    held = queries.memberships_on(today).filter(role__in=roles, scope_kind="institution")
    return User.objects.filter(pk__in=held.values("user")).order_by("name", "pk")
