"""What words mean at one place of a document: the context processing of JSON-LD 1.1 (JSON-LD API, 4.1 and 4.2).

Only what it takes to know which IRI a word stands for; the RDF itself is made by pyoxigraph. The tests compare it with
jsonld.js.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, Final

from . import contexts
from .errors import InvalidLinkedData

KEYWORDS: Final = frozenset(
    [
        "@base",
        "@container",
        "@context",
        "@default",
        "@direction",
        "@embed",
        "@explicit",
        "@graph",
        "@id",
        "@included",
        "@index",
        "@json",
        "@language",
        "@list",
        "@nest",
        "@none",
        "@omitDefault",
        "@prefix",
        "@preserve",
        "@protected",
        "@requireAll",
        "@reverse",
        "@set",
        "@type",
        "@value",
        "@version",
        "@vocab",
    ]
)
# What credentials' contexts make use of. The rest of JSON-LD (maps, @nest, @reverse, @import, @propagate, @base) is
# refused rather than half known: libraries differ about it, and nobody's badge needs it.
_TERM_MEMBERS: Final = frozenset(
    {"@id", "@type", "@container", "@context", "@language", "@direction", "@prefix", "@protected"}
)
_CONTAINERS: Final = frozenset({"@graph", "@list", "@set"})
_CONTEXT_MEMBERS: Final = frozenset({"@version", "@vocab", "@protected", "@language", "@direction", "@base"})
_LOOKS_LIKE_KEYWORD = re.compile(r"@[A-Za-z]+\Z")
_ABSOLUTE = re.compile(r"(?:[A-Za-z][A-Za-z0-9+,.-]*|_):[^\s]*\Z")
_PREFIX_END = re.compile(r"[:/?#\[\]@]\Z")
_IRI_SHAPED_TERM = re.compile(r"(?::[^:])|/")
_MAX_CONTEXTS = 16
_MAX_IMPORTS = 8


def is_absolute(iri: str | None) -> bool:
    """Whether `iri` has a scheme (or is a blank node) and no white space."""
    return iri is not None and _ABSOLUTE.match(iri) is not None


@dataclass(frozen=True, slots=True)
class Term:
    """What a context says about one word. `iri` is None where the word is explicitly meaningless."""

    iri: str | None
    type: str | None = None
    container: frozenset[str] = frozenset()
    context: Any = ...
    language: Any = ...
    direction: Any = ...
    is_prefix: bool = False
    is_protected: bool = False


@dataclass(frozen=True, eq=False)
class ActiveContext:
    """The words in force at one place. `previous` is what a type-scoped context will give way to further down."""

    loader: contexts.Loader
    terms: Mapping[str, Term] = field(default_factory=dict)
    vocab: str | None = None
    previous: "ActiveContext | None" = None

    def term(self, word: str | None) -> Term | None:
        return None if word is None else self.terms.get(word)

    def expand(self, word: str, *, vocab: bool) -> str | None:
        """The IRI or keyword that `word` stands for, `word` itself where it stands for nothing more, None if decoupled.

        `vocab` is True for keys, types and `@vocab` values, False for identifiers.
        """
        if word in KEYWORDS:
            return word
        if _LOOKS_LIKE_KEYWORD.match(word):
            return None
        if vocab and (term := self.terms.get(word)) is not None:
            return term.iri
        prefix, colon, suffix = word.partition(":")
        if colon and prefix:
            if prefix == "_" or suffix.startswith("//"):
                return word
            term = self.terms.get(prefix)
            if term is not None and term.is_prefix and term.iri is not None:
                return term.iri + suffix
            if is_absolute(word):
                return word
        return self.vocab + word if vocab and self.vocab is not None else word

    def reverted(self) -> "ActiveContext":
        return self.previous if self.previous is not None else self

    def extended(self, local: Any, *, propagate: bool = True, override_protected: bool = False) -> "ActiveContext":
        """This context with the value of an `@context` member (URL, object, null, or a list of these) laid over it.

        Raises `ContextUnavailable`, and `InvalidLinkedData` e.g. where a protected word is given another meaning.
        """
        entries = contexts.as_list(local)
        if len(entries) > _MAX_CONTEXTS:
            raise InvalidLinkedData(f"more than {_MAX_CONTEXTS} contexts in one place")
        result = self
        if not propagate and result.previous is None and entries:
            result = replace(result, previous=self)
        for entry in entries:
            result = _laid_over(result, entry, override_protected)
        return result


INITIAL: Final = ActiveContext(contexts.load)
"""Nothing said yet, and only pinned contexts to say it with."""


@dataclass(frozen=True, slots=True)
class _Same:
    """A scoped context of a pinned file: the file never changes, so being the same object is being equal."""

    definition: Any

    def __hash__(self) -> int:
        return id(self.definition)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.definition is self.definition


def type_scoped(active: ActiveContext, local: Any) -> ActiveContext:
    """`active` with the context that a type brings; it does not reach into nested objects."""
    return _scoped(active, local, propagate=False)


def property_scoped(active: ActiveContext, local: Any) -> ActiveContext:
    """`active` with the context that a property brings; it may redefine protected words."""
    return _scoped(active, local, propagate=True)


def _scoped(active: ActiveContext, local: Any, *, propagate: bool) -> ActiveContext:
    if active.loader is contexts.load and not isinstance(local, str):
        return _scoped_once(active, _Same(local), propagate)
    return active.extended(local, propagate=propagate, override_protected=propagate)


@lru_cache(maxsize=256)
def _scoped_once(active: ActiveContext, local: _Same, propagate: bool) -> ActiveContext:
    return active.extended(local.definition, propagate=propagate, override_protected=propagate)


@lru_cache(maxsize=64)
def _pinned_over(active: ActiveContext, url: str, override_protected: bool) -> ActiveContext:
    return _laid_over(active, contexts.load(url).get("@context", {}), override_protected)


def _laid_over(active: ActiveContext, entry: Any, override_protected: bool) -> ActiveContext:
    if entry is None:
        if not override_protected and any(term.is_protected for term in active.terms.values()):
            raise InvalidLinkedData("a context with protected terms was set to null")
        return ActiveContext(active.loader, previous=active.previous)
    if isinstance(entry, str):
        if active.loader is contexts.load:
            return _pinned_over(active, entry, override_protected)
        definitions = contexts.as_list(active.loader(entry).get("@context", {}))
        for definition in definitions:
            if isinstance(definition, str):
                raise InvalidLinkedData("a context file that names another file")
            active = _laid_over(active, definition, override_protected)
        return active
    if not isinstance(entry, Mapping):
        raise InvalidLinkedData("a context is neither an address nor an object")
    return _Definitions(active, entry, override_protected).applied()


class _Definitions:
    """One context object being read. Words may lean on words defined further down, so definition is recursive."""

    def __init__(self, active: ActiveContext, local: Mapping[str, Any], override_protected: bool) -> None:
        self.before = active
        self.local = local
        self.override_protected = override_protected
        self.protected = local.get("@protected", False) is True
        self.open: dict[str, bool] = {}
        self.result = replace(active, terms=dict(active.terms))
        self.terms: dict[str, Term] = self.result.terms  # type: ignore[assignment]

    def applied(self) -> ActiveContext:
        if self.local.get("@version", 1.1) != 1.1:
            raise InvalidLinkedData("a context of another JSON-LD version")
        if self.local.keys() & {"@import", "@propagate"} or self.local.get("@base") is not None:
            raise InvalidLinkedData("a context with @import, @propagate or @base")
        if "@vocab" in self.local:
            self._set_vocab(self.local["@vocab"])
        for word in self.local:
            if word not in _CONTEXT_MEMBERS:
                self._define(word)
        return self.result

    def _set_vocab(self, vocab: Any) -> None:
        if vocab is not None:
            vocab = self.result.expand(vocab, vocab=True) if isinstance(vocab, str) else None
            if not is_absolute(vocab):
                raise InvalidLinkedData("a @vocab that is not an absolute IRI")
        self.result = replace(self.result, vocab=vocab)

    def _define(self, word: str) -> None:
        if word in self.open:
            if not self.open[word]:
                raise InvalidLinkedData(f"“{word}” is defined by itself")
            return
        self.open[word] = False
        value = self.local[word]
        is_short = value is None or isinstance(value, str)
        meaning = {"@id": value} if is_short else value
        if not isinstance(meaning, Mapping) or not word or set(meaning) - _TERM_MEMBERS:
            raise InvalidLinkedData(f"“{word}” has no proper definition")
        if word in KEYWORDS and not (word == "@type" and set(meaning) <= {"@container", "@protected"}):
            raise InvalidLinkedData(f"“{word}” cannot be redefined")
        if word not in KEYWORDS and _LOOKS_LIKE_KEYWORD.match(word):
            raise InvalidLinkedData(f"“{word}” looks like a keyword")
        previous = self.before.terms.get(word)
        self.terms.pop(word, None)
        term = self._term(word, meaning, is_short)
        if previous is not None and previous.is_protected and not self.override_protected:
            term = replace(term, is_protected=True)
            if term != previous:
                raise InvalidLinkedData(f"“{word}” is protected and was given another meaning")
        self.terms[word] = term
        self.open[word] = True

    def _term(self, word: str, meaning: Mapping[str, Any], is_short: bool) -> Term:
        iri = self._iri(word, meaning)
        containers = frozenset(contexts.as_list(meaning.get("@container") or []))
        if not containers <= _CONTAINERS:
            raise InvalidLinkedData(f"“{word}” is a map, which no credential needs")
        is_prefix = is_short and ":" not in word[1:] and iri is not None and _PREFIX_END.search(iri) is not None
        return Term(
            iri=iri,
            type=self._type(word, meaning),
            container=containers,
            context=meaning.get("@context", ...),
            language=meaning.get("@language", ...),
            direction=meaning.get("@direction", ...),
            is_prefix=bool(meaning.get("@prefix", is_prefix)),
            is_protected=meaning.get("@protected", self.protected) is True,
        )

    def _iri(self, word: str, meaning: Mapping[str, Any]) -> str | None:
        said = meaning.get("@id", word)
        if said is None:
            return None
        if not isinstance(said, str):
            raise InvalidLinkedData(f"“{word}” stands for something that is not an IRI")
        if said != word:
            iri = self._expand(said)
            if (not is_absolute(iri) and iri not in KEYWORDS) or iri == "@context":
                raise InvalidLinkedData(f"“{word}” stands for something that is not an IRI")
            if _IRI_SHAPED_TERM.search(word) and self._expand(word, skip=word) != iri:
                raise InvalidLinkedData(f"“{word}” looks like an IRI and stands for another")
            return iri
        prefix, colon, suffix = word.partition(":")
        if colon and prefix:
            if prefix in self.local:
                self._define(prefix)
            known = self.terms.get(prefix)
            return known.iri + suffix if known is not None and known.iri is not None else word
        if word == "@type":
            return word
        if self.result.vocab is None:
            raise InvalidLinkedData(f"“{word}” stands for nothing")
        return self.result.vocab + word

    def _type(self, word: str, meaning: Mapping[str, Any]) -> str | None:
        said = meaning.get("@type")
        if said is None or said in ("@id", "@vocab", "@json", "@none"):
            return said
        iri = self._expand(said) if isinstance(said, str) else None
        if iri is None or not is_absolute(iri) or iri.startswith("_:"):
            raise InvalidLinkedData(f"the values of “{word}” are of no proper type")
        return iri

    def _expand(self, word: str, *, skip: str = "") -> str | None:
        """As `ActiveContext.expand`, defining what `word` leans on first."""
        if word != skip and word in self.local and self.open.get(word) is not True:
            self._define(word)
        prefix, colon, suffix = word.partition(":")
        if colon and prefix in self.local and not suffix.startswith("//") and self.open.get(prefix) is not True:
            self._define(prefix)
        return self.result.expand(word, vocab=True)
