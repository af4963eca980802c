"""JSON-LD text with its contexts written into it, for a reader that cannot load any.

Of the pinned contexts only the words that the document can use are written: reading contexts is most of the work of
canonicalising, and a word that stands nowhere in a document cannot change what it says.
"""

import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from . import contexts


def with_contexts_inlined(document: Mapping[str, Any], loader: contexts.Loader) -> str:
    """The JSON text of `document` with every context URL replaced by what `loader` has under it.

    That the contexts agree with one another is not looked at: `safe_mode.check` does.
    """
    rest = {key: _inlined(value, loader) for key, value in document.items() if key != "@context"}
    text = _json(rest)
    if "@context" not in document:
        return text
    local = contexts.as_list(document["@context"])
    if loader is contexts.load and all(isinstance(entry, str) for entry in local):
        urls = tuple(local)
        inlined = _pinned_text(urls, frozenset(_words_of(document) & _vocabulary(urls)))
    else:
        inlined = _json(_resolved(local, loader))
    return f'{{"@context":{inlined}{"," if rest else ""}{text[1:]}'


@lru_cache(maxsize=256)
def _pinned_text(urls: tuple[str, ...], used: frozenset[str]) -> str:
    definitions = _resolved(list(urls), contexts.load)
    words = set(used)
    while True:
        pruned = [_pruned(definition, words) for definition in definitions]
        # A definition may lean on further words: `cred:issuer` on `cred`, `@type: "xsd:date"` on `xsd`.
        needed = words | {word for definition in pruned for word in _words_of(definition)}
        if needed == words:
            return _json(pruned)
        words = needed


def _pruned(definition: Any, words: set[str]) -> Any:
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
def _vocabulary(urls: tuple[str, ...]) -> frozenset[str]:
    """Every word that these contexts define anywhere."""
    return frozenset(_terms_of(_resolved(list(urls), contexts.load)))


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
            if ":" in inner:
                words.add(inner.partition(":")[0])
        elif isinstance(inner, Mapping):
            waiting.extend(inner)
            waiting.extend(inner.values())
        elif isinstance(inner, list | tuple):
            waiting.extend(inner)
    return words


def _inlined(value: Any, loader: contexts.Loader) -> Any:
    """`value` with the contexts of embedded credentials resolved."""
    if isinstance(value, Mapping):
        return {
            key: _resolved(contexts.as_list(inner), loader) if key == "@context" else _inlined(inner, loader)
            for key, inner in value.items()
        }
    if isinstance(value, list | tuple):
        return [_inlined(inner, loader) for inner in value]
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
