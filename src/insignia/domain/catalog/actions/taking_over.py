"""Badges of another system become drafts here, each with its picture where that is fit to be kept."""

from collections.abc import Sequence
from dataclasses import dataclass

from insignia.core.errors import InsigniaError
from insignia.domain.access.actor import Actor
from insignia.domain.access.permissions import Permission
from insignia.domain.institutions.models import TaxonomyLevel, Unit

from ..importing import ForeignBadge
from .artwork import add_artwork
from .bringing_in import Outcome
from .drafting import draft_achievement


@dataclass(frozen=True, slots=True)
class Wanted:
    """One badge, where it shall stand, and its picture with words for it; without one it gets a symbol later."""

    badge: ForeignBadge
    level: TaxonomyLevel
    picture: bytes = b""
    alt: str = ""


def take_over(*, by: Actor, unit: Unit, wanted: Sequence[Wanted]) -> list[Outcome]:
    """Draft each badge in `unit`. One that is refused says why and leaves the others alone; no picture is no reason."""
    by.require(Permission.ACHIEVEMENT_EDIT, on=unit)
    return [_drafted(by, unit, one) for one in wanted]


def _drafted(by: Actor, unit: Unit, one: Wanted) -> Outcome:
    try:
        artwork = add_artwork(by=by, unit=unit, data=one.picture, alt=one.alt) if one.picture and one.alt else None
        achievement = draft_achievement(by=by, unit=unit, level=one.level, content=one.badge.content, artwork=artwork)
    except InsigniaError as refused:
        return Outcome(one.badge.number, error=refused)
    return Outcome(one.badge.number, achievement)
