"""What there is already that is like a proposal: active badges, and proposals that others have handed in (R-912)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from insignia.domain.access.actor import Actor
from insignia.domain.catalog.models import Achievement

from . import queries
from .content import content_of
from .likeness import Likeness, Said, likeness, words_of
from .models import Proposal
from .rules import ENDED

# So that a catalogue of thousands does not hold up whoever is typing.
_MOST_BADGES = 3000
_MOST_PROPOSALS = 300
_ALIKE = 0.4
_SHOWN = 4


@dataclass(frozen=True, slots=True)
class Similar:
    """One that is like it: a badge, or a proposal; `public_id` only where whoever asked may open it."""

    kind: str  # "badge" | "proposal"
    name: str
    level: str
    unit: str
    public_id: str
    likeness: Likeness


def similar_to(proposal: Proposal, actor: Actor) -> list[Similar]:
    """The most alike first, a handful at most; what the proposal itself is about is not among them."""
    content = content_of(proposal.form.form, proposal.answers, title=proposal.title)
    mine = Said(words_of([content.name]), words_of(content.outcomes), frozenset(skill.url for skill in content.skills))
    if not mine.name and not mine.skills:
        return []
    found = [*_badges(proposal, mine), *_proposals(proposal, mine, actor)]
    found.sort(key=lambda one: (-one.likeness.score, one.name))
    return found[:_SHOWN]


def _badges(proposal: Proposal, mine: Said) -> Iterator[Similar]:
    # A proposal that changes a badge is like that badge, which is nothing to tell.
    own = proposal.achievement.public_id if proposal.achievement else ""
    rows = (
        Achievement.objects.filter(state__in=("active", "paused"), current__isnull=False)
        .exclude(public_id=own)
        .order_by("-pk")
        .values_list(
            "public_id",
            "current__name",
            "level__name",
            "unit__name",
            "current__content_data__outcomes",
            "current__content_data__skills",
        )[:_MOST_BADGES]
    )
    for public_id, name, level, unit, outcomes, skills in rows:
        alike = likeness(mine, Said(words_of([name]), words_of(outcomes or ()), _urls(skills)))
        if alike.score >= _ALIKE:
            yield Similar("badge", name, level, unit, public_id, alike)


def _proposals(proposal: Proposal, mine: Said, actor: Actor) -> Iterator[Similar]:
    rows = list(
        queries.all_proposals()
        .filter(submitted_at__isnull=False, kind=Proposal.Kind.NEW)
        .exclude(pk=proposal.pk)
        .exclude(state__in=ENDED)[:_MOST_PROPOSALS]
    )
    # By name first: what their answers fill is asked for only where the name has something in common.
    near = [row for row in rows if words_of([row.title]) & mine.name]
    open_to = set(queries.visible_to(actor).filter(pk__in=[row.pk for row in near]).values_list("pk", flat=True))
    for row in near[: _SHOWN * 5]:
        content = content_of(row.form.form, row.answers, title=row.title)
        theirs = Said(words_of([row.title]), words_of(content.outcomes), frozenset(s.url for s in content.skills))
        alike = likeness(mine, theirs)
        if alike.score >= _ALIKE:
            public_id = row.public_id if row.pk in open_to else ""
            yield Similar("proposal", str(row), row.level.name, row.unit.name, public_id, alike)


def _urls(skills: Sequence[Mapping[str, Any]] | None) -> frozenset[str]:
    return frozenset(str(skill.get("url", "")) for skill in skills or ())
