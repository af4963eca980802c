"""The reader's badges as a list that can be searched, narrowed and sorted. A person has dozens, not thousands."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext_lazy as _

from insignia.domain.catalog.rules import searchable

from .shown import DECIDED, NO_LONGER, Shown

A_PAGE = 24

KINDS: dict[str, tuple[Any, Callable[[Shown], bool]]] = {
    "": (_("All"), lambda one: not one.waits),
    "public": (_("Public"), lambda one: one.is_theirs_to_show and one.award.visibility == "public"),
    "link": (_("By link"), lambda one: one.is_theirs_to_show and one.award.visibility == "link"),
    "private": (_("Private"), lambda one: one.award.state in DECIDED and one.award.visibility == "private"),
    "over": (
        _("Declined or no longer valid"),
        lambda one: one.award.state in NO_LONGER or one.award.state == "expired",
    ),
}
SORTS: dict[str, tuple[Any, Callable[[Shown], Any]]] = {
    "": (_("Newest first"), lambda one: (-one.award.awarded_on.toordinal(), -one.award.pk)),
    "name": (_("By name"), lambda one: searchable(one.award.version.name)),
    "institution": (_("By institution"), lambda one: searchable(one.award.achievement.institution.name)),
}


@dataclass(frozen=True, slots=True)
class Kind:
    """One way to narrow the list, with how many it leaves."""

    key: str
    label: Any
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Shelf:
    """What is on the page, and what was asked for."""

    page: Page[Shown]
    kinds: tuple[Kind, ...]
    words: str
    kind: str
    sort: str
    total: int
    public: int
    has_several_institutions: bool

    @property
    def sorts(self) -> list[tuple[str, Any]]:
        """The orders to choose from."""
        return [(key, label) for key, (label, _order) in SORTS.items()]


def shelf_of(mine: Sequence[Shown], asked: Mapping[str, str]) -> Shelf:
    """The list that `asked` describes: `q`, `kind`, `sort` and `page`; what it does not know is left aside."""
    words = asked.get("q", "").strip()[:200]
    kind = asked.get("kind", "") if asked.get("kind") in KINDS else ""
    sort = asked.get("sort", "") if asked.get("sort") in SORTS else ""
    found = [one for one in mine if not one.waits and _has(one, searchable(words).split())]
    narrowed = sorted((one for one in found if KINDS[kind][1](one)), key=SORTS[sort][1])
    return Shelf(
        page=Paginator(narrowed, A_PAGE).get_page(asked.get("page")),
        kinds=tuple(Kind(key, label, sum(map(belongs, found)), key == kind) for key, (label, belongs) in KINDS.items()),
        words=words,
        kind=kind,
        sort=sort,
        total=sum(not one.waits for one in mine),
        public=sum(KINDS["public"][1](one) for one in mine),
        has_several_institutions=len({one.award.institution_id for one in mine}) > 1,
    )


def _has(one: Shown, wanted: Sequence[str]) -> bool:
    achievement = one.award.achievement
    text = searchable(
        one.award.version.name, achievement.institution.name, achievement.unit.name, achievement.level.name
    )
    return all(word in text for word in wanted)
