"""VC-JWT: issued as Open Badges profiles it, and never believed about its own key or algorithm."""

import hashlib
import hmac
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from joserfc import jwk, jws

from insignia.core.openbadges import jwt
from insignia.core.openbadges.checks import Outcome
from insignia.core.openbadges.errors import OpenBadgesError, TokenError, TooComplex
from insignia.core.openbadges.keys import Ed25519Key, P256Key, RsaKey
from insignia.core.openbadges.multibase import base64url_decode, base64url_encode
from tests.core.openbadges.signing import Issuer, a_plain_document, resolver

ISSUER = Issuer()
RSA = RsaKey.generate()
TOKEN = jwt.issue(a_plain_document(validUntil="2027-05-04T03:02:01Z"), key=ISSUER.token_key, kid=ISSUER.token_method)


class RsaIssuer(Issuer):
    """Lists an RSA key, as a JWK."""

    def document(self):
        method = {"id": f"{self.did}#rsa", "type": "JsonWebKey", "controller": self.did, "publicKeyJwk": RSA.public_jwk}
        return {"id": self.did, "verificationMethod": [method], "assertionMethod": [method["id"]]}


def verified(token, *issuers, **more):
    return jwt.verify(token, resolver=resolver(*(issuers or (ISSUER,)), **more))


def forged(header, payload, sign):
    """A token with any header and payload, signed by any function."""
    signed = ".".join(base64url_encode(json.dumps(part).encode()) for part in (header, payload))
    return f"{signed}.{base64url_encode(sign(signed.encode()))}"


def parts_of(token):
    return [json.loads(base64url_decode(part)) for part in token.split(".")[:2]]


def reissued(header=None, payload=None, key=None):
    """A token of the issuer's with changed header or claims, properly signed: what a careless issuer might write."""
    own_header, own_payload = parts_of(TOKEN)
    changed = {k: v for k, v in (own_payload | (payload or {})).items() if v is not ...}
    names = {k: v for k, v in (own_header | (header or {})).items() if v is not ...}
    return forged(names, changed, (key or ISSUER.token_key).sign)


def test_a_token_says_what_the_credential_says():
    header, payload = parts_of(TOKEN)
    assert header == {"alg": "ES256", "kid": ISSUER.token_method, "typ": "JWT"}
    assert payload == a_plain_document(validUntil="2027-05-04T03:02:01Z") | {
        "iss": "did:web:badges.example:issuers:1",
        "sub": "urn:uuid:3f2504e0-4f89-41d3-9a0c-0305e82c3301",
        "jti": "https://badges.example/c/1",
        "nbf": 1777863721,
        "exp": 1809399721,
    }
    assert jwt.read(TOKEN).document == a_plain_document(validUntil="2027-05-04T03:02:01Z")


def test_a_token_verifies_and_names_its_key():
    result = verified(TOKEN)
    assert result.outcome is Outcome.PASSED
    assert result.key == ISSUER.token_key.public
    assert result.controller.id == ISSUER.did
    assert result.valid_until.isoformat() == "2027-05-04T03:02:01+00:00"


def test_another_library_reads_our_tokens_and_we_read_its():
    """joserfc, with the keys handed over as JWKs."""
    ours = jws.deserialize_compact(TOKEN, jwk.import_key(ISSUER.token_key.public_jwk), algorithms=["ES256"])
    assert json.loads(ours.payload) == parts_of(TOKEN)[1]

    secret = ISSUER.token_key.public_jwk | {"d": base64url_encode(ISSUER.token_key.seed)}
    header, payload = parts_of(TOKEN)
    theirs = jws.serialize_compact(header, json.dumps(payload).encode(), jwk.import_key(secret), algorithms=["ES256"])
    assert verified(theirs).outcome is Outcome.PASSED

    rsa = jwt.issue(a_plain_document(), key=RSA, kid=f"{ISSUER.did}#rsa")
    assert jws.deserialize_compact(rsa, jwk.import_key(RSA.public_jwk), algorithms=["RS256"]).payload


def test_rs256():
    issuer = RsaIssuer()
    token = jwt.issue(a_plain_document(), key=RSA, kid=f"{issuer.did}#rsa")
    assert parts_of(token)[0]["alg"] == "RS256"
    assert verified(token, issuer).outcome is Outcome.PASSED


@pytest.mark.parametrize(
    "changes",
    [
        {"credentialSubject": {"type": ["AchievementSubject"]}},
        {"id": None},
        {"validFrom": None},
        {"validFrom": "May 2026"},
        {"issuer": {}},
    ],
)
def test_a_credential_without_what_the_profile_demands_is_not_issued(changes):
    with pytest.raises(TokenError) as caught:
        jwt.issue(a_plain_document(**changes), key=ISSUER.token_key, kid=ISSUER.token_method)
    assert caught.value.code == "claim_missing"


