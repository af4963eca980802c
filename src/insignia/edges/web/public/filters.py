"""The filters of the directory: read from the address, shown with how many each would give, taken away one by one."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from insignia.domain.catalog.directory import ORDERS, Wanted
from insignia.domain.institutions import queries as institutions

from . import labels

# What is longer than this was not typed to search.
_LONGEST = 200
# The name of each filter in the address, in the order in which they are shown; and its name among `Wanted`'s.
_KINDS = {
    "level": ("levels", _("Kind")),
    "audience": ("audiences", _("Open to")),
    "unit": ("units", _("Unit")),
    "skill": ("skills", _("Skill")),
    "credit": ("credits", _("Credit")),
}


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a filter: `count` is how many badges it would leave."""

    value: str
    label: str
    count: int
    is_chosen: bool


# So many values of a filter are in sight; the rest opens on demand.
_IN_SIGHT = 7


@dataclass(frozen=True, slots=True)
class Facet:
    """One filter."""

    name: str
    legend: object
    options: tuple[Option, ...]

    @property
    def first(self) -> tuple[Option, ...]:
        """What stands in sight."""
        return self.options[:_IN_SIGHT]

    @property
    def rest(self) -> tuple[Option, ...]:
        """What opens on demand."""
        return self.options[_IN_SIGHT:]

    @property
    def is_open(self) -> bool:
        """Whether something is set among the rest, so that it must be seen."""
        return any(option.is_chosen for option in self.rest)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A filter that is set, and the address without it."""

    label: str
    address: str


def wanted_of(query: QueryDict) -> Wanted:
    """What the address asks for; what it does not know, it leaves aside."""
    sets = {kind: frozenset(filter(None, query.getlist(name))) for name, (kind, _legend) in _KINDS.items()}
    return Wanted(words=query.get("q", "")[:_LONGEST].strip(), **sets)


def order_of(query: QueryDict) -> str:
    """By which order: the first where the address names none."""
    return query.get("order", "") if query.get("order") in ORDERS else ORDERS[0]


def facets(query: QueryDict, counts: Mapping[str, Counter[str]]) -> list[Facet]:
    """Every filter that could tell badges apart here, with its values in words."""
    words = {
        "level": {level.key: level.name for level in institutions.levels()},
        "unit": {unit.public_id: unit.name for unit in institutions.units()},
        "audience": {value: labels.audience(value) for value in _in_order(counts["audiences"], labels.AUDIENCES)},
        "credit": {value: labels.credit(value) for value in _in_order(counts["credits"], labels.CREDITS)},
        "skill": {value: value for value in sorted(counts["skills"])},
    }
    found = [
        Facet(name, legend, tuple(_options(query.getlist(name), counts[kind], words[name])))
        for name, (kind, legend) in _KINDS.items()
    ]
    return [facet for facet in found if facet.options]


def _in_order(values: Iterable[str], known: Mapping[str, object]) -> list[str]:
    """The values that we know in our order, then an institution's own by their letters."""
    ours = list(known)
    return sorted(values, key=lambda value: (ours.index(value) if value in known else len(ours), value))


def _options(chosen: Sequence[str], counts: Counter[str], words: Mapping[str, str]) -> list[Option]:
    # Whatever occurs in the directory stays in sight, so that choosing one thing does not move the others about.
    return [Option(value, words[value], counts[value], value in chosen) for value in words if value in counts]


def chosen(query: QueryDict, narrowing: Sequence[Facet]) -> list[Chosen]:
    """The filters that are set, each with the address that takes it away."""
    return [
        Chosen(option.label, _without(query, facet.name, option.value))
        for facet in narrowing
        for option in facet.options
        if option.is_chosen
    ]


def _without(query: QueryDict, name: str, value: str) -> str:
    rest = query.copy()
    rest.setlist(name, [one for one in rest.getlist(name) if one != value])
    rest.pop("page", None)
    return f"?{rest.urlencode()}"
