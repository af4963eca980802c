"""Values to what JSON and TOML can hold, and back, with every fault told by its place.

Fields that have their default are left out. A type whose written form is a word or a table of its own says so by
`written` and `read`: a join is written “all”, not as a table.
"""

import dataclasses
import functools
import types
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Union, get_args, get_origin, get_type_hints

from insignia.core.errors import InsigniaError, Rejected
from insignia.core.words import N_

_BAD = object()
_BLANKS: Mapping[Any, Any] = {str: "", int: 0, float: 0.0}
_WANTED = {
    str: N_("%(where)s: a text is wanted here."),
    int: N_("%(where)s: a whole number is wanted here."),
    float: N_("%(where)s: a number is wanted here."),
    bool: N_("%(where)s: true or false is wanted here."),
    date: N_("%(where)s: a date is wanted here."),
    datetime: N_("%(where)s: a time is wanted here."),
    tuple: N_("%(where)s: a list is wanted here."),
    Mapping: N_("%(where)s: a table is wanted here."),
}


def to_plain(value: Any) -> Any:
    """`value` as lists, tables, texts and numbers."""
    if hasattr(value, "written"):
        return value.written()
    if dataclasses.is_dataclass(value):
        pairs = ((field, getattr(value, field.name)) for field in dataclasses.fields(value))
        return {field.name: to_plain(held) for field, held in pairs if held != _default(field)}
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, frozenset):
        return sorted(to_plain(item) for item in value)
    if isinstance(value, Mapping):
        return {key: to_plain(item) for key, item in value.items()}
    return [to_plain(item) for item in value] if isinstance(value, tuple | list) else value


def from_plain(kind: Any, data: object, *, where: str) -> Any:
    """The value of type `kind` that `data` writes; `Rejected` lists all that is wrong with it."""
    reader = Reader()
    value = reader.read(kind, data, where)
    reader.finish(where)
    return value


class Reader:
    """Reads on after a fault, so that all of them can be told at once: in its place stands the default, or a blank."""

    def __init__(self) -> None:
        self.problems: list[Rejected] = []

    def finish(self, where: str) -> None:
        """Refuse what was read if anything was wrong with it."""
        if self.problems:
            raise refusal(where, self.problems)

    def read(self, kind: Any, data: object, where: str) -> Any:
        """The value of type `kind` in `data`, which stands at `where`."""
        if hasattr(kind, "read"):
            return self._own(kind, data, where)
        if dataclasses.is_dataclass(kind):
            return self._fields(kind, data, where)
        origin, inner = get_origin(kind), get_args(kind)
        if origin in (Union, types.UnionType):
            if type(None) in inner:
                return self.read(inner[0], data, where)
            return tuple(data) if isinstance(data, list) else data  # a fact, of whichever kind
        if origin in (tuple, frozenset):
            return self._list(origin, inner[0], data, where)
        if origin is not None and issubclass(origin, Mapping):
            return self._table(inner[1], data, where)
        return self._single(kind, data, where)

    def _own(self, kind: Any, data: object, where: str) -> Any:
        try:
            return kind.read(data)
        except Rejected as fault:
            params = {**fault.params, "where": where}
            self.problems.append(Rejected(fault.message, code=fault.code, params=params))
            return _BAD

    def _fields(self, kind: Any, data: object, where: str) -> Any:
        if not isinstance(data, Mapping):
            return self._bad(where, Mapping)
        fields, hints = {field.name: field for field in dataclasses.fields(kind)}, _hints(kind)
        for name in sorted(set(data) - set(fields)):
            self.problems.append(
                Rejected(
                    N_("%(where)s: “%(name)s” is not known here. Known are: %(known)s."),
                    code="unknown_field",
                    params={"where": where, "name": name, "known": ", ".join(fields)},
                )
            )
        values = {}
        for name, field in fields.items():
            value = self.read(hints[name], data[name], f"{where} › {name}") if name in data else _BAD
            if value is _BAD:
                value = _default(field)
                if value is dataclasses.MISSING:
                    if name not in data:
                        self.problems.append(
                            Rejected(
                                N_("%(where)s: “%(name)s” is missing."),
                                code="missing_field",
                                params={"where": where, "name": name},
                            )
                        )
                    value = _BLANKS.get(hints[name], () if get_origin(hints[name]) is tuple else _BAD)
            values[name] = value
        return _BAD if any(value is _BAD for value in values.values()) else kind(**values)

    def _list(self, origin: Any, kind: Any, data: object, where: str) -> Any:
        if isinstance(data, str):
            data = [data]  # `on_approved = "production"` is a list of one
        if not isinstance(data, Sequence):
            return self._bad(where, tuple)
        values = [self.read(kind, item, f"{where} › {_name_of(item, n)}") for n, item in enumerate(data, 1)]
        return origin(value for value in values if value is not _BAD)

    def _table(self, kind: Any, data: object, where: str) -> Any:
        if not isinstance(data, Mapping):
            return self._bad(where, Mapping)
        values = {key: self.read(kind, item, f"{where} › {key}") for key, item in data.items()}
        return {key: value for key, value in values.items() if value is not _BAD}

    def _single(self, kind: Any, data: object, where: str) -> Any:
        if issubclass(kind, StrEnum):
            if data in list(kind):
                return kind(data)
            self.problems.append(
                Rejected(
                    N_("%(where)s: “%(word)s” is not one of: %(known)s."),
                    code="unknown_word",
                    params={"where": where, "word": data, "known": ", ".join(kind)},
                )
            )
            return _BAD
        if issubclass(kind, date) and isinstance(data, str):
            try:
                return kind.fromisoformat(data)
            except ValueError:
                return self._bad(where, kind)
        if kind is float and type(data) is int:
            return float(data)
        return data if type(data) is kind else self._bad(where, kind)

    def _bad(self, where: str, kind: Any) -> object:
        self.problems.append(Rejected(_WANTED[kind], code="wrong_kind", params={"where": where}))
        return _BAD


def refusal(where: str, problems: Sequence[InsigniaError]) -> Rejected:
    """All of `problems` as one refusal of what stands at `where`."""
    return Rejected(
        N_("“%(where)s” cannot be used as it is. Faults: %(count)s."),
        code="faulty",
        params={"where": where, "count": len(problems)},
        details=problems,
    )


@functools.cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _default(field: "dataclasses.Field[Any]") -> Any:
    return field.default if field.default_factory is dataclasses.MISSING else field.default_factory()


def _name_of(item: object, number: int) -> str:
    key = item.get("key") if isinstance(item, Mapping) else None
    return key if isinstance(key, str) else str(number)
