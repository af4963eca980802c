"""The whole story of a badge in the journal: from the intent to the last award, whichever of them one begins with."""

from django.db.models import Q

from insignia.domain.awards.models import Award
from insignia.domain.proposals.intents.models import Intent
from insignia.domain.proposals.writing.models import Proposal

from .models import Production

_TOGETHER = ("intent", "proposal", "production", "achievement")


def story_of(kind: str, public_id: str) -> Q:
    """The entries about the thing of this kind with this id. An intent, its proposal, their production and their badge
    have one story; awards belong to the story of their badge and of their earner."""
    subjects = _together(kind, public_id) if kind in _TOGETHER else {(kind, public_id)}
    found = Q()
    for each, key in subjects:
        found |= Q(subject_kind=each, subject_id=key)
    badges = [key for each, key in subjects if each == "achievement"]
    awards = Award.objects.none()
    if badges:
        awards = Award.objects.filter(achievement__public_id__in=badges)
    elif kind == "recipient":
        awards = Award.objects.filter(recipient__public_id=public_id)
    return found | Q(subject_kind="award", subject_id__in=awards.order_by().values("public_id"))


def _together(kind: str, public_id: str) -> set[tuple[str, str]]:
    proposals = Proposal.objects.filter(_proposals_of(kind, public_id)).values_list("pk", "public_id")
    keys = [pk for pk, _id in proposals]
    found = {(kind, public_id), *(("proposal", one) for _pk, one in proposals)}
    for production, achievement in Production.objects.filter(proposal__in=keys).values_list(
        "public_id", "achievement__public_id"
    ):
        found |= {("production", production)} | ({("achievement", achievement)} if achievement else set())
    intents = Intent.objects.filter(proposal__in=keys).values_list("public_id", flat=True)
    return found | {("intent", one) for one in intents}


def _proposals_of(kind: str, public_id: str) -> Q:
    match kind:
        case "proposal":
            return Q(public_id=public_id)
        case "intent":
            return Q(pk__in=Intent.objects.filter(public_id=public_id).values("proposal"))
        case "production":
            return Q(pk__in=Production.objects.filter(public_id=public_id).values("proposal"))
    return Q(pk__in=Production.objects.filter(achievement__public_id=public_id).values("proposal"))
