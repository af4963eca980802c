"""The packet of a meeting: agenda, and of each proposal the answers, what changed, and how reviewers rated it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from insignia.core.workflow import route as engine
from insignia.domain.access.actor import Actor
from insignia.domain.proposals.meetings import packet as reading
from insignia.domain.proposals.writing.naming import Names, names_among

from .. import answers
from ..review.words import criterion
from . import minuting, wording


@dataclass(frozen=True, slots=True)
class Review:
    """What one reviewer said: who, for which task, marks by criterion, a comment."""

    who: str
    task: str
    said: str
    marks: tuple[tuple[str, int, str], ...]
    comment: str


@dataclass(frozen=True, slots=True)
class Matter:
    """One item of the packet."""

    number: int
    item: Any
    title: str
    version: int
    parts: Sequence[answers.Part]
    comparison: answers.Comparison | None
    reviews: tuple[Review, ...]

    @property
    def note(self) -> str:
        """What stands below its title."""
        item = self.item
        parts = [str(item.proposal.level), str(item.proposal.unit)] if item.proposal else []
        if self.version:
            parts.append(_("version %(number)s") % {"number": self.version})
        if item.presenter:
            parts.append(item.presenter)
        minutes = ngettext("%(number)s minute", "%(number)s minutes", item.minutes)
        parts.append(minutes % {"number": item.minutes})
        return " · ".join(parts)


def matters(request: HttpRequest, by: Actor, meeting: Any) -> list[Matter]:
    """Everything that the packet holds, in the order of the agenda; asked for at once, however much it is."""
    found = reading.packet_for(by, meeting)
    written = [(version.form.form, version.answers) for one in found.matters for version in one.versions]
    names = names_among([one.item.proposal for one in found.matters if one.item.proposal], *written)
    return [_matter(request, number, one, found.people, names) for number, one in enumerate(found.matters, start=1)]


def _matter(request: HttpRequest, number: int, one: Any, people: Mapping[str, Any], names: Names) -> Matter:
    newest = one.versions[0] if one.versions else None
    before = one.versions[1] if len(one.versions) > 1 else None
    proposal = one.item.proposal
    return Matter(
        number,
        one.item,
        minuting.title_of(one.item),
        newest.number if newest else 0,
        answers.parts_of(request, proposal, newest.form.form, newest.answers, names=names) if newest else (),
        answers.changes_of(request, proposal, before, newest, names=names) if newest and before else None,
        tuple(_reviews(one, people)),
    )


def _reviews(one: Any, people: Mapping[str, Any]) -> Iterable[Review]:
    for label, entry in one.reviews:
        decision: engine.Decision = entry.decision
        said = wording.VOTES.get(decision.vote.value, "") if decision.vote else wording.outcome(decision.verb.value)
        yield Review(
            str(people.get(entry.by.person, "–")),
            label,
            str(said),
            tuple((criterion(mark.criterion, one.labels), mark.value, mark.comment) for mark in decision.ratings),
            decision.comment,
        )