def test_ed25519_issues_no_tokens():
    with pytest.raises(TokenError):
        jwt.issue(a_plain_document(), key=Ed25519Key.generate(), kid=ISSUER.method)


# --- tampering ------------------------------------------------------------------------------------------------------


@settings(max_examples=400, deadline=None)
@given(st.integers(0, len(TOKEN) * 8 - 1))
def test_no_flipped_bit_passes(bit):
    changed = bytearray(TOKEN.encode())
    changed[bit // 8] ^= 1 << (bit % 8)
    assert verified(bytes(changed).decode("latin-1")).outcome is not Outcome.PASSED


@pytest.mark.parametrize(
    "text", ["", "a.b", "a.b.c", "e30.e30.e30", "....", "ey\u00e9.e30.e30", "e30.W10.AA", "IkEi.e30.AA"]
)
def test_what_is_no_token_is_said_to_be_none(text):
    assert verified(text).outcome is Outcome.FAILED


def test_a_token_with_two_equal_claims_is_no_token():
    twice = base64url_encode(b'{"iss":"a","iss":"b"}')
    with pytest.raises(TokenError):
        jwt.read(f"e30.{twice}.AA")


def test_a_huge_token_is_not_read():
    with pytest.raises(TooComplex):
        jwt.read("e30." + "A" * 300_000 + ".AA")


# --- algorithms and keys --------------------------------------------------------------------------------------------

PUBLIC_AS_SECRET = [
    json.dumps(ISSUER.token_key.public_jwk).encode(),
    ISSUER.token_key.public.compressed,
    ISSUER.token_key.public_multibase.encode(),
]


@pytest.mark.parametrize("secret", PUBLIC_AS_SECRET)
@pytest.mark.parametrize("algorithm", ["HS256", "ES256", "RS256"])
def test_the_public_key_is_no_shared_secret(secret, algorithm):
    header, payload = parts_of(TOKEN)
    token = forged(header | {"alg": algorithm}, payload, lambda m: hmac.digest(secret, m, hashlib.sha256))
    assert verified(token).outcome is Outcome.FAILED


@pytest.mark.parametrize("algorithm", ["none", "None", "NONE", "nOnE", "", None, 5, ["ES256"]])
def test_unsigned_is_not_signed(algorithm):
    header, payload = parts_of(TOKEN)
    token = forged(header | {"alg": algorithm}, payload, lambda message: b"")
    result = verified(token)
    assert result.outcome is not Outcome.PASSED
    assert algorithm == "" or result.outcome is Outcome.FAILED


def test_the_algorithm_is_the_keys():
    """A listed P-256 key does not become an RSA key by the header's saying so, nor the other way round."""
    issuer = RsaIssuer()
    swapped = reissued({"alg": "RS256"})
    assert verified(swapped).code == "algorithm_mismatch"
    as_es256 = reissued({"kid": f"{issuer.did}#rsa"}, key=RSA)
    assert verified(as_es256, issuer).code == "algorithm_mismatch"


@pytest.mark.parametrize("algorithm", ["ES384", "PS256", "EdDSA", "ES256K"])
def test_other_algorithms_could_not_be_checked(algorithm):
    result = verified(reissued({"alg": algorithm}))
    assert (result.outcome, result.code) == (Outcome.COULD_NOT_CHECK, "format_not_supported")


def test_a_key_in_the_header_proves_nothing():
    attacker = P256Key.generate()
    for header in (
        {"jwk": attacker.public_jwk, "kid": ...},
        {"jwk": attacker.public_jwk},
        {"kid": f"{ISSUER.did}#{attacker.public_multibase}"},
        {"kid": f"did:key:{attacker.public_multibase}#{attacker.public_multibase}"},
        {"kid": attacker.public_multibase},
        {"kid": ...},
    ):
        result = verified(reissued(header, key=attacker))
        assert (result.outcome, result.code) == (Outcome.FAILED, "key_not_listed"), header


def test_a_key_in_the_header_counts_when_the_issuer_lists_it():
    own = ISSUER.token_key.public_jwk
    assert verified(reissued({"jwk": own, "kid": ...})).outcome is Outcome.PASSED
    assert verified(reissued({"jwk": own})).outcome is Outcome.PASSED
    assert verified(reissued({"jwk": own | {"d": "c2VjcmV0"}})).outcome is Outcome.FAILED
    # A listed key beside the name of another one: whichever was meant, it is not this issuer's way.
    assert verified(reissued({"jwk": own, "kid": ISSUER.method})).outcome is Outcome.FAILED


def test_a_key_at_an_address_counts_on_the_issuers_own_host():
    web = "https://badges.example/issuers/1"
    document = a_plain_document(issuer={"id": web, "type": ["Profile"]})
    address = "https://badges.example/keys/1"
    token = jwt.issue(document, key=ISSUER.token_key, kid=address)
    served = {address: ISSUER.token_key.public_jwk}
    assert verified(token, documents=served).outcome is Outcome.PASSED

    elsewhere = "https://attacker.example/keys/1"
    token = jwt.issue(document, key=ISSUER.token_key, kid=elsewhere)
    served = {elsewhere: ISSUER.token_key.public_jwk}
    assert (
        verified(token, documents=served).outcome is Outcome.COULD_NOT_CHECK
    )  # the issuer's document is not to be had
    nothing_listed = served | {web: {"id": web, "assertionMethod": []}}
    assert verified(token, documents=nothing_listed).code == "key_not_listed"
    a_set = {address: {"keys": [ISSUER.token_key.public_jwk]}}
    token = jwt.issue(document, key=ISSUER.token_key, kid=address)
    assert verified(token, documents=a_set).outcome is Outcome.COULD_NOT_CHECK  # `kid` must lead to one key


def test_an_unreachable_issuer_is_not_a_no():
    assert jwt.verify(TOKEN, resolver=resolver()).outcome is Outcome.COULD_NOT_CHECK


# --- header and claims ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "outcome"),
    [
        ({"typ": ...}, Outcome.PASSED),
        ({"typ": "jwt"}, Outcome.PASSED),
        ({"typ": "vc+jwt", "cty": "vc"}, Outcome.PASSED),
        ({"typ": "at+jwt"}, Outcome.FAILED),  # an access token is no credential
        ({"typ": 5}, Outcome.FAILED),
        ({"kid": 5}, Outcome.FAILED),
        ({"crit": ["exp"]}, Outcome.COULD_NOT_CHECK),
        ({"b64": False}, Outcome.COULD_NOT_CHECK),
    ],
)
def test_headers(header, outcome):
    assert verified(reissued(header)).outcome is outcome


