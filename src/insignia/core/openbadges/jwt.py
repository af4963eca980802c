"""VC-JWT as Open Badges 3.0 profiles it (section 8.2, "JSON Web Token Proof Format"): the credential is the payload.

The algorithm is a property of the key, never of the token. A key that travels in the token (`jwk`) proves nothing: it
counts when the issuer's controller document lists it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from . import strict_json
from .checks import Outcome
from .did import ControllerDocument, Resolver, same_origin
from .errors import N_, OpenBadgesError, ProofError, ResolutionError, TokenError, TooComplex, UnsupportedProof
from .keys import PrivateKey, PublicKey, public_key_from_jwk
from .multibase import base64url_decode, base64url_encode
from .statements import issuer_of
from .timestamps import parse_timestamp

ALGORITHMS = frozenset({"ES256", "RS256"})
_TYPES = frozenset({"JWT", "VC+JWT", "VC+LD+JWT", "VC+LD+JSON+JWT", "LD+JSON+JWT"})
_MAX_BYTES = 256 * 1024


@dataclass(frozen=True, slots=True)
class Token:
    """A compact JWS taken apart; nothing in it has been checked. `document` is the credential without the claims."""

    header: Mapping[str, Any]
    payload: Mapping[str, Any]
    document: Mapping[str, Any]
    signed: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class TokenResult:
    """What a token showed. `valid_until` is its `exp`, which counts even where the credential is silent."""

    outcome: Outcome
    code: str
    message: str
    params: Mapping[str, Any] = field(default_factory=dict)
    format: str = "VC-JWT"
    key: PublicKey | None = None
    controller: ControllerDocument | None = None
    valid_until: datetime | None = None


def issue(document: Mapping[str, Any], *, key: PrivateKey, kid: str) -> str:
    """The compact VC-JWT of `document`, signed by a P-256 key (ES256) or an RSA key (RS256).

    `kid` is the DID URL of the key in the issuer's document. Raises `TokenError` when the credential lacks what the
    profile demands (an id, an issuer, a subject id, `validFrom`), and for another kind of key.
    """
    if key.algorithm not in ALGORITHMS:
        raise TokenError(N_("Tokens are signed by P-256 or RSA keys."), code="key_mismatch")
    claims = _claims_of(document)
    missing = sorted(claim for claim in ("iss", "sub", "jti", "nbf") if claims[claim] is None)
    if missing:
        raise TokenError(
            N_("The credential cannot be written as a token: %(claims)s missing."),
            code="claim_missing",
            params={"claims": ", ".join(missing)},
        )
    header = {"alg": key.algorithm, "kid": kid, "typ": "JWT"}
    payload = {**document, **{claim: value for claim, value in claims.items() if value is not None}}
    signed = f"{_encoded(header)}.{_encoded(payload)}"
    return f"{signed}.{base64url_encode(key.sign(signed.encode('ascii')))}"


def looks_like_token(text: str) -> bool:
    """Whether `text` has the three parts of a compact JWS, so that it is read as one."""
    return text.count(".") == 2 and text.startswith("ey")


def read(token: str) -> Token:
    """Take a compact JWS apart. Raises `TokenError` when it is none, `TooComplex` when it is too large."""
    if len(token) > _MAX_BYTES:
        raise TooComplex(N_("The document is larger than %(limit)s bytes."), params={"limit": _MAX_BYTES})
    parts = token.split(".")
    if len(parts) != 3 or not token.isascii():
        raise _malformed()
    try:
        header, payload = (strict_json.loads(base64url_decode(part)) for part in parts[:2])
        signature = base64url_decode(parts[2])
    except TooComplex:
        raise
    except OpenBadgesError as error:
        raise _malformed() from error
    if not isinstance(header, dict) or not isinstance(payload, dict):
        raise _malformed()
    if isinstance(payload.get("vc"), dict):
        document = payload["vc"]
    else:
        document = {name: value for name, value in payload.items() if name not in _CLAIMS}
    return Token(header, payload, document, f"{parts[0]}.{parts[1]}".encode("ascii"), signature)


_CLAIMS = frozenset({"iss", "sub", "jti", "nbf", "exp", "iat", "aud"})


def verify(token: str | Token, *, resolver: Resolver) -> TokenResult:
    """Whether the token was signed by a key of the credential's issuer, and its claims say what the credential says.

    Dates are not compared with now: that is for the caller.
    """
    found: dict[str, Any] = {}
    try:
        parsed = read(token) if isinstance(token, str) else token
        if "vc" in parsed.payload:
            raise UnsupportedProof(N_("Credentials of version 1.1 are not supported yet."))
        _check_header(parsed.header)
        issuer = issuer_of(parsed.document)
        if issuer is None:
            raise TokenError(N_("The credential names no issuer."), code="issuer_missing")
        found["valid_until"] = _moment_of(parsed.payload.get("exp"))
        found["key"], found["controller"] = _key_of(parsed.header, issuer, resolver)
        genuine = _is_genuine(parsed, found["key"])
        if genuine:
            _check_claims(parsed)
    except (TooComplex, ResolutionError, UnsupportedProof) as error:
        return _result(Outcome.COULD_NOT_CHECK, error, **found)
    except OpenBadgesError as error:
        return _result(Outcome.FAILED, error, **found)
    if not genuine:
        return _result(Outcome.FAILED, _FORGED, **found)
    return TokenResult(
        Outcome.PASSED, "genuine", N_("The signature fits the document and the key."), {"format": "VC-JWT"}, **found
    )


_FORGED = TokenError(
    N_("The signature does not fit: the document was changed, or somebody else signed it."), code="signature_false"
)


def _check_header(header: Mapping[str, Any]) -> None:
    algorithm, kind = header.get("alg"), header.get("typ")
    if not isinstance(algorithm, str) or algorithm.lower() == "none":
        raise TokenError(N_("The token is not signed."), code="no_proof")
    if algorithm not in ALGORITHMS:
        if algorithm.startswith("HS"):
            raise TokenError(
                N_("The token is signed with a shared secret, which proves nothing."), code="algorithm_refused"
            )
        raise UnsupportedProof(
            N_("Signatures of the format %(format)s are not supported yet."),
            params={"format": algorithm},
        )
    if "crit" in header or "b64" in header:
        raise UnsupportedProof(N_("The token demands something that is not supported yet."))
    if kind is not None and (not isinstance(kind, str) or kind.upper() not in _TYPES):
        raise TokenError(N_("The token is not a credential."), code="type_mismatch")


def _key_of(header: Mapping[str, Any], issuer: str, resolver: Resolver) -> tuple[PublicKey, ControllerDocument | None]:
    """The key that the issuer owns up to: listed in its document, or at an address of its own host."""
    kid, jwk = header.get("kid"), header.get("jwk")
    if kid is not None and not isinstance(kid, str):
        raise _malformed()
    if kid is not None and kid.startswith("https://") and "#" not in kid and jwk is None:
        key = public_key_from_jwk(resolver.json_web_key(kid))
        if issuer.startswith("https://") and same_origin(kid, issuer):
            return key, None
        controller = resolver.controller_document(issuer)
        return _listed_key(controller, key), controller
    controller = resolver.controller_document(issuer)
    if jwk is not None:
        key = _listed_key(controller, public_key_from_jwk(jwk))
        if kid is None:
            return key, controller
    method_id = kid if kid is not None and "#" in kid else f"{issuer}#{kid}"
    method = controller.asserting(method_id) if kid is not None else None
    if method is None and method_id in controller.unreadable:
        raise UnsupportedProof(N_("This kind of key is not supported yet."), code="key_not_supported")
    if method is None or (jwk is not None and method.key != key):
        raise _not_listed(controller)
    if method.revoked is not None:
        raise ProofError(N_("The key that made this signature had been withdrawn."), code="key_ended")
    return method.key, controller


def _listed_key(controller: ControllerDocument, key: PublicKey) -> PublicKey:
    method = controller.asserting_key(key)
    if method is None or method.revoked is not None:
        raise _not_listed(controller)
    return method.key


def _not_listed(controller: ControllerDocument) -> ProofError:
    return ProofError(
        N_("%(controller)s does not list the key that made this signature."),
        code="key_not_listed",
        params={"controller": controller.id},
    )


def _is_genuine(token: Token, key: PublicKey) -> bool:
    if token.header["alg"] != key.algorithm:
        raise TokenError(
            N_("The token says %(said)s, yet its key is for %(meant)s."),
            code="algorithm_mismatch",
            params={"said": token.header["alg"], "meant": key.algorithm},
        )
    return key.verifies(token.signature, token.signed)


def _check_claims(token: Token) -> None:
    """Each claim must say what the credential says.

    The W3C's own profile (`vc+jwt`) makes the claims optional, Open Badges does not.
    """
    expected = _claims_of(token.document)
    is_w3c_profile = str(token.header.get("typ", "")).upper().startswith("VC+")
    for claim, value in expected.items():
        said = token.payload.get(claim)
        if claim not in token.payload:
            if claim == "exp" or is_w3c_profile:
                continue
            raise TokenError(
                N_("The token lacks the claim “%(claim)s”."), code="claim_missing", params={"claim": claim}
            )
        if claim == "exp" and value is None:
            if _moment_of(said) is None:
                raise _malformed()
            continue
        if type(said) not in (type(value), float) or said != value:
            raise TokenError(
                N_("The claim “%(claim)s” of the token contradicts the credential."),
                code="claim_mismatch",
                params={"claim": claim},
            )


def _claims_of(document: Mapping[str, Any]) -> dict[str, Any]:
    """The claims that repeat the credential, None where it has nothing to repeat."""
    subject = document.get("credentialSubject")
    if isinstance(subject, list) and len(subject) == 1:
        subject = subject[0]
    subject_id = subject.get("id") if isinstance(subject, Mapping) else None
    return {
        "iss": issuer_of(document),
        "sub": subject_id,
        "jti": document.get("id"),
        "nbf": _seconds(document.get("validFrom")),
        "exp": _seconds(document.get("validUntil")),
    }


def _seconds(text: object) -> int | float | None:
    moment = parse_timestamp(text)
    if moment is None:
        return None
    seconds = moment.timestamp()
    return int(seconds) if seconds == int(seconds) else seconds


def _moment_of(seconds: object) -> datetime | None:
    if isinstance(seconds, bool) or not isinstance(seconds, int | float):
        return None
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _encoded(value: Mapping[str, Any]) -> str:
    return base64url_encode(json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode())


def _malformed() -> TokenError:
    return TokenError(N_("The token is malformed."), code="token_malformed")


def _result(outcome: Outcome, error: OpenBadgesError, **found: Any) -> TokenResult:
    return TokenResult(outcome, error.code, error.message, error.params, **found)
