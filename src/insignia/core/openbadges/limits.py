"""What may be canonicalised: limits that keep a check cheap, and values on which canonicalisers are known to disagree.

RDF canonicalisation has to try every order of blank nodes that look alike and hang together; ten of them in a clique
hang every implementation we tried. A document over a limit is "too complex to check", which is not "forged".
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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
    repeating: int = 64
    """Blank nodes in clusters that hold two which look alike, such as a list with one value twice in a row."""
    tangled: int = 6
    """Blank nodes in clusters where canonicalisation branches: six take 40 ms, seven half a second, eight five."""


LIMITS = Limits()
ISSUE_LIMITS = Limits(repeating=0)
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
        return value == 0 or abs(value) >= _MIN_FRACTION
    raise TypeError(f"{type(value).__name__} is not a JSON value")


def check_graph(quads: Sequence[Quad], limits: Limits = LIMITS) -> None:
    """Raise `TooComplex` when canonicalising `quads` might take long.

    RDFC-1.0 settles a blank node at once when its first-degree hash is unique. Among the rest it branches only at a
    node with two neighbours that it cannot tell apart. So only clusters that hold such a fork are counted: a long list
    beside an equal list, or two evidence items with the same words, stay cheap and pass.
    """
    mentions = _mentions(quads)
    if len(mentions) > limits.blank_nodes:
        raise TooComplex(
            N_("The document has more than %(limit)s parts without an identifier."),
            params={"limit": limits.blank_nodes},
        )
    looks = {node: _first_degree(node, around) for node, around in mentions.items()}
    alike = Counter(looks.values())
    tied = {node for node, look in looks.items() if alike[look] > 1}
    # Two equal proofs, say: libraries number the blank nodes inside unnamed graphs differently when those look alike.
    if any(
        isinstance(quad.graph_name, BlankNode) and quad.graph_name != node for node in tied for quad in mentions[node]
    ):
        raise _alike_parts()
    if len(tied) <= min(limits.repeating, limits.tangled):
        return
    neighbours, forks = _neighbourhood(tied, mentions, looks)
    clusters = _clusters(neighbours)
    if sum(len(c) for c in clusters if len({looks[node] for node in c}) < len(c)) > limits.repeating:
        raise _alike_parts()
    if sum(len(c) for c in clusters if c & forks) > limits.tangled:
        raise TooComplex(
            N_("More than %(limit)s parts of the document have no identifier, look alike and refer to each other."),
            params={"limit": limits.tangled},
        )


def _alike_parts() -> TooComplex:
    return TooComplex(
        N_("Parts of the document without an identifier look alike and refer to each other."), code="alike_parts"
    )


def _mentions(quads: Sequence[Quad]) -> dict[BlankNode, list[Quad]]:
    mentions: dict[BlankNode, list[Quad]] = defaultdict(list)
    for quad in quads:
        for node in {t for t in (quad.subject, quad.object, quad.graph_name) if isinstance(t, BlankNode)}:
            mentions[node].append(quad)
    return mentions


def _first_degree(node: BlankNode, around: Sequence[Quad]) -> tuple[str, ...]:
    """What the first-degree hash of RDFC-1.0 (section 4.6) is taken over: its quads, all blank nodes masked."""

    def masked(term: Any) -> str:
        if isinstance(term, BlankNode):
            return "_:a" if term == node else "_:z"
        return str(term)

    return tuple(
        sorted(" ".join((masked(q.subject), str(q.predicate), masked(q.object), masked(q.graph_name))) for q in around)
    )


_Neighbours = dict[BlankNode, set[BlankNode]]


def _neighbourhood(
    tied: set[BlankNode], mentions: Mapping[BlankNode, list[Quad]], looks: Mapping[BlankNode, Any]
) -> tuple[_Neighbours, set[BlankNode]]:
    """Which tied nodes each tied node touches, and those with two neighbours that look alike from where they are."""
    neighbours: _Neighbours = {node: set() for node in tied}
    forks: set[BlankNode] = set()
    for node in tied:
        seen_as: dict[tuple[str, str, Any], set[BlankNode]] = defaultdict(set)
        for quad in mentions[node]:
            for place, other in (("s", quad.subject), ("o", quad.object), ("g", quad.graph_name)):
                if isinstance(other, BlankNode) and other != node and other in tied:
                    neighbours[node].add(other)
                    seen_as[place, "" if place == "g" else str(quad.predicate), looks[other]].add(other)
        if any(len(others) > 1 for others in seen_as.values()):
            forks.add(node)
    return neighbours, forks


def _clusters(neighbours: _Neighbours) -> list[set[BlankNode]]:
    """The nodes by who can be reached from whom."""
    clusters, left = [], set(neighbours)
    while left:
        cluster, waiting = set[BlankNode](), [left.pop()]
        while waiting:
            node = waiting.pop()
            cluster.add(node)
            waiting.extend(neighbours[node] - cluster)
        left -= cluster
        clusters.append(cluster)
    return clusters
