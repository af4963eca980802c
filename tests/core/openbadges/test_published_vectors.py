"""The vectors and samples that W3C and 1EdTech publish, read from the folder that INSIGNIA_VECTORS names."""

import json

import pytest

from insignia.core.openbadges import jwt
from insignia.core.openbadges.canonical import canonicalize, jcs
from insignia.core.openbadges.checks import Outcome
from insignia.core.openbadges.errors import ResolutionError
from insignia.core.openbadges.keys import Ed25519Key, public_key_from_jwk, public_key_from_multibase
from insignia.core.openbadges.limits import LIMITS
from insignia.core.openbadges.multibase import base58_encode
from insignia.core.openbadges.proofs import verify_proof
from insignia.core.openbadges.proofs.eddsa_rdfc import canonical_options, hash_data
from insignia.core.openbadges.verification import verify
from tests.core.openbadges import reference
from tests.core.openbadges.signing import NOW, resolver, status_reader
from tests.core.openbadges.test_canonical import with_examples

pytestmark = reference.NEEDED

SAMPLES = "open-badges-3.0/examples-validator"


def text(name):
    return reference.file(name).read_text("utf-8")


def lists_its_key(method):
    """A resolver in which the controller of `method` lists the key in its fragment, as the samples' issuers would."""
    controller, _, key = method.partition("#")
    document = {
        "id": controller,
        "verificationMethod": [{"id": method, "type": "Multikey", "controller": controller, "publicKeyMultibase": key}],
        "assertionMethod": [method],
    }
    return resolver(documents={controller: document})


def proofs_of(document):
    found = document.get("proof", [])
    return found if isinstance(found, list) else [found]


def test_w3c_eddsa_rdfc_2022():
    folder = "vc-di-eddsa/eddsa-rdfc-2022"
    signed = reference.document(f"{folder}/signedDataInt.json")
    unsecured = {name: value for name, value in signed.items() if name != "proof"}
    options = {name: value for name, value in signed["proof"].items() if name != "proofValue"}
    assert canonicalize(unsecured, loader=with_examples).decode() == text(f"{folder}/canonDocDataInt.txt")
    assert canonical_options(options, signed["@context"], loader=with_examples).decode() == text(
        f"{folder}/proofCanonDataInt.txt"
    )
    hashes = hash_data(signed, options, loader=with_examples, limits=LIMITS)
    assert hashes.hex() == text(f"{folder}/combinedHashDataInt.txt").strip()
    result = verify_proof(signed, resolver=resolver(), loader=with_examples)
    assert result.outcome is Outcome.PASSED


@pytest.mark.parametrize("folder", ["open-badges-3.0/test-vectors"])
def test_1edtech_implementation_guide(folder):
    signed = reference.document(f"{folder}/signed.json")
    unsecured = {name: value for name, value in signed.items() if name != "proof"}
    assert canonicalize(unsecured).decode().split() == text(f"{folder}/document-canon.txt").split()
    result = verify_proof(signed, resolver=lists_its_key(signed["proof"]["verificationMethod"]))
    assert result.outcome is Outcome.PASSED


@pytest.mark.parametrize(
    "name", ["simple.json", "simple-context-version.json", "complete.json", "endorsement-valid.json"]
)
def test_1edtech_good_samples_have_good_proofs(name):
    document = reference.document(f"{SAMPLES}/{name}")
    (proof,) = proofs_of(document)
    result = verify_proof(document, resolver=lists_its_key(proof["verificationMethod"]))
    assert result.outcome is Outcome.PASSED, result


@pytest.mark.parametrize(
    "path", [path for path in reference.OB3_SAMPLES if "-err-" in path.name], ids=lambda path: path.name
)
def test_1edtech_bad_samples_do_not_pass(path):
    document = json.loads(path.read_text("utf-8"))
    proofs = [proof for proof in proofs_of(document) if "#" in proof.get("verificationMethod", "")]
    keys = lists_its_key(proofs[0]["verificationMethod"]) if proofs else resolver()
    verification = verify(json.dumps(document), resolver=keys, status_reader=status_reader(), now=NOW)
    assert verification.outcome is not Outcome.PASSED


@pytest.mark.parametrize("path", reference.OB3_SAMPLES, ids=lambda path: path.name)
def test_no_sample_passes_where_nobody_answers(path):
    verification = verify(path.read_bytes(), resolver=resolver(), status_reader=status_reader(), now=NOW)
    assert verification.outcome is not Outcome.PASSED


def test_1edtech_revoked_sample():
    """`bit-string-list/credential-status-revoked.json`: index 23 is set in `testlist`, both signed by one key."""
    badge = reference.document(f"{SAMPLES}/bit-string-list/credential-status-revoked.json")
    listing = text(f"{SAMPLES}/bit-string-list/testlist")
    url = badge["credentialStatus"]["statusListCredential"]
    keys = lists_its_key(badge["proof"]["verificationMethod"])
    # The list is published under another id than it is fetched from, which we do not accept...
    verification = verify(json.dumps(badge), resolver=keys, status_reader=lambda asked: listing, now=NOW)
    assert verification.check("proof").outcome is Outcome.PASSED
    assert verification.check("not_revoked").code == "list_mismatch"
    assert json.loads(listing)["id"] != url


@pytest.mark.parametrize("name", ["simple.jwt", "velocity.jwt"])
def test_1edtech_tokens_are_read(name):
    token = text(f"{SAMPLES}/{name}").strip()
    parsed = jwt.read(token)
    assert parsed.header["alg"] == "RS256"
    if "jwk" in parsed.header:
        assert public_key_from_jwk(parsed.header["jwk"]).verifies(parsed.signature, parsed.signed)
    assert jwt.verify(token, resolver=resolver()).outcome is not Outcome.PASSED


def test_w3c_jcs_vector():
    folder = "vc-di-eddsa/eddsa-jcs-2022"
    signed = reference.document(f"{folder}/signedJCS.json")
    unsecured = {name: value for name, value in signed.items() if name != "proof"}
    assert jcs(unsecured).decode() == text(f"{folder}/canonDocJCS.txt")


@pytest.mark.parametrize(
    "name", ["ed25519-x25519.json", "nist-curves.json", "rsa.json", "secp256k1.json", "bls12381.json"]
)
def test_did_key_vectors(name):
    """Each is read to the key it stands for, or is a kind we say we do not support."""
    for did, vector in reference.document(f"did/did-key-test-vectors/{name}").items():
        multibase = did.removeprefix("did:key:")
        if multibase.startswith("z6Mk"):
            assert Ed25519Key.from_seed(bytes.fromhex(vector["seed"])).public_multibase == multibase
        elif multibase.startswith("zDn"):
            method = vector["didDocument"]["verificationMethod"][0]
            key = public_key_from_multibase(multibase)
            assert method.get("publicKeyJwk", key.jwk) == key.jwk
            assert method.get("publicKeyBase58") in (None, base58_encode(key.compressed))
        else:
            assert resolver_refuses(did)


def resolver_refuses(did):
    try:
        resolver().controller_document(did)
    except ResolutionError as error:
        return error.code in ("key_not_supported", "encoding_invalid", "key_invalid")
    return False
