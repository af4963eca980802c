"""That somebody looked at a version: what is new to them from then on."""

from django.db import transaction

from insignia.domain.access.actor import Actor
from insignia.domain.proposals.writing.models import Proposal

from ..models import Look


@transaction.atomic
def note_look(*, by: Actor, proposal: Proposal, version: int) -> None:
    """Remember that `by`, who may read it, saw `version`; the one before it stays known for comparing. No news."""
    if by.user_pk is None or not version:
        return
    seen = Look.objects.filter(proposal=proposal, user_id=by.user_pk).first()
    if seen is None:
        Look.objects.get_or_create(
            proposal=proposal,
            user_id=by.user_pk,
            defaults={"institution_id": proposal.institution_id, "version": version},
        )
    elif seen.version < version:
        Look.objects.filter(pk=seen.pk, version=seen.version).update(version=version, before=seen.version)
