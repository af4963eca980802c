"""Embedded proofs: made as published, and never passed when anything was changed."""

import copy
import hashlib
import json
import time
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from insignia.core.openbadges import proofs
from insignia.core.openbadges.canonical import canonicalize
from insignia.core.openbadges.checks import Outcome
from insignia.core.openbadges.documents import to_document
from insignia.core.openbadges.errors import (
    ContextUnavailable,
    InvalidLinkedData,
    OpenBadgesError,
    ProofError,
    TooComplex,
    UndefinedTerms,
)
from insignia.core.openbadges.keys import Ed25519Key, P256Key
from insignia.core.openbadges.limits import LIMITS
from insignia.core.openbadges.multibase import base58_decode, decode_multibase
from insignia.core.openbadges.proofs import add_proof, verify_proof
from insignia.core.openbadges.proofs.eddsa_rdfc import canonical_options, hash_data
from insignia.core.openbadges.strict_json import loads
from tests.core.openbadges import samples
from tests.core.openbadges.signing import EXTENSIONS, NOW, OB, VC, Issuer, a_plain_document, resolver
from tests.core.openbadges.test_canonical import ALUMNI, with_examples
from tests.core.openbadges.test_keys import W3C_ED25519, W3C_ED25519_SECRET

ISSUER = Issuer()
# W3C vc-di-eddsa, TestVectors/eddsa-rdfc-2022: docHashDataInt.txt, proofHashDataInt.txt, sigBTC58DataInt.txt
DOCUMENT_HASH = "517744132ae165a5349155bef0bb0cf2258fff99dfe1dbd914b938d775a36017"
PROOF_HASH = "bea7b7acfbad0126b135104024a5f1733e705108f42d59668b05c0c50004c6b0"
PROOF_VALUE = "z2YwC8z3ap7yx1nZYCg4L3j3ApHsF8kgPdSb5xoS1VR7vPG3F561B52hYnQF9iseabecm3ijx4K1FBTQsCZahKZme"
W3C_DID = f"did:key:{W3C_ED25519}"
W3C_METHOD = f"{W3C_DID}#{W3C_ED25519}"


def verified(document, *issuers):
    return verify_proof(document, resolver=resolver(*(issuers or (ISSUER,))))


def test_the_published_vector_is_reproduced():
    key = Ed25519Key.from_seed(decode_multibase(W3C_ED25519_SECRET)[2:])
    created = datetime(2023, 2, 24, 23, 36, 38, tzinfo=UTC)
    signed = add_proof(ALUMNI, key=key, verification_method=W3C_METHOD, created=created, loader=with_examples)
    (proof,) = signed["proof"]
    options = {name: value for name, value in proof.items() if name != "proofValue"}
    hashes = hash_data(ALUMNI, options, loader=with_examples, limits=LIMITS)
    assert hashes.hex() == PROOF_HASH + DOCUMENT_HASH
    assert proof["proofValue"] == PROOF_VALUE
    assert verify_proof(signed, resolver=resolver(), loader=with_examples).outcome is Outcome.PASSED


def test_a_signed_badge_verifies_and_names_its_key():
    result = verified(ISSUER.sign(a_plain_document()))
    assert result.outcome is Outcome.PASSED
    assert result.format == "eddsa-rdfc-2022"
    assert result.controller.id == ISSUER.did
    assert result.method.id == ISSUER.method
    assert result.created == NOW


def test_signing_leaves_the_document_as_it_was():
    document = a_plain_document()
    before = copy.deepcopy(document)
    signed = ISSUER.sign(document)
    assert document == before
    assert {key: value for key, value in signed.items() if key != "proof"} == document
    assert list(signed["proof"][0]) == [
        "type", "cryptosuite", "created", "verificationMethod", "proofPurpose", "proofValue",
    ]  # fmt: skip


def test_order_and_white_space_do_not_matter():
    signed = ISSUER.sign(a_plain_document())
    reordered = json.loads(json.dumps(dict(reversed(signed.items())), indent=3))
    assert verified(reordered).outcome is Outcome.PASSED


@pytest.mark.parametrize("single", [True, False])
def test_a_proof_may_stand_alone_or_in_a_list(single):
    signed = ISSUER.sign(a_plain_document())
    document = {**signed, "proof": signed["proof"][0] if single else signed["proof"]}
    assert verified(document).outcome is Outcome.PASSED


# --- tampering ------------------------------------------------------------------------------------------------------

