"""Remarks on a proposal, and what becomes of them."""

from django.db import transaction

from insignia.core.errors import NotPermitted, Rejected
from insignia.core.words import N_
from insignia.domain.access.actor import Actor
from insignia.domain.ground import clock
from insignia.domain.journal.bus import publish

from ..events import RemarkMade, RemarkResolved
from ..models import Proposal, Remark
from ..queries import is_writer, newest_version

MOST_CHARACTERS = 5000


@transaction.atomic
def remark(
    *,
    by: Actor,
    proposal: Proposal,
    text: str,
    question: str = "",
    answer_to: Remark | None = None,
    audience: str = Remark.Audience.ALL,
) -> Remark:
    """Say something about a question or about the whole. Whoever may read a proposal (the caller asked for it as they
    may) may speak about it; among reviewers only, those who write it do not."""
    if by.user_pk is None:
        raise NotPermitted(N_("Only people remark on proposals."), code="not_a_person")
    if not text.strip():
        raise Rejected(N_("Write something first."), code="remark_empty")
    if answer_to is not None:
        answer_to = answer_to.answer_to or answer_to
        question, audience = answer_to.question, answer_to.audience
    if audience == Remark.Audience.REVIEWERS and is_writer(by, proposal):
        raise NotPermitted(N_("Reviewers speak there among themselves."), code="not_yours")
    if question and question not in {q.key for q in proposal.form.form.questions}:
        raise Rejected(N_("The form asks no such question."), code="unknown_question")
    newest = newest_version(proposal)
    row = Remark.objects.create(
        institution_id=proposal.institution_id,
        proposal=proposal,
        version=newest.number if newest else 0,
        question=question,
        answer_to=answer_to,
        author_id=by.user_pk,
        audience=audience,
        text=text.strip()[:MOST_CHARACTERS],
    )
    publish(
        RemarkMade(proposal=proposal.public_id, remark=row.public_id),
        by=by,
        subject=("proposal", proposal.public_id),
    )
    return row


@transaction.atomic
def resolve(*, by: Actor, proposal: Proposal, remark: Remark) -> None:
    """Settle a remark: whoever made it may, and those who write the proposal."""
    if remark.author_id != by.user_pk and not is_writer(by, proposal):
        raise NotPermitted(N_("This is for whoever made the remark, or for the proposer."), code="not_yours")
    done = Remark.objects.filter(pk=remark.pk, resolved_at=None).update(
        resolved_at=clock.now(), resolved_by_id=by.user_pk
    )
    if done:
        publish(
            RemarkResolved(proposal=proposal.public_id, remark=remark.public_id),
            by=by,
            subject=("proposal", proposal.public_id),
        )
