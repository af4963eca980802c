"""What changes about institutions, their units, people, levels and tokens."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from insignia.core.errors import Conflict, NotFound, NotPermitted, Rejected
from insignia.core.words import N_
from insignia.domain.access.actor import SYSTEM, Actor, Scope, Scoped
from insignia.domain.access.permissions import NEEDS_SECOND_FACTOR, Permission
from insignia.domain.ground import clock, tenancy
from insignia.domain.journal.bus import publish
from insignia.domain.people import actions as people
from insignia.domain.people.models import User

from . import queries, roles
from .events import InstitutionChanged, InstitutionFounded, RolesGiven, RolesTaken, TokenMade, TokenRevoked
from .models import (
    DEFAULT_POLICIES,
    AccessToken,
    Installation,
    Institution,
    IssuerProfile,
    Membership,
    Role,
    TaxonomyLevel,
    Unit,
)
from .rules import LevelPolicy, aliases_after, policy_faults

TOKEN_PREFIX = "insignia_"
_DEPTH = 7


@cache
def known_zones() -> frozenset[str]:
    """The names of IANA time zones that this machine knows; read from its disk once."""
    return frozenset(available_timezones())


@transaction.atomic
def found_institution(
    *, name: str, slug: str = "", zone: str = "UTC", language: str = "en", **more: str
) -> Institution:
    """Set up an institution. Done by whoever runs the installation, from the command line; there is nobody else yet."""
    slug = slugify(slug or name)[:60]
    if not slug:
        raise Rejected(N_("The institution needs a name."), code="missing_name")
    if zone not in known_zones():
        raise Rejected(
            N_("“%(zone)s” is not a time zone. Use a name such as “America/New_York”."),
            code="zone_unknown",
            params={"zone": zone},
        )
    try:
        with transaction.atomic():
            institution = Institution.objects.create(name=name, slug=slug, zone=zone, language=language, **more)
    except IntegrityError:
        raise Conflict(
            N_("There is already an institution with the short name “%(slug)s”."), params={"slug": slug}
        ) from None
    with tenancy.of(institution):
        IssuerProfile.objects.create(
            name=name, url=institution.website, email=institution.contact_email, institution=institution
        )
        event = InstitutionFounded(institution=institution.public_id)
        publish(event, by=SYSTEM, subject=("institution", institution.public_id))
    return institution


def remember_public_url(public_url: str) -> Installation:
    """Write down the address that issued credentials carry, the first time; later it never changes silently."""
    row = Installation.objects.first()
    if row is not None and row.public_url != public_url:
        raise Conflict(
            N_("This installation has the address %(url)s already; credentials carry it."),
            params={"url": row.public_url},
        )
    return row or Installation.objects.create(public_url=public_url)


@transaction.atomic
def change_profile(*, by: Actor, institution: Institution, issuer: Mapping[str, str], **values: str) -> None:
    """Change what an institution says of itself, and its issuer profile. Signed credentials keep what they said."""
    by.require(Permission.INSTITUTION_MANAGE, on=institution)
    if "zone" in values and values["zone"] not in known_zones():
        raise Rejected(N_("“%(zone)s” is not a time zone."), code="zone_unknown", params={"zone": values["zone"]})
    Institution.objects.filter(pk=institution.pk).update(**values)
    IssuerProfile.objects.filter(unit=None).update(**issuer)
    institution.refresh_from_db()
    _tell(by, institution, "profile", institution.public_id)


@transaction.atomic
def set_policies(*, by: Actor, institution: Institution, policies: Mapping[str, Any]) -> None:
    """Change the institution's policies; a word that the house does not know is refused."""
    by.require(Permission.INSTITUTION_MANAGE, on=institution)
    for fault in policy_faults(policies, DEFAULT_POLICIES):
        raise fault
    institution.policies = {**institution.policies, **policies}
    Institution.objects.filter(pk=institution.pk).update(policies=institution.policies)
    _tell(by, institution, "policies", institution.public_id)


@transaction.atomic
def change_texts(*, by: Actor, institution: Institution, definition: str) -> None:
    """Change what the institution says of micro-credentials on its public pages (R-011)."""
    by.require(Permission.INSTITUTION_MANAGE, on=institution)
    Institution.objects.filter(pk=institution.pk).update(definition=definition)
    institution.definition = definition
    _tell(by, institution, "profile", institution.public_id)


@transaction.atomic
def set_theme(*, by: Actor, institution: Institution, theme: Mapping[str, Any]) -> None:
    """Change the institution's colours and fonts."""
    by.require(Permission.INSTITUTION_MANAGE, on=institution)
    Institution.objects.filter(pk=institution.pk).update(theme=dict(theme))
    institution.theme = dict(theme)
    _tell(by, institution, "theme", institution.public_id)


