"""Owing mails about intents and proposals. Called by reactions; the same news twice makes one mail."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from zoneinfo import ZoneInfo

from insignia.domain.ground import clock
from insignia.domain.institutions.models import Institution
from insignia.domain.people.models import User
from insignia.domain.proposals.workflow.models import Watch

from ..digests import happened, moved_on
from ..models import Kind, Message
from .telling import new_message

MORNING = 6
"""The hour of the institution's day from which digests of the day before are owed."""


def tell_people(
    kind: str, users: Iterable[User], institution: Institution, params: Mapping[str, str], *, cause: str
) -> None:
    """Owe each of `users` a mail about it."""
    Message.objects.bulk_create(
        [
            new_message(
                kind, institution, user.email, user.language, user=user.public_id, params=dict(params), cause=cause
            )
            for user in {user.pk: user for user in users}.values()
        ],
        ignore_conflicts=True,
    )


def tell_address(kind: str, address: str, institution: Institution, params: Mapping[str, str], *, cause: str) -> None:
    """Owe a mail to an address that may belong to nobody here yet."""
    user = User.objects.filter(email__iexact=address).first()
    message = new_message(
        kind,
        institution,
        address,
        user.language if user else "",
        user=user.public_id if user else "",
        params=dict(params),
        cause=cause,
    )
    Message.objects.bulk_create([message], ignore_conflicts=True)


def tell_digests(institution: Institution) -> int:
    """Owe whoever watches proposals a digest of yesterday, once it is morning; gives how many mails are owed."""
    now = clock.now().astimezone(ZoneInfo(institution.zone))
    day = now.date() - timedelta(days=1)
    if now.hour < MORNING or not moved_on(institution, day):
        return 0
    watching = User.objects.filter(pk__in=Watch.objects.values("user"))
    told = [user for user in watching if happened(user, institution, day)]
    tell_people(Kind.DIGEST, told, institution, {"day": day.isoformat()}, cause=f"digest-{day.isoformat()}")
    return len(told)
