"""DIDs and controller documents."""

import json

import pytest

from insignia.core.openbadges.did import (
    FetchingResolver,
    did_jwk_document,
    did_key_document,
    did_web_url,
    parse_controller_document,
    same_origin,
)
from insignia.core.openbadges.errors import ResolutionError
from insignia.core.openbadges.keys import Ed25519Key, P256Key, verification_method
from insignia.core.openbadges.multibase import base64url_encode
from tests.core.openbadges.signing import Issuer, resolver

KEY = Ed25519Key.from_seed(bytes(32))
DID = "did:web:badges.example:issuers:1"


@pytest.mark.parametrize(
    ("did", "url"),
    [
        # did:web method specification, section 3.2, and around it
        ("did:web:w3c-ccg.github.io", "https://w3c-ccg.github.io/.well-known/did.json"),
        ("did:web:w3c-ccg.github.io:user:alice", "https://w3c-ccg.github.io/user/alice/did.json"),
        ("did:web:example.com%3A3000:user:alice", "https://example.com:3000/user/alice/did.json"),
        ("did:web:localhost%3A8000:issuers:abc", "https://localhost:8000/issuers/abc/did.json"),
        ("did:web:example.com%3a3000", "https://example.com:3000/.well-known/did.json"),
        ("did:web:xn--bcher-kva.example", "https://xn--bcher-kva.example/.well-known/did.json"),
    ],
)
def test_where_a_did_web_lies(did, url):
    assert did_web_url(did) == url


@pytest.mark.parametrize(
    "did",
    [
        "did:web:",
        "did:web::a",
        "did:key:z6Mk",
        "did:web:example.com:",
        "did:web:example.com::a",
        "did:web:example.com:..:a",
        "did:web:example.com:%2e%2e:a",
        "did:web:example.com:a%2Fb",
        "did:web:example.com/a",
        "did:web:example.com%2Fa",
        "did:web:user%40example.com",
        "did:web:example.com%3A",
        "did:web:example.com%3A0",
        "did:web:example.com%3A99999",
        "did:web:example.com%3A80%3A80",
        "did:web:127.0.0.1",
        "did:web:127.0.0.1%3A80",
        "did:web:2130706433",
        "did:web:0x7f.1",
        "did:web:[::1]",
        "did:web:%5B%3A%3A1%5D",
        "did:web:exa mple.com",
        "did:web:example.com?x",
        "did:web:example.com#x",
        "did:web:-example.com",
        "did:web:exämple.com",
    ],
)
def test_what_is_no_did_web_is_not_looked_up(did):
    with pytest.raises(ResolutionError):
        did_web_url(did)


def test_did_key_speaks_for_itself():
    did = f"did:key:{KEY.public_multibase}"
    document = did_key_document(did)
    assert document.asserting(f"{did}#{KEY.public_multibase}").key == KEY.public
    assert document.asserting(f"{did}#other") is None
    for broken in (
        "did:key:",
        "did:key:z6Mk",
        "did:key:u6Mk",
        "did:key:z6LShs9GGnqk85isEBzzshkuVWrVKsRp24GnDuHk8QWkARMW",
    ):
        with pytest.raises(ResolutionError):
            did_key_document(broken)


def test_did_jwk_speaks_for_itself():
    key = P256Key.from_seed(bytes([7] * 32))
    did = "did:jwk:" + base64url_encode(json.dumps(key.public_jwk).encode())
    assert did_jwk_document(did).asserting(f"{did}#0").key == key.public
    encrypting = "did:jwk:" + base64url_encode(json.dumps(key.public_jwk | {"use": "enc"}).encode())
    assert did_jwk_document(encrypting).asserting(f"{encrypting}#0") is None
    for broken in ("did:jwk:", "did:jwk:e30", "did:jwk:%%%", "did:jwk:W10"):
        with pytest.raises(ResolutionError):
            did_jwk_document(broken)


def a_document(**changes):
    return Issuer(did=DID, key=KEY).document() | changes


METHOD = f"{DID}#{KEY.public_multibase}"


def test_a_key_counts_when_it_is_listed_for_assertions():
    assert parse_controller_document(a_document(), expected_id=DID).asserting(METHOD).key == KEY.public
    assert parse_controller_document(a_document(assertionMethod=METHOD), expected_id=DID).asserting(METHOD)
    assert parse_controller_document(a_document(assertionMethod=[{"id": METHOD}]), expected_id=DID).asserting(METHOD)


