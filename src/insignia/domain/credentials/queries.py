"""What may be asked about credentials: the bytes, the issuer's keys, the status list."""

import json
from collections import OrderedDict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings

from insignia.core.errors import NotFound, Unavailable
from insignia.core.openbadges import jwt, proofs, status
from insignia.core.openbadges.keys import public_key_from_multibase
from insignia.core.words import N_
from insignia.domain.ground import clock
from insignia.domain.ground.outside import assert_no_transaction
from insignia.domain.institutions.models import IssuerProfile

from . import keys, signing
from .models import IssuedCredential, SigningKey, StatusList

# A compromised key is no longer listed; a retired one is for as long as its credentials live.
_LISTED = (SigningKey.State.ACTIVE, SigningKey.State.RETIRED)


def by_public_id(public_id: str) -> IssuedCredential:
    """The signed credential with this id, in whatever institution; raises `NotFound`."""
    try:
        return IssuedCredential.across_institutions.select_related("issuer__institution").get(
            public_id=public_id, state=IssuedCredential.State.SIGNED
        )
    except IssuedCredential.DoesNotExist:
        raise NotFound(N_("There is no such credential here.")) from None


def keys_of(issuer: IssuerProfile) -> list[SigningKey]:
    """All keys of `issuer`, the oldest first."""
    return list(SigningKey.across_institutions.filter(issuer=issuer).select_related("issuer"))


def controller_document(issuer: IssuerProfile) -> dict[str, Any]:
    """The DID document of `issuer`: every key that may vouch for something it signed (digest 6)."""
    listed = [key for key in keys_of(issuer) if key.state in _LISTED]
    methods = [
        {
            "id": key.verification_method,
            "type": "Multikey",
            "controller": issuer.did,
            "publicKeyMultibase": key.public_multibase,
        }
        for key in listed
    ]
    return {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": issuer.did,
        "alsoKnownAs": [f"{settings.PUBLIC_URL}/issuers/{issuer.public_id}"],
        "verificationMethod": methods,
        "assertionMethod": [method["id"] for method in methods],
        "authentication": [method["id"] for method in methods],
    }


def key_history(issuer: IssuerProfile) -> dict[str, Any]:
    """Every key the issuer ever had, with its times: what did:web itself does not remember."""
    return {
        "issuer": issuer.did,
        "keys": [
            {
                "id": key.verification_method,
                "kind": key.kind,
                "state": key.state,
                "created": _stamp(key.created_at),
                **({"activated": _stamp(key.activated_at)} if key.activated_at else {}),
                **({"retired": _stamp(key.retired_at)} if key.retired_at else {}),
                **({"compromised": _stamp(key.compromised_at)} if key.compromised_at else {}),
            }
            for key in keys_of(issuer)
        ],
    }


def signed_key_history(issuer: IssuerProfile) -> dict[str, Any]:
    """`key_history` with a token over the same words (`jwt`), signed as of now by the issuer's active P-256 key.

    Raises `Unavailable` when the issuer has no such key, or when it cannot be opened.
    """
    key = _active(issuer, SigningKey.Kind.P256)
    assert_no_transaction()
    history = key_history(issuer)
    statement = {
        "id": f"{settings.PUBLIC_URL}/issuers/{issuer.public_id}/keys.json",
        "issuer": issuer.did,
        "validFrom": _stamp(clock.now()),
        "credentialSubject": {"id": issuer.did, "keys": history["keys"]},
    }
    return {**history, "jwt": jwt.issue(statement, key=keys.unseal(key), kid=key.verification_method)}


def json_web_keys(issuer: IssuerProfile) -> dict[str, Any]:
    """The P-256 keys that may vouch for a VC-JWT of `issuer`, as a JWK Set (RFC 7517, section 5)."""
    return {
        "keys": [
            {
                **public_key_from_multibase(key.public_multibase).jwk,
                "kid": key.verification_method,
                "alg": "ES256",
                "use": "sig",
            }
            for key in keys_of(issuer)
            if key.kind == SigningKey.Kind.P256 and key.state in _LISTED
        ]
    }


def _active(issuer: IssuerProfile, kind: str) -> SigningKey:
    key = (
        SigningKey.across_institutions.select_related("issuer")
        .filter(issuer=issuer, kind=kind, state=SigningKey.State.ACTIVE)
        .first()
    )
    if key is None:
        raise Unavailable(
            N_("“%(issuer)s” has no active signing key."),
            code="no_signing_key",
            params={"issuer": issuer.name},
            permanent=True,
        )
    return key


def _stamp(moment: Any) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")  # type: ignore[no-any-return]


def status_list(public_id: str) -> StatusList:
    """The status list with this id; raises `NotFound`."""
    try:
        return StatusList.across_institutions.select_related("issuer").get(public_id=public_id)
    except StatusList.DoesNotExist:
        raise NotFound(N_("There is no such status list here.")) from None


def signed_status_list(row: StatusList) -> bytes:
    """The list as a signed credential, made from the bits as they are now and remembered for an hour a revision."""
    key = _active(row.issuer, SigningKey.Kind.ED25519)
    # In force since the hour began: whoever looked at the time a moment ago must not find it "not yet", and every
    # process makes the same bytes.
    hour = clock.now().replace(minute=0, second=0, microsecond=0)
    return _sign_list((row.public_id, row.revision, key.public_id, hour), row, key)


_signed_lists: OrderedDict[tuple[str, int, str, datetime], bytes] = OrderedDict()


def _sign_list(name: tuple[str, int, str, datetime], row: StatusList, key: SigningKey) -> bytes:
    if kept := _signed_lists.get(name):
        return kept
    assert_no_transaction()
    hour = name[-1]
    document = status.status_list_document(
        id=row.url, issuer=row.issuer.did, bits=bytes(row.bits), purpose=row.purpose, valid_from=hour
    )
    signed = proofs.add_proof(document, key=keys.unseal(key), verification_method=key.verification_method, created=hour)
    _signed_lists[name] = signing.to_bytes(signed)
    while len(_signed_lists) > 64:
        _signed_lists.popitem(last=False)
    return _signed_lists[name]


def documents(credentials: Iterable[IssuedCredential]) -> list[dict[str, Any]]:
    """The credentials as JSON values, for reading only: what is served is always the bytes."""
    return [json.loads(bytes(c.document)) for c in credentials if c.document]
