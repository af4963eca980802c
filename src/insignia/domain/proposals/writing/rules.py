"""What may become of a proposal as it is written: plain values."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

EDITABLE = frozenset({"draft", "changes_requested"})  # by those who write it
ENDED = frozenset({"approved", "rejected", "declined", "cancelled", "withdrawn"})

SIGNED_LINK = "signed_link"
REGISTERED = "registered"  # it came in outside of the house, and staff wrote it down for its requester

# Of which achievements each kind of proposal is: by the states that these are in.
CHANGES: Mapping[str, frozenset[str]] = {
    "revise": frozenset({"active", "paused"}),
    "retire": frozenset({"active", "paused"}),
    "reactivate": frozenset({"retired"}),
}

MOST_ATTACHMENTS = 20
MOST_BYTES = 5 * 1024 * 1024  # with the answers beside it, within what a form may bring

# By what a file begins with, never by its name. Text has no such mark and is taken if it is readable.
MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
)
OFFICE = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
}


def media_type(content: bytes, name: str) -> str:
    """What kind of file it is, by its first bytes; empty for a kind that is not taken."""
    for mark, kind in MAGIC:
        if content.startswith(mark):
            return kind
    if content.startswith(b"PK\x03\x04"):
        return OFFICE.get(name.rpartition(".")[2].lower(), "")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return ""
    return "text/plain" if text.isprintable() or not any(ord(c) < 32 and c not in "\t\n\r\f" for c in text) else ""


def fingerprint(title: str, form: tuple[str, int], answers: Mapping[str, Any]) -> str:
    """sha256 over the canonical JSON of what was handed in, hexadecimal."""
    text = json.dumps([title, *form, answers], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
