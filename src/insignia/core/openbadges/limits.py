"""What may be canonicalised: limits that keep a check cheap, and values on which canonicalisers are known to disagree.

A document over a limit is "too complex to check", which is not "forged".
"""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pyoxigraph import BlankNode, Quad

from . import contexts
from .errors import N_, TooComplex

# Control characters are escaped by RDFC-1.0 but not by every library in use; U+FFFE and U+FFFF the other way round.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_NONCHARACTER = re.compile("[\ufffe\uffff\ud800-\udfff]")
_MAX_INTEGER = 2**53 - 1
_MIN_FRACTION = 1e-6


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of each a document may hold."""

    bytes: int = 64 * 1024
    depth: int = 20
    quads: int = 512
    blank_nodes: int = 64
    contexts: int = 64
    steps: int | None = 1000
    """How often alike blank nodes are explored, None for as often as there are such nodes. Cliques of five take 500."""


LIMITS = Limits()
ISSUE_LIMITS = Limits(steps=None)
"""For what we sign ourselves: rdf-canonize, which most wallets use, gives up after one step for each alike node."""
STATUS_LIST_LIMITS = Limits(bytes=4 * 1024 * 1024, depth=8, quads=64, blank_nodes=8)
"""A status list is one long string and little else."""


def check_tree(document: Any, limits: Limits = LIMITS) -> None:
    """Raise `TooComplex` for a document too big, too deep, or with a value that not everyone canonicalises alike."""
    size = _size(document, limits, depth=0)
    if size > limits.bytes:
        raise TooComplex(N_("The document is larger than %(limit)s bytes."), params={"limit": limits.bytes})
    # Each of them is read anew, however short its address is.
    if sum(len(contexts.as_list(local)) for local in contexts.local_contexts(document)) > limits.contexts:
        raise TooComplex(N_("The document names more than %(limit)s vocabularies."), params={"limit": limits.contexts})


def control_characters_in(value: Any) -> bool:
    """Whether any text in `value` holds a control character other than tab, line feed and carriage return."""
    if isinstance(value, str):
        return _CONTROL.search(value) is not None
    if isinstance(value, Mapping):
        return any(control_characters_in(key) or control_characters_in(inner) for key, inner in value.items())
    if isinstance(value, list | tuple):
        return any(control_characters_in(inner) for inner in value)
    return False


def _size(value: Any, limits: Limits, depth: int) -> int:
    """Roughly the length of the JSON text of `value`, never less than its characters."""
    if isinstance(value, str):
        if _NONCHARACTER.search(value):
            raise TooComplex(N_("The document holds characters that are not text."), code="not_characters")
        return len(value) + 2 if value.isascii() else len(value.encode()) + 2
    if isinstance(value, Mapping | list | tuple):
        if depth >= limits.depth:
            raise TooComplex(N_("The document is nested more than %(limit)s deep."), params={"limit": limits.depth})
        size = 2
        if isinstance(value, Mapping):
            for key, inner in value.items():
                size += _size(key, limits, depth) + _size(inner, limits, depth + 1) + 2
        else:
            for inner in value:
                size += _size(inner, limits, depth + 1) + 1
        return size
    if not _is_portable(value):
        raise TooComplex(
            N_("The number %(number)s is written differently by different software."),
            code="number_not_portable",
            params={"number": repr(value)},
        )
    return 8


def _is_portable(value: Any) -> bool:
    """Whether the canonical xsd:integer or xsd:double of `value` is the same in every library tried."""
    if value is None or isinstance(value, bool):
        return True
    if isinstance(value, int):
        return abs(value) <= _MAX_INTEGER
    if isinstance(value, float):
        if not math.isfinite(value) or abs(value) > _MAX_INTEGER or math.copysign(1, value) < 0 == value:
            return False
        return value == 0 or (abs(value) >= _MIN_FRACTION and not _is_half_way(value))
    raise TypeError(f"{type(value).__name__} is not a JSON value")


def _is_half_way(number: float) -> bool:
    """Whether the seventeenth digit is a five and the last: some round it up, some to the even digit."""
    digits = Decimal(number).as_tuple().digits
    return len(digits) == 17 and digits[16] == 5


def check_graph(quads: Sequence[Quad], limits: Limits = LIMITS) -> None:
    """Raise `TooComplex` for more statements or unnamed things than a credential has."""
    if len(quads) > limits.quads:
        raise TooComplex(N_("The document makes more than %(limit)s statements."), params={"limit": limits.quads})
    nodes = {t for q in quads for t in (q.subject, q.object, q.graph_name) if isinstance(t, BlankNode)}
    if len(nodes) > limits.blank_nodes:
        raise TooComplex(
            N_("The document has more than %(limit)s parts without an identifier."),
            params={"limit": limits.blank_nodes},
        )
