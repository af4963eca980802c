"""Hearing of a proposal without having a task in it."""

from django.db import transaction

from insignia.core.errors import NotPermitted
from insignia.core.words import N_
from insignia.domain.access.actor import Actor
from insignia.domain.proposals.writing.models import Proposal

from ..models import Watch


@transaction.atomic
def watch(*, by: Actor, proposal: Proposal) -> None:
    """Hear from now on what becomes of it; the caller found that `by` may read it."""
    if by.user_pk is None:
        raise NotPermitted(N_("Only people watch proposals."), code="not_a_person")
    Watch.objects.get_or_create(institution_id=proposal.institution_id, proposal=proposal, user_id=by.user_pk)


@transaction.atomic
def unwatch(*, by: Actor, proposal: Proposal) -> None:
    """Hear no more of it."""
    if by.user_pk is None:
        return
    Watch.objects.filter(proposal=proposal, user_id=by.user_pk).delete()