SIGNED = ISSUER.sign(
    a_plain_document(
        **{"@context": [VC, OB, EXTENSIONS]},
        validUntil="2027-05-04T03:02:01Z",
        credentialStatus={
            "id": "https://badges.example/s/1#3",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": "3",
            "statusListCredential": "https://badges.example/s/1",
        },
        evidence=[{"id": "https://badges.example/e/1", "type": ["Evidence"], "name": "Project – größer"}],
    )
)
WRITTEN = json.dumps(SIGNED, ensure_ascii=False, separators=(",", ":")).encode()


@settings(max_examples=400, deadline=None)
@given(st.integers(0, len(WRITTEN) * 8 - 1))
def test_no_flipped_bit_passes(bit):
    changed = bytearray(WRITTEN)
    changed[bit // 8] ^= 1 << (bit % 8)
    try:
        document = loads(bytes(changed))
    except OpenBadgesError:
        return
    if not isinstance(document, dict):
        return
    assert verified(document).outcome is not Outcome.PASSED


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(samples.credentials(), st.data())
def test_no_changed_member_of_any_badge_passes(credential, data):
    document = to_document(credential)
    document.pop("proof", None)
    try:
        signed = ISSUER.sign(document)
    except (InvalidLinkedData, TooComplex):
        return
    assert verified(signed).outcome is Outcome.PASSED
    holders = [holder for holder in _objects_in(signed) if any(isinstance(v, str) for v in holder.values())]
    holder = data.draw(st.sampled_from(holders))
    key = data.draw(st.sampled_from([key for key, value in holder.items() if isinstance(value, str)]))
    before = canonicalize({k: v for k, v in signed.items() if k != "proof"})
    holder[key] = holder[key] + "x"
    in_proof = any(holder is proof for proof in signed["proof"])
    unsecured = {k: v for k, v in signed.items() if k != "proof"}
    if not in_proof and _canonical(unsecured) == before:
        return  # e.g. one of two equal statements was changed into a third that stands elsewhere
    assert verified(signed).outcome is not Outcome.PASSED


def _canonical(document):
    try:
        return canonicalize(document)
    except OpenBadgesError:
        return b""


def _objects_in(value):
    if isinstance(value, dict):
        yield value
        for key, inner in value.items():
            if key != "@context":
                yield from _objects_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _objects_in(inner)


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "Leadership"},
        {"description": "Added afterwards."},
        {"validUntil": "2099-01-01T00:00:00Z"},
        {"credentialStatus": []},
        {"id": "https://badges.example/c/2"},
        {"type": ["VerifiableCredential"]},
        {"evidence": []},
        {"@context": [VC, "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json"]},
    ],
)
def test_what_was_changed_after_signing_fails(changes):
    assert verified({**SIGNED, **changes}).outcome is Outcome.FAILED


@pytest.mark.parametrize(
    "changes",
    [
        {"created": "2020-01-01T00:00:00Z"},
        {"expires": "2099-01-01T00:00:00Z"},
        {"domain": "example.org"},
        {"nonce": "1"},
        {"id": "urn:uuid:3f2504e0-4f89-41d3-9a0c-0305e82c3301"},
    ],
)
def test_what_was_changed_in_the_proof_fails(changes):
    proof = SIGNED["proof"][0] | changes
    assert verified({**SIGNED, "proof": [proof]}).code == "signature_false"


@pytest.mark.parametrize(
    ("changes", "outcome", "code"),
    [
        ({"proofPurpose": "authentication"}, Outcome.FAILED, "purpose_mismatch"),
        ({"proofPurpose": None}, Outcome.FAILED, "purpose_mismatch"),
        ({"verificationMethod": None}, Outcome.FAILED, "method_missing"),
        ({"verificationMethod": ISSUER.did}, Outcome.FAILED, "method_missing"),
        ({"verificationMethod": ISSUER.token_method}, Outcome.FAILED, "key_mismatch"),
        ({"created": "yesterday"}, Outcome.FAILED, "proof_invalid"),
        ({"proofValue": None}, Outcome.FAILED, "encoding_invalid"),
        ({"proofValue": "u" + "A" * 86}, Outcome.FAILED, "encoding_invalid"),
        ({"proofValue": "z0"}, Outcome.FAILED, "encoding_invalid"),
        ({"proofValue": "z1"}, Outcome.FAILED, "signature_false"),
        ({"cryptosuite": "ecdsa-rdfc-2019"}, Outcome.COULD_NOT_CHECK, "format_not_supported"),
        ({"cryptosuite": "eddsa-jcs-2022"}, Outcome.COULD_NOT_CHECK, "format_not_supported"),
        ({"cryptosuite": None}, Outcome.COULD_NOT_CHECK, "format_not_supported"),
        ({"type": "https://example.org/NewProof"}, Outcome.COULD_NOT_CHECK, "format_not_supported"),
        (
            {"previousProof": "urn:uuid:3f2504e0-4f89-41d3-9a0c-0305e82c3301"},
            Outcome.COULD_NOT_CHECK,
            "format_not_supported",
        ),
        ({"verificationMethod": "did:example:1#k"}, Outcome.COULD_NOT_CHECK, "method_not_supported"),
        ({"verificationMethod": "did:web:nobody.example#k"}, Outcome.COULD_NOT_CHECK, "not_resolved"),
        ({"type": 5}, Outcome.COULD_NOT_CHECK, "linked_data_invalid"),
    ],
)
def test_what_is_wrong_with_a_proof_is_said(changes, outcome, code):
    proof = {name: value for name, value in (SIGNED["proof"][0] | changes).items() if value is not None}
    result = verified({**SIGNED, "proof": [proof]})
    assert result.outcome is outcome
    assert code in (None, result.code)


