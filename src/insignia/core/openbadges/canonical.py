"""One form for one meaning: RDF canonicalisation (RDFC-1.0) and JSON canonicalisation (JCS, RFC 8785).

pyoxigraph does the RDF work. It loads no remote contexts, so the pinned ones are written into the text it reads; it does
not sort its lines, so we do; and it hangs on graphs built to hang it, so `limits` come first.
"""

import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import islice
from typing import Any

import pyoxigraph
import rfc8785

from . import contexts
from .errors import N_, InvalidLinkedData, TooComplex
from .limits import LIMITS, Limits, check_graph, check_tree


def canonicalize(document: Mapping[str, Any], *, loader: contexts.Loader = contexts.load, limits: Limits = LIMITS) -> bytes:
    """The canonical N-Quads of `document`: UTF-8, sorted by code point, one line feed after each line.

    Raises `TooComplex` over a limit or where canonicalisers are known to disagree, `ContextUnavailable` for a context
    that `loader` does not have, `InvalidLinkedData` where the text is not JSON-LD. Terms without meaning are dropped in
    silence here: call `safe_mode.check` first.
    """
    check_tree(document, limits)
    text = _with_contexts_inlined(document, loader)
    try:
        quads = list(islice(pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.JSON_LD), limits.quads + 1))
    except (SyntaxError, ValueError) as error:
        raise InvalidLinkedData(str(error)) from error
    if len(quads) > limits.quads:
        raise TooComplex(N_("The document makes more than %(limit)s statements."), params={"limit": limits.quads})
    check_graph(quads, limits)
    dataset = pyoxigraph.Dataset(quads)
    dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
    lines = pyoxigraph.serialize(dataset, format=pyoxigraph.RdfFormat.N_QUADS) or b""
    return b"".join(sorted(lines.splitlines(keepends=True)))


def jcs(document: Any) -> bytes:
    """The JSON Canonicalization Scheme form of `document`. Raises `InvalidLinkedData` for what JSON cannot say."""
    try:
        return rfc8785.dumps(document)
    except (rfc8785.CanonicalizationError, UnicodeEncodeError) as error:
        raise InvalidLinkedData(str(error)) from error


def _with_contexts_inlined(document: Mapping[str, Any], loader: contexts.Loader) -> str:
    rest = {key: _inlined(value, loader) for key, value in document.items() if key != "@context"}
    text = json.dumps(rest, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    if "@context" not in document:
        return text
    local = contexts.as_list(document["@context"])
    if loader is contexts.load and all(isinstance(entry, str) for entry in local):
        inlined = _pinned_text(tuple(local))
    else:
        inlined = json.dumps(_resolved(local, loader), ensure_ascii=False)
    return f'{{"@context":{inlined}{"," if rest else ""}{text[1:]}'


@lru_cache(maxsize=64)
def _pinned_text(urls: tuple[str, ...]) -> str:
    return json.dumps(_resolved(list(urls), contexts.load), ensure_ascii=False, separators=(",", ":"))


def _inlined(value: Any, loader: contexts.Loader) -> Any:
    """`value` with the contexts of embedded credentials resolved; shares what needs no change."""
    if isinstance(value, Mapping):
        if "@context" not in value and not any(isinstance(inner, Mapping | list | tuple) for inner in value.values()):
            return value
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
    """A context object whose term definitions may name further contexts (scoped contexts) by URL."""
    return {
        term: {**meaning, "@context": _resolved(contexts.as_list(meaning["@context"]), loader)}
        if isinstance(meaning, Mapping) and "@context" in meaning
        else meaning
        for term, meaning in definition.items()
    }
