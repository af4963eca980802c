"""What can be chosen in a form: badges that a certificate is made of, and skills that its own words speak of."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Q

from insignia.domain.catalog.models import Achievement
from insignia.domain.frameworks import queries as frameworks
from insignia.domain.frameworks.models import Skill

from .likeness import words_of
from .models import Proposal

_MOST = 2000
_MOST_SKILLS = 5000
_SUGGESTED = 6
_SPEAKING = frozenset({"name", "description", "outcomes", "criteria"})


def components_for(proposal: Proposal) -> list[Achievement]:
    """What can be chosen as its components: badges of the levels that its own level combines, active or approved."""
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


def skills_suggested(proposal: Proposal) -> list[Skill]:
    """Skills all of whose words the proposal uses already, the longest names first."""
    text = words_of(_spoken(proposal))
    if not text:
        return []
    found: list[tuple[int, int]] = []
    for pk, name in frameworks.skills().values_list("pk", "name")[:_MOST_SKILLS]:
        words = words_of([name])
        if words and words <= text:
            found.append((-len(words), pk))
    chosen = [pk for _length, pk in sorted(found)[:_SUGGESTED]]
    rows = frameworks.skills().in_bulk(chosen)
    return [rows[pk] for pk in chosen]


def _spoken(proposal: Proposal) -> Iterator[str]:
    for question in proposal.form.form.questions:
        value: Any = proposal.answers.get(question.key)
        if question.maps_to in _SPEAKING and value:
            yield from map(str, value if isinstance(value, list) else [value])
