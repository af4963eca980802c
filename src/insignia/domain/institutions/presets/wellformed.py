"""What every section of a preset must be before its own app looks at it: values that a row can hold, in the right shape."""

import math
from collections.abc import Iterator, Mapping
from typing import Any

from insignia.core.errors import Rejected
from insignia.core.words import N_

from .differences import Shape
from .registry import Section

_DEEPEST = 16


def faults(section: Section, value: Any) -> Iterator[Rejected]:
    """What is wrong with the form of a section, whatever it says."""
    if not _is_plain(value, _DEEPEST):
        yield Rejected(
            N_(
                "The section “%(section)s” holds something other than text, whole or decimal numbers, true or false, "
                "lists and tables."
            ),
            code="preset_values",
            params={"section": section.name},
        )
        return
    if section.shape is Shape.TABLE and not isinstance(value, Mapping):
        yield _shape(N_("The section “%(section)s” must be a table, written [%(section)s]."), section)
    if section.shape is Shape.NAMES and not (isinstance(value, list) and all(isinstance(n, str) for n in value)):
        yield _shape(N_("The section “%(section)s” must be a list of names."), section)
    if section.shape is Shape.TABLES:
        yield from _tables(section, value)


def _tables(section: Section, value: Any) -> Iterator[Rejected]:
    if not isinstance(value, list) or not all(isinstance(table, Mapping) for table in value):
        yield _shape(N_("The section “%(section)s” must be tables, written [[%(section)s]]."), section)
        return
    keys: set[str] = set()
    for number, table in enumerate(value, start=1):
        key = table.get("key")
        if not isinstance(key, str) or not key.strip():
            yield Rejected(
                N_("Table %(number)d of the section “%(section)s” has no key."),
                code="preset_key",
                params={"section": section.name, "number": number},
            )
        elif key in keys:
            yield Rejected(
                N_("The section “%(section)s” has the key “%(key)s” twice."),
                code="preset_key",
                params={"section": section.name, "key": key[:60]},
            )
        else:
            keys.add(key)


def _shape(message: str, section: Section) -> Rejected:
    return Rejected(message, code="preset_shape", params={"section": section.name})


def _is_plain(value: Any, depth: int) -> bool:
    if depth < 0:
        return False
    if isinstance(value, str):
        return "\x00" not in value
    if isinstance(value, bool):
        return True
    if isinstance(value, int):
        return abs(value) < 2**53
    if isinstance(value, float):
        return math.isfinite(value)
    if isinstance(value, Mapping):
        return all(_is_plain(word, depth) and _is_plain(one, depth - 1) for word, one in value.items())
    return isinstance(value, list) and all(_is_plain(one, depth - 1) for one in value)
