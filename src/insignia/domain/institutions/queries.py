"""What may be asked about institutions, and who an actor is in one of them."""

import hashlib
from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.db.models import Q, QuerySet

from insignia.core.errors import NotFound
from insignia.core.words import N_
from insignia.domain.access.actor import Actor, Door, Holding, Scope
from insignia.domain.access.permissions import Permission
from insignia.domain.ground import clock
from insignia.domain.people import queries as people
from insignia.domain.people.models import User

from .models import AccessToken, Installation, Institution, IssuerProfile, Membership, Role, TaxonomyLevel, Unit

_NONE = N_("There is no such institution here.")


def by_slug(slug: str) -> Institution:
    """The institution with this short name; raises `NotFound`."""
    try:
        return Institution.objects.get(slug=slug)
    except Institution.DoesNotExist:
        raise NotFound(_NONE) from None


def all_institutions() -> QuerySet[Institution]:
    """Every institution of this installation, by name."""
    return Institution.objects.order_by("name")


def the_only_institution() -> Institution | None:
    """The institution, where there is exactly one."""
    found = list(Institution.objects.all()[:2])
    return found[0] if len(found) == 1 else None


def installation() -> Installation | None:
    """The row about this installation, once it is set up."""
    return Installation.objects.first()


def former_public_urls() -> tuple[str, ...]:
    """Former addresses of this installation, whose documents are still read from the database."""
    row = installation()
    return tuple(row.former_urls) if row else ()


def issuer_profile(public_id: str) -> IssuerProfile:
    """The issuer profile with this public id, in whatever institution; raises `NotFound`."""
    try:
        return IssuerProfile.across_institutions.select_related("institution", "unit").get(public_id=public_id)
    except IssuerProfile.DoesNotExist:
        raise NotFound(N_("There is no such issuer here.")) from None


def issuer_of(unit: Unit | None) -> IssuerProfile:
    """The profile under which `unit` signs: its own, that of a parent, or the institution's."""
    while unit is not None:
        if profile := IssuerProfile.objects.filter(unit=unit).first():
            return profile
        unit = unit.parent
    profile = IssuerProfile.objects.filter(unit=None).first()
    if profile is None:
        raise NotFound(N_("The institution has no issuer profile yet. Set one up under “Issuer and keys”."))
    return profile


def levels() -> QuerySet[TaxonomyLevel]:
    """The ladder of the current institution."""
    return TaxonomyLevel.objects.all()


def units() -> QuerySet[Unit]:
    """The units of the current institution, with what `scopes` needs."""
    return Unit.objects.select_related("institution", "parent__parent__parent")


def unit(public_id: str) -> Unit:
    """One unit of the current institution; raises `NotFound`."""
    try:
        return units().get(public_id=public_id)
    except Unit.DoesNotExist:
        raise NotFound(N_("There is no such unit here.")) from None


def units_of(actor: Actor, permission: Permission) -> frozenset[int]:
    """Keys of the units of the current institution in which `actor` holds `permission`: those named, and all below them.

    The same answer as `Actor.may` gives for each of them, for lists.
    """
    named = actor.places(permission, "unit")
    if not named:
        return frozenset()
    below: dict[int | None, list[int]] = {}
    held: list[int] = []
    for pk, public_id, parent in Unit.objects.values_list("pk", "public_id", "parent_id"):
        below.setdefault(parent, []).append(pk)
        if public_id in named:
            held.append(pk)
    found: set[int] = set()
    while held:
        unit = held.pop()
        found.add(unit)
        held += [child for child in below.get(unit, ()) if child not in found]
    return frozenset(found)


def roles() -> QuerySet[Role]:
    """The roles of the current institution."""
    return Role.objects.all()


def memberships_on(day: date) -> QuerySet[Membership]:
    """Memberships of the current institution that hold on `day`."""
    return Membership.objects.filter(
        Q(starts_on=None) | Q(starts_on__lte=day), Q(ends_on=None) | Q(ends_on__gte=day)
    ).select_related("role", "user")


def institutions_of(user: User, day: date) -> list[Institution]:
    """Where `user` holds a role on `day`."""
    held = Membership.across_institutions.filter(
        Q(starts_on=None) | Q(starts_on__lte=day), Q(ends_on=None) | Q(ends_on__gte=day), user=user
    )
    return list(Institution.objects.filter(pk__in=held.values("institution")).order_by("name"))


def actor_for(user: User, institution: Institution | None, *, door: Door) -> Actor:
    """`user` as an actor in `institution`, with the roles that hold there today in its own time zone."""
    holdings: tuple[Holding, ...] = ()
    if institution is not None:
        today = clock.today_in(institution.zone)
        held = Membership.across_institutions.filter(
            Q(starts_on=None) | Q(starts_on__lte=today),
            Q(ends_on=None) | Q(ends_on__gte=today),
            user=user,
            institution=institution,
        ).select_related("role")
        holdings = tuple(Holding(m.scope, permissions_of(m.role.permissions)) for m in held)
    return Actor(
        id=user.public_id,
        name=str(user),
        door=door,
        institution=institution.public_id if institution else "",
        holdings=holdings,
        addresses=people.verified_addresses(user),
        user_pk=user.pk,
        second_factor=door is not Door.PAGE
        or user.is_demo
        or not settings.SECOND_FACTOR_REQUIRED
        or people.has_second_factor(user),
    )


def permissions_of(words: Iterable[str]) -> frozenset[Permission]:
    """The permissions among `words`; a word of a later release is no permission here."""
    asked = set(words)
    return frozenset(permission for permission in Permission if permission.value in asked)


def scope_name(scope: Scope) -> str:
    """What a person calls a scope of the institutions' own kinds; "" for others."""
    if scope.kind == "institution":
        return Institution.objects.filter(public_id=scope.public_id).values_list("name", flat=True).first() or ""
    if scope.kind == "unit":
        return Unit.objects.filter(public_id=scope.public_id).values_list("name", flat=True).first() or ""
    return ""


def tokens_of(user: User) -> QuerySet[AccessToken]:
    """Every access token that `user` made, of every institution, the newest first."""
    return AccessToken.across_institutions.filter(user=user).select_related("institution").order_by("-pk")


def token_hash(secret: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(secret.encode()).hexdigest()


def actor_of_token(secret: str) -> tuple[Actor, AccessToken] | None:
    """The actor whose live token `secret` is, limited to the token's permissions; None when there is none."""
    token = (
        AccessToken.across_institutions.select_related("user", "institution")
        .filter(secret_hash=token_hash(secret), revoked_at=None, expires_at__gt=clock.now(), user__is_active=True)
        .first()
    )
    if token is None:
        return None
    actor = actor_for(token.user, token.institution, door=Door.TOKEN)
    return actor.limited(permissions_of(token.permissions)), token