@transaction.atomic
def add_unit(
    *,
    by: Actor,
    institution: Institution,
    name: str,
    code: str = "",
    kind: str = Unit.Kind.ACADEMIC,
    parent: Unit | None = None,
) -> Unit:
    """Add a unit, under a parent or at the top."""
    by.require(Permission.UNIT_MANAGE, on=parent or institution)
    if not name.strip():
        raise Rejected(N_("The unit needs a name."), code="missing_name")
    if kind not in Unit.Kind.values:
        raise Rejected(
            N_("“%(kind)s” is not a kind of unit. Use one of: %(kinds)s."),
            code="kind_unknown",
            params={"kind": kind, "kinds": ", ".join(Unit.Kind.values)},
        )
    if parent is not None and len(parent.scopes()) > _DEPTH:
        raise Rejected(N_("Units may stand at most %(depth)s deep."), code="too_deep", params={"depth": _DEPTH})
    try:
        with transaction.atomic():
            unit = Unit.objects.create(
                institution=institution,
                name=name.strip(),
                code=(code.strip() or slugify(name))[:40],
                kind=kind,
                parent=parent,
            )
    except IntegrityError:
        raise Conflict(
            N_("There is already a unit with the code “%(code)s”."), code="code_taken", params={"code": code}
        ) from None
    _tell(by, institution, "unit", unit.public_id)
    return unit


@transaction.atomic
def rename_unit(*, by: Actor, unit: Unit, name: str) -> None:
    """Give a unit another name; its address and everything in it stay."""
    by.require(Permission.UNIT_MANAGE, on=unit)
    if not name.strip():
        raise Rejected(N_("The unit needs a name."), code="missing_name")
    Unit.objects.filter(pk=unit.pk).update(name=name.strip())
    unit.name = name.strip()
    _tell(by, unit.institution, "unit", unit.public_id)


