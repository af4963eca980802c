"""A talk about the skills before anything is handed in. It blocks nothing (R-063)."""

from django.db import transaction

from insignia.core.errors import Conflict, NotPermitted, Rejected
from insignia.core.words import N_
from insignia.domain.access.actor import Actor
from insignia.domain.access.permissions import Permission
from insignia.domain.ground import clock
from insignia.domain.journal.bus import publish

from ..events import ConsultationAnswered, ConsultationAsked
from ..models import Consultation, Proposal
from ..queries import is_writer


@transaction.atomic
def ask_consultation(*, by: Actor, proposal: Proposal, question: str = "") -> Consultation:
    """Ask whoever reviews skills here for a talk; one at a time."""
    if not is_writer(by, proposal) or by.user_pk is None:
        raise NotPermitted(N_("Only those who write this proposal ask for a consultation."), code="not_yours")
    role = proposal.institution.policy("consultation_role")
    if not role:
        raise Rejected(N_("Nobody gives consultations here."), code="no_consultation")
    if proposal.consultations.filter(answered_at=None).exists():
        raise Conflict(N_("A consultation was asked for already and is still open."), code="consultation_open")
    row = Consultation.objects.create(
        institution_id=proposal.institution_id,
        proposal=proposal,
        role=role,
        question=question.strip()[:2000],
        asked_by_id=by.user_pk,
    )
    event = ConsultationAsked(proposal=proposal.public_id, consultation=row.public_id, role=role)
    publish(event, by=by, subject=("proposal", proposal.public_id))
    return row


@transaction.atomic
def answer_consultation(*, by: Actor, consultation: Consultation, outcome: str) -> None:
    """Write down what came of it; those who write the proposal read it there."""
    proposal = consultation.proposal
    by.require(Permission.PROPOSAL_DECIDE, on=proposal.institution)
    if not outcome.strip():
        raise Rejected(N_("Write down what came of it."), code="outcome_missing")
    moved = Consultation.objects.filter(pk=consultation.pk, answered_at=None).update(
        outcome=outcome.strip()[:5000], answered_by_id=by.user_pk, answered_at=clock.now()
    )
    if not moved:
        raise Conflict(N_("Somebody else answered it a moment ago."), code="already_answered")
    event = ConsultationAnswered(proposal=proposal.public_id, consultation=consultation.public_id)
    publish(event, by=by, subject=("proposal", proposal.public_id))