def test_no_proof_is_a_no():
    assert verified(a_plain_document()).code == "no_proof"
    assert verified(a_plain_document(proof=[])).code == "no_proof"


# --- whose key ------------------------------------------------------------------------------------------------------


def test_a_key_in_the_fragment_proves_nothing():
    """`did:web:victim#attacker's key`: well-formed, well signed, and not the victim's."""
    attacker = Ed25519Key.generate()
    forged = add_proof(
        a_plain_document(),
        key=attacker,
        verification_method=f"{ISSUER.did}#{attacker.public_multibase}",
        created=NOW,
    )
    result = verified(forged)
    assert (result.outcome, result.code) == (Outcome.FAILED, "key_not_listed")
    # And nothing is known where the victim's document cannot be had.
    assert verify_proof(forged, resolver=resolver()).outcome is Outcome.COULD_NOT_CHECK


def test_a_document_cannot_lend_itself_a_key_of_another():
    class Liar(Issuer):
        def document(self):
            own = super().document()
            return own | {
                "verificationMethod": [own["verificationMethod"][0] | {"controller": "did:web:victim.example"}]
            }

    liar = Liar(did="did:web:liar.example")
    assert verified(liar.sign(a_plain_document()), liar).code == "key_not_listed"


@pytest.mark.parametrize(
    ("ended", "outcome"),
    [
        ({"revoked": "2026-01-01T00:00:00Z"}, Outcome.FAILED),
        ({"revoked": "2027-01-01T00:00:00Z"}, Outcome.FAILED),  # compromised: whatever it signed is in doubt
        ({"expires": "2026-01-01T00:00:00Z"}, Outcome.FAILED),
        ({"expires": "2027-01-01T00:00:00Z"}, Outcome.PASSED),
        ({"expires": "soon"}, Outcome.COULD_NOT_CHECK),
    ],
)
def test_keys_end(ended, outcome):
    class Ending(Issuer):
        def document(self):
            own = super().document()
            return own | {"verificationMethod": [method | ended for method in own["verificationMethod"]]}

    issuer = Ending()
    assert verified(issuer.sign(a_plain_document()), issuer).outcome is outcome


def test_of_several_proofs_the_issuers_counts():
    stranger = Issuer(did="did:web:stranger.example", key=Ed25519Key.generate())
    both = stranger.sign(a_plain_document())["proof"] + ISSUER.sign(a_plain_document())["proof"]
    result = verified(a_plain_document(proof=both), ISSUER, stranger)
    assert result.controller.id == ISSUER.did
    unknown = {"type": "DataIntegrityProof", "cryptosuite": "future-2030", "proofValue": "z1"}
    assert verified({**SIGNED, "proof": [unknown, *SIGNED["proof"]]}).outcome is Outcome.PASSED
    assert verified({**SIGNED, "name": "x", "proof": [unknown, *SIGNED["proof"]]}).outcome is Outcome.FAILED
    assert verified({**SIGNED, "proof": SIGNED["proof"] * 9}).outcome is Outcome.COULD_NOT_CHECK


# --- what is not signed ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"colour": "red"}, UndefinedTerms),
        ({"@context": [VC, "https://example.org/context"]}, ContextUnavailable),
        ({"@context": [VC, OB, {"motto": "https://example.org/motto"}], "motto": "x"}, TooComplex),
        ({"https://example.org/motto": "x"}, TooComplex),
        ({"name": "bell\x07"}, TooComplex),
        ({"name": "\x7f"}, TooComplex),
        ({"name": "\ufffe"}, TooComplex),
        ({"name": "x" * 70_000}, TooComplex),
        ({"id": "https://badges.example/<c>"}, InvalidLinkedData),
        ({"proof": []}, ProofError),
        ({"proof": [{"type": "DataIntegrityProof"}]}, ProofError),
    ],
)
def test_what_others_could_not_check_is_not_signed(changes, error):
    with pytest.raises(error):
        ISSUER.sign(a_plain_document(**changes))


