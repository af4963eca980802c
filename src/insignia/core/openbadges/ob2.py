"""Open Badges 2.0: only recognised here, so that a reader is told what the document is."""

from typing import Any

CONTEXTS = frozenset(
    {
        "https://w3id.org/openbadges/v2",
        "https://w3id.org/openbadges/v1",
        "https://openbadgespec.org/v1",
        "http://standard.openbadges.org/1.1/context",
    }
)


def recognises(document: Any) -> bool:
    """Whether `document` is of Open Badges 2.0 or older; a badge of the first version has no context at all."""
    if not isinstance(document, dict):
        return False
    contexts = document.get("@context")
    for context in contexts if isinstance(contexts, list) else [contexts]:
        if isinstance(context, str) and context.rstrip("/") in CONTEXTS:
            return True
    return contexts is None and "badge" in document and ("verify" in document or "verification" in document)
