"""Of which badges a certificate can be made: those of the levels that its own level combines (R-039, R-040)."""

from collections.abc import Sequence

from django.db.models import Q

from insignia.domain.catalog.models import Achievement

from .models import Proposal

_MOST = 2000


def components_for(proposal: Proposal) -> list[Achievement]:
    """What can be chosen as its components: active badges, and approved ones that are being made."""
    approved = Proposal.objects.filter(state=Proposal.State.APPROVED, achievement__isnull=False).values("achievement")
    found = Achievement.objects.select_related("level", "unit", "current").filter(
        Q(state=Achievement.State.ACTIVE) | Q(state=Achievement.State.IN_PRODUCTION, pk__in=approved)
    )
    wanted = proposal.level.policy.components_of
    if wanted:
        found = found.filter(level__key__in=wanted)
    if proposal.achievement_id is not None:
        found = found.exclude(pk=proposal.achievement_id)
    return list(found.order_by("current__name", "slug")[:_MOST])


def badges_named(ids: Sequence[str]) -> list[Achievement]:
    """The badges with these public ids."""
    return list(Achievement.objects.select_related("level", "unit", "current").filter(public_id__in=ids))
