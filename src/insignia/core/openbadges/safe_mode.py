"""JSON-LD safe mode: refuse a document in which anything has no defined meaning.

A word that no context defines is dropped in silence when a document is turned into RDF, so the signature does not cover
it and anybody may change it. Open Badges certification asks for this check; neither pyoxigraph nor pyld has it. This
walk follows the expansion algorithm (JSON-LD API, section 5.1) and finds what jsonld.js finds in its safe mode, and
besides identifiers and languages that are malformed: pyoxigraph drops what is said about those in silence, too.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pyoxigraph

from . import contexts
from .active_context import INITIAL, KEYWORDS, ActiveContext, is_absolute, property_scoped, type_scoped
from .errors import InvalidLinkedData, UndefinedTerms

_MAX_FINDINGS = 20
_BCP47 = re.compile(r"[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*\Z")

_VALUE = frozenset({"@value"})


def check(document: Mapping[str, Any], *, loader: contexts.Loader = contexts.load) -> None:
    """Raise `UndefinedTerms` naming every word, type and identifier of `document` that means nothing.

    Raises `InvalidLinkedData` for malformed identifiers and where the contexts contradict each other, and
    `ContextUnavailable`.
    """
    walk = _Walk()
    start = INITIAL if loader is contexts.load else ActiveContext(loader)
    walk.value(start, None, document, where="")
    if walk.findings:
        raise UndefinedTerms(tuple(walk.findings[:_MAX_FINDINGS]))
    if walk.malformed:
        raise InvalidLinkedData("; ".join(walk.malformed[:_MAX_FINDINGS]))


def _says_nothing(keys: frozenset[str]) -> bool:
    return not keys or "@value" in keys or "@list" in keys or keys == {"@id"}


@dataclass(slots=True)
class _Walk:
    """One pass over a document. A step answers with the expanded keys of what it saw, or None where nothing is left."""

    findings: list[str] = field(default_factory=list)
    malformed: list[str] = field(default_factory=list)

    def report(self, where: str, what: str) -> None:
        self.findings.append(f"{where or 'the document'}: {what}")

    def value(
        self,
        active: ActiveContext,
        key: str | None,
        value: Any,
        *,
        where: str,
        in_list: bool = False,
    ) -> frozenset[str] | None:
        """Anything that stands as the value of `key`."""
        if value is None:
            return None
        if isinstance(value, list | tuple):
            for number, inner in enumerate(value):
                self.value(active, key, inner, where=f"{where}[{number}]", in_list=in_list)
            return frozenset({"@set"})
        if isinstance(value, Mapping):
            return self.object(active, key, value, where=where, in_list=in_list)
        return self.scalar(active, key, value, where=where, in_list=in_list)

    def scalar(
        self, active: ActiveContext, key: str | None, value: Any, *, where: str, in_list: bool
    ) -> frozenset[str] | None:
        if not in_list and (key is None or active.expand(key, vocab=True) == "@graph"):
            self.report(where, "a value that belongs to nothing")
            return None
        term = active.term(key)
        if term is not None and isinstance(value, str) and term.type in ("@id", "@vocab"):
            self.reference(active.expand(value, vocab=term.type == "@vocab"), value, where=where)
            return frozenset({"@id"})
        return _VALUE

    def reference(self, iri: str | None, said: str, *, where: str) -> None:
        if not is_absolute(iri):
            self.report(where, f"“{said}” is not an absolute address")
        elif iri is not None and not _is_valid(iri):
            self.malformed.append(f"{where}: “{said}” is not a valid address")

    def object(
        self,
        active: ActiveContext,
        key: str | None,
        element: Mapping[str, Any],
        *,
        where: str,
        in_list: bool,
    ) -> frozenset[str] | None:
        scoped = active.term(key)
        if active.previous is not None and not _keeps_type_scope(active, element):
            active = active.reverted()
        if scoped is not None and scoped.context is not ...:
            active = property_scoped(active, scoped.context)
        if "@context" in element:
            active = active.extended(element["@context"])
        outer = active
        for name, types in element.items():
            if active.expand(name, vocab=True) == "@type":
                for each in sorted(t for t in contexts.as_list(types) if isinstance(t, str)):
                    term = outer.term(each)
                    if term is not None and term.context is not ...:
                        active = type_scoped(active, term.context)
        keys = frozenset(self.members(active, outer, key, element, where=where))
        return self.kept(active, key, keys, where=where, in_list=in_list)

    def kept(
        self, active: ActiveContext, key: str | None, keys: frozenset[str], *, where: str, in_list: bool
    ) -> frozenset[str] | None:
        """What is left of an object; JSON-LD drops a few kinds in silence."""
        if keys == {"@language"}:
            self.report(where, "a language without a text")
            return None
        term = active.term(key)
        stands_alone = key is None or active.expand(key, vocab=True) == "@graph"
        if (stands_alone or (term is not None and "@graph" in term.container)) and not in_list and _says_nothing(keys):
            self.report(where, "says nothing")
            return None
        return keys

    def members(
        self, active: ActiveContext, outer: ActiveContext, key: str | None, element: Mapping[str, Any], *, where: str
    ) -> Iterator[str]:
        for name, value in element.items():
            if name == "@context":
                continue
            here = f"{where}.{name}" if where else name
            iri = active.expand(name, vocab=True)
            if iri is None or not (iri in KEYWORDS or is_absolute(iri)):
                self.report(here, "undefined term")
            elif iri in KEYWORDS:
                yield from self.keyword(active, outer, key, iri, value, where=here)
            elif iri.startswith("_:"):
                self.report(here, "a property that is not an IRI")
            elif not _is_valid(iri):
                self.malformed.append(f"{here}: a property that is not a valid address")
            elif self.property(active, name, value, where=here):
                yield iri

    def keyword(
        self, active: ActiveContext, outer: ActiveContext, key: str | None, keyword: str, value: Any, *, where: str
    ) -> Iterator[str]:
        if keyword == "@id":
            if not isinstance(value, str):
                raise InvalidLinkedData(f"{where} is not a text")
            self.reference(active.expand(value, vocab=False), value, where=where)
        elif keyword == "@type":
            self.types(outer, value, where=where)
        elif keyword == "@value":
            if value is None:
                self.report(where, "no value")
                return
        elif keyword == "@language":
            if value is None:
                return
            self.language(value, where=where)
        elif keyword == "@direction":
            self.report(where, "a text direction, which RDF does not keep")
        elif keyword == "@graph":
            self.value(active, "@graph", value, where=where)
        elif keyword in ("@list", "@set"):
            self.value(active, key, value, where=where, in_list=keyword == "@list")
        else:
            raise InvalidLinkedData(f"{where} has no place in a credential")
        yield keyword

    def types(self, active: ActiveContext, value: Any, *, where: str) -> None:
        for each in contexts.as_list(value):
            if not isinstance(each, str):
                raise InvalidLinkedData(f"{where} is not a text")
            iri = active.expand(each, vocab=True)
            if iri == "@json":
                continue
            if iri is None or not is_absolute(iri):
                self.report(where, f"undefined type “{each}”")
            elif not _is_valid(iri):
                self.malformed.append(f"{where}: “{each}” is not a valid address")

    def language(self, tag: Any, *, where: str) -> None:
        if not isinstance(tag, str) or not _BCP47.match(tag):
            self.report(where, "not a language")
        elif not _is_valid_language(tag):
            self.malformed.append(f"{where}: “{tag}” is not a language")

    def property(self, active: ActiveContext, name: str, value: Any, *, where: str) -> bool:
        """The value of a property; False where nothing of it is left."""
        if value is None:
            return False
        term = active.term(name)
        container = term.container if term is not None else frozenset()
        if term is not None and term.type == "@json":
            return True
        inside = active if term is None or term.context is ... else property_scoped(active, term.context)
        if "@graph" in container:
            return self.graphs(inside, name, value, where=where)
        return self.value(inside, name, value, where=where, in_list="@list" in container) is not None

    def graphs(self, active: ActiveContext, name: str, value: Any, *, where: str) -> bool:
        """Values that each become a graph of their own, as a proof does; one without statements would vanish."""
        if isinstance(value, list | tuple):
            kept = [self.graphs(active, name, inner, where=f"{where}[{number}]") for number, inner in enumerate(value)]
            return any(kept)
        keys = self.value(active, name, value, where=where)
        if keys is not None and _says_nothing(keys):
            self.report(where, "says nothing")
        return keys is not None


def _is_valid(iri: str) -> bool:
    """Whether the RDF library takes this identifier; it would drop every statement with another."""
    try:
        pyoxigraph.BlankNode(iri[2:]) if iri.startswith("_:") else pyoxigraph.NamedNode(iri)
    except ValueError:
        return False
    return True


def _is_valid_language(tag: str) -> bool:
    try:
        pyoxigraph.Literal("", language=tag)
    except ValueError:
        return False
    return True


def _keeps_type_scope(active: ActiveContext, element: Mapping[str, Any]) -> bool:
    """Values and bare references are read under the type-scoped context that is about to end."""
    if len(element) > 2 or "@context" in element:
        return False
    expanded = [active.expand(name, vocab=True) for name in element]
    return "@value" in expanded or expanded == ["@id"]
