"""Something defined, as people read it: a title, what is laid down about it, and its parts; and how two versions differ."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Sheet:
    """A route, a step, a task; a form, a section, a question. `facts` are pairs of what is laid down and how."""

    key: str
    title: str
    facts: tuple[tuple[str, str], ...] = ()
    parts: tuple["Sheet", ...] = ()
    text: str = ""  # said below the title


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is another than before. Without `what` it is the place itself that came, went or moved."""

    place: str
    what: str = ""
    old: str = ""
    new: str = ""


def differences(old: Sheet, new: Sheet) -> list[Change]:
    """What became another from `old` to `new`, in the order of the new one."""
    return list(_differences(old, new, ""))


def _differences(old: Sheet, new: Sheet, above: str) -> Iterator[Change]:
    place = above or _("The whole")
    if old.title != new.title:
        yield Change(place, _("Name"), old.title, new.title)
    if old.text != new.text:
        yield Change(place, _("Text"), old.text, new.text)
    before, after = dict(old.facts), dict(new.facts)
    for what in dict.fromkeys([*after, *before]):
        if before.get(what) != after.get(what):
            yield Change(place, what, before.get(what, ""), after.get(what, ""))
    yield from _of_parts(old.parts, new.parts, above)


def _of_parts(old: Sequence[Sheet], new: Sequence[Sheet], above: str) -> Iterator[Change]:
    before = {part.key: part for part in old}
    kept = [part.key for part in new if part.key in before]
    moved = _moved([part.key for part in old if part.key in kept], kept)
    for part in new:
        place = f"{above} › {part.title}" if above else part.title
        if part.key not in before:
            yield Change(place, new=_("It is new."))
            continue
        if part.key in moved:
            yield Change(place, new=_("It stands at another place."))
        yield from _differences(before[part.key], part, place)
    for part in old:
        if part.key not in {one.key for one in new}:
            yield Change(f"{above} › {part.title}" if above else part.title, new=_("It is no longer there."))


def _moved(before: Sequence[str], after: Sequence[str]) -> frozenset[str]:
    """The fewest that must have moved: all but a longest row that kept its order."""
    best: dict[str, tuple[str, ...]] = {}
    for key in after:
        best[key] = (*_longest(row for other, row in best.items() if before.index(other) < before.index(key)), key)
    return frozenset(after) - frozenset(_longest(best.values()))


def _longest(rows: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    longest: tuple[str, ...] = ()
    for row in rows:
        longest = row if len(row) > len(longest) else longest
    return longest


def listed(parts: Iterable[object]) -> str:
    """Several things in one line."""
    return ", ".join(str(part) for part in parts)
