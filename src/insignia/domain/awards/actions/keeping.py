"""What time does to offers and awards: reminders, lapsing, expiry; and what starts an offer anew."""

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction

from insignia.core.errors import Conflict
from insignia.core.words import N_
from insignia.domain.access.actor import SYSTEM, Actor
from insignia.domain.ground import clock
from insignia.domain.institutions.models import Institution
from insignia.domain.journal.bus import publish

from .. import rules
from ..events import AwardsEnded, AwardsReminded, AwardsReoffered
from ..models import Award, ClaimLink, Recipient
from .authority import require_over

CHUNK = 200


def make_claim_link(recipient: Recipient) -> ClaimLink:
    """A fresh link for a mail to `recipient`; earlier ones stay good, so that whichever mail is found works."""
    return ClaimLink.objects.create(institution_id=recipient.institution_id, recipient=recipient)


@transaction.atomic
def reoffer(*, by: Actor, award: Award) -> None:
    """Offer again what was declined, has lapsed, or whose mail was lost: the earner is told anew."""
    require_over(by, award)
    if award.state != Award.State.OFFERED:
        target = rules.LIFECYCLE.take("reoffer", award.state, facts=frozenset()).target
        moved = Award.objects.filter(pk=award.pk, state=award.state).update(
            state=target, released_at=clock.now(), reminders_sent=0
        )
        if not moved:
            raise Conflict(N_("Someone else changed this award a moment ago. Look again."), code="state_moved")
    publish(AwardsReoffered(awards=(award.public_id,)), by=by, subject=("award", award.public_id))


@transaction.atomic
def remind_due(institution: Institution) -> int:
    """Owe a reminder for each offer that has waited long enough; gives how many. The next one is due by the policy's days."""
    days: Sequence[int] = institution.policy("reminder_days")
    reminded: list[str] = []
    for sent, day in enumerate(days):
        due = Award.objects.filter(
            state=Award.State.OFFERED, reminders_sent=sent, released_at__lte=clock.now() - timedelta(days=day)
        ).order_by("pk")[:CHUNK]
        ids = list(due.values_list("pk", "public_id"))
        Award.objects.filter(pk__in=[pk for pk, _id in ids], reminders_sent=sent).update(reminders_sent=sent + 1)
        reminded += [public_id for _pk, public_id in ids]
    if reminded:
        publish(AwardsReminded(awards=tuple(reminded)), by=SYSTEM, subject=("institution", institution.public_id))
    return len(reminded)


@transaction.atomic
def lapse_due(institution: Institution) -> int:
    """Let offers lapse that nobody took for as long as the policy says; 0 days means never."""
    days: int = institution.policy("offer_lapses_after_days")
    if not days:
        return 0
    due = Award.objects.filter(state=Award.State.OFFERED, released_at__lte=clock.now() - timedelta(days=days))
    return _end(institution, list(due.values_list("pk", "public_id")[:CHUNK]), Award.State.LAPSED_OFFER, "lapse")


@transaction.atomic
def expire_due(institution: Institution) -> int:
    """Mark awards whose last day is over in the institution's zone."""
    today = clock.today_in(institution.zone)
    due = Award.objects.filter(state__in=[Award.State.ACCEPTED, Award.State.OFFERED], expires_on__lt=today)
    return _end(institution, list(due.values_list("pk", "public_id")[:CHUNK]), Award.State.EXPIRED, "expire")


def _end(institution: Institution, rows: Sequence[tuple[int, str]], target: str, verb: str) -> int:
    if not rows:
        return 0
    sources = [t.source for t in rules.LIFECYCLE.transitions if t.verb == verb]
    Award.objects.filter(pk__in=[pk for pk, _id in rows], state__in=sources).update(state=target)
    publish(
        AwardsEnded(awards=tuple(public_id for _pk, public_id in rows), verb=verb),
        by=SYSTEM,
        subject=("institution", institution.public_id),
    )
    return len(rows)
