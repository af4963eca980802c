"""Finding achievements in an institution's directory: plain values, searched, counted and put in order."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from .rules import searchable

# So many words are looked for; the rest of a pasted text is not.
_WORDS = 10


@dataclass(frozen=True, slots=True)
class Entry:
    """One achievement, as far as it is searched. `text` is `searchable`; `since` is when its version was approved."""

    key: int
    name: str
    text: str
    level: str
    unit: str
    audiences: tuple[str, ...]
    credit: str
    skills: tuple[str, ...]
    since: datetime | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reader looks for. Several values of one kind widen the search, several kinds narrow it; none means any."""

    words: str = ""
    levels: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()
    audiences: frozenset[str] = frozenset()
    credits: frozenset[str] = frozenset()
    skills: frozenset[str] = frozenset()

    def accepts(self, entry: Entry) -> bool:
        """Whether `entry` is what is looked for."""
        return (
            all(word in entry.text for word in searchable(self.words).split()[:_WORDS])
            and _fits(self.levels, (entry.level,))
            and _fits(self.units, (entry.unit,))
            and _fits(self.audiences, entry.audiences)
            and _fits(self.credits, (entry.credit,))
            and _fits(self.skills, entry.skills)
        )


def _fits(wanted: frozenset[str], values: Iterable[str]) -> bool:
    return not wanted or not wanted.isdisjoint(values)


@dataclass(frozen=True, slots=True)
class Found:
    """The answer: which entries, in order; and for each kind of filter how many each of its values would give.

    Every value that occurs in the directory is counted, be it with nothing.
    """

    entries: tuple[Entry, ...]
    counts: dict[str, Counter[str]] = field(default_factory=dict)


_VALUES: dict[str, Callable[[Entry], tuple[str, ...]]] = {
    "levels": lambda entry: (entry.level,),
    "units": lambda entry: (entry.unit,),
    "audiences": lambda entry: entry.audiences,
    "credits": lambda entry: (entry.credit,) if entry.credit else (),
    "skills": lambda entry: entry.skills,
}
ORDERS = ("name", "newest")


def look_up(entries: Iterable[Entry], wanted: Wanted, *, order: str = "name") -> Found:
    """The entries that `wanted` accepts, by name or the newest first, and the counts beside each filter.

    A count says what choosing that value would give with all other kinds of filter as they are.
    """
    everything = sorted(entries, key=lambda entry: (searchable(entry.name), entry.key))
    if order == "newest":
        # Sorted anew and stable: what was approved at the same moment stays by name.
        everything.sort(key=lambda entry: -entry.since.timestamp() if entry.since else 0.0)
    counts = {}
    for kind, values in _VALUES.items():
        nothing: dict[str, Any] = {kind: frozenset()}
        others = replace(wanted, **nothing)
        counts[kind] = Counter({value: 0 for entry in everything for value in values(entry)})
        counts[kind].update(value for entry in everything if others.accepts(entry) for value in values(entry))
    return Found(tuple(entry for entry in everything if wanted.accepts(entry)), counts)
