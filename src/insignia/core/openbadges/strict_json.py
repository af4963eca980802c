"""Reading JSON that everyone reads the same way: no duplicate keys, no NaN, no lone surrogates, not too big or deep.

A parser that keeps the last of two equal keys and one that keeps the first would see two badges under one signature.
"""

import json
from typing import Any

from .errors import N_, TooComplex, Unreadable

MAX_BYTES = 4 * 1024 * 1024
MAX_DEPTH = 64
MAX_DIGITS = 32


def loads(text: bytes | str, *, max_bytes: int = MAX_BYTES) -> Any:
    """Parse `text`. Raises `Unreadable` when it is not such JSON, `TooComplex` when it is too big or too deep."""
    if len(text) > max_bytes:
        raise TooComplex(N_("The document is larger than %(limit)s bytes."), params={"limit": max_bytes})
    try:
        if isinstance(text, bytes):
            text = text.decode("utf-8-sig")
        text.encode("utf-8")
        value = json.loads(
            text, object_pairs_hook=_unique, parse_constant=_refuse_constant, parse_int=_integer, parse_float=_number
        )
    except RecursionError as error:
        raise TooComplex(N_("The document is nested too deeply.")) from error
    except ValueError as error:  # JSONDecodeError, UnicodeError
        raise Unreadable(N_("The text is not JSON: %(reason)s"), params={"reason": str(error)}) from error
    if depth(value) > MAX_DEPTH:
        raise TooComplex(N_("The document is nested too deeply."))
    try:
        _refuse_surrogates(value)
    except UnicodeEncodeError as error:
        raise Unreadable(N_("The text is not JSON: %(reason)s"), params={"reason": "lone surrogate"}) from error
    return value


def depth(value: Any) -> int:
    """How many objects and lists stand inside one another; a plain value counts 0."""
    level, deepest = [value], 0
    while level := [v for v in level if isinstance(v, dict | list)]:
        deepest += 1
        if deepest > MAX_DEPTH:
            break
        level = [inner for v in level for inner in (v.values() if isinstance(v, dict) else v)]
    return deepest


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise Unreadable(N_("The name “%(name)s” stands twice in one object."), params={"name": twice})
    return members


def _refuse_constant(word: str) -> Any:
    raise Unreadable(N_("%(word)s is not a JSON number."), params={"word": word})


def _integer(digits: str) -> int:
    if len(digits) > MAX_DIGITS:
        raise Unreadable(N_("A number has more than %(limit)s digits."), params={"limit": MAX_DIGITS})
    return int(digits)


def _number(digits: str) -> float:
    number = float(digits)
    if number in (float("inf"), float("-inf")):
        raise Unreadable(N_("A number is too large."))
    return number


def _refuse_surrogates(value: Any) -> None:
    """`"\\ud800"` parses, yet no UTF-8 text can hold it."""
    if isinstance(value, str):
        value.encode("utf-8")
    elif isinstance(value, dict):
        for key, inner in value.items():
            _refuse_surrogates(key)
            _refuse_surrogates(inner)
    elif isinstance(value, list):
        for inner in value:
            _refuse_surrogates(inner)
