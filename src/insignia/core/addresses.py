"""E-mail addresses as they are compared."""

import unicodedata


def normalised(address: str) -> str:
    """`address` trimmed, Unicode composed, lower case: the form that is hashed, matched and unique (standards digest 1.3)."""
    return unicodedata.normalize("NFC", address.strip()).lower()
