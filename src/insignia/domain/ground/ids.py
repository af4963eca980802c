"""Names for things that leave the house.

Inside, rows are joined by `BigAutoField` keys that nobody outside ever sees: they tell how many there are and when they
came. Outside, a thing is known by 128 random bits, which can be neither guessed nor counted.
"""

import base64
import secrets
from typing import Any

from django.db import models

LENGTH = 26
ALPHABET = frozenset("abcdefghijklmnopqrstuvwxyz234567")


def new_public_id() -> str:
    """128 random bits in base32, lower case, without padding: 26 characters that survive being read aloud."""
    return base64.b32encode(secrets.token_bytes(16)).decode("ascii").rstrip("=").lower()


def is_public_id(text: str) -> bool:
    """Whether `text` has the shape of a public id; says nothing about whether such a thing exists."""
    return len(text) == LENGTH and ALPHABET.issuperset(text)


class PublicIdField(models.CharField):
    """The column `public_id`: unique, filled in by itself, never edited."""

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("max_length", LENGTH)
        options.setdefault("unique", True)
        options.setdefault("default", new_public_id)
        options.setdefault("editable", False)
        super().__init__(*args, **options)
