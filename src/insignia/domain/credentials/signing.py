"""Making the exact bytes. Runs between transactions, never inside one."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from insignia.core.openbadges import documents, jwt, proofs
from insignia.domain.ground import failpoints
from insignia.domain.ground.outside import assert_no_transaction

from . import keys
from .models import IssuedCredential, SigningKey


def to_bytes(document: Mapping[str, Any]) -> bytes:
    """The document as it is stored and served: compact JSON, UTF-8."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def sha256(data: bytes) -> str:
    """Hexadecimal sha256 of `data`."""
    return hashlib.sha256(data).hexdigest()


def sign(credential: IssuedCredential, key: SigningKey, *, private: keys.PrivateKey) -> bytes:
    """The signed bytes of a reserved credential: linted, then proven with `eddsa-rdfc-2022`."""
    assert_no_transaction()
    document = json.loads(bytes(credential.unsigned))
    # The lint: what we could not read back, we do not sign. Safe mode and limits are looked at by `add_proof` itself.
    documents.from_document(document)
    signed = proofs.add_proof(
        document, key=private, verification_method=key.verification_method, created=credential.valid_from
    )
    failpoints.reach("credentials.compute.after_sign")
    return to_bytes(signed)


def token(credential: IssuedCredential, key: SigningKey) -> str:
    """The credential in its second form, a VC-JWT under the issuer's P-256 key."""
    assert_no_transaction()
    return jwt.issue(json.loads(bytes(credential.unsigned)), key=keys.unseal(key), kid=key.verification_method)
