"""JSON-LD text with its contexts written into it, for a reader that cannot load any.

Of the pinned contexts only the words that the document can use are written: reading contexts is most of the work of
canonicalising, and a word that stands nowhere in a document cannot change what it says.
"""

import json
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol

from . import contexts


def with_contexts_inlined(document: Mapping[str, Any], loader: contexts.Loader) -> str:
    """The JSON text of `document` with every context URL replaced by what `loader` has under it.

    That the contexts agree with one another is not looked at: `safe_mode.check` does.
    """
    named = list(contexts.local_contexts(document))
    is_pinned = loader is contexts.load and all(
        isinstance(entry, str) for local in named for entry in contexts.as_list(local)
    )
    definitions: _Definitions = _pinned_for(document, named) if is_pinned else _Whole(loader)
    inlined: Any = {key: value for key, value in document.items() if key != "@context"}
    if len(named) > ("@context" in document):  # embedded credentials name contexts of their own
        inlined = _inlined(inlined, definitions)
    if "@context" not in document:
        return _json(inlined)
    # Written as text of its own, since it is the same for thousands of documents.
    text, rest = definitions.text(document["@context"]), _json(inlined)
    return f'{{"@context":{text}{"," if inlined else ""}{rest[1:]}'


class _Definitions(Protocol):
    """Gives what stands behind the value of an `@context` member, as a value and as JSON text."""

    def value(self, local: Any) -> list[Any]: ...
    def text(self, local: Any) -> str: ...


@dataclass(frozen=True, slots=True)
class _Whole:
    """Contexts as they are, URLs in scoped contexts resolved too."""

    loader: contexts.Loader

    def value(self, local: Any) -> list[Any]:
        return _resolved(contexts.as_list(local), self.loader)

    def text(self, local: Any) -> str:
        return _json(self.value(local))


@dataclass(frozen=True, slots=True)
class _PinnedWords:
    """Pinned contexts without the words that a document does not use.

    The words are those of the whole document: embedded credentials name the same contexts again, and a protected word
    may be defined again only in exactly the same way.
    """

    words: frozenset[str]

    def value(self, local: Any) -> list[Any]:
        return [definition for url in contexts.as_list(local) for definition in _pinned(url, self.words)]

    def text(self, local: Any) -> str:
        return _pinned_text(tuple(contexts.as_list(local)), self.words)


def _pinned_for(document: Mapping[str, Any], named: list[Any]) -> _PinnedWords:
    urls = frozenset(url for local in named for url in contexts.as_list(local))
    return _PinnedWords(_needed(urls, frozenset(_words_of(document) & _vocabulary(urls))))


@lru_cache(maxsize=256)
def _needed(urls: frozenset[str], used: frozenset[str]) -> frozenset[str]:
    """The words `used` and those that their definitions lean on, as `cred:issuer` leans on `cred`."""
    definitions = [contexts.load(url).get("@context", {}) for url in urls]
    vocabulary, words = _vocabulary(urls), set(used)
    while True:
        leaned_on = {word for definition in definitions for word in _words_of(_pruned(definition, words))} & vocabulary
        if leaned_on <= words:
            return frozenset(words)
        words |= leaned_on


@lru_cache(maxsize=256)
def _pinned_text(urls: tuple[str, ...], words: frozenset[str]) -> str:
    return _json([definition for url in urls for definition in _pinned(url, words)])


@lru_cache(maxsize=64)
def _pinned(url: str, words: frozenset[str]) -> tuple[Any, ...]:
    return tuple(_pruned(entry, words) for entry in contexts.as_list(contexts.load(url).get("@context", {})))


def _pruned(definition: Any, words: Set[str]) -> Any:
    """A context object with nothing but keywords and the definitions of `words`."""
    if isinstance(definition, list):
        return [_pruned(entry, words) for entry in definition]
    if not isinstance(definition, Mapping):
        return definition
    return {
        term: {**meaning, "@context": _pruned(meaning["@context"], words)}
        if isinstance(meaning, Mapping) and "@context" in meaning
        else meaning
        for term, meaning in definition.items()
        if term.startswith("@") or term in words
    }


@lru_cache(maxsize=64)
def _vocabulary(urls: frozenset[str]) -> frozenset[str]:
    """Every word that these contexts define anywhere."""
    return frozenset(word for url in urls for word in _terms_of(contexts.load(url).get("@context", {})))


def _terms_of(definition: Any) -> Iterator[str]:
    if isinstance(definition, list):
        for entry in definition:
            yield from _terms_of(entry)
    elif isinstance(definition, Mapping):
        for term, meaning in definition.items():
            yield term
            if isinstance(meaning, Mapping) and "@context" in meaning:
                yield from _terms_of(meaning["@context"])


def _words_of(value: Any) -> set[str]:
    """Every text in `value`, keys too, and what stands before a colon: all that could be a word or a prefix."""
    words: set[str] = set()
    waiting = [value]
    while waiting:
        inner = waiting.pop()
        if isinstance(inner, str):
            words.add(inner)
            words.add(inner.partition(":")[0])
        elif isinstance(inner, Mapping):
            waiting.extend(inner)
            waiting.extend(inner.values())
        elif isinstance(inner, list | tuple):
            waiting.extend(inner)
    return words


def _inlined(value: Any, definitions: _Definitions) -> Any:
    """`value` with the contexts of embedded credentials resolved."""
    if isinstance(value, Mapping):
        return {
            key: definitions.value(inner) if key == "@context" else _inlined(inner, definitions)
            for key, inner in value.items()
        }
    if isinstance(value, list | tuple):
        return [_inlined(inner, definitions) for inner in value]
    return value


def _resolved(local: list[Any], loader: contexts.Loader) -> list[Any]:
    return [definition for entry in local for definition in _definitions(entry, loader)]


def _definitions(entry: Any, loader: contexts.Loader) -> Iterator[Any]:
    if isinstance(entry, str):
        yield from _resolved(contexts.as_list(loader(entry).get("@context", {})), loader)
    elif isinstance(entry, Mapping):
        yield _scoped(entry, loader)
    else:
        yield entry


def _scoped(definition: Mapping[str, Any], loader: contexts.Loader) -> dict[str, Any]:
    """A context object whose definitions may name further contexts (scoped contexts) by URL."""
    return {
        term: {**meaning, "@context": _resolved(contexts.as_list(meaning["@context"]), loader)}
        if isinstance(meaning, Mapping) and "@context" in meaning
        else meaning
        for term, meaning in definition.items()
    }


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
