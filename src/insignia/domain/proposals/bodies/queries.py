"""What may be asked about bodies."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from insignia.core.errors import NotFound
from insignia.core.words import N_
from insignia.domain.access.actor import Actor
from insignia.domain.access.permissions import Permission
from insignia.domain.ground import clock
from insignia.domain.institutions import queries as institutions
from insignia.domain.institutions.models import Membership

from .models import Body, Seat


@dataclass(frozen=True, slots=True)
class Sitting:
    """A seat as it is today: who sits there, who stands in, what else they are here, until when."""

    seat: Seat
    member: Membership | None
    alternate: Membership | None
    affiliations: tuple[str, ...] = ()

    @property
    def is_vacant(self) -> bool:
        """Whether nobody sits there today."""
        return self.member is None


def bodies() -> list[Body]:
    """The bodies of the current institution, by name."""
    return list(Body.objects.select_related("institution"))


def body(key_or_id: str) -> Body:
    """One body, by its key or public id; raises `NotFound`."""
    found = Body.objects.select_related("institution")
    one = found.filter(public_id=key_or_id).first() or found.filter(key=key_or_id).first()
    if one is None:
        raise NotFound(N_("There is no such body here."))
    return one


def managed_by(actor: Actor) -> list[Body]:
    """The bodies whose seats, meetings and minutes `actor` looks after."""
    return [one for one in bodies() if actor.may(Permission.COMMITTEE_MANAGE, on=one)]


def sittings(one: Body) -> list[Sitting]:
    """The seats of a body in their order, with who sits there today and what they are besides."""
    found = sittings_only(one)
    users = {held.user_id for sitting in found for held in (sitting.member, sitting.alternate) if held}
    elsewhere = affiliations(users, clock.today_in(one.institution.zone))
    return [
        replace(sitting, affiliations=tuple(dict.fromkeys(elsewhere.get(sitting.member.user_id, ()))))
        if sitting.member
        else sitting
        for sitting in found
    ]


def sittings_only(one: Body) -> list[Sitting]:
    """The seats of a body in their order, with who sits there today."""
    today = clock.today_in(one.institution.zone)
    seats = (
        Seat.objects.filter(body=one)
        .select_related("member__user", "alternate__user", "body__institution")
        .order_by("position", "pk")
    )
    return [Sitting(seat, _now(seat.member, today), _now(seat.alternate, today)) for seat in seats]


def affiliations(users: Iterable[int], day: date) -> dict[int, list[str]]:
    """What these persons are besides sitting on bodies, and where: by the person's key."""
    found: dict[int, list[str]] = {}
    held = list(institutions.memberships_on(day).filter(user__in=set(users)).exclude(scope_kind="body"))
    named = dict(institutions.units().values_list("public_id", "name")) if any(_of_unit(one) for one in held) else {}
    for one in held:
        place = named.get(one.scope_id, "") if _of_unit(one) else ""
        found.setdefault(one.user_id, []).append(f"{one.role.name}, {place}" if place else one.role.name)
    return found


def _of_unit(held: Membership) -> bool:
    return held.scope_kind == "unit"


def seat(one: Body, public_id: str) -> Seat:
    """One seat of a body; raises `NotFound`."""
    found = (
        Seat.objects.filter(body=one, public_id=public_id)
        .select_related("member__user", "alternate__user", "body__institution", "institution")
        .first()
    )
    if found is None:
        raise NotFound(N_("There is no such seat on this body."))
    return found


def readable_by(actor: Actor) -> list[Body]:
    """The bodies whose pages `actor` may open: they look after them, sit on them, or read proposals everywhere."""
    return [one for one in bodies() if may_read(actor, one)]


def may_read(actor: Actor, one: Body) -> bool:
    """Whether the pages of this body are for `actor`."""
    return actor.may(Permission.COMMITTEE_MANAGE, on=one) or actor.may(Permission.PROPOSAL_READ, on=one)


def presiding(one: Body) -> tuple[Membership | None, Membership | None]:
    """Who chairs the body today, and who stands in."""
    held = institutions.memberships_on(clock.today_in(one.institution.zone)).filter(
        scope_kind="body", scope_id=one.public_id, role__key__in=[one.chair_role, one.deputy_role]
    )
    by_role = {membership.role.key: membership for membership in held}
    return by_role.get(one.chair_role), by_role.get(one.deputy_role)


def voices(one: Body) -> list[tuple[str, ...]]:
    """Of each seat that is taken: who sits there, and who may stand in; by public ids."""
    return [voice for sitting in sittings_only(one) if (voice := voice_of(sitting))]


def voice_of(sitting: Sitting) -> tuple[str, ...]:
    """Whose voice a seat is, the member first; nobody's, where it is vacant."""
    if sitting.member is None:
        return ()
    return tuple(held.user.public_id for held in (sitting.member, sitting.alternate) if held)


def people_of(one: Body) -> list[str]:
    """Everybody who belongs to the body today, by public ids: members, alternates, and who presides."""
    places = [held for sitting in sittings_only(one) for held in (sitting.member, sitting.alternate)]
    return list(dict.fromkeys(held.user.public_id for held in (*places, *presiding(one)) if held))


@dataclass(frozen=True, slots=True)
class Card:
    """A body in a list: who presides, how many of its seats are taken."""

    body: Body
    chair: Membership | None
    seats: int
    taken: int

    @property
    def vacant(self) -> int:
        """How many seats nobody sits in."""
        return self.seats - self.taken


def cards(found: Sequence[Body]) -> list[Card]:
    """These bodies as a list shows them, in two queries."""
    if not found:
        return []
    today = clock.today_in(found[0].institution.zone)
    seats: dict[int, list[Seat]] = {}
    for row in Seat.objects.filter(body__in=found).select_related("member"):
        seats.setdefault(row.body_id, []).append(row)
    chairs = {
        held.scope_id: held
        for held in institutions.memberships_on(today).filter(scope_kind="body")
        if any(one.public_id == held.scope_id and one.chair_role == held.role.key for one in found)
    }
    return [
        Card(
            one,
            chairs.get(one.public_id),
            len(seats.get(one.pk, ())),
            sum(1 for row in seats.get(one.pk, ()) if _now(row.member, today)),
        )
        for one in found
    ]


def alternates(day: date) -> Sequence[tuple[str, str]]:
    """Pairs of public ids: who sits, and who may raise the same voice as the alternate, on `day`."""
    rows = Seat.objects.filter(member__isnull=False, alternate__isnull=False).select_related(
        "member__user", "alternate__user"
    )
    return [
        (row.member.user.public_id, row.alternate.user.public_id)
        for row in rows
        if row.member and row.alternate and _now(row.member, day) and _now(row.alternate, day)
    ]


def _now(membership: Membership | None, day: date) -> Membership | None:
    if membership is None:
        return None
    begun = membership.starts_on is None or membership.starts_on <= day
    going_on = membership.ends_on is None or day <= membership.ends_on
    return membership if begun and going_on else None
