"""What changes about intents: stated or logged, supported, invited, declined, and on to a proposal."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from insignia.core.errors import Conflict, NotPermitted, Rejected
from insignia.core.questions.answers import cleaned, missing
from insignia.core.questions.facts import fields_of
from insignia.core.words import N_
from insignia.domain.access.actor import SYSTEM, Actor
from insignia.domain.access.permissions import Permission
from insignia.domain.catalog.rules import searchable
from insignia.domain.ground import clock
from insignia.domain.institutions.models import Institution, TaxonomyLevel, Unit
from insignia.domain.journal.bus import publish
from insignia.domain.people.models import User
from insignia.domain.proposals.writing import actions as writing
from insignia.domain.proposals.writing.models import Proposal
from insignia.domain.proposals.writing.rules import SIGNED_LINK, media_type

from . import queries, rules
from .events import ContactLogged, IntentMoved, InvitationRevoked, InvitationSent
from .models import Contact, Intent, Invitation


@transaction.atomic
def begin_intent(*, by: Actor, unit: Unit, level: TaxonomyLevel | None = None) -> Intent:
    """Begin to state an intent, in the form that the institution has for it."""
    by.require(Permission.PROPOSAL_START, on=unit)
    if by.user_pk is None:
        raise NotPermitted(N_("Only people state intents."), code="not_a_person")
    if level is not None:
        writing.check_eligible(by, level)
    return Intent.objects.create(
        institution=unit.institution,
        title="",
        unit=unit,
        level=level,
        proposer_id=by.user_pk,
        form=queries.intent_form(unit.institution),
    )


@transaction.atomic
def write_intent(*, by: Actor, intent: Intent, sent: Mapping[str, Any], title: str = "", note: str = "") -> Intent:
    """Keep what was typed. Without a form, an intent is a title and a few sentences."""
    now = _held(intent)
    if not queries.is_own(by, now):
        raise NotPermitted(N_("Only whoever states this intent can change it."), code="not_yours")
    if now.state != Intent.State.DRAFT:
        raise Rejected(N_("It was sent and can only be read now."), code="not_editable")
    if now.form:
        now.answers = dict(cleaned(now.form.form, {**now.answers, **sent})[0])
        title = title or str(fields_of(now.form.form, now.answers).get("name", ""))
    now.title, now.note = title.strip()[:200] or now.title, note.strip() or now.note
    return _save(now)


@transaction.atomic
def submit_intent(*, by: Actor, intent: Intent) -> Intent:
    """Send it to the program office; lists everything that is missing."""
    now = _held(intent)
    if not queries.is_own(by, now):
        raise NotPermitted(N_("Only whoever states this intent can send it."), code="not_yours")
    lacking = list(missing(now.form.form, now.answers)) if now.form else []
    details = [Rejected(problem.message, code=problem.code, params=problem.params) for problem in lacking]
    if not now.title:
        details.insert(0, Rejected(N_("It needs a title, if only for the time being."), code="missing_title"))
    if details:
        raise Rejected(N_("Something is still missing."), code="incomplete", details=details)
    now.received_on = clock.today_in(now.institution.zone)
    return _move(by, now, "submit")


@transaction.atomic
def log_intent(
    *,
    by: Actor,
    unit: Unit,
    title: str,
    contact_name: str,
    contact_email: str,
    note: str = "",
    received_on: date | None = None,
    channel: str = Intent.Channel.EMAIL,
    level: TaxonomyLevel | None = None,
) -> Intent:
    """Log an intent that reached the office by mail or in a conversation (R-057)."""
    by.require(Permission.PROPOSAL_MANAGE, on=unit)
    if not title.strip() or not contact_email.strip():
        raise Rejected(N_("Say what it is about, and how to reach whoever has it in mind."), code="incomplete")
    address = contact_email.strip().lower()
    known = User.objects.filter(email__iexact=address).first()
    today = clock.today_in(unit.institution.zone)
    if received_on and received_on > today:
        raise Rejected(N_("It cannot have been received in the future."), code="received_later")
    intent = Intent.objects.create(
        institution=unit.institution,
        state=Intent.State.SUBMITTED,
        channel=channel,
        title=title.strip()[:200],
        unit=unit,
        level=level,
        proposer=known,
        contact_name=contact_name.strip(),
        contact_email=address,
        note=note.strip(),
        received_on=received_on or today,
    )
    _save(intent)
    _tell(by, intent, "log")
    return intent


@transaction.atomic
def log_contact(
    *,
    by: Actor,
    intent: Intent,
    kind: str,
    text: str,
    on: date,
    audience: str = Contact.Audience.OFFICE,
    file_name: str = "",
    file: bytes = b"",
) -> Contact:
    """Write into the support log. The first real contact begins the support and is what the office is measured by."""
    by.require(Permission.PROPOSAL_MANAGE, on=intent)
    now = _held(intent)
    if not text.strip():
        raise Rejected(N_("Write down what was said."), code="contact_empty")
    if on > clock.today_in(now.institution.zone):
        raise Rejected(N_("A contact that is still to come is a next step."), code="contact_later")
    kind_of_file = media_type(file, file_name) if file else ""
    if file and not kind_of_file:
        raise Rejected(
            N_("This kind of file is not taken. Possible are PDF, PNG, JPEG, plain text and office documents."),
            code="file_kind",
        )
    contact = Contact.objects.create(
        institution_id=now.institution_id,
        intent=now,
        kind=kind,
        audience=audience,
        on=on,
        text=text.strip(),
        file_name=file_name[-200:] if file else "",
        file_type=kind_of_file,
        file=file or None,
        author_id=by.user_pk,
    )
    publish(ContactLogged(intent=now.public_id, contact=contact.public_id), by=by, subject=("intent", now.public_id))
    if kind != Contact.Kind.NOTE:
        now.first_contact_on = min(now.first_contact_on or on, on)
        if now.state == Intent.State.SUBMITTED:
            _move(by, now, "start_support")
        else:
            _save(now)
    return contact


@transaction.atomic
def plan_support(
    *, by: Actor, intent: Intent, assignee: User | None, next_action: str, next_action_on: date | None
) -> Intent:
    """Say who looks after it, and what comes next."""
    by.require(Permission.PROPOSAL_MANAGE, on=intent)
    now = _held(intent)
    now.assignee, now.next_action, now.next_action_on = assignee, next_action.strip()[:300], next_action_on
    return _save(now)


@transaction.atomic
def invite(*, by: Actor, intent: Intent, days: int = 0) -> Invitation:
    """Send the link that opens the proposal form, for this intent alone; an earlier link opens nothing any more."""
    by.require(Permission.PROPOSAL_MANAGE, on=intent)
    now = _held(intent)
    if not now.address:
        raise Rejected(N_("There is no address to send the link to."), code="no_address")
    if now.level is None:
        raise Rejected(N_("Say first which kind of badge is to be proposed."), code="no_level")
    now.invitations.filter(revoked_at=None, opened_at=None).update(revoked_at=clock.now())
    invitation = Invitation.objects.create(
        institution_id=now.institution_id,
        intent=now,
        address=now.address,
        made_by_id=by.user_pk,
        expires_at=clock.now() + timedelta(days=days or int(now.institution.policy("invitation_days"))),
    )
    _move(by, now, "invite")
    publish(
        InvitationSent(intent=now.public_id, invitation=invitation.public_id),
        by=by,
        subject=("intent", now.public_id),
    )
    return invitation


@transaction.atomic
def revoke_invitation(*, by: Actor, invitation: Invitation) -> None:
    """Let the link open nothing any more; the intent goes back to its support."""
    intent = _held(invitation.intent)
    by.require(Permission.PROPOSAL_MANAGE, on=intent)
    done = Invitation.objects.filter(pk=invitation.pk, revoked_at=None, opened_at=None).update(revoked_at=clock.now())
    if not done:
        raise Conflict(N_("It was used or revoked already."), code="invitation_over")
    publish(
        InvitationRevoked(intent=intent.public_id, invitation=invitation.public_id),
        by=by,
        subject=("intent", intent.public_id),
    )
    if intent.state == Intent.State.INVITED:
        _move(by, intent, "revoke_invitation")


@transaction.atomic
def set_level(*, by: Actor, intent: Intent, level: TaxonomyLevel) -> Intent:
    """Say which kind of badge it is to be."""
    by.require(Permission.PROPOSAL_MANAGE, on=intent)
    now = _held(intent)
    now.level = level
    return _save(now)


@transaction.atomic
def open_invitation(*, by: Actor, invitation: Invitation) -> Proposal:
    """Begin the proposal through the link, filled in with what the intent said; a second visit finds it again."""
    intent = _held(invitation.intent)
    if not queries.is_own(by, intent) and invitation.address.lower() not in by.addresses:
        raise NotPermitted(
            N_("This invitation is for somebody else. Sign in with the address to which it was sent."),
            code="not_invited",
        )
    if invitation.opened_at and intent.proposal:
        return intent.proposal
    if invitation.revoked_at:
        raise NotPermitted(
            N_("This invitation was withdrawn. Ask the program manager for another."), code="invitation_revoked"
        )
    if invitation.expires_at <= clock.now():
        raise NotPermitted(
            N_("This invitation has expired. Ask the program manager for another."), code="invitation_expired"
        )
    opened = Invitation.objects.filter(pk=invitation.pk, opened_at=None, revoked_at=None).update(opened_at=clock.now())
    if not opened:
        raise Conflict(N_("It was opened a moment ago."), code="invitation_over")
    if intent.proposer_id is None:
        intent.proposer_id = by.user_pk
    return _become_proposal(by, intent, "open_link", SIGNED_LINK)


@transaction.atomic
def open_proposal(*, by: Actor, intent: Intent, level: TaxonomyLevel) -> Proposal:
    """Go on from an intent to the proposal, where no invitation is asked for."""
    now = _held(intent)
    if not queries.is_own(by, now):
        raise NotPermitted(N_("Only whoever states this intent can go on with it."), code="not_yours")
    now.level = level
    return _become_proposal(by, now, "open_proposal", "")


@transaction.atomic
def decline(*, by: Actor, intent: Intent, reason: str) -> Intent:
    """Say that it will not become a proposal, and why."""
    by.require(Permission.PROPOSAL_MANAGE, on=intent)
    if not reason.strip():
        raise Rejected(N_("Say why: whoever had the idea will read it."), code="reason_missing")
    now = _held(intent)
    now.reason = reason.strip()[:500]
    return _move(by, now, "decline", reason=now.reason)


@transaction.atomic
def withdraw(*, by: Actor, intent: Intent) -> Intent:
    """Give it up."""
    now = _held(intent)
    if not queries.is_own(by, now):
        raise NotPermitted(N_("Only whoever states this intent can withdraw it."), code="not_yours")
    now.invitations.filter(revoked_at=None, opened_at=None).update(revoked_at=clock.now())
    return _move(by, now, "withdraw")


def lapse_due(institution: Institution) -> int:
    """Let intents lapse whose invitation nobody opened in time; gives how many."""
    lapsed = 0
    for intent in queries.all_intents().filter(institution=institution, state=Intent.State.INVITED)[:200]:
        if queries.live_invitation(intent) is None:
            with transaction.atomic():
                _move(SYSTEM, _held(intent), "lapse")
            lapsed += 1
    return lapsed


def _become_proposal(by: Actor, intent: Intent, verb: str, via: str) -> Proposal:
    if intent.level is None:
        raise Rejected(N_("Say first which kind of badge is to be proposed."), code="no_level")
    proposal = writing.begin_proposal(
        by=by, unit=intent.unit, level=intent.level, answers=intent.answers, title=intent.title, via=via
    )
    intent.proposal = proposal
    _move(by, intent, verb)
    return proposal


def _held(intent: Intent) -> Intent:
    return queries.all_intents().select_for_update(of=("self",)).get(pk=intent.pk)


def _move(by: Actor, intent: Intent, verb: str, *, reason: str = "") -> Intent:
    asks = bool(intent.institution.policy("proposal_by_invitation"))
    facts = frozenset({"by_invitation" if asks else "without_invitation"})
    intent.state = rules.LIFECYCLE.take(verb, intent.state, facts=facts).target
    _save(intent)
    _tell(by, intent, verb, reason=reason)
    return intent


def _save(intent: Intent) -> Intent:
    intent.updated_at = clock.now()
    intent.search_text = searchable(intent.title, intent.unit.name, intent.contact, intent.address)
    intent.save()
    return intent


def _tell(by: Actor, intent: Intent, verb: str, *, reason: str = "") -> None:
    event = IntentMoved(intent=intent.public_id, verb=verb, state=intent.state)
    publish(event, by=by, subject=("intent", intent.public_id), reason=reason)
