"""The cryptosuite `eddsa-rdfc-2022` (Data Integrity EdDSA Cryptosuites 1.0, section 3.2)."""

import hashlib
import re
from collections.abc import Mapping
from typing import Any

from .. import contexts
from ..canonical import canonicalize
from ..errors import N_, ProofError
from ..keys import Ed25519Key, Ed25519PublicKey, PrivateKey, PublicKey
from ..limits import Limits
from ..multibase import decode_multibase, encode_multibase

NAME = "eddsa-rdfc-2022"

_PLAIN_MEMBERS = frozenset({"type", "cryptosuite", "created", "verificationMethod", "proofPurpose"})
_PLAIN_CREATED = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\Z", re.ASCII)
_PLAIN_IRI = re.compile(r"(?:https|did):[A-Za-z0-9._~:/?#@!$&'()*+,;=%-]+\Z", re.ASCII)
_PLAIN_CONTEXTS = frozenset({contexts.CREDENTIALS_V2, contexts.OPEN_BADGES, contexts.OPEN_BADGES_EXTENSIONS})
# What canonicalising plain proof options gives, whatever the document: the words of a proof are protected by the
# first context, and the one blank node is always c14n0. Saves a third of the time of signing.
_PLAIN_LINES = (
    '_:c14n0 <http://purl.org/dc/terms/created> "{created}"^^<http://www.w3.org/2001/XMLSchema#dateTime> .\n'
    "_:c14n0 <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/security#DataIntegrityProof> .\n"
    "_:c14n0 <https://w3id.org/security#cryptosuite>"
    ' "eddsa-rdfc-2022"^^<https://w3id.org/security#cryptosuiteString> .\n'
    "_:c14n0 <https://w3id.org/security#proofPurpose> <https://w3id.org/security#assertionMethod> .\n"
    "_:c14n0 <https://w3id.org/security#verificationMethod> <{verificationMethod}> .\n"
)


class EddsaRdfc2022:
    """Ed25519 over the hashes of the canonical proof options and the canonical document, in this order."""

    name = NAME
    proof_type = "DataIntegrityProof"
    cryptosuite: str | None = NAME

    def sign(
        self,
        document: Mapping[str, Any],
        options: Mapping[str, Any],
        *,
        key: PrivateKey,
        loader: contexts.Loader,
        limits: Limits,
    ) -> str:
        """The `proofValue` for `document` under `options`. Raises `ProofError` for another kind of key."""
        if not isinstance(key, Ed25519Key):
            raise _wrong_key()
        return encode_multibase(key.sign(hash_data(document, options, loader=loader, limits=limits)))

    def verifies(
        self,
        document: Mapping[str, Any],
        proof: Mapping[str, Any],
        *,
        key: PublicKey,
        loader: contexts.Loader,
        limits: Limits,
    ) -> bool:
        """Whether `proof` was made over exactly this by `key`. Raises `ProofError` where it cannot have been."""
        if not isinstance(key, Ed25519PublicKey):
            raise _wrong_key()
        value = proof.get("proofValue")
        if not isinstance(value, str) or not value.startswith("z"):
            raise ProofError(N_("The signature is not written in a proper form."), code="encoding_invalid")
        options = {member: inner for member, inner in proof.items() if member != "proofValue"}
        return key.verifies(decode_multibase(value), hash_data(document, options, loader=loader, limits=limits))


def hash_data(
    document: Mapping[str, Any], options: Mapping[str, Any], *, loader: contexts.Loader, limits: Limits
) -> bytes:
    """The 64 bytes that are signed: first the hash of the proof options, then that of the unsecured document."""
    unsecured = {member: value for member, value in document.items() if member != "proof"}
    proof_hash = hashlib.sha256(canonical_options(options, document.get("@context"), loader=loader)).digest()
    return proof_hash + hashlib.sha256(canonicalize(unsecured, loader=loader, limits=limits)).digest()


def canonical_options(options: Mapping[str, Any], context: Any, *, loader: contexts.Loader = contexts.load) -> bytes:
    """The canonical form of proof options read under the document's contexts."""
    if loader is contexts.load and _are_plain(options, context):
        return _PLAIN_LINES.format_map(options).encode("ascii")
    return canonicalize({**options, "@context": context}, loader=loader)


def _are_plain(options: Mapping[str, Any], context: Any) -> bool:
    return (
        isinstance(context, list)
        and bool(context)
        and context[0] == contexts.CREDENTIALS_V2
        and all(isinstance(url, str) and url in _PLAIN_CONTEXTS for url in context)
        and options.keys() == _PLAIN_MEMBERS
        and all(isinstance(value, str) for value in options.values())
        and options["type"] == "DataIntegrityProof"
        and options["cryptosuite"] == NAME
        and options["proofPurpose"] == "assertionMethod"
        and _PLAIN_CREATED.match(options["created"]) is not None
        and _PLAIN_IRI.match(options["verificationMethod"]) is not None
    )


def _wrong_key() -> ProofError:
    return ProofError(N_("This kind of signature needs an Ed25519 key."), code="key_mismatch")
