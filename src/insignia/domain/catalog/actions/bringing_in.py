"""Achievements that existed before this system: they come in as drafts, and are made active in the background."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import transaction

from insignia.core.errors import Conflict, InsigniaError, NotFound, Rejected
from insignia.core.words import N_
from insignia.domain.access.actor import SYSTEM, Actor
from insignia.domain.access.permissions import Permission
from insignia.domain.institutions import queries as institutions
from insignia.domain.institutions.models import TaxonomyLevel, Unit
from insignia.domain.journal.bus import publish

from .. import queries
from ..drawing import proposed
from ..events import AchievementsBroughtIn
from ..importing import Line
from ..models import Achievement, AchievementVersion
from .activating import activate
from .drafting import draft_achievement

# Each chunk is one delivery: drawing its images takes a few seconds at most.
_CHUNK = 10


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a row ended: with an achievement that will be active as soon as its images are drawn, or with a reason."""

    row: int
    achievement: Achievement | None = None
    error: InsigniaError | None = None


@dataclass(frozen=True, slots=True)
class _Places:
    """Where the rows of one file can go."""

    units: dict[str, Unit]
    levels: dict[str, TaxonomyLevel]

    @classmethod
    def named_in(cls, lines: Sequence[Line]) -> "_Places":
        units = institutions.units().filter(code__in={line.unit for line in lines})
        levels = institutions.levels().filter(key__in={line.level for line in lines})
        return cls({unit.code: unit for unit in units}, {level.key: level for level in levels})


def check_drawable(lines: Sequence[Line]) -> list[Outcome]:
    """The lines whose image cannot be drawn, each with the reason; nothing is written."""
    places = _Places.named_in(lines)
    refused = []
    for line in lines:
        try:
            proposed(unit=places.units[line.unit], level=places.levels[line.level], content=line.content)
        except InsigniaError as reason:
            refused.append(Outcome(line.row, error=reason))
    return refused


def bring_in(*, by: Actor, lines: Sequence[Line]) -> list[Outcome]:
    """Draft the achievements of `lines`, marked as approved before; each becomes active once its images are drawn.

    A row that is refused says why and leaves the others alone.
    """
    places = _Places.named_in(lines)
    outcomes = [_drafted(by, line, places) for line in lines]
    made = [outcome.achievement for outcome in outcomes if outcome.achievement is not None]
    for first in range(0, len(made), _CHUNK):
        chunk = made[first : first + _CHUNK]
        with transaction.atomic():
            publish(
                AchievementsBroughtIn(achievements=tuple(achievement.public_id for achievement in chunk)),
                by=by,
                subject=("institution", chunk[0].institution.public_id),
            )
    return outcomes


def _drafted(by: Actor, line: Line, places: _Places) -> Outcome:
    try:
        unit, level = places.units.get(line.unit), places.levels.get(line.level)
        if unit is None or level is None:
            raise Conflict(N_("Its unit or level is no longer there. Look at the file again."), code="place_gone")
        by.require(Permission.ACHIEVEMENT_ACTIVATE, on=unit)
        with transaction.atomic():
            achievement = draft_achievement(by=by, unit=unit, level=level, content=line.content, slug=line.slug)
            AchievementVersion.objects.filter(achievement=achievement, frozen_at=None).update(
                approved_by=line.approved_by, approved_on=line.approved_on
            )
    except InsigniaError as refused:
        return Outcome(line.row, error=refused)
    return Outcome(line.row, achievement)


def complete_arrivals(public_ids: Sequence[str], *, on_behalf_of: str) -> list[InsigniaError]:
    """Make achievements active that were brought in; what somebody changed meanwhile waits for them as a draft.

    Run again it finds nothing left to do. Gives the reasons for which some stay drafts.
    """
    refused: list[InsigniaError] = []
    waiting = queries.arriving().filter(public_id__in=list(public_ids))
    for achievement in waiting:
        try:
            activate(by=replace(SYSTEM, on_behalf_of=on_behalf_of), achievement=achievement)
        except (Rejected, Conflict, NotFound) as reason:
            refused.append(reason)
    return refused
