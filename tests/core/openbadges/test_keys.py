"""Keys and their text forms, against published vectors."""

import contextlib

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from hypothesis import given
from hypothesis import strategies as st

from insignia.core.openbadges.errors import ProofError, UnsupportedProof
from insignia.core.openbadges.keys import (
    Ed25519Key,
    P256Key,
    P256PublicKey,
    RsaKey,
    RsaPublicKey,
    public_key_from_jwk,
    public_key_from_multibase,
    verification_method,
)
from insignia.core.openbadges.multibase import (
    base58_decode,
    base58_encode,
    base64url_decode,
    base64url_encode,
    decode_multibase,
    encode_multibase,
)

# W3C vc-di-eddsa, TestVectors/keyPair.json, and vc-di-ecdsa, TestVectors/p256KeyPair.json (published test keys).
W3C_ED25519 = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"
W3C_ED25519_SECRET = "z3u2en7t5LR2WtQH5PfFqMqwVHBeXouLzo6haApm8XHqvjxq"
W3C_P256 = "zDnaepBuvsQ8cpsWrVKw8fbpGpvPeNSjVPTWoq6cRqaYzBKVP"
W3C_P256_SECRET = "z42twTcNeSYcnqg1FLuSFs2bsGH3ZqbRHFmvS9XMsYhjxvHN"

RSA = RsaKey.generate()
KINDS = [Ed25519Key.from_seed(bytes(32)), P256Key.from_seed(bytes([1] * 32)), RSA]


def test_ed25519_of_the_w3c_vector():
    seed = decode_multibase(W3C_ED25519_SECRET)[2:]
    assert Ed25519Key.from_seed(seed).public_multibase == W3C_ED25519


def test_p256_of_the_w3c_vector():
    scalar = decode_multibase(W3C_P256_SECRET)[2:]
    assert P256Key.from_seed(scalar).public_multibase == W3C_P256


def test_did_key_vectors():
    """w3c-ccg/did-method-key, test-vectors/ed25519-x25519.json and nist-curves.json, first of each."""
    ed25519 = Ed25519Key.from_seed(bytes(32))
    assert ed25519.public_multibase == "z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp"
    jwk = {
        "kty": "EC",
        "crv": "P-256",
        "x": "igrFmi0whuihKnj9R3Om1SoMph72wUGeFaBbzG2vzns",
        "y": "efsX5b10x8yjyrj4ny3pGfLcY7Xby1KzgqOdqnsrJIM",
    }
    p256 = public_key_from_jwk(jwk)
    assert isinstance(p256, P256PublicKey)
    assert p256.multibase == "zDnaerx9CtbPJ1q36T5Ln5wYt3MQYeGRG5ehnPAmxcf5mDZpv"
    assert p256.jwk == jwk
    assert P256Key.from_seed(base64url_decode("gPh-VvVS8MbvKQ9LSVVmfnxnKjHn4Tqj0bmbpehRlpc")).public == p256


def test_rfc_8037_vector():
    """RFC 8037, appendix A.1 to A.2: the JWK of a key."""
    seed = base64url_decode("nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A")
    jwk = Ed25519Key.from_seed(seed).public_jwk
    assert jwk == {"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}


@pytest.mark.parametrize("key", KINDS, ids=lambda key: key.algorithm)
def test_a_signature_fits_its_message_and_key_only(key):
    signature = key.sign(b"message")
    assert key.public.verifies(signature, b"message")
    assert not key.public.verifies(signature, b"massage")
    assert not key.public.verifies(signature[:-1], b"message")
    assert not key.public.verifies(b"", b"message")
    assert not key.public.verifies(bytes(len(signature)), b"message")
    assert not type(key).generate().public.verifies(signature, b"message")


@pytest.mark.parametrize("key", KINDS, ids=lambda key: key.algorithm)
def test_the_public_half_survives_its_text_forms(key):
    assert public_key_from_jwk(key.public.jwk) == key.public
    if not isinstance(key, RsaKey):
        assert public_key_from_multibase(key.public_multibase) == key.public


@pytest.mark.parametrize("key", KINDS, ids=lambda key: key.algorithm)
def test_a_secret_is_never_shown(key):
    secret = key.pem if isinstance(key, RsaKey) else key.seed
    assert repr(secret) not in repr(key)
    assert "d" not in key.public_jwk


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (None, ProofError),
        ("", ProofError),
        ("z", UnsupportedProof),
        ("6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp", ProofError),
        ("z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooW0", ProofError),  # 0 is no letter of base58
        (encode_multibase(b"\xed\x01" + bytes(31)), ProofError),  # too short
        ("z6LShs9GGnqk85isEBzzshkuVWrVKsRp24GnDuHk8QWkARMW", UnsupportedProof),  # X25519: not for signing
        (encode_multibase(b"\x80\x24\x02" + b"\xff" * 32), ProofError),  # not on the curve
        ("z" + "6" * 2000, ProofError),
    ],
)
def test_what_is_no_key_is_refused(text, kind):
    with pytest.raises(ProofError) as caught:
        public_key_from_multibase(text)
    assert type(caught.value) is kind


@pytest.mark.parametrize(
    "jwk",
    [
        None,
        {},
        {"kty": "oct", "k": "c2VjcmV0"},
        {"kty": "EC", "crv": "P-521", "x": "AA", "y": "AA"},
        {"kty": "OKP", "crv": "Ed25519", "x": "AA"},
        {"kty": "OKP", "crv": "Ed25519", "x": 5},
        KINDS[0].public_jwk | {"d": "c2VjcmV0"},
        KINDS[1].public_jwk | {"y": KINDS[1].public_jwk["x"]},
    ],
)
def test_what_is_no_public_jwk_is_refused(jwk):
    with pytest.raises(ProofError):
        public_key_from_jwk(jwk)


def test_short_rsa_keys_are_refused():
    numbers = rsa.generate_private_key(public_exponent=65537, key_size=1024).public_key().public_numbers()
    with pytest.raises(ProofError):
        RsaPublicKey(numbers.n, numbers.e)
    with pytest.raises(ProofError):
        RsaPublicKey(RSA.public.modulus, 1)


def test_a_scalar_outside_the_group_is_no_key():
    for seed in (bytes(32), b"\xff" * 32, b"short"):
        with pytest.raises(ProofError):
            P256Key.from_seed(seed)
    with pytest.raises(ProofError):
        Ed25519Key.from_seed(bytes(31))


def test_a_verification_method_carries_the_key_in_its_fragment():
    method = verification_method("did:web:badges.example", KINDS[0])
    assert method == {
        "id": "did:web:badges.example#z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp",
        "type": "Multikey",
        "controller": "did:web:badges.example",
        "publicKeyMultibase": "z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp",
    }


@given(st.binary(max_size=100))
def test_text_forms_of_bytes_are_read_back(value):
    assert base58_decode(base58_encode(value)) == value
    assert base64url_decode(base64url_encode(value)) == value


@given(st.binary(min_size=1, max_size=40), st.data())
def test_one_value_has_one_base64url_text(value, data):
    """Else a signature could be rewritten: the last letter has bits to spare."""
    text = base64url_encode(value)
    place = data.draw(st.integers(0, len(text) - 1))
    letter = data.draw(st.sampled_from("ABCXYZabcxyz0189-_=+/ \n"))
    other = text[:place] + letter + text[place + 1 :]
    if other == text:
        return
    with contextlib.suppress(ProofError):
        assert base64url_decode(other) != value
