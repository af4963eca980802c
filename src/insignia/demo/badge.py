"""A badge that a university brought along when it began with Insignia: written and approved before, and active at once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from insignia.domain.access.actor import SYSTEM
from insignia.domain.catalog import actions as catalog
from insignia.domain.catalog.rules import Content, Link

from .stage import Stage


@dataclass(frozen=True, slots=True)
class Badge:
    """What it says. `components` are the short names of the badges that a certificate is made of."""

    name: str
    level: str
    unit: str
    symbol: str
    description: str
    criteria: str
    outcomes: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    demand: str = ""
    effort: str = ""
    assessment: str = ""
    activity: str = "course"
    tags: tuple[str, ...] = ()
    audience: tuple[str, ...] = ("students",)
    credit: str = "noncredit"
    credits: float = 0
    distinction: str = ""
    valid_months: int = 0
    components: tuple[str, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)


def make(stage: Stage, badge: Badge, *, handbook: str, approved_by: str, approved_on: date | None) -> None:
    """Draft it and make it active; from then on the stage knows it by its short name."""
    extra = dict(badge.extra)
    if badge.components:
        extra["components"] = [stage.badges[slug].public_id for slug in badge.components]
    content = Content(
        name=badge.name,
        description=badge.description,
        criteria=badge.criteria,
        outcomes=badge.outcomes,
        skills=stage.alignments(badge.skills),
        links=(Link("Handbook for earners", handbook),),
        tags=badge.tags,
        audience=badge.audience,
        activity=badge.activity,
        credit=badge.credit,
        credits=badge.credits,
        effort=badge.effort,
        assessment=badge.assessment,
        demand=badge.demand,
        variants=("with_distinction",) if badge.distinction else (),
        distinction_criteria=badge.distinction,
        valid_months=badge.valid_months,
        symbol=badge.symbol,
        extra=extra,
    )
    draft = catalog.draft_achievement(
        by=SYSTEM, unit=stage.units[badge.unit], level=stage.level(badge.level), content=content
    )
    active = catalog.activate(by=SYSTEM, achievement=draft, approved_by=approved_by, approved_on=approved_on)
    stage.badges[active.slug] = active