@pytest.mark.parametrize(
    "changes",
    [
        {"assertionMethod": []},
        {"assertionMethod": None},
        {"assertionMethod": [METHOD + "x"], "authentication": [METHOD]},
        {"verificationMethod": []},
        {"verificationMethod": [verification_method(DID, KEY) | {"controller": "did:web:victim.example"}]},
        {"verificationMethod": [verification_method(DID, KEY) | {"controller": None}]},
        {"verificationMethod": [verification_method(DID, KEY) | {"publicKeyJwk": KEY.public_jwk}]},
        {"verificationMethod": [verification_method(DID, KEY) | {"publicKeyMultibase": "z6Mk"}]},
        {"verificationMethod": ["x", 5, {}]},
    ],
)
def test_a_key_does_not_count_otherwise(changes):
    document = parse_controller_document(a_document(**changes), expected_id=DID)
    assert document.asserting(METHOD) is None
    assert document.asserting_key(KEY.public) is None


def test_an_embedded_method_and_a_short_reference_count():
    method = verification_method(DID, KEY)
    embedded = a_document(verificationMethod=[], assertionMethod=[method])
    assert parse_controller_document(embedded, expected_id=DID).asserting(METHOD)
    short = f"#{KEY.public_multibase}"
    relative = a_document(verificationMethod=[method | {"id": short}], assertionMethod=[short])
    assert parse_controller_document(relative, expected_id=DID).asserting(METHOD)


def test_a_key_may_be_written_as_jwk():
    method = {"id": f"{DID}#1", "type": "JsonWebKey", "controller": DID, "publicKeyJwk": KEY.public_jwk}
    document = a_document(verificationMethod=[method], assertionMethod=[f"{DID}#1"])
    assert parse_controller_document(document, expected_id=DID).asserting(f"{DID}#1").key == KEY.public


def test_a_document_about_somebody_else_is_refused():
    with pytest.raises(ResolutionError) as caught:
        parse_controller_document(a_document(), expected_id="did:web:victim.example")
    assert caught.value.code == "controller_mismatch"
    assert caught.value.permanent


def test_two_keys_under_one_name_are_refused():
    other = verification_method(DID, Ed25519Key.from_seed(bytes([1] * 32))) | {"id": METHOD}
    with pytest.raises(ResolutionError):
        parse_controller_document(
            a_document(verificationMethod=[verification_method(DID, KEY), other]), expected_id=DID
        )


def test_hundreds_of_keys_are_refused():
    with pytest.raises(ResolutionError):
        parse_controller_document(a_document(assertionMethod=[METHOD] * 101), expected_id=DID)


def test_what_the_resolver_fetches_and_what_it_does_not():
    issuer = Issuer(did=DID, key=KEY)
    assert resolver(issuer).controller_document(DID).asserting(METHOD)
    web = "https://faculty.example/profile"
    served = a_document(id=web)
    assert resolver(documents={web: served}).controller_document(web).id == web

    asked = []

    def fetch(url):
        asked.append(url)
        return b"{}"

    never = FetchingResolver(fetch)
    for place in (
        "http://faculty.example",
        "file:///etc/passwd",
        "did:example:1",
        "did:web:127.0.0.1",
        "",
        "https://a#b",
    ):
        with pytest.raises(ResolutionError):
            never.controller_document(place)
    with pytest.raises(ResolutionError):
        never.json_web_key("http://faculty.example/key")
    assert asked == []


@pytest.mark.parametrize("body", [b"", b"[]", b"5", b'{"id": 1, "id": 2}', b"\xff", b'{"a":' * 100, b" " * 300_000])
def test_what_is_no_key_document_could_not_be_resolved(body):
    with pytest.raises(ResolutionError):
        FetchingResolver(lambda url: body).controller_document(DID)


def test_origins():
    assert same_origin("https://a.example/x", "https://A.example/y")
    assert not same_origin("https://a.example/x", "https://a.example:444/x")
    assert not same_origin("https://a.example/x", "http://a.example/x")
    assert not same_origin("did:web:a.example", "did:web:a.example")
