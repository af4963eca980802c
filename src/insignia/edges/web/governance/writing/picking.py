"""Choosing from a list too long to show: what is chosen, what a search finds, and everything where it is short."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import Q

from insignia.core.questions.definition import Kind, Question
from insignia.domain.frameworks import queries as frameworks
from insignia.domain.proposals.writing import choosing

_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that can be chosen; `is_lost` where it was chosen and is there no more."""

    key: str
    label: str
    note: str = ""
    group: str = ""
    is_lost: bool = False


@dataclass(frozen=True, slots=True)
class Picker:
    """What is chosen already, and what is offered beside it, by group."""

    question: Question
    chosen: tuple[Choice, ...]
    groups: tuple[tuple[str, tuple[Choice, ...]], ...]
    sought: str
    has_search: bool
    is_cut: bool
    suggested: tuple[Choice, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is offered."""
        return not self.groups


def pickers_for(
    proposal: Any, questions: Iterable[Question], values: Mapping[str, Any], sought: Mapping[str, str]
) -> Mapping[str, Picker]:
    """The pickers of those questions that have one; `sought` is what is looked for, by question."""
    return {
        question.key: picker_for(proposal, question, values.get(question.key), sought.get(question.key, ""))
        for question in questions
        if question.kind in (Kind.SKILLS, Kind.COMPONENTS)
    }


def picker_for(proposal: Any, question: Question, value: Any, sought: str) -> Picker:
    """The picker of one question."""
    keys = [str(one) for one in value if isinstance(one, str)] if isinstance(value, list) else []
    offered = _skills(keys, sought) if question.kind is Kind.SKILLS else _badges(proposal, keys, sought)
    known, found, has_search = offered
    chosen = tuple(known.get(key) or Choice(key, "", is_lost=True) for key in keys)
    suggested = _suggested(proposal, known) if question.kind is Kind.SKILLS and not sought else ()
    elsewhere = {*known, *(choice.key for choice in suggested)}
    rest = [choice for choice in found if choice.key not in elsewhere]
    return Picker(question, chosen, _grouped(rest[:_SHOWN]), sought, has_search, len(rest) > _SHOWN, suggested)


def _suggested(proposal: Any, known: Mapping[str, Choice]) -> tuple[Choice, ...]:
    return tuple(_skill(one) for one in choosing.skills_suggested(proposal) if one.public_id not in known)


def _grouped(choices: Sequence[Choice]) -> tuple[tuple[str, tuple[Choice, ...]], ...]:
    rows = sorted(choices, key=lambda one: one.group)
    return tuple((group, tuple(members)) for group, members in groupby(rows, key=lambda one: one.group))


_Offered = tuple[dict[str, Choice], list[Choice], bool]


def _skills(keys: Sequence[str], sought: str) -> _Offered:
    every = frameworks.skills()
    known = {one.public_id: _skill(one) for one in every.filter(public_id__in=keys)} if keys else {}
    has_search = every.count() > _SHOWN
    found = every
    for word in sought.split()[:8]:
        found = found.filter(Q(name__icontains=word) | Q(code__icontains=word))
    rows = found[: _SHOWN + len(keys) + 1] if sought or not has_search else ()
    return known, [_skill(one) for one in rows], has_search


def _skill(skill: Any) -> Choice:
    return Choice(skill.public_id, skill.name, skill.description, skill.framework.name)


def _badges(proposal: Any, keys: Sequence[str], sought: str) -> _Offered:
    known = {one.public_id: _badge(one) for one in choosing.badges_named(keys)} if keys else {}
    offered: list[Any] = choosing.components_for(proposal)
    has_search = len(offered) > _SHOWN
    wanted = sought.casefold().split()
    if has_search and not wanted:
        return known, [], True
    found: Iterable[Any] = (one for one in offered if all(word in str(one).casefold() for word in wanted))
    return known, [_badge(one) for one in found], has_search


def _badge(badge: Any) -> Choice:
    return Choice(badge.public_id, str(badge), badge.unit.name, badge.level.name)
