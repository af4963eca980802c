"""Keeping a secret in a database without the database being able to read it: AES-256-GCM under a key kept elsewhere."""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
_NONCE_BYTES = 12


class SealBroken(Exception):
    """The sealed bytes do not open: another key, another context, or they were changed."""


def new_key() -> bytes:
    """A fresh key-encryption key, 32 random bytes."""
    return AESGCM.generate_key(bit_length=KEY_BYTES * 8)


def seal(secret: bytes, *, key: bytes, context: str) -> bytes:
    """`secret` sealed under `key`; it opens only with the same `context`, so rows cannot be swapped."""
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, secret, context.encode())


def unseal(sealed: bytes, *, key: bytes, context: str) -> bytes:
    """The secret in `sealed`; raises `SealBroken`."""
    try:
        return AESGCM(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], context.encode())
    except (InvalidTag, ValueError):
        raise SealBroken from None
