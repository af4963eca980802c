"""Owing mails: each news becomes at most one mail for each person it concerns. Called by reactions."""

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.db.models import F

from insignia.core.addresses import normalised
from insignia.domain.awards.models import Award, AwardBatch, Grantor, IssuanceRequest
from insignia.domain.ground import clock
from insignia.domain.ground.ids import new_public_id
from insignia.domain.institutions.models import Institution, Membership
from insignia.domain.people.models import User

from .. import owed, places, rules
from ..models import Kind, Message, MessageAward

CHUNK = 200
MOST_ROWS = 50  # so many reasons are looked for; the page has all of them


@transaction.atomic
def tell_earners(kind: str, awards: Sequence[str], *, cause: str) -> int:
    """Owe the earners of `awards` a mail of `kind`; gives how many mails are new.

    Badges for one person go into one mail, and an offer joins one that is still waiting. `cause` is the public id of
    the journal's entry; empty for offers, of which an award has one, whatever is published again. A second run finds
    every award told already; two runs at once meet at the constraint, and the later one is rolled back and run again.
    """
    untold = owed.untold(kind, awards, cause)
    announced, quiet = owed.announced(untold), owed.without_reminders(untold)
    telling = [
        award
        for award in untold
        if rules.may_be_told(
            kind,
            announced=announced.get(award.pk),
            decided=award.decided_at is not None,
            wants_no_reminders=award.recipient_id in quiet,
        )
    ]
    if kind != Kind.OFFER:
        return _write(kind, telling, cause, {})
    silent = owed.silent_batches(telling)
    aloud = [award for award in telling if award.batch_id not in silent]
    muted = [award for award in telling if award.batch_id in silent]
    return _write(kind, aloud, cause, _waiting_offers(aloud)) + _write(kind, muted, cause, {}, reason="silent_batch")


def tell_grantor(grantor: Grantor, *, cause: str) -> None:
    """Owe a newly appointed Grantor a mail."""
    institution = grantor.achievement.institution
    _tell_person(Kind.GRANTOR_APPOINTED, grantor.user, institution, cause, {"grantor": grantor.public_id})


def tell_member(membership: Membership, *, cause: str) -> None:
    """Owe somebody who was given a role an invitation. What comes with an appointment is told by the appointment."""
    if not Grantor.objects.filter(membership=membership).exists():
        params = {"membership": membership.public_id}
        _tell_person(Kind.ROLE_GIVEN, membership.user, membership.institution, cause, params)


def tell_of_batch(batch: AwardBatch, user: User, *, cause: str) -> None:
    """Owe whoever confirmed a roster a mail about how it ended."""
    params = {"batch": batch.public_id}
    _tell_person(Kind.BATCH_FINISHED, user, batch.achievement.institution, cause, params)


def tell_of_request(kind: str, request: IssuanceRequest, *, cause: str, rows: Sequence[str] = ()) -> None:
    """Owe whoever sent a request for issuance a mail about what became of it, or of these rows of it."""
    params = {"request": request.public_id, "rows": " ".join(rows[:MOST_ROWS]), "number": str(len(rows))}
    _tell_person(kind, request.requested_by, request.achievement.institution, cause, params)


def tell_of_expiry(institution: Institution) -> int:
    """Owe holders a mail whose badges will end soon; gives how many mails are new. Asked again, it owes none twice."""
    today = clock.today_in(institution.zone)
    due: dict[int, list[str]] = {}
    for public_id, awarded_on, expires_on in owed.ending_until(today + timedelta(days=max(rules.EXPIRY_NOTICES))):
        days = rules.notice(awarded_on=awarded_on, expires_on=expires_on, today=today)
        if days is not None:
            due.setdefault(days, []).append(public_id)
    return sum(
        tell_earners(Kind.EXPIRING, awards[i : i + CHUNK], cause=f"{days}-days")
        for days, awards in due.items()
        for i in range(0, len(awards), CHUNK)
    )


def new_message(kind: str, institution: Institution, address: str, language: str, **values: object) -> Message:
    """A mail that is not saved yet. Its Message-ID is made here, once: sent again, it is the same mail."""
    public_id = new_public_id()
    return Message(
        public_id=public_id,
        institution_id=institution.pk,
        kind=kind,
        address=normalised(address),
        language=language or institution.language,
        is_urgent=kind in rules.URGENT,
        message_id=f"<{public_id}@{places.host()}>",
        **values,
    )


def _tell_person(kind: str, user: User, institution: Institution, cause: str, params: dict[str, str]) -> None:
    message = new_message(kind, institution, user.email, user.language, user=user.public_id, params=params, cause=cause)
    # The same news a second time: the constraint keeps the mail that is there.
    Message.objects.bulk_create([message], ignore_conflicts=True)


def _waiting_offers(awards: Sequence[Award]) -> dict[str, Message]:
    """Offers that nobody has begun to send, by the recipient's public id; locked, so that nobody begins meanwhile."""
    rows = Message.objects.select_for_update(of=("self",)).filter(
        kind=Kind.OFFER,
        state=Message.State.PENDING,
        attempts=0,
        recipient__in={award.recipient.public_id for award in awards},
    )
    return {row.recipient: row for row in rows}


def _write(kind: str, awards: Sequence[Award], cause: str, waiting: dict[str, Message], *, reason: str = "") -> int:
    fresh: dict[str, Message] = {}
    for award in awards:
        recipient = award.recipient
        if recipient.public_id not in waiting and recipient.public_id not in fresh:
            fresh[recipient.public_id] = new_message(
                kind,
                award.institution,
                recipient.email,
                recipient.user.language if recipient.user else "",
                recipient=recipient.public_id,
                user=recipient.user.public_id if recipient.user else "",
                state=Message.State.SUPPRESSED if reason else Message.State.PENDING,
                reason=reason,
            )
    Message.objects.bulk_create(fresh.values())
    Message.objects.filter(pk__in=[message.pk for message in waiting.values()]).update(revision=F("revision") + 1)
    into = waiting | fresh
    MessageAward.objects.bulk_create(
        MessageAward(
            institution_id=award.institution_id,
            message=into[award.recipient.public_id],
            award=award,
            kind=kind,
            cause=cause,
        )
        for award in awards
    )
    return len(fresh)
