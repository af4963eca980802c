"""Acting in somebody's place while they are away."""

from datetime import date

from django.db import transaction

from insignia.core.errors import Rejected
from insignia.core.words import N_
from insignia.domain.access.actor import Actor
from insignia.domain.access.permissions import Permission
from insignia.domain.ground import clock
from insignia.domain.institutions import queries as institutions
from insignia.domain.institutions.models import Institution
from insignia.domain.journal.bus import publish
from insignia.domain.people.models import User

from ..events import DelegationEnded, DelegationGiven
from ..models import Delegation


@transaction.atomic
def delegate(
    *,
    by: Actor,
    institution: Institution,
    user: User,
    to: User,
    role: str = "",
    starts_on: date | None,
    ends_on: date | None,
) -> Delegation:
    """Let `to` act in the place of `user`: in one role, or in all. One's own is one's own to give; the office may for others."""
    if by.user_pk != user.pk:
        by.require(Permission.MEMBER_MANAGE, on=institution)
    if user.pk == to.pk:
        raise Rejected(N_("Choose somebody else to act in your place."), code="same_person")
    if starts_on is None or ends_on is None:
        raise Rejected(N_("Say from when until when: a delegation ends by itself."), code="dates_missing")
    if ends_on < starts_on:
        raise Rejected(N_("It ends before it begins."), code="dates_backwards")
    today = clock.today_in(institution.zone)
    if ends_on < today:
        raise Rejected(N_("This time is over already. Choose days that are still to come."), code="dates_over")
    if not institutions.memberships_on(today).filter(user=to).exists():
        raise Rejected(
            N_("%(name)s has no role here. Whoever acts for somebody has to work at this institution."),
            code="not_a_member",
            params={"name": str(to)},
        )
    row = Delegation.objects.create(
        institution=institution, user=user, to=to, role=role, starts_on=starts_on, ends_on=ends_on, given_by=by.id[:26]
    )
    publish(DelegationGiven(delegation=row.public_id), by=by, subject=("user", user.public_id))
    return row


@transaction.atomic
def end_delegation(*, by: Actor, delegation: Delegation) -> None:
    """End it at once; what was decided meanwhile stands."""
    if by.user_pk not in (delegation.user_id, delegation.to_id):
        by.require(Permission.MEMBER_MANAGE, on=delegation.institution)
    public_id, user = delegation.public_id, delegation.user.public_id
    gone, _rows = Delegation.objects.filter(pk=delegation.pk).delete()
    if gone:
        publish(DelegationEnded(delegation=public_id), by=by, subject=("user", user))
