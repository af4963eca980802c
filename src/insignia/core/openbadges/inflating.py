"""Unpacking what strangers packed: a few kilobytes may claim to be gigabytes, so there is always a limit."""

from typing import cast

from isal import isal_zlib

ZLIB = 15
GZIP = 31

# The stubs declare this class as an instance.
_ERROR = cast(type[Exception], isal_zlib.error)


class DamagedData(ValueError):
    """Not what it claims to be: wrong bytes, an early end, or something behind the end."""


class TooMuchData(ValueError):
    """More than the caller wants to hold."""


def inflate(packed: bytes, *, container: int, max_bytes: int) -> bytes:
    """The content of one `GZIP` or `ZLIB` stream; no more than `max_bytes` and one byte is ever unpacked."""
    inflater = isal_zlib.decompressobj(wbits=container)
    try:
        content = bytes(inflater.decompress(packed, max_bytes + 1))
    except _ERROR as error:
        raise DamagedData from error
    if len(content) > max_bytes:
        raise TooMuchData
    if not inflater.eof or inflater.unused_data:
        raise DamagedData
    return content
