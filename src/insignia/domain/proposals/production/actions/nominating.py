"""Grantors: nominated with what qualifies them, found qualified, trained, and appointed for a time (R-106)."""

from datetime import date

from django.db import transaction

from insignia.core.errors import Conflict, NotPermitted, Rejected
from insignia.core.words import N_
from insignia.domain.access.actor import Actor
from insignia.domain.awards import actions as awards
from insignia.domain.ground import clock
from insignia.domain.journal.bus import publish
from insignia.domain.people import actions as people

from .. import authority, queries, rules
from ..events import NominationMoved
from ..models import Nomination, Production, ProductionTask
from ..rules import Kind
from .holding import held, held_task, house_for
from .tasks import started

State = Nomination.State


@transaction.atomic
def nominate(
    *,
    by: Actor,
    task: ProductionTask,
    email: str,
    name: str,
    qualification: str,
    starts_on: date,
    ends_on: date | None = None,
) -> Nomination:
    """Propose somebody as Grantor, with what makes them fit to judge the work, and for how long."""
    now = held_task(task)
    authority.require(authority.may_nominate(by, now))
    if "@" not in email or len(email) > 254:
        raise Rejected(N_("“%(email)s” is not an e-mail address."), code="email_invalid", params={"email": email})
    if not qualification.strip():
        raise Rejected(N_("Say what qualifies this person to judge the work."), code="qualification_missing")
    if ends_on is not None and ends_on < starts_on:
        raise Rejected(N_("The appointment ends before it begins."), code="ends_before_it_begins")
    user = people.person_at(email, name=name.strip())
    known = now.production.nominations.filter(user=user).first()
    if known is not None and known.state != State.DECLINED:
        raise Conflict(N_("%(name)s is nominated already."), code="already_nominated", params={"name": str(user)})
    row, _made = Nomination.objects.update_or_create(
        institution_id=now.institution_id,
        production=now.production,
        user=user,
        defaults={
            "qualification": qualification.strip()[:5000],
            "starts_on": starts_on,
            "ends_on": ends_on,
            "state": State.NOMINATED,
            "reason": "",
            "nominated_by_id": by.user_pk,
            "nominated_at": clock.now(),
            "confirmed_by": None,
            "confirmed_at": None,
        },
    )
    started(by, now)
    _tell(by, now.production, row, "nominate")
    return row


@transaction.atomic
def confirm(*, by: Actor, nomination: Nomination) -> Nomination:
    """Find the person qualified. Trained as the level asks, they are appointed at once, and else when they are."""
    production = held(nomination.production)
    authority.require_manage(by, production)
    if nomination.user_id == by.user_pk:
        raise NotPermitted(N_("Somebody else says whether you are qualified."), code="own_nomination")
    _move(
        by, production, nomination, "confirm", facts={"manages"}, confirmed_by_id=by.user_pk, confirmed_at=clock.now()
    )
    appoint_ready(by, production)
    nomination.refresh_from_db()
    return nomination


@transaction.atomic
def decline(*, by: Actor, nomination: Nomination, reason: str) -> None:
    """Say that somebody will not be appointed, and why. An appointment that was made is ended where Grantors are."""
    production = held(nomination.production)
    authority.require_manage(by, production)
    if not reason.strip():
        raise Rejected(N_("Say why: whoever nominated them will ask."), code="reason_missing")
    _move(by, production, nomination, "decline", facts={"reason"}, reason=reason.strip()[:500])


def appoint_ready(by: Actor, production: Production) -> None:
    """Appoint everybody who was found qualified and is trained, as soon as there is something to award."""
    trained = _trained(production)
    asks = production.proposal.level.policy.training_required
    for row in production.nominations.filter(state__in=(State.CONFIRMED, State.TRAINING_DUE)).select_related("user"):
        day = trained.get(row.user_id)
        if asks and day is None:
            if row.state == State.CONFIRMED:
                _move(by, production, row, "ask_training", facts=set())
        elif production.achievement is not None:
            grantor = awards.appoint_grantor(
                by=house_for(by),
                achievement=production.achievement,
                user=row.user,
                qualification=row.qualification,
                starts_on=row.starts_on,
                ends_on=row.ends_on,
                trained_on=day,
            )
            _move(by, production, row, "appoint", facts={"trained", "made"}, grantor=grantor)


def _trained(production: Production) -> dict[int, date]:
    """Who was trained in everything that this checklist's trainings cover, and since when."""
    wanted = {item["key"] for task in queries.tasks_of(production) if task.kind == Kind.TRAINING for item in task.items}
    days: dict[int, dict[str, date]] = {}
    for row in queries.trainings_of(production):
        days.setdefault(row.user_id, {})[row.item] = row.trained_on
    return {user: max(items.values()) for user, items in days.items() if wanted <= set(items)}


def _move(
    by: Actor, production: Production, nomination: Nomination, verb: str, *, facts: set[str], **values: object
) -> None:
    target = rules.NOMINATION.take(verb, nomination.state, facts=facts).target
    moved = Nomination.objects.filter(pk=nomination.pk, state=nomination.state).update(state=target, **values)
    if not moved:
        raise Conflict(N_("Somebody else decided on this a moment ago. Look again."), code="state_moved")
    nomination.state = target
    _tell(by, production, nomination, verb)


def _tell(by: Actor, production: Production, nomination: Nomination, verb: str) -> None:
    event = NominationMoved(production=production.public_id, nomination=nomination.public_id, verb=verb)
    publish(event, by=by, subject=("production", production.public_id))
