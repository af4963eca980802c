"""RDF Dataset Canonicalization 1.0 (RDFC-1.0, W3C), with a limit on its steps.

Where every blank node looks different, which is nearly always, the names follow from the looks at once. Where some look
alike, all orders have to be tried (section 4.8), and that can be made to take for ever: ten nodes in a clique hang every
implementation without a limit. pyoxigraph has none, and it differs from the others where blank nodes name graphs; so we
name the nodes ourselves.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from pyoxigraph import BlankNode, DefaultGraph, Quad

from .errors import N_, TooComplex

# A guard of our own: many alike neighbours that need no exploring could still be put in many orders.
_MAX_ORDERS = 5000


def canonical_quads(quads: Sequence[Quad], *, steps: int | None) -> bytes:
    """The canonical N-Quads of `quads`: UTF-8, sorted by code point, one line feed after each line.

    `steps` is how often alike nodes may be explored, None for as often as there are alike nodes, which is all that
    rdf-canonize, the library of most wallets, allows. Raises `TooComplex` (`alike_parts`) beyond that.
    """
    names = _Naming(quads, steps).names()
    return "".join(sorted({_line(quad, names) for quad in quads})).encode()


def _line(quad: Quad, names: Mapping[BlankNode, str]) -> str:
    return _written(quad, lambda node: f"_:{names[node]}")


def _written(quad: Quad, name: Callable[[BlankNode], str]) -> str:
    terms: list[Any] = [quad.subject, quad.predicate, quad.object]
    if not isinstance(quad.graph_name, DefaultGraph):
        terms.append(quad.graph_name)
    return " ".join(name(term) if isinstance(term, BlankNode) else str(term) for term in terms) + " .\n"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


class _Issuer:
    """Gives names in the order in which they are asked for (section 4.5)."""

    def __init__(self, prefix: str, issued: Mapping[BlankNode, str] | None = None) -> None:
        self.prefix = prefix
        self.issued = dict(issued or {})

    def issue(self, node: BlankNode) -> str:
        return self.issued.setdefault(node, f"{self.prefix}{len(self.issued)}")

    def copy(self) -> "_Issuer":
        return _Issuer(self.prefix, self.issued)


class _Naming:
    """One run of the algorithm. Names of methods and comments follow its sections."""

    def __init__(self, quads: Sequence[Quad], steps: int | None) -> None:
        self.mentions: dict[BlankNode, list[Quad]] = defaultdict(list)
        for quad in dict.fromkeys(quads):
            for node in dict.fromkeys((quad.subject, quad.object, quad.graph_name)):
                if isinstance(node, BlankNode):
                    self.mentions[node].append(quad)
        self.looks = {node: self._hash_first_degree(node) for node in self.mentions}
        self.steps = steps
        self.orders_left = _MAX_ORDERS
        self.canonical = _Issuer("c14n")

    def names(self) -> Mapping[BlankNode, str]:
        alike: dict[str, list[BlankNode]] = defaultdict(list)
        for node, look in self.looks.items():
            alike[look].append(node)
        groups = [alike[look] for look in sorted(alike)]
        for group in groups:
            if len(group) == 1:
                self.canonical.issue(group[0])
        tied = [group for group in groups if len(group) > 1]
        self.left = sum(map(len, tied)) if self.steps is None else self.steps
        for group in tied:
            self._name_alike(group)
        return self.canonical.issued

    def _name_alike(self, group: Sequence[BlankNode]) -> None:
        results = []
        for node in group:
            if node not in self.canonical.issued:
                issuer = _Issuer("b")
                issuer.issue(node)
                results.append(self._hash_n_degree(node, issuer))
        for _, issuer in sorted(results, key=lambda result: result[0]):
            for node in issuer.issued:
                self.canonical.issue(node)

    def _hash_first_degree(self, node: BlankNode) -> str:
        """Section 4.6: what stands around the node, itself called `a` and all others `z`."""
        lines = sorted(_written(quad, lambda term: "_:a" if term == node else "_:z") for quad in self.mentions[node])
        return _digest("".join(lines))

    def _hash_related(self, related: BlankNode, quad: Quad, issuer: _Issuer, position: str) -> str:
        """Section 4.7."""
        name = self.canonical.issued.get(related) or issuer.issued.get(related)
        predicate = "" if position == "g" else str(quad.predicate)
        return _digest(position + predicate + (f"_:{name}" if name else self.looks[related]))

    def _hash_n_degree(self, node: BlankNode, issuer: _Issuer) -> tuple[str, _Issuer]:
        """Section 4.8: the node by all that can be reached from it."""
        self.left -= 1
        if self.left < 0:
            raise _too_much_alike()
        related: dict[str, list[BlankNode]] = defaultdict(list)
        for quad in self.mentions[node]:
            for position, other in (("s", quad.subject), ("o", quad.object), ("g", quad.graph_name)):
                if isinstance(other, BlankNode) and other != node:
                    related[self._hash_related(other, quad, issuer, position)].append(other)
        data = ""
        for digest in sorted(related):
            path, issuer = self._shortest_path(related[digest], issuer)
            data += digest + path
        return _digest(data), issuer

    def _shortest_path(self, nodes: Sequence[BlankNode], issuer: _Issuer) -> tuple[str, _Issuer]:
        """Section 4.8, step 5: of all orders of `nodes`, the one whose path comes first."""
        chosen: tuple[str, _Issuer] | None = None
        for order in _orders(nodes):
            self.orders_left -= 1
            if self.orders_left < 0:
                raise _too_much_alike()
            found = self._path(order, issuer.copy(), chosen[0] if chosen else "")
            if found is not None and (chosen is None or found[0] < chosen[0]):
                chosen = found
        assert chosen is not None  # noqa: S101 - there is at least one order
        return chosen

    def _path(self, order: Sequence[BlankNode], issuer: _Issuer, best: str) -> tuple[str, _Issuer] | None:
        """The path of one order, None as soon as it cannot come first."""
        path, explore = "", []
        for node in order:
            if node in self.canonical.issued:
                path += f"_:{self.canonical.issued[node]}"
                continue
            if node not in issuer.issued:
                explore.append(node)
            path += f"_:{issuer.issue(node)}"
            if best and len(path) >= len(best) and path > best:
                return None
        for node in explore:
            digest, deeper = self._hash_n_degree(node, issuer)
            path += f"_:{issuer.issue(node)}<{digest}>"
            issuer = deeper
            if best and len(path) >= len(best) and path > best:
                return None
        return path, issuer


def _too_much_alike() -> TooComplex:
    return TooComplex(
        N_("Parts of the document without an identifier look alike and refer to each other."), code="alike_parts"
    )


def _orders(nodes: Sequence[BlankNode]) -> Iterator[list[BlankNode]]:
    """All orders of `nodes`, those that differ only in equal nodes once: a node may stand there several times."""
    if not nodes:
        yield []
    for node in dict.fromkeys(nodes):
        rest = list(nodes)
        rest.remove(node)
        for order in _orders(rest):
            yield [node, *order]
