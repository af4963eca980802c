"""The roles of an institution, and which rights each holds: looked up, added and changed, never past the last administrator."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.db.models import Count, Q
from django.utils.text import slugify

from insignia.core.errors import Conflict, NotFound, NotPermitted, Rejected
from insignia.core.words import N_
from insignia.domain.access.actor import Actor
from insignia.domain.access.permissions import Permission
from insignia.domain.ground import clock
from insignia.domain.journal.bus import publish

from . import queries
from .events import InstitutionChanged
from .models import Institution, Role

# Without somebody who holds both, nobody could give a role or mend one again.
LASTING = frozenset({Permission.INSTITUTION_MANAGE, Permission.MEMBER_MANAGE})


def role(key: str) -> Role:
    """One role of the current institution; raises `NotFound`."""
    try:
        return Role.objects.select_related("institution").get(key=key)
    except Role.DoesNotExist:
        raise NotFound(N_("There is no role “%(role)s” here."), params={"role": key[:40]}) from None


def holders_of(found: Role) -> int:
    """How many people hold the role today."""
    today = clock.today_in(found.institution.zone)
    held = queries.memberships_on(today).filter(role=found)
    return int(held.aggregate(people=Count("user", distinct=True))["people"])


def may_give(by: Actor, institution: Institution) -> frozenset[Permission]:
    """The rights that `by` may put into a role or take out of one: their own, and all where they run the institution.

    Who runs the institution need not hold a right to say who does: an administrator decides on no proposal, and still
    says which role may.
    """
    if by.may(Permission.INSTITUTION_MANAGE, on=institution):
        return frozenset(Permission)
    return frozenset(permission for permission in Permission if by.may(permission, on=institution))


@transaction.atomic
def add_role(*, by: Actor, institution: Institution, name: str, permissions: Iterable[Permission]) -> Role:
    """One more role."""
    by.require(Permission.MEMBER_MANAGE, on=institution)
    key = slugify(name).replace("-", "_")[:40]
    if not key:
        raise Rejected(N_("A role needs a name in Latin letters or digits."), code="missing_name")
    if Role.objects.filter(Q(key=key) | Q(name__iexact=name.strip())).exists():
        raise Conflict(N_("There is a role “%(name)s” already."), code="role_taken", params={"name": name.strip()})
    wanted = frozenset(permissions)
    _within_own(by, institution, wanted)
    made = Role.objects.create(
        institution=institution, key=key, name=name.strip()[:80], permissions=sorted(p.value for p in wanted)
    )
    _tell(by, institution, made)
    return made


@transaction.atomic
def change_role(*, by: Actor, role: Role, name: str, permissions: Iterable[Permission]) -> None:
    """Rename a role and change its rights, for everybody who holds it, from this moment. Its key stays."""
    by.require(Permission.MEMBER_MANAGE, on=role.institution)
    if not name.strip():
        raise Rejected(N_("A role needs a name."), code="missing_name")
    if Role.objects.filter(name__iexact=name.strip()).exclude(pk=role.pk).exists():
        raise Conflict(N_("There is a role “%(name)s” already."), code="role_taken", params={"name": name.strip()})
    wanted, held = frozenset(permissions), queries.permissions_of(role.permissions)
    _within_own(by, role.institution, wanted ^ held)
    # Words of a later release are no rights here, and come to no harm.
    unknown = set(role.permissions) - {p.value for p in held}
    role.name, role.permissions = name.strip()[:80], sorted({p.value for p in wanted} | unknown)
    with keeping_it_run(role.institution):
        Role.objects.filter(pk=role.pk).update(name=role.name, permissions=role.permissions)
    _tell(by, role.institution, role)


@transaction.atomic
def set_roles(*, by: Actor, institution: Institution, roles: Iterable[Mapping[str, Any]]) -> None:
    """Write the roles of a preset; a role that exists takes its name and rights."""
    by.require(Permission.MEMBER_MANAGE, on=institution)
    with keeping_it_run(institution):
        for one in roles:
            rights = sorted(one.get("permissions", ()))
            _within_own(by, institution, queries.permissions_of(rights))
            written, _made = Role.objects.update_or_create(
                institution=institution, key=one["key"], defaults={"name": one["name"], "permissions": rights}
            )
            _tell(by, institution, written)


@contextmanager
def keeping_it_run(institution: Institution) -> Iterator[None]:
    """Refuse what is done inside where it would leave nobody who runs the institution and gives roles."""
    before = _is_run(institution)
    yield
    if before and not _is_run(institution):
        raise Rejected(
            N_(
                "Nobody would be left who runs the institution and gives roles. Give another person a role with both "
                "rights first, for the whole institution and without an end."
            ),
            code="last_administrator",
        )


def _is_run(institution: Institution) -> bool:
    held = queries.memberships_on(clock.today_in(institution.zone)).filter(
        scope_kind="institution", scope_id=institution.public_id, ends_on=None, user__is_active=True
    )
    rights: dict[int, frozenset[Permission]] = {}
    for membership in held:
        mine = rights.get(membership.user_id, frozenset())
        rights[membership.user_id] = mine | queries.permissions_of(membership.role.permissions)
    return any(held_by_one >= LASTING for held_by_one in rights.values())


def _within_own(by: Actor, institution: Institution, permissions: frozenset[Permission]) -> None:
    if beyond := sorted(permissions - may_give(by, institution)):
        raise NotPermitted(
            N_("You cannot give or take the right “%(permission)s”, which you do not have."),
            code="right_beyond_own",
            params={"permission": beyond[0].value},
        )


def _tell(by: Actor, institution: Institution, changed: Role) -> None:
    publish(InstitutionChanged(what="role", thing=changed.key), by=by, subject=("institution", institution.public_id))