def test_only_ed25519_signs_and_only_with_a_known_time():
    with pytest.raises(ProofError):
        add_proof(a_plain_document(), key=P256Key.generate(), verification_method=ISSUER.token_method, created=NOW)
    with pytest.raises(ValueError, match="time zone"):
        ISSUER.sign(a_plain_document(), created=NOW.replace(tzinfo=None))


def test_undefined_members_added_after_signing_fail():
    """They would be dropped before hashing, so the signature would still fit."""
    result = verified({**SIGNED, "grade": "A+"})
    assert (result.outcome, result.code) == (Outcome.FAILED, "undefined_terms")


# --- the template for plain proof options ---------------------------------------------------------------------------


@given(
    st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1)).map(lambda moment: moment.strftime("%Y-%m-%dT%H:%M:%SZ")),
    st.sampled_from(
        ["did:web:a.example:b#z6Mk", "did:key:z6Mk#z6Mk", "https://a.example/i?x=1&y=%20#k", "did:web:a%3A80#0"]
    ),
    st.sampled_from([[VC], [VC, OB], [VC, OB, EXTENSIONS]]),
)
def test_the_template_equals_the_full_way(created, method, context):
    options = {
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-rdfc-2022",
        "created": created,
        "verificationMethod": method,
        "proofPurpose": "assertionMethod",
    }
    assert canonical_options(options, context) == canonicalize({**options, "@context": context})


@pytest.mark.parametrize(
    "changes",
    [
        {"expires": "2030-01-01T00:00:00Z"},
        {"id": "urn:uuid:3f2504e0-4f89-41d3-9a0c-0305e82c3301"},
        {"created": "2026-01-01T00:00:00.5Z"},
        {"created": '2026" .\n_:x <y> "'},
        {"verificationMethod": "did:web:a> <b"},
        {"verificationMethod": ["did:web:a#1"]},
        {"proofPurpose": "authentication"},
    ],
)
def test_other_options_take_the_full_way(changes):
    options = {
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-rdfc-2022",
        "created": "2026-01-01T00:00:00Z",
        "verificationMethod": "did:web:a#1",
        "proofPurpose": "assertionMethod",
    } | changes
    context = [VC, OB]
    assert canonical_options(options, context) == canonicalize({**options, "@context": context})


# --- the table ------------------------------------------------------------------------------------------------------


def test_a_cryptosuite_is_a_row(monkeypatch):
    """A format comes by one entry; nothing else needs to know."""

    class Plain:
        name, proof_type, cryptosuite = "plain-2026", "DataIntegrityProof", "plain-2026"

        def verifies(self, document, proof, *, key, loader, limits):
            unsecured = canonicalize({k: v for k, v in document.items() if k != "proof"})
            return proof["proofValue"] == hashlib.sha256(unsecured).hexdigest()

    value = hashlib.sha256(canonicalize(a_plain_document())).hexdigest()
    proof = SIGNED["proof"][0] | {"cryptosuite": "plain-2026", "proofValue": value}
    assert verified(a_plain_document(proof=proof)).code == "format_not_supported"
    rows = dict(proofs.CRYPTOSUITES) | {("DataIntegrityProof", "plain-2026"): Plain()}
    monkeypatch.setattr(proofs, "CRYPTOSUITES", rows)
    assert verified(a_plain_document(proof=proof)).format == "plain-2026"
    assert verified(a_plain_document(proof=proof)).outcome is Outcome.PASSED


def test_signatures_are_64_bytes_and_deterministic():
    one, other = (ISSUER.sign(a_plain_document())["proof"][0]["proofValue"] for _ in range(2))
    assert one == other
    assert len(base58_decode(one[1:])) == 64
    later = ISSUER.sign(a_plain_document(), created=NOW + timedelta(seconds=1))["proof"][0]["proofValue"]
    assert later != one


def test_a_poison_badge_is_not_false_but_not_checked():
    people = [{"id": f"_:p{i}", "type": ["Profile"]} for i in range(10)]
    for person in people:
        person["parentOrg"] = [{"id": other["id"]} for other in people if other is not person]
    poisoned = {**SIGNED, "issuer": {**SIGNED["issuer"], "parentOrg": people}}
    began = time.monotonic()
    assert verified(poisoned).outcome is Outcome.COULD_NOT_CHECK
    assert time.monotonic() - began < 2
