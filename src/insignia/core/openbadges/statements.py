"""What can be asked of a credential's JSON before it has been read as one, and how it may be read in only one way.

A proof over RDF covers what a document means, not how it is written. So the same signature fits another writing of the
same statements, and a reader of the JSON would be shown something else than was signed: an expiry date moved to where
nobody looks, words renamed by a context of one's own. What is written in such a way is not checked.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from . import contexts
from .errors import N_, TooComplex

_PLAIN_KEYWORDS = frozenset({"@context", "@value", "@language"})
_OF_A_REFERENCE = frozenset({"id", "type"})


def issuer_of(document: Mapping[str, Any]) -> str | None:
    """The id of a credential's issuer, which may be written as the id alone."""
    issuer = document.get("issuer")
    found = issuer.get("id") if isinstance(issuer, Mapping) else issuer
    return found if isinstance(found, str) and found else None


def check_plainly_written(document: Mapping[str, Any], *, loader: contexts.Loader = contexts.load) -> None:
    """Raise `TooComplex` (`not_plain`) for JSON-LD in which a reader of the plain JSON may miss something.

    Demanded are: contexts named by address only and known to `loader` (else `ContextUnavailable`); plain words as keys,
    no JSON-LD keywords and no written-out addresses; nothing said about the credential anywhere but at its top.
    """
    for local in contexts.local_contexts(document):
        for entry in contexts.as_list(local):
            if not isinstance(entry, str):
                raise _not_plain("@context")
            loader(entry)
    for key in _keys_in(document):
        if (key.startswith("@") and key not in _PLAIN_KEYWORDS) or ":" in key:
            raise _not_plain(key)
    subject = document.get("id")
    if subject is not None and any(_describes(node, subject) for node in _nodes_below(document)):
        raise _not_plain("id")


def _describes(node: Mapping[str, Any], subject: Any) -> bool:
    return node.get("id") == subject and not node.keys() <= _OF_A_REFERENCE


def _keys_in(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield key
            if key != "@context":
                yield from _keys_in(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _keys_in(inner)


def _nodes_below(value: Any) -> Iterator[Mapping[str, Any]]:
    inner = value.values() if isinstance(value, Mapping) else value if isinstance(value, list | tuple) else ()
    for each in inner:
        if isinstance(each, Mapping):
            yield each
        yield from _nodes_below(each)


def _not_plain(where: str) -> TooComplex:
    return TooComplex(
        N_("The document is written in a way that can be read in more than one way (%(where)s)."),
        code="not_plain",
        params={"where": where},
    )
