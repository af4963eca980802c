"""The bits of a status list: made, packed, unpacked, read (Bitstring Status List 1.0, sections 2 and 3).

Bit 0 is the left-most bit of the first byte. Packed is `u` and base64url, without padding, of the gzipped bits.
"""

import base64
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from isal import igzip

from . import documents
from .errors import N_, DocumentError, StatusError
from .inflating import GZIP, TooMuchData, inflate
from .model import BitstringStatusList, BitstringStatusListCredential, BitstringStatusListEntry

# The least a list may hold, so that one credential does not stand out in it.
BITS = 131_072
# Enough for sixteen million credentials; a sensible `max_bytes` for a list that came from outside.
MAX_BYTES = 2 * 1024 * 1024

_BASE64URL = re.compile(r"u[A-Za-z0-9_-]+", re.ASCII)
# ISA-L's level 2: 400 times faster than gzip's default on such lists, and small enough.
_LEVEL = 2


def new_bits() -> bytes:
    """A list of the least length with nothing set."""
    return bytes(BITS // 8)


def is_set(bits: bytes, index: int) -> bool:
    """Whether the bit at `index` is set; `StatusError` (`status_index_out_of_range`) when the list is shorter."""
    _refuse_outside(bits, index)
    return bool(bits[index >> 3] & (0x80 >> (index & 7)))


def with_bits(bits: bytes, changes: Mapping[int, bool]) -> bytes:
    """The same list with the bits at these indexes set or cleared."""
    changed = bytearray(bits)
    for index, on in changes.items():
        _refuse_outside(bits, index)
        mask = 0x80 >> (index & 7)
        changed[index >> 3] = changed[index >> 3] | mask if on else changed[index >> 3] & ~mask
    return bytes(changed)


def _refuse_outside(bits: bytes, index: int) -> None:
    if not 0 <= index < len(bits) * 8:
        raise StatusError(
            N_("The status list has no place %(index)s."), code="status_index_out_of_range", params={"index": index}
        )


def encode(bits: bytes) -> str:
    """The packed form; the same bits always give the same text."""
    _refuse_short(bits)
    packed = igzip.compress(bits, compresslevel=_LEVEL, mtime=0)
    return "u" + base64.urlsafe_b64encode(packed).rstrip(b"=").decode("ascii")


def decode(encoded: str, *, max_bytes: int) -> bytes:
    """The bits of a packed list, never inflating more than `max_bytes`: some kilobytes may claim to be gigabytes.

    `StatusError` says whether the list is malformed, too large (`status_list_too_large`) or too short
    (`status_list_length_error`).
    """
    too_large = StatusError(N_("The status list is too large to be read here."), code="status_list_too_large")
    if len(encoded) > 2 * max_bytes + 1024:
        raise too_large
    if not _BASE64URL.fullmatch(encoded):
        raise StatusError(N_("The status list is not written as “u” and base64url."))
    text = encoded[1:]
    try:
        packed = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        bits = inflate(packed, container=GZIP, max_bytes=max_bytes)
    except TooMuchData as error:
        raise too_large from error
    except ValueError as error:
        raise StatusError(N_("The status list is damaged: it cannot be unpacked.")) from error
    _refuse_short(bits)
    return bits


def _refuse_short(bits: bytes) -> None:
    if len(bits) * 8 < BITS:
        raise StatusError(
            N_("The status list is shorter than the %(least)s places that the standard demands."),
            code="status_list_length_error",
            params={"least": BITS},
        )


def status_list_document(
    *,
    id: str,
    issuer: str,
    purpose: str,
    bits: bytes,
    valid_from: datetime,
    valid_until: datetime | None = None,
    ttl: int | None = None,
) -> dict[str, Any]:
    """The unsigned credential that publishes a list at `id`; `ttl` is in milliseconds."""
    return documents.to_document(
        BitstringStatusListCredential(
            id=id,
            issuer=issuer,
            valid_from=valid_from,
            valid_until=valid_until,
            credential_subject=BitstringStatusList(
                id=f"{id}#list", status_purpose=(purpose,), encoded_list=encode(bits), ttl=ttl
            ),
        )
    )


def read_entry(document: Any) -> BitstringStatusListEntry:
    """A `credentialStatus` object. The index is a text in the standard; a number is read too, since tools write it."""
    try:
        return documents.read_status_entry(document)
    except DocumentError as error:
        raise _as_status_error(error) from error


def read_list(document: Any) -> BitstringStatusListCredential:
    """A status list credential; its proof and its time of validity are the caller's to check."""
    try:
        return documents.read_status_list(document)
    except DocumentError as error:
        raise _as_status_error(error) from error


def _as_status_error(error: DocumentError) -> StatusError:
    return StatusError(
        N_("This is not a status as the standard draws it: %(problems)s"),
        params={"problems": "; ".join(str(problem) for problem in error.problems)},
    )
