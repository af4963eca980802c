"""What may be asked about intents, and who may read which."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from insignia.core.errors import NotFound
from insignia.core.words import N_
from insignia.domain.access.actor import Actor
from insignia.domain.access.permissions import Permission
from insignia.domain.catalog.rules import searchable
from insignia.domain.ground import clock
from insignia.domain.institutions import queries as institutions
from insignia.domain.institutions.models import Institution
from insignia.domain.proposals.forms import queries as forms
from insignia.domain.proposals.forms.models import FormVersion

from . import rules
from .models import Contact, Intent, Invitation

STATES = [(state.value, state.label) for state in Intent.State if state is not Intent.State.DRAFT]
LOGGED_CHANNELS = [(one.value, one.label) for one in (Intent.Channel.EMAIL, Intent.Channel.TALK)]
CONTACT_KINDS = Contact.Kind.choices
CONTACT_AUDIENCES = Contact.Audience.choices
_WITH = ("unit__parent__parent__parent", "level", "institution", "proposer", "assignee", "proposal", "form")


def all_intents() -> QuerySet[Intent]:
    """Every intent of the current institution, the newest first."""
    return Intent.objects.select_related(*_WITH)


def visible_to(actor: Actor) -> QuerySet[Intent]:
    """Own intents, and those that `actor` looks after."""
    own = Q(proposer=actor.user_pk) | Q(contact_email__in=actor.addresses, proposer=None)
    if actor.places(Permission.PROPOSAL_MANAGE, "institution"):
        managed = Q(pk__isnull=False)
    else:
        managed = Q(unit__in=institutions.units_of(actor, Permission.PROPOSAL_MANAGE))
    return all_intents().filter(own | (managed & ~Q(state=Intent.State.DRAFT)))


def searched(found: QuerySet[Intent], *, words: str, state: str, institution: Institution) -> QuerySet[Intent]:
    """Those that hold all the words, in one state; "overdue" for those that have waited too long."""
    for word in searchable(words).split()[:10]:
        found = found.filter(search_text__contains=word)
    if state == "overdue":
        return overdue(found, institution)
    return found.filter(state=state) if state else found


def overdue(found: QuerySet[Intent], institution: Institution) -> QuerySet[Intent]:
    """Those to which nobody has got in touch in time (R-058); the same answer as `rules.is_overdue`, for lists."""
    last = clock.today_in(institution.zone) - timedelta(days=int(institution.policy("first_contact_days")))
    return found.filter(state=Intent.State.SUBMITTED, first_contact_on=None, received_on__lt=last)


def verbs(intent: Intent) -> frozenset[str]:
    """What may happen to it now."""
    asks = bool(intent.institution.policy("proposal_by_invitation"))
    facts = frozenset({"by_invitation" if asks else "without_invitation"})
    return frozenset(one.verb for one in rules.LIFECYCLE.open_to(intent.state, facts=facts))


def invitation_state(invitation: Invitation, actor: Actor) -> str:
    """Whether its link opens the proposal for `actor`: "open", "used", or why it does not."""
    if not is_own(actor, invitation.intent) and invitation.address.lower() not in actor.addresses:
        return "other"
    if invitation.opened_at and invitation.intent.proposal_id:
        return "used"
    if invitation.revoked_at:
        return "revoked"
    return "expired" if invitation.expires_at <= clock.now() else "open"


def intent_for(actor: Actor, public_id: str) -> Intent:
    """One intent that `actor` may read; raises `NotFound`."""
    found = visible_to(actor).filter(public_id=public_id).first()
    if found is None:
        raise NotFound(N_("There is no such intent here, or it is not for you to read."))
    return found


def is_own(actor: Actor, intent: Intent) -> bool:
    """Whether it is `actor`'s idea."""
    if intent.proposer_id is not None:
        return intent.proposer_id == actor.user_pk
    return intent.contact_email.lower() in actor.addresses


def contacts_of(intent: Intent, actor: Actor) -> QuerySet[Contact]:
    """The support log, as far as `actor` may read it: what the office notes for itself stays there."""
    rows = intent.contacts.defer("file").select_related("author")
    return rows if actor.may(Permission.PROPOSAL_MANAGE, on=intent) else rows.filter(audience=Contact.Audience.SHARED)


def contact_of(intent: Intent, actor: Actor, public_id: str) -> Contact:
    """One entry of the log with its file; raises `NotFound`."""
    found = contacts_of(intent, actor).filter(public_id=public_id).defer(None).first()
    if found is None:
        raise NotFound(N_("There is no such file here."))
    return found


def invitations_of(intent: Intent) -> QuerySet[Invitation]:
    """Every invitation that was sent for it, the newest first."""
    return intent.invitations.select_related("made_by")


def live_invitation(intent: Intent) -> Invitation | None:
    """The invitation that opens the proposal now."""
    return (
        intent.invitations.filter(revoked_at=None, opened_at=None, expires_at__gt=clock.now()).order_by("-pk").first()
    )


def intent_form(institution: Institution) -> FormVersion | None:
    """The form with which an intent is stated here, if there is one."""
    key = institution.policy("intent_form")
    return forms.newest(key) if key else None


@dataclass(frozen=True, slots=True)
class Line:
    """An intent in a list, and whether it has waited too long for the first contact."""

    intent: Intent
    is_overdue: bool


def lines(rows: QuerySet[Intent] | list[Intent], institution: Institution) -> list[Line]:
    """Intents with what a list flags."""
    today: date = clock.today_in(institution.zone)
    days = int(institution.policy("first_contact_days"))
    return [
        Line(
            row,
            rules.is_overdue(row.state, row.received_on, row.first_contact_on, days=days, today=today),
        )
        for row in rows
    ]
