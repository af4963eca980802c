"""What else a change of an achievement touches: stacks, holders, open offers, other proposals."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from insignia.domain.awards.models import Award
from insignia.domain.catalog.models import Achievement
from insignia.domain.institutions import queries as institutions

from . import queries
from .content import EXTRA
from .models import Proposal
from .rules import ENDED

_COMPONENTS = "components"
_HELD = (Award.State.ACCEPTED, Award.State.SUSPENDED)
_OFFERED = (Award.State.GRANTED, Award.State.HELD, Award.State.OFFERED)
_MOST = 1000


@dataclass(frozen=True, slots=True)
class Impact:
    """`stacks` are made of it, `holders` have it, to others it is `offered`; `proposals` name it and are not decided."""

    achievement: Achievement
    stacks: tuple[Achievement, ...]
    holders: int
    offers: int
    proposals: tuple[Proposal, ...]

    @property
    def is_quiet(self) -> bool:
        """Whether nothing else is touched."""
        return not (self.stacks or self.holders or self.offers or self.proposals)


def impact_of(proposal: Proposal) -> Impact | None:
    """What the change touches; None for a proposal that changes nothing that there is."""
    achievement = proposal.achievement
    if achievement is None:
        return None
    counted = dict(
        Award.objects.filter(achievement=achievement).order_by().values_list("state").annotate(number=Count("pk"))
    )
    return Impact(
        achievement,
        tuple(_stacks_with(achievement)),
        sum(counted.get(state, 0) for state in _HELD),
        sum(counted.get(state, 0) for state in _OFFERED),
        tuple(_proposals_about(achievement, proposal)),
    )


def _stacks_with(achievement: Achievement) -> list[Achievement]:
    """Achievements whose content names it as a component: only those of levels that are made of others are looked at."""
    levels = [level.pk for level in institutions.levels() if level.policy.components_of]
    rows = (
        Achievement.objects.select_related("level", "unit", "current")
        .filter(level__in=levels, current__isnull=False)
        .exclude(state__in=("retired", "archived"))
        .order_by("current__name")
    )
    return [
        row
        for row in rows[:_MOST]
        if _names(row.current.content.extra.get(_COMPONENTS) if row.current else None, achievement)
    ]


def _proposals_about(achievement: Achievement, own: Proposal) -> list[Proposal]:
    rows = queries.all_proposals().filter(submitted_at__isnull=False).exclude(pk=own.pk).exclude(state__in=ENDED)
    return [row for row in rows[:_MOST] if row.achievement_id == achievement.pk or _is_made_of(row, achievement)]


def _is_made_of(proposal: Proposal, achievement: Achievement) -> bool:
    return any(
        _names(proposal.answers.get(question.key), achievement)
        for question in proposal.form.form.questions
        if question.maps_to == EXTRA + _COMPONENTS
    )


def _names(value: Any, achievement: Achievement) -> bool:
    return isinstance(value, list) and achievement.public_id in value
