"""One JSON value in, one Python value out, and back; what does not fit is refused with its place in the document."""

import copy
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, NamedTuple, Protocol

from .errors import N_, DocumentError, Problem
from .timestamps import format_timestamp, parse_timestamp

# Set against endless nesting; the same depth as canonicalisation allows (`canonical`), counted in objects here.
DEEPEST = 20

# What libraries write differently when they canonicalise, so that a signature over it would not verify everywhere:
# control characters (unescaped by pyld) and the non-characters U+FFFE and U+FFFF (escaped by some, not by others).
# A lone surrogate cannot be written as UTF-8 at all.
UNSIGNABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
# Beyond these, JSON-LD libraries disagree on the digits of a number.
LARGEST_NUMBER = 10**12
SMALLEST_FRACTION = 1e-6

_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_WHOLE = re.compile(r"(0|[1-9][0-9]{0,11})", re.ASCII)


class Place(NamedTuple):
    """Where in the document we stand: a member or item of the place above. Its JSONPath is made only when asked for."""

    above: "Place | None" = None
    step: str | int = "$"
    depth: int = 0

    @property
    def path(self) -> str:
        """The place as a JSONPath."""
        steps, place = [], self
        while place.above is not None:
            steps.append(f"[{place.step}]" if isinstance(place.step, int) else f".{place.step}")
            place = place.above
        return str(place.step) + "".join(reversed(steps))

    def member(self, key: str) -> "Place":
        """The place of a member of the object here."""
        return Place(self, key, self.depth + 1)

    def item(self, index: int) -> "Place":
        """The place of an item of the array here."""
        return Place(self, index, self.depth)

    def refuse(self, code: str, message: str, **params: Any) -> DocumentError:
        """The error to raise when what stands here will not do."""
        return DocumentError((Problem(self.path, code, message, params),))


class Codec(Protocol):
    """How one value is read and written. Both ways raise `DocumentError`."""

    def read(self, value: Any, place: Place, /) -> Any: ...
    def write(self, value: Any, place: Place, /) -> Any: ...


@dataclass(frozen=True, slots=True)
class Pair:
    """A codec made of two functions."""

    read: Callable[[Any, Place], Any]
    write: Callable[[Any, Place], Any]


def _read_text(value: Any, place: Place) -> str:
    if isinstance(value, Mapping):
        raise place.refuse(
            "language_variants",
            N_("Text is expected, not language variants: one language stands in one document, others are “related”."),
        )
    if not isinstance(value, str):
        raise place.refuse("not_text", N_("Text is expected."))
    return value


def _write_text(value: str, place: Place) -> str:
    found = UNSIGNABLE.search(value)
    if found:
        raise place.refuse(
            "unsignable_character",
            N_("The text holds the character U+%(code_point)s, which no signature protects reliably."),
            code_point=f"{ord(found[0]):04X}",
        )
    return str(value)


def _read_truth(value: Any, place: Place) -> bool:
    if not isinstance(value, bool):
        raise place.refuse("not_true_or_false", N_("“true” or “false” is expected, without quotation marks."))
    return value


def _read_number(value: Any, place: Place) -> int | float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise place.refuse("not_a_number", N_("A number is expected, without quotation marks."))
    return value


def _write_number(value: float, place: Place) -> int | float:
    if abs(value) > LARGEST_NUMBER or 0 < abs(value) < SMALLEST_FRACTION:
        raise place.refuse("number_out_of_range", N_("The number is too large or too small to be signed reliably."))
    return int(value) if value == int(value) else value


def _read_whole(value: Any, place: Place) -> int:
    text = str(value) if isinstance(value, int | str) and not isinstance(value, bool) else ""
    if not _WHOLE.fullmatch(text):
        raise place.refuse("not_a_whole_number", N_("A whole number from 0 on is expected."))
    return int(text)


def _read_instant(value: Any, place: Place) -> datetime:
    moment = parse_timestamp(value)
    if moment is None:
        raise place.refuse("not_a_time", N_("A time such as 2026-05-04T03:02:01Z is expected."))
    return moment.astimezone(UTC)


def _write_instant(value: datetime, place: Place) -> str:
    """Whole seconds in UTC with `Z`: a VC-JWT's `nbf` counts seconds, and both must say the same time."""
    try:
        return format_timestamp(value)
    except OverflowError as error:
        raise place.refuse("not_a_time", N_("The time is outside the years 1 to 9999.")) from error


def _read_day(value: Any, place: Place) -> date:
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise place.refuse("not_a_date", N_("A date such as 2026-05-04 is expected."))
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise place.refuse("no_such_date", N_("There is no such date.")) from error


def _read_object(value: Any, place: Place) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise place.refuse("not_an_object", N_("An object is expected."))
    return value


TEXT = Pair(_read_text, _write_text)
TRUTH = Pair(_read_truth, lambda value, _: bool(value))
NUMBER = Pair(_read_number, _write_number)
WHOLE = Pair(_read_whole, lambda value, _: value)
WHOLE_AS_TEXT = Pair(_read_whole, lambda value, _: str(value))
INSTANT = Pair(_read_instant, _write_instant)
DAY = Pair(_read_day, lambda value, _: value.isoformat())
VERBATIM = Pair(_read_object, lambda value, _: copy.deepcopy(dict(value)))


def word(vocabulary: type[StrEnum]) -> Codec:
    """A word of an open vocabulary; other words pass as text, and the model judges whether they are extensions."""

    def read(value: Any, place: Place) -> str:
        text = _read_text(value, place)
        return vocabulary(text) if text in vocabulary._value2member_map_ else text

    return Pair(read, _write_text)


def closed_word(vocabulary: type[StrEnum]) -> Codec:
    """A word of a vocabulary that knows no extensions."""

    def read(value: Any, place: Place) -> StrEnum:
        try:
            return vocabulary(_read_text(value, place))
        except ValueError as error:
            raise place.refuse(
                "unknown_word", N_("One of these is expected: %(words)s."), words=", ".join(vocabulary)
            ) from error

    return Pair(read, _write_text)
