"""Appointing Grantors: qualified, trained, for one achievement, from a day to a day (R-111, R-901)."""

from datetime import date

from django.db import transaction

from insignia.core.errors import Rejected
from insignia.core.words import N_
from insignia.domain.access.actor import Actor
from insignia.domain.access.permissions import Permission
from insignia.domain.catalog.models import Achievement
from insignia.domain.institutions import actions as institutions
from insignia.domain.journal.bus import publish
from insignia.domain.people import actions as people
from insignia.domain.people.models import User

from ..events import GrantorAppointed, GrantorChanged
from ..models import Grantor

ROLE = "grantor"


@transaction.atomic
def appoint_grantor(
    *,
    by: Actor,
    achievement: Achievement,
    user: User,
    qualification: str,
    starts_on: date,
    ends_on: date | None = None,
    trained_on: date | None = None,
) -> Grantor:
    """Let `user` award `achievement` from a day on. The role that goes with it is given and taken with the appointment."""
    by.require(Permission.GRANTOR_APPOINT, on=achievement)
    if not qualification.strip():
        raise Rejected(N_("Say what qualifies this person to judge the work."), code="qualification_missing")
    if ends_on is not None and ends_on < starts_on:
        raise Rejected(N_("The appointment ends before it begins."), code="ends_before_it_begins")
    membership = institutions.hold_role(
        by=by,
        institution=achievement.institution,
        user=user,
        role_key=ROLE,
        scope=achievement.scopes()[0],
        starts_on=starts_on,
        ends_on=ends_on,
    )
    grantor, _made = Grantor.objects.update_or_create(
        user=user,
        achievement=achievement,
        defaults={
            "institution_id": achievement.institution_id,
            "membership": membership,
            "qualification": qualification.strip(),
            "trained_on": trained_on,
            "starts_on": starts_on,
            "ends_on": ends_on,
            "appointed_by": by.id,
        },
    )
    publish(GrantorAppointed(grantor=grantor.public_id), by=by, subject=("achievement", achievement.public_id))
    return grantor


@transaction.atomic
def invite_grantor(
    *,
    by: Actor,
    achievement: Achievement,
    email: str,
    name: str,
    qualification: str,
    starts_on: date,
    ends_on: date | None = None,
    trained_on: date | None = None,
) -> Grantor:
    """Appoint whoever has this address. Somebody new is known from now on, and told by mail how to sign in."""
    by.require(Permission.GRANTOR_APPOINT, on=achievement)
    if "@" not in email or len(email) > 254:
        raise Rejected(N_("“%(email)s” is not an e-mail address."), code="email_invalid", params={"email": email})
    return appoint_grantor(
        by=by,
        achievement=achievement,
        user=people.person_at(email, name=name.strip()),
        qualification=qualification,
        starts_on=starts_on,
        ends_on=ends_on,
        trained_on=trained_on,
    )


@transaction.atomic
def record_training(*, by: Actor, grantor: Grantor, trained_on: date) -> None:
    """Record the day on which a Grantor was trained; from then on they may award."""
    by.require(Permission.GRANTOR_APPOINT, on=grantor)
    Grantor.objects.filter(pk=grantor.pk).update(trained_on=trained_on)
    grantor.trained_on = trained_on
    publish(GrantorChanged(grantor=grantor.public_id), by=by, subject=("achievement", grantor.achievement.public_id))


@transaction.atomic
def end_appointment(*, by: Actor, grantor: Grantor, ends_on: date) -> None:
    """End an appointment with `ends_on` as its last day; the role ends with it."""
    by.require(Permission.GRANTOR_APPOINT, on=grantor)
    Grantor.objects.filter(pk=grantor.pk).update(ends_on=ends_on)
    grantor.ends_on = ends_on
    if grantor.membership is not None:
        institutions.end_role(membership=grantor.membership, ends_on=ends_on)
    publish(GrantorChanged(grantor=grantor.public_id), by=by, subject=("achievement", grantor.achievement.public_id))