@pytest.mark.parametrize(
    ("payload", "code"),
    [
        ({"iss": "did:web:victim.example"}, "claim_mismatch"),
        ({"sub": "urn:uuid:00000000-0000-0000-0000-000000000000"}, "claim_mismatch"),
        ({"jti": "https://badges.example/c/2"}, "claim_mismatch"),
        ({"nbf": 1777863722}, "claim_mismatch"),
        ({"nbf": "1777863721"}, "claim_mismatch"),
        ({"nbf": True}, "claim_mismatch"),
        ({"exp": 4000000000}, "claim_mismatch"),
        ({"exp": None}, "claim_mismatch"),
        ({"iss": ...}, "claim_missing"),
        ({"sub": ...}, "claim_missing"),
        ({"jti": ...}, "claim_missing"),
        ({"nbf": ...}, "claim_missing"),
        ({"issuer": "did:web:victim.example"}, "not_resolved"),
        ({"issuer": ...}, "issuer_missing"),
        ({"vc": {}}, "format_not_supported"),
    ],
)
def test_claims_that_contradict_the_credential_fail(payload, code):
    result = verified(reissued(payload=payload))
    assert result.outcome is not Outcome.PASSED
    assert result.code == code


def test_exp_counts_where_the_credential_is_silent():
    token = reissued(payload={"validUntil": ..., "exp": 1777863999})
    result = verified(token)
    assert result.outcome is Outcome.PASSED
    assert result.valid_until.timestamp() == 1777863999
    assert verified(reissued(payload={"validUntil": ..., "exp": "soon"})).outcome is Outcome.FAILED
    assert verified(reissued(payload={"validUntil": ..., "exp": 1e300})).outcome is Outcome.FAILED


def test_the_w3c_profile_may_leave_claims_out():
    bare = dict.fromkeys(("iss", "sub", "jti", "nbf", "exp"), ...)
    assert verified(reissued({"typ": "vc+jwt"}, bare)).outcome is Outcome.PASSED
    assert verified(reissued({"typ": "vc+jwt"}, bare | {"iss": "did:web:victim.example"})).outcome is Outcome.FAILED


@given(st.text(max_size=200))
def test_no_text_makes_reading_raise_anything_else(text):
    try:
        jwt.read(text)
    except OpenBadgesError:
        return
    raise AssertionError("random text was read as a token")
