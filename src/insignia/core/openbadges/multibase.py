"""Text forms of bytes: multibase (`z` base58btc, `u` base64url without padding) and the base64url of JOSE.

Decoding is strict: each value has exactly one text, so a changed character is a changed value.
"""

import base64
import binascii
import re

from .errors import N_, ProofError

_ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_DIGITS = {letter: digit for digit, letter in enumerate(_ALPHABET)}
_BASE64URL = re.compile(r"[A-Za-z0-9_-]*\Z")
_MAX_BASE58 = 1024


def base58_encode(value: bytes) -> str:
    number = int.from_bytes(value, "big")
    letters = []
    while number:
        number, digit = divmod(number, 58)
        letters.append(_ALPHABET[digit])
    zeros = len(value) - len(value.lstrip(b"\0"))
    return "1" * zeros + "".join(reversed(letters))


def base58_decode(text: str) -> bytes:
    """Raises `ProofError` for a letter outside the alphabet, and for texts longer than any key or signature."""
    if len(text) > _MAX_BASE58 or any(letter not in _DIGITS for letter in text):
        raise _malformed()
    number = 0
    for letter in text:
        number = number * 58 + _DIGITS[letter]
    zeros = len(text) - len(text.lstrip("1"))
    return b"\0" * zeros + number.to_bytes((number.bit_length() + 7) // 8, "big")


def base64url_encode(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode("ascii")


def base64url_decode(text: str) -> bytes:
    """Raises `ProofError` for padding, foreign letters, and for bits that a re-encoding would not give back."""
    if not _BASE64URL.match(text):
        raise _malformed()
    try:
        value = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except binascii.Error as error:
        raise _malformed() from error
    if base64url_encode(value) != text:
        raise _malformed()
    return value


def encode_multibase(value: bytes) -> str:
    """`z` and base58btc, as Data Integrity writes keys and signatures."""
    return "z" + base58_encode(value)


def decode_multibase(text: object) -> bytes:
    """Raises `ProofError` unless `text` is a `z` or `u` multibase value."""
    if isinstance(text, str) and text.startswith("z"):
        return base58_decode(text[1:])
    if isinstance(text, str) and text.startswith("u"):
        return base64url_decode(text[1:])
    raise _malformed()


def _malformed() -> ProofError:
    return ProofError(N_("A key or signature is not written in a proper form."), code="encoding_invalid")