def give_role(
    *,
    by: Actor,
    institution: Institution,
    email: str,
    name: str,
    role_key: str,
    scope: Scope | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> Membership:
    """Invite somebody to a role: they are known from now on, and told by mail how to sign in."""
    by.require(Permission.MEMBER_MANAGE, on=institution)
    if "@" not in email or len(email) > 254:
        raise Rejected(N_("“%(email)s” is not an e-mail address."), code="email_invalid", params={"email": email})
    with transaction.atomic():
        user = people.person_at(email, name=name)
        return hold_role(
            by=by,
            institution=institution,
            user=user,
            role_key=role_key,
            scope=scope or institution.scopes()[0],
            starts_on=starts_on,
            ends_on=ends_on,
        )


@transaction.atomic
def hold_role(
    *,
    by: Actor,
    institution: Institution,
    user: User,
    role_key: str,
    scope: Scope,
    starts_on: date | None,
    ends_on: date | None,
) -> Membership:
    """Let `user` hold a role in a scope. Nobody gives more than they hold themselves; called by actions that checked the rest."""
    try:
        role = Role.objects.get(key=role_key)
    except Role.DoesNotExist:
        raise NotFound(N_("There is no role “%(role)s” here."), params={"role": role_key}) from None
    place = _Place(scope, institution)
    beyond = [p for p in queries.permissions_of(role.permissions) if not _may_pass_on(by, p, place)]
    if beyond:
        raise NotPermitted(
            N_("You cannot give the role “%(role)s”: it holds the right “%(permission)s”, which you do not have."),
            code="role_beyond_own",
            params={"role": role.name, "permission": sorted(beyond)[0].value},
        )
    membership, _made = Membership.objects.update_or_create(
        institution=institution,
        user=user,
        role=role,
        scope_kind=scope.kind,
        scope_id=scope.public_id,
        defaults={"starts_on": starts_on, "ends_on": ends_on, "given_by": by.id},
    )
    publish(RolesGiven(memberships=(membership.public_id,)), by=by, subject=("user", user.public_id))
    return membership


class _Place:
    """A scope as something on which rights may hold."""

    def __init__(self, scope: Scope, institution: Institution) -> None:
        self._places = (scope, *institution.scopes())

    def scopes(self) -> Sequence[Scope]:
        return self._places


def _may_pass_on(by: Actor, permission: Permission, place: Scoped) -> bool:
    """A right may be passed on by who holds it there, or who manages people or Grantors there."""
    return (
        by.may(permission, on=place)
        or by.may(Permission.MEMBER_MANAGE, on=place)
        or (permission in GRANTOR_RIGHTS and by.may_somewhere(Permission.GRANTOR_APPOINT))
    )


GRANTOR_RIGHTS = frozenset({Permission.AWARD_GRANT, Permission.AWARD_READ, Permission.ACHIEVEMENT_READ})


@transaction.atomic
def take_role(*, by: Actor, membership: Membership) -> None:
    """End a role as of yesterday: it no longer holds from this moment."""
    by.require(Permission.MEMBER_MANAGE, on=membership.institution)
    if membership.user_id == by.user_pk and membership.role.key == "administrator":
        raise Rejected(
            N_("You cannot take the administrator's role from yourself. Ask another administrator."), code="own_role"
        )
    public_id = membership.public_id
    with roles.keeping_it_run(membership.institution):
        Membership.objects.filter(pk=membership.pk).delete()
    publish(RolesTaken(memberships=(public_id,)), by=by, subject=("user", membership.user.public_id))


def end_role(*, membership: Membership, ends_on: date) -> None:
    """Let a role end with `ends_on`; called by the action that ends what the role belongs to."""
    Membership.objects.filter(pk=membership.pk).update(ends_on=ends_on)


@transaction.atomic
def set_level(
    *,
    by: Actor,
    institution: Institution,
    key: str,
    name: str,
    policy: LevelPolicy,
    purpose: str = "",
    aliases: Sequence[str] = (),
    position: int | None = None,
) -> TaxonomyLevel:
    """Add a level, or change the one that has this key. Awards made before keep what they were made under (R-007, R-049).

    A level that gets another name keeps the old one among its aliases, so that files and searches still find it (R-906).
    """
    by.require(Permission.LEVEL_MANAGE, on=institution)
    if not name.strip() or not slugify(key):
        raise Rejected(N_("A level needs a name and a short name."), code="missing_name")
    key = slugify(key).replace("-", "_")
    before = TaxonomyLevel.objects.filter(key=key).values_list("name", flat=True).first() or ""
    level, _made = TaxonomyLevel.objects.update_or_create(
        institution=institution,
        key=key,
        defaults={
            "name": name.strip(),
            "purpose": purpose,
            "aliases": aliases_after(old=before, new=name, aliases=aliases),
            "policy_data": policy.to_data(),
            **({"position": position} if position is not None else {}),
        },
    )
    _tell(by, institution, "level", level.public_id)
    return level


@transaction.atomic
def make_token(
    *, by: Actor, institution: Institution, name: str, permissions: Iterable[Permission], expires_at: datetime
) -> tuple[AccessToken, str]:
    """A personal access token for whoever makes it, and its secret, which is shown once and kept as a hash only."""
    if by.user_pk is None:
        raise NotPermitted(N_("Only people have access tokens."), code="not_a_person")
    wanted = frozenset(permissions)
    if not wanted:
        raise Rejected(N_("Choose what the token may do."), code="token_without_rights")
    if beyond := sorted(p for p in wanted if not by.may_somewhere(p)):
        raise NotPermitted(
            N_("A token cannot hold the right “%(permission)s”, which you do not have."),
            params={"permission": beyond[0].value},
        )
    if wanted & NEEDS_SECOND_FACTOR and not by.second_factor:
        # Nobody asks a token for one, so whoever makes it must have shown theirs.
        raise NotPermitted(
            N_("For this your account needs a second factor: a passkey or a code from an app. Set one up first."),
            code="second_factor_needed",
        )
    if expires_at <= clock.now():
        raise Rejected(N_("The token would have expired already."), code="token_expired")
    secret = TOKEN_PREFIX + secrets.token_urlsafe(32)
    token = AccessToken.objects.create(
        institution=institution,
        user_id=by.user_pk,
        name=name.strip() or "token",
        secret_hash=queries.token_hash(secret),
        permissions=sorted(p.value for p in wanted),
        expires_at=expires_at,
    )
    publish(TokenMade(token=token.public_id), by=by, subject=("token", token.public_id))
    return token, secret


def note_use(token: AccessToken) -> None:
    """Note the day on which a token was last used; written once a day."""
    today = clock.today_in(token.institution.zone)
    if token.last_used_on != today:
        AccessToken.objects.filter(pk=token.pk).update(last_used_on=today)


@transaction.atomic
def revoke_token(*, by: Actor, token: AccessToken) -> None:
    """End a token at once: its owner may, and whoever manages people."""
    if token.user_id != by.user_pk:
        by.require(Permission.MEMBER_MANAGE, on=token.institution)
    AccessToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=clock.now())
    publish(TokenRevoked(token=token.public_id), by=by, subject=("token", token.public_id))


def _tell(by: Actor, institution: Institution, what: str, thing: str) -> None:
    publish(InstitutionChanged(what=what, thing=thing), by=by, subject=("institution", institution.public_id))
