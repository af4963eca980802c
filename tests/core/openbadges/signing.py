"""Issuers, their keys and documents, for the tests that sign and verify; nothing here touches a network."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from insignia.core.openbadges import contexts, status
from insignia.core.openbadges.did import FetchingResolver, did_web_url
from insignia.core.openbadges.errors import ResolutionError, StatusError
from insignia.core.openbadges.keys import Ed25519Key, P256Key, verification_method
from insignia.core.openbadges.limits import LIMITS
from insignia.core.openbadges.proofs import add_proof
from insignia.core.openbadges.proofs.eddsa_rdfc import EddsaRdfc2022

NOW = datetime(2026, 11, 22, 10, 0, 0, tzinfo=UTC)
VC = "https://www.w3.org/ns/credentials/v2"
OB = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
EXTENSIONS = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"


@dataclass
class Issuer:
    """Somebody with an Ed25519 and a P-256 key and a did:web document that lists both."""

    did: str = "did:web:badges.example:issuers:1"
    key: Ed25519Key = field(default_factory=lambda: Ed25519Key.from_seed(bytes(range(32))))
    token_key: P256Key = field(default_factory=lambda: P256Key.from_seed(bytes(range(1, 33))))

    @property
    def method(self) -> str:
        return f"{self.did}#{self.key.public_multibase}"

    @property
    def token_method(self) -> str:
        return f"{self.did}#{self.token_key.public_multibase}"

    def document(self) -> dict[str, Any]:
        methods = [verification_method(self.did, key) for key in (self.key, self.token_key)]
        return {
            "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
            "id": self.did,
            "verificationMethod": methods,
            "assertionMethod": [method["id"] for method in methods],
        }

    def sign(self, document: Mapping[str, Any], *, created: datetime = NOW) -> dict[str, Any]:
        return add_proof(document, key=self.key, verification_method=self.method, created=created)

    def sign_unchecked(self, document: Mapping[str, Any], **more: Any) -> dict[str, Any]:
        """A proof without the care that `add_proof` takes: what a careless issuer, or an attacker, would sign."""
        options = {
            "type": "DataIntegrityProof",
            "cryptosuite": "eddsa-rdfc-2022",
            "created": "2026-11-22T10:00:00Z",
            "verificationMethod": self.method,
            "proofPurpose": "assertionMethod",
        } | more
        value = EddsaRdfc2022().sign(document, options, key=self.key, loader=contexts.load, limits=LIMITS)
        return {**document, "proof": [options | {"proofValue": value}]}

    def status_list(
        self, url: str, *, purpose: str = "revocation", on: tuple[int, ...] = (), **more: Any
    ) -> dict[str, Any]:
        bits = status.with_bits(status.new_bits(), dict.fromkeys(on, True))
        listing = status.status_list_document(
            id=url, issuer=self.did, purpose=purpose, bits=bits, **{"valid_from": NOW, **more}
        )
        return self.sign(listing)


def resolver(*issuers: Issuer, documents: Mapping[str, Any] | None = None) -> FetchingResolver:
    """Finds these issuers' documents, and `documents` by address."""
    served = {did_web_url(issuer.did): issuer.document() for issuer in issuers} | dict(documents or {})

    def fetch(url: str) -> bytes:
        if url not in served:
            raise ResolutionError("Nobody answers at %(url)s.", params={"url": url})
        return json.dumps(served[url]).encode()

    return FetchingResolver(fetch)


def status_reader(*lists: Mapping[str, Any]):
    """Gives these status lists by their ids."""
    served = {listing["id"]: json.dumps(listing) for listing in lists}

    def read(url: str) -> str:
        if url not in served:
            raise StatusError("Nobody answers at %(url)s.", params={"url": url})
        return served[url]

    return read


def a_plain_document(**changes: Any) -> dict[str, Any]:
    """The least badge, written by hand."""
    document: dict[str, Any] = {
        "@context": [VC, OB],
        "id": "https://badges.example/c/1",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": "Teamwork",
        "issuer": {"id": "did:web:badges.example:issuers:1", "type": ["Profile"], "name": "Example University"},
        "validFrom": "2026-05-04T03:02:01Z",
        "credentialSubject": {
            "id": "urn:uuid:3f2504e0-4f89-41d3-9a0c-0305e82c3301",
            "type": ["AchievementSubject"],
            "achievement": {
                "id": "https://badges.example/a/1/v/1",
                "type": ["Achievement"],
                "name": "Teamwork",
                "description": "Works well with others.",
                "criteria": {"narrative": "Shown in *three* projects."},
            },
        },
    }
    return document | changes
