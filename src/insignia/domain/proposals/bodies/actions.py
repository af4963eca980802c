"""What changes about bodies: founded, described, seats added, taken and vacated."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Literal

from django.db import transaction

from insignia.core.errors import Rejected
from insignia.core.words import N_
from insignia.domain.access.actor import Actor
from insignia.domain.access.permissions import Permission
from insignia.domain.ground import clock
from insignia.domain.institutions import actions as institutions
from insignia.domain.institutions.models import Institution, Membership
from insignia.domain.journal.bus import publish
from insignia.domain.people import actions as people
from insignia.domain.people.models import User

from .events import BodyChanged, SeatTaken, SeatVacated
from .models import Body, Seat

Place = Literal["member", "alternate"]


@transaction.atomic
def set_body(
    *,
    by: Actor,
    institution: Institution,
    key: str,
    name: str,
    short_name: str = "",
    charge: Sequence[str] = (),
    sponsor: str = "",
    standards: Sequence[str] = (),
) -> Body:
    """Found a body, or describe the one that has this key anew."""
    by.require(Permission.COMMITTEE_MANAGE, on=institution)
    if not key.strip() or not name.strip():
        raise Rejected(N_("A body needs a name and a short name."), code="missing_name")
    body, _made = Body.objects.update_or_create(
        institution=institution,
        key=key.strip(),
        defaults={
            "name": name.strip(),
            "short_name": short_name.strip() or key.strip(),
            "charge": list(charge),
            "sponsor": sponsor.strip(),
            "standards": list(standards),
        },
    )
    publish(BodyChanged(body=body.public_id), by=by, subject=("body", body.public_id))
    return body


@transaction.atomic
def add_seat(*, by: Actor, body: Body, constituency: str) -> Seat:
    """One more seat, the last in the row."""
    by.require(Permission.COMMITTEE_MANAGE, on=body)
    if not constituency.strip():
        raise Rejected(N_("Say whom the seat represents."), code="missing_constituency")
    seat = Seat.objects.create(
        institution=body.institution,
        body=body,
        constituency=constituency.strip(),
        position=Seat.objects.filter(body=body).count(),
    )
    publish(BodyChanged(body=body.public_id), by=by, subject=("body", body.public_id))
    return seat


@transaction.atomic
def drop_seat(*, by: Actor, seat: Seat) -> None:
    """Take a seat away in which nobody sits."""
    by.require(Permission.COMMITTEE_MANAGE, on=seat)
    if seat.member_id or seat.alternate_id:
        raise Rejected(N_("Somebody sits there. Vacate the seat first."), code="seat_taken")
    body = seat.body
    seat.delete()
    publish(BodyChanged(body=body.public_id), by=by, subject=("body", body.public_id))


@transaction.atomic
def take_seat(
    *, by: Actor, seat: Seat, user: User, starts_on: date | None, ends_on: date | None, place: Place = "member"
) -> Membership:
    """Let `user` sit there for a term, or stand in as the alternate; whoever sat there before no longer does."""
    by.require(Permission.COMMITTEE_MANAGE, on=seat)
    if starts_on and ends_on and ends_on < starts_on:
        raise Rejected(N_("The term ends before it begins."), code="term_backwards")
    _check_one_voice(seat, user, place)
    _vacate(seat, place)
    role = seat.body.role if place == "member" else seat.body.alternate_role
    membership = _hold(by, seat.body, user, role, starts_on, ends_on)
    Seat.objects.filter(pk=seat.pk).update(**{place: membership})
    setattr(seat, place, membership)
    _tell_taken(by, seat.body, seat.public_id, membership, place)
    return membership


@transaction.atomic
def invite_to_seat(
    *,
    by: Actor,
    seat: Seat,
    email: str,
    name: str,
    starts_on: date | None,
    ends_on: date | None,
    place: Place = "member",
) -> Membership:
    """Seat somebody who may be new here: they are known from now on, and told by mail how to sign in."""
    by.require(Permission.MEMBER_MANAGE, on=seat.institution)
    if "@" not in email or len(email) > 254:
        raise Rejected(N_("“%(email)s” is not an e-mail address."), code="email_invalid", params={"email": email})
    user = people.person_at(email, name=name)
    return take_seat(by=by, seat=seat, user=user, starts_on=starts_on, ends_on=ends_on, place=place)


@transaction.atomic
def vacate_seat(*, by: Actor, seat: Seat, place: Place = "member") -> None:
    """Nobody sits there any more, as of yesterday."""
    by.require(Permission.COMMITTEE_MANAGE, on=seat)
    _vacate(seat, place)
    publish(
        SeatVacated(body=seat.body.public_id, seat=seat.public_id, place=place),
        by=by,
        subject=("body", seat.body.public_id),
    )


@transaction.atomic
def appoint_chair(
    *,
    by: Actor,
    body: Body,
    user: User,
    starts_on: date | None,
    ends_on: date | None,
    place: Literal["chair", "deputy"] = "chair",
) -> Membership:
    """Let `user` preside for a term, or stand in for whoever does; one person each at a time."""
    by.require(Permission.COMMITTEE_MANAGE, on=body.institution)
    role = body.chair_role if place == "chair" else body.deputy_role
    before = Membership.objects.filter(scope_kind="body", scope_id=body.public_id, role__key=role).exclude(user=user)
    before.update(ends_on=clock.today_in(body.institution.zone) - timedelta(days=1))
    membership = _hold(by, body, user, role, starts_on, ends_on)
    _tell_taken(by, body, "", membership, place)
    return membership


@transaction.atomic
def release_chair(*, by: Actor, body: Body, place: Literal["chair", "deputy"]) -> None:
    """Whoever presides, or stands in for that, no longer does, as of yesterday."""
    by.require(Permission.COMMITTEE_MANAGE, on=body.institution)
    role = body.chair_role if place == "chair" else body.deputy_role
    held = Membership.objects.filter(scope_kind="body", scope_id=body.public_id, role__key=role)
    held.update(ends_on=clock.today_in(body.institution.zone) - timedelta(days=1))
    publish(SeatVacated(body=body.public_id, seat="", place=place), by=by, subject=("body", body.public_id))


def _check_one_voice(seat: Seat, user: User, place: Place) -> None:
    """One person has one voice: one seat, and never the own alternate."""
    beside = seat.alternate if place == "member" else seat.member
    if beside is not None and beside.user_id == user.pk:
        raise Rejected(N_("The alternate for a seat is somebody else than its member."), code="own_alternate")
    others = Seat.objects.filter(body=seat.body, member__user=user).exclude(pk=seat.pk).select_related("member")
    today = clock.today_in(seat.institution.zone)
    if place == "member" and any(one.member and not _is_over(one.member, today) for one in others):
        raise Rejected(N_("%(name)s has a seat here already."), code="seated_already", params={"name": str(user)})


def _is_over(membership: Membership, day: date) -> bool:
    return membership.ends_on is not None and membership.ends_on < day


def _hold(by: Actor, body: Body, user: User, role: str, starts_on: date | None, ends_on: date | None) -> Membership:
    return institutions.hold_role(
        by=by,
        institution=body.institution,
        user=user,
        role_key=role,
        scope=body.scope,
        starts_on=starts_on,
        ends_on=ends_on,
    )


def _vacate(seat: Seat, place: Place) -> None:
    """A person may sit in one seat and stand in for another: the membership ends only with the last of them."""
    held: Membership | None = getattr(seat, place)
    Seat.objects.filter(pk=seat.pk).update(**{place: None})
    setattr(seat, place, None)
    if held is None:
        return
    others = Seat.objects.filter(member=held) | Seat.objects.filter(alternate=held)
    if not others.exists():
        yesterday = clock.today_in(seat.body.institution.zone) - timedelta(days=1)
        institutions.end_role(membership=held, ends_on=yesterday)


def _tell_taken(by: Actor, body: Body, seat: str, membership: Membership, place: str) -> None:
    publish(
        SeatTaken(body=body.public_id, seat=seat, membership=membership.public_id, place=place),
        by=by,
        subject=("body", body.public_id),
    )
