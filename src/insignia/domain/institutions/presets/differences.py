"""Two ways of running a programme beside each other: joined, and told apart. Pure values, as TOML has them.

A preset only adds and changes. What it does not speak of stays: a table that it lacks, a word that a table lacks. A
list inside a table is one answer, and is taken whole.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

# Which word of a table is what people call it; the first that it has.
CALLED = ("name", "title", "label")


class Shape(StrEnum):
    """How a section is written, which decides how two of them are joined and compared."""

    TABLES = "tables"
    """A list of tables with a `key` each: `[[levels]]`."""
    TABLE = "table"
    """One table of words and what they are set to: `[policies]`."""
    NAMES = "names"
    """A list of names: `templates = ["level-1"]`."""


class Kind(StrEnum):
    """What becomes of one thing of a section."""

    ADDED = "added"
    CHANGED = "changed"
    KEPT = "kept"
    """The preset does not speak of it; it stays as it is."""


@dataclass(frozen=True, slots=True)
class Part:
    """One thing inside a table that changes: the words that lead to it, and what it was and becomes; None where it is not."""

    path: tuple[str, ...]
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of one table, word or name of a section; `name` is what people call it."""

    kind: Kind
    key: str
    name: str
    parts: tuple[Part, ...] = ()


def joined(shape: Shape, before: Any, given: Any) -> Any:
    """The section as it is once `given` was taken into `before`."""
    if shape is Shape.TABLE:
        return _completed(before, given)
    if shape is Shape.NAMES:
        return [*before, *(name for name in given if name not in before)]
    by_key = {table["key"]: table for table in given}
    known = [_completed(table, by_key.pop(table["key"], {})) for table in before]
    return [*known, *by_key.values()]


def whole_tables(before: Any, given: Any) -> Any:
    """The section afterwards where each table is one thing, such as a form: taken as it is given, or left as it is."""
    by_key = {table["key"]: table for table in given}
    return [*(by_key.pop(table["key"], table) for table in before), *by_key.values()]


def spoken_of(shape: Shape, after: Any, given: Any) -> Any:
    """Of the section `after` the part that `given` speaks of, complete."""
    if shape is not Shape.TABLES:
        return after if shape is Shape.TABLE else given
    keys = {table["key"] for table in given}
    return [table for table in after if table["key"] in keys]


def changes(shape: Shape, before: Any, after: Any, given: Any) -> Iterator[Change]:
    """What the way from `before` to `after` adds and changes, and what `given` does not speak of."""
    if shape is Shape.TABLE:
        yield from _of_table(before, after)
        return
    if shape is Shape.NAMES:
        yield from (Change(Kind.ADDED, name, name) for name in after if name not in before)
        yield from (Change(Kind.KEPT, name, name) for name in before if name not in given)
        return
    old = {table["key"]: table for table in before}
    keys = {table["key"] for table in given}
    for table in after:
        key, name = table["key"], called(table)
        if key not in old:
            yield Change(Kind.ADDED, key, name, tuple(parts(None, {k: v for k, v in table.items() if k != "key"})))
        elif found := tuple(parts(old[key], table)):
            yield Change(Kind.CHANGED, key, name, found)
        elif key not in keys:
            yield Change(Kind.KEPT, key, name)


def called(table: Mapping[str, Any]) -> str:
    """What people call a table."""
    return next((str(table[word]) for word in CALLED if table.get(word)), str(table["key"]))


def _of_table(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Change]:
    for word, new in after.items():
        if word not in before:
            yield Change(Kind.ADDED, word, word, (Part((word,), None, new),))
        elif found := tuple(parts(before[word], new, (word,))):
            yield Change(Kind.CHANGED, word, word, found)


def parts(old: Any, new: Any, path: tuple[str, ...] = ()) -> Iterator[Part]:
    """Where `new` is not what `old` is: as deep as tables go, and lists of tables by their keys."""
    if old == new and isinstance(old, bool) == isinstance(new, bool):
        return
    if _is_table(old, new):
        here, there = old or {}, new or {}
        for word in dict.fromkeys([*here, *there]):
            yield from parts(here.get(word), there.get(word), (*path, word))
    elif (before := _by_key(old)) is not None and (after := _by_key(new)) is not None:
        for key in dict.fromkeys([*before, *after]):
            if key in before and key in after:
                yield from parts(before[key], after[key], (*path, key))
            else:
                yield Part((*path, key), before.get(key), after.get(key))
        both = [key for key in before if key in after], [key for key in after if key in before]
        if both[0] != both[1]:
            yield Part(path, *both)
    elif not (old in _NOTHING and new in _NOTHING):
        yield Part(path, old, new)


# Left out and empty are the same answer.
_NOTHING: tuple[Any, ...] = (None, "", [], {})


def _is_table(old: Any, new: Any) -> bool:
    return isinstance(old, Mapping | None) and isinstance(new, Mapping | None) and not (old is None and new is None)


def _by_key(value: Any) -> dict[str, Any] | None:
    """The tables of a list by what names each; None where it is no such list."""
    if not isinstance(value, list) or not value or not all(isinstance(one, Mapping) for one in value):
        return None
    for name in ("key", "code"):
        found = {str(table[name]): table for table in value if name in table}
        if len(found) == len(value):
            return found
    return None


def _completed(table: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """`table` with what `given` says: word by word, and table by table below it."""
    result = dict(table)
    for word, value in given.items():
        below = result.get(word)
        result[word] = _completed(below, value) if isinstance(below, Mapping) and isinstance(value, Mapping) else value
    return result


def plain(value: Any) -> Any:
    """`value` with lines that end as everywhere: what a browser sent is the same text as what a file holds."""
    if isinstance(value, str):
        return value.replace("\r\n", "\n")
    if isinstance(value, Mapping):
        return {str(word): plain(one) for word, one in value.items() if one is not None}
    if isinstance(value, Iterable) and not isinstance(value, bytes):
        return [plain(one) for one in value]
    return value
