"""How a JSON object and a value of the model correspond: a table of members, read and written by one walk.

Reading forgives what the standard's looser schema form allows (one object where an array belongs, `null` for absent,
members nobody knows); writing is strict: arrays always, nothing empty. Members that have no meaning under the
document's contexts are judged by `safe_mode`, not here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from enum import Enum, auto
from typing import Any

from .errors import N_, DocumentError, Problem
from .values import DEEPEST, Codec, Place


class Occurs(Enum):
    """How often a member occurs, and how it is written."""

    OPTIONAL = auto()
    REQUIRED = auto()
    LISTED = auto()
    LISTED_UNLESS_SINGLE = auto()  # where schemas differ: an object for one, an array for several


class Typed(Enum):
    """How an object tells what it is."""

    BY_ARRAY = auto()
    BY_TEXT = auto()
    UNTYPED = auto()


@dataclass(frozen=True, slots=True)
class Member:
    """One member: its key in the document, its name in the model, its form."""

    key: str
    name: str
    codec: Codec
    occurs: Occurs

    def read(self, value: Any, place: Place) -> Any:
        """The value for the model."""
        if self.occurs in (Occurs.LISTED, Occurs.LISTED_UNLESS_SINGLE):
            return self._read_items(value if isinstance(value, list) else [value], place)
        return self.codec.read(value, place)

    def _read_items(self, items: list[Any], place: Place) -> tuple[Any, ...]:
        found: list[Any] = []
        problems: list[Problem] = []
        for index, item in enumerate(items):
            try:
                found.append(self.codec.read(item, place.item(index)))
            except DocumentError as error:
                problems.extend(error.problems)
        if problems:
            raise DocumentError(tuple(problems))
        return tuple(found)

    def write(self, value: Any, place: Place) -> Any:
        """The value for the document."""
        if self.occurs in (Occurs.OPTIONAL, Occurs.REQUIRED):
            return self.codec.write(value, place)
        items = [self.codec.write(item, place.item(index)) for index, item in enumerate(value)]
        return items[0] if self.occurs is Occurs.LISTED_UNLESS_SINGLE and len(items) == 1 else items


def optional(codec: Codec, **keys: str) -> tuple[Member, ...]:
    """Members that may be absent, as `name_in_the_model="keyInTheDocument"`."""
    return tuple(Member(key, name, codec, Occurs.OPTIONAL) for name, key in keys.items())


def required(codec: Codec, **keys: str) -> tuple[Member, ...]:
    """Members that must be there."""
    return tuple(Member(key, name, codec, Occurs.REQUIRED) for name, key in keys.items())


def listed(codec: Codec, **keys: str) -> tuple[Member, ...]:
    """Members that occur any number of times."""
    return tuple(Member(key, name, codec, Occurs.LISTED) for name, key in keys.items())


def listed_unless_single(codec: Codec, **keys: str) -> tuple[Member, ...]:
    """Members that occur any number of times, and are written without an array when there is one."""
    return tuple(Member(key, name, codec, Occurs.LISTED_UNLESS_SINGLE) for name, key in keys.items())


@dataclass(frozen=True, slots=True)
class Shape:
    """The correspondence of one class. `aliases` are other names for one of its types, read but never written."""

    model: type[Any]
    types: tuple[str, ...]
    typed: Typed
    members: tuple[Member, ...]
    aliases: Mapping[str, str] = field(default_factory=dict)
    _defaults: Mapping[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_defaults", {member.name: member.default for member in fields(self.model)})

    def read(self, value: Any, place: Place) -> Any:
        """The model's value; `DocumentError` lists everything that is wrong, here and below."""
        if place.depth > DEEPEST:
            raise place.refuse("too_deep", N_("The document is nested too deeply."))
        if not isinstance(value, Mapping):
            raise place.refuse("not_an_object", N_("An object is expected."))
        found, problems = self._read_types(value, place)
        for member in self.members:
            given = value.get(member.key)
            if given is None or given == []:
                if member.occurs is Occurs.REQUIRED:
                    problems += place.member(member.key).refuse("missing", N_("This is required and missing.")).problems
                continue
            try:
                found[member.name] = member.read(given, place.member(member.key))
            except DocumentError as error:
                problems += error.problems
        if problems:
            raise DocumentError(problems)
        try:
            return self.model(**found)
        except DocumentError as error:
            raise DocumentError(tuple(replace(problem, path=place.path) for problem in error.problems)) from error

    def _read_types(self, value: Mapping[str, Any], place: Place) -> tuple[dict[str, Any], tuple[Problem, ...]]:
        if self.typed is Typed.UNTYPED:
            return {}, ()
        place = place.member("type")
        names = types_of(value)
        absent = [name for name in self.types if name not in {self.aliases.get(given, given) for given in names}]
        if absent:
            expected = place.refuse("wrong_type", N_("The type %(types)s is expected."), types=", ".join(absent))
            return {}, expected.problems
        if self.typed is Typed.BY_TEXT:
            return {}, ()
        return {"extra_types": tuple(n for n in names if n not in self.types and n not in self.aliases)}, ()

    def write(self, value: Any, place: Place) -> dict[str, Any]:
        """The JSON object, without what is at its default; `DocumentError` names what cannot be signed."""
        written = {
            member.key: member.write(getattr(value, member.name), place.member(member.key))
            for member in self.members
            if member.occurs is Occurs.REQUIRED or getattr(value, member.name) != self._defaults[member.name]
        }
        if self.typed is Typed.UNTYPED:
            return written
        names = list(self.types) + (list(value.extra_types) if self.typed is Typed.BY_ARRAY else [])
        kind = {"type": names if self.typed is Typed.BY_ARRAY else names[0]}
        # Readers look for `id` and `type` first.
        return ({"id": written["id"]} if "id" in written else {}) | kind | written


def types_of(value: Mapping[str, Any]) -> tuple[str, ...]:
    """The types an object claims, whether it writes one or several; what is not text is left out."""
    given = value.get("type")
    return tuple(name for name in (given if isinstance(given, list) else [given]) if isinstance(name, str))
