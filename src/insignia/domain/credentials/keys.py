"""Opening and making signing keys. The key-encryption key is read from its file each time a process first needs it."""

import base64
import binascii
import os
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from insignia.core import sealing
from insignia.core.errors import Unavailable
from insignia.core.openbadges.keys import Ed25519Key, P256Key
from insignia.core.words import N_

from .models import SigningKey

PrivateKey = Ed25519Key | P256Key


@lru_cache(maxsize=4)
def _read(path: Path, _changed_at: int) -> bytes:
    return base64.urlsafe_b64decode(path.read_text().strip())


def key_encryption_key() -> bytes:
    """The key under which private keys are sealed; raises `Unavailable` saying what to do when it is not there."""
    path = Path(settings.KEY_ENCRYPTION_FILE)
    try:
        key = _read(path, path.stat().st_mtime_ns)
    except (OSError, binascii.Error, ValueError):
        key = b""
    if len(key) != sealing.KEY_BYTES:
        raise Unavailable(
            N_(
                "Nothing can be signed: the key-encryption file %(path)s is missing or damaged. "
                "Put back the copy that was kept when the installation was set up."
            ),
            code="key_encryption_missing",
            params={"path": str(path)},
            permanent=True,
        )
    return key


def write_key_encryption_file(path: Path) -> None:
    """Make a new key-encryption file, readable by its owner only; refuses to write over one that exists."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
    with os.fdopen(handle, "wb") as file:
        file.write(base64.urlsafe_b64encode(sealing.new_key()))


def seal(key: PrivateKey, *, public_id: str) -> bytes:
    """The private half of `key`, sealed for the row with `public_id`."""
    return sealing.seal(key.seed, key=key_encryption_key(), context=f"signing-key:{public_id}")


def unseal(row: SigningKey) -> PrivateKey:
    """The private key of `row`; raises `Unavailable` when the key-encryption key is not the one that sealed it."""
    try:
        secret = sealing.unseal(bytes(row.sealed), key=key_encryption_key(), context=f"signing-key:{row.public_id}")
    except sealing.SealBroken:
        raise Unavailable(
            N_(
                "Nothing can be signed: the key-encryption file is not the one under which this issuer's keys were sealed."
            ),
            code="key_encryption_wrong",
            permanent=True,
        ) from None
    kind = Ed25519Key if row.kind == SigningKey.Kind.ED25519 else P256Key
    return kind.from_seed(secret)
