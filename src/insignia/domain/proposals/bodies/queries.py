"""What may be asked about bodies."""

from collections.abc import Sequence
from dataclasses import dataclass
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
    """The seats of a body in their order, with who sits there today."""
    today = clock.today_in(one.institution.zone)
    seats = list(
        Seat.objects.filter(body=one)
        .select_related("member__user", "alternate__user", "body__institution")
        .order_by("position", "pk")
    )
    users = {place.user_id for seat in seats for place in (seat.member, seat.alternate) if place}
    elsewhere: dict[int, list[str]] = {}
    for held in institutions.memberships_on(today).filter(user__in=users).exclude(scope_kind="body"):
        elsewhere.setdefault(held.user_id, []).append(held.role.name)
    return [
        Sitting(
            seat,
            _now(seat.member, today),
            _now(seat.alternate, today),
            tuple(dict.fromkeys(elsewhere.get(seat.member.user_id, ()))) if seat.member else (),
        )
        for seat in seats
    ]


def presiding(one: Body) -> tuple[Membership | None, Membership | None]:
    """Who chairs the body today, and who stands in."""
    held = institutions.memberships_on(clock.today_in(one.institution.zone)).filter(
        scope_kind="body", scope_id=one.public_id, role__key__in=[one.chair_role, one.deputy_role]
    )
    by_role = {membership.role.key: membership for membership in held}
    return by_role.get(one.chair_role), by_role.get(one.deputy_role)


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
