"""What can be asked of a credential's JSON before it has been read as one, and how it may be read in only one way.

A proof over RDF covers what a document means, not how it is written. So the same signature fits another writing of the
same statements, and a reader of the JSON would be shown something else than was signed: an expiry date moved to where
nobody looks, words renamed by a context of one's own. What is written in such a way is not checked.
"""

from collections.abc import Mapping
from typing import Any

from . import contexts
from .errors import N_, TooComplex

_PLAIN_KEYWORDS = frozenset({"@value", "@language"})
# An endorsement of the very credential may stand inside it, and says nothing else about it.
_OF_A_REFERENCE = frozenset({"id", "type", "endorsementComment"})


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
    subject = document.get("id")
    waiting: list[Any] = [document]
    while waiting:
        value = waiting.pop()
        if isinstance(value, list | tuple):
            waiting.extend(value)
        elif isinstance(value, Mapping):
            if value is not document and subject is not None and _describes(value, subject):
                raise _not_plain("id")
            for key, inner in value.items():
                if key == "@context":
                    _check_addresses(inner, loader)
                elif ":" in key or (key.startswith("@") and key not in _PLAIN_KEYWORDS):
                    raise _not_plain(key)
                elif not isinstance(inner, str):
                    waiting.append(inner)


def _check_addresses(local: Any, loader: contexts.Loader) -> None:
    for entry in contexts.as_list(local):
        if not isinstance(entry, str):
            raise _not_plain("@context")
        loader(entry)


def _describes(node: Mapping[str, Any], subject: Any) -> bool:
    return node.get("id") == subject and not node.keys() <= _OF_A_REFERENCE


def _not_plain(where: str) -> TooComplex:
    return TooComplex(
        N_("The document is written in a way that can be read in more than one way (%(where)s)."),
        code="not_plain",
        params={"where": where},
    )
