"""Check-ins at an event: the link behind the code, when it takes names, and what can be done with it. (spec 3.8)

Only the public id is stored; the secret half of the link is derived, as that of a claim is.
"""

from datetime import datetime, timedelta
from enum import StrEnum

from django.core import signing

from insignia.core.errors import InsigniaError, NotFound, Rejected
from insignia.core.words import N_
from insignia.domain.catalog.basis import basis_of
from insignia.domain.catalog.models import Achievement

from .models import AwardBatch, CheckIn

LONGEST = timedelta(days=31)
MOST_PEOPLE = 5_000
_SIGNER = signing.Signer(salt="insignia.check-in")
_TAKEN_BACK = (AwardBatch.State.CANCELLED, AwardBatch.State.UNDONE)


class Phase(StrEnum):
    """Where a check-in is: before, within or after its time, or handed on."""

    EARLY = "early"
    OPEN = "open"
    OVER = "over"
    LISTED = "listed"


def token_of(check_in: CheckIn) -> str:
    """What stands in the link and in the code on the wall."""
    return _SIGNER.sign(check_in.public_id).replace(":", ".")


def check_in_of(token: str) -> CheckIn:
    """The check-in whose link this is; raises `NotFound` for one that we never made."""
    try:
        public_id = _SIGNER.unsign(token.replace(".", ":"))
        return CheckIn.across_institutions.select_related(
            "institution", "achievement__current", "achievement__unit", "achievement__level"
        ).get(public_id=public_id)
    except (signing.BadSignature, CheckIn.DoesNotExist):
        raise NotFound(
            N_(
                "This link does not open anything. Point the camera at the code again, or ask those who hold the event."
            ),
            code="check_in_unknown",
        ) from None


def phase(check_in: CheckIn, now: datetime) -> Phase:
    """Where `check_in` is at `now`; what was closed by hand is over, whatever its hours say."""
    if check_in.state == CheckIn.State.LISTED:
        return Phase.LISTED
    if check_in.state == CheckIn.State.CLOSED or now >= check_in.closes_at:
        return Phase.OVER
    return Phase.EARLY if now < check_in.opens_at else Phase.OPEN


def may_be_listed(check_in: CheckIn, now: datetime) -> bool:
    """Whether its people can be handed to awarding: once it is over; again, where that list was taken back."""
    at = phase(check_in, now)
    taken_back = check_in.batch is None or check_in.batch.state in _TAKEN_BACK
    return at is Phase.OVER or (at is Phase.LISTED and taken_back)


def hindrance(achievement: Achievement) -> InsigniaError | None:
    """Why people cannot check in for a badge: it takes more than being there."""
    if achievement.level.policy.rests_on_taking_part:
        return None
    return Rejected(
        N_("This badge takes more than being there: somebody judges the work. Award it one by one, or by a file."),
        code="not_by_check_in",
    )


def is_fixed(check_in: CheckIn) -> bool:
    """Whether its people are with awarding, so that nothing of it changes any more."""
    return (
        check_in.state == CheckIn.State.LISTED
        and check_in.batch is not None
        and check_in.batch.state not in _TAKEN_BACK
    )


def events_needed(check_in: CheckIn) -> int:
    """At how many check-ins of its badge somebody has to have been (R-021)."""
    current = check_in.achievement.current
    stated = basis_of(current.content) if current else None
    return stated.events if stated else 1
