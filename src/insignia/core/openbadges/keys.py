"""Keys: Ed25519 and P-256 to sign and verify, RSA for VC-JWT with RS256; their Multikey and JWK forms.

Multikey (Controlled Identifiers 1.0, section 2.2.2): multibase of a multicodec prefix and the key. JWK: RFC 7517, 8037.
A private key never prints its secret.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

from .errors import N_, ProofError, UnsupportedProof
from .multibase import base64url_decode, base64url_encode, decode_multibase, encode_multibase

_ED25519 = b"\xed\x01"
_P256 = b"\x80\x24"
_SECP256R1 = ec.SECP256R1()
_SHA256 = ec.ECDSA(hashes.SHA256())
_MIN_RSA_BITS, _MAX_RSA_BITS = 2048, 8192


class PublicKey(Protocol):
    """What a verifier needs of a key. `algorithm` is the only JOSE algorithm that it may be used with."""

    @property
    def algorithm(self) -> str: ...

    @property
    def jwk(self) -> dict[str, str]: ...

    def verifies(self, signature: bytes, message: bytes) -> bool: ...


class PrivateKey(Protocol):
    """What a signer needs of a key."""

    @property
    def algorithm(self) -> str: ...

    @property
    def public(self) -> PublicKey: ...

    def sign(self, message: bytes) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Ed25519PublicKey:
    raw: bytes

    algorithm = "EdDSA"

    def __post_init__(self) -> None:
        if len(self.raw) != 32:
            raise _not_a_key()

    @property
    def multibase(self) -> str:
        return encode_multibase(_ED25519 + self.raw)

    @property
    def jwk(self) -> dict[str, str]:
        return {"kty": "OKP", "crv": "Ed25519", "x": base64url_encode(self.raw)}

    def verifies(self, signature: bytes, message: bytes) -> bool:
        if len(signature) != 64:
            return False
        try:
            VerifyKey(self.raw).verify(message, signature)
        except BadSignatureError:
            return False
        return True


@dataclass(frozen=True, slots=True)
class P256PublicKey:
    """Kept as the compressed point, which is also how Multikey and did:key write it."""

    compressed: bytes

    algorithm = "ES256"

    def __post_init__(self) -> None:
        self._key()

    def _key(self) -> ec.EllipticCurvePublicKey:
        if len(self.compressed) != 33:
            raise _not_a_key()
        try:
            return ec.EllipticCurvePublicKey.from_encoded_point(_SECP256R1, self.compressed)
        except ValueError as error:
            raise _not_a_key() from error

    @property
    def multibase(self) -> str:
        return encode_multibase(_P256 + self.compressed)

    @property
    def jwk(self) -> dict[str, str]:
        numbers = self._key().public_numbers()
        x, y = (base64url_encode(n.to_bytes(32, "big")) for n in (numbers.x, numbers.y))
        return {"kty": "EC", "crv": "P-256", "x": x, "y": y}

    def verifies(self, signature: bytes, message: bytes) -> bool:
        """`signature` is r and s, 32 bytes each (RFC 7518, section 3.4; also ecdsa-rdfc-2019)."""
        if len(signature) != 64:
            return False
        r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
        try:
            self._key().verify(encode_dss_signature(r, s), message, _SHA256)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True, slots=True)
class RsaPublicKey:
    modulus: int
    exponent: int

    algorithm = "RS256"

    def __post_init__(self) -> None:
        if not _MIN_RSA_BITS <= self.modulus.bit_length() <= _MAX_RSA_BITS or not 2 < self.exponent < 2**32:
            raise ProofError(N_("The RSA key is too short or too long to be trusted."), code="key_size")
        self._key()

    def _key(self) -> rsa.RSAPublicKey:
        try:
            return rsa.RSAPublicNumbers(self.exponent, self.modulus).public_key()
        except ValueError as error:
            raise _not_a_key() from error

    @property
    def jwk(self) -> dict[str, str]:
        n, e = (base64url_encode(i.to_bytes((i.bit_length() + 7) // 8, "big")) for i in (self.modulus, self.exponent))
        return {"kty": "RSA", "n": n, "e": e}

    def verifies(self, signature: bytes, message: bytes) -> bool:
        try:
            self._key().verify(signature, message, padding.PKCS1v15(), hashes.SHA256())
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True, slots=True)
class Ed25519Key:
    """A private key. `seed` is the 32 secret bytes, to be stored encrypted."""

    seed: bytes = field(repr=False)

    algorithm = "EdDSA"

    def __post_init__(self) -> None:
        if len(self.seed) != 32:
            raise _not_a_key()

    @classmethod
    def generate(cls) -> "Ed25519Key":
        return cls(bytes(SigningKey.generate()))

    @classmethod
    def from_seed(cls, seed: bytes) -> "Ed25519Key":
        return cls(seed)

    @property
    def public(self) -> Ed25519PublicKey:
        return Ed25519PublicKey(bytes(SigningKey(self.seed).verify_key))

    @property
    def public_multibase(self) -> str:
        return self.public.multibase

    @property
    def public_jwk(self) -> dict[str, str]:
        return self.public.jwk

    def sign(self, message: bytes) -> bytes:
        return SigningKey(self.seed).sign(message).signature


@dataclass(frozen=True, slots=True)
class P256Key:
    """A private key. `seed` is the secret scalar as 32 bytes, to be stored encrypted."""

    seed: bytes = field(repr=False)

    algorithm = "ES256"

    def __post_init__(self) -> None:
        self._key()

    def _key(self) -> ec.EllipticCurvePrivateKey:
        try:
            if len(self.seed) != 32:
                raise ValueError
            return ec.derive_private_key(int.from_bytes(self.seed, "big"), _SECP256R1)
        except ValueError as error:
            raise _not_a_key() from error

    @classmethod
    def generate(cls) -> "P256Key":
        scalar = ec.generate_private_key(_SECP256R1).private_numbers().private_value
        return cls(scalar.to_bytes(32, "big"))

    @classmethod
    def from_seed(cls, seed: bytes) -> "P256Key":
        return cls(seed)

    @property
    def public(self) -> P256PublicKey:
        point = (
            self._key()
            .public_key()
            .public_bytes(serialization.Encoding.X962, serialization.PublicFormat.CompressedPoint)
        )
        return P256PublicKey(point)

    @property
    def public_multibase(self) -> str:
        return self.public.multibase

    @property
    def public_jwk(self) -> dict[str, str]:
        return self.public.jwk

    def sign(self, message: bytes) -> bytes:
        r, s = decode_dss_signature(self._key().sign(message, _SHA256))
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")


@dataclass(frozen=True, slots=True)
class RsaKey:
    """A private key for RS256, where a consumer knows nothing newer. `pem` is secret (PKCS #8, unencrypted)."""

    pem: bytes = field(repr=False)

    algorithm = "RS256"

    def __post_init__(self) -> None:
        self._key()

    def _key(self) -> rsa.RSAPrivateKey:
        try:
            key = serialization.load_pem_private_key(self.pem, password=None)
        except (ValueError, TypeError) as error:
            raise _not_a_key() from error
        if not isinstance(key, rsa.RSAPrivateKey):
            raise _not_a_key()
        return key

    @classmethod
    def generate(cls) -> "RsaKey":
        key = rsa.generate_private_key(public_exponent=65537, key_size=_MIN_RSA_BITS)
        form = serialization.PrivateFormat.PKCS8
        return cls(key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption()))

    @property
    def public(self) -> RsaPublicKey:
        numbers = self._key().public_key().public_numbers()
        return RsaPublicKey(numbers.n, numbers.e)

    @property
    def public_jwk(self) -> dict[str, str]:
        return self.public.jwk

    def sign(self, message: bytes) -> bytes:
        return self._key().sign(message, padding.PKCS1v15(), hashes.SHA256())


def public_key_from_multibase(text: object) -> Ed25519PublicKey | P256PublicKey:
    """The key of a `publicKeyMultibase` or did:key.

    Raises `UnsupportedProof` for another kind of key, `ProofError` for a malformed one.
    """
    if not isinstance(text, str) or not text.startswith("z"):
        raise _not_a_key()
    value = decode_multibase(text)
    if value[:2] == _ED25519:
        return Ed25519PublicKey(value[2:])
    if value[:2] == _P256:
        return P256PublicKey(value[2:])
    raise UnsupportedProof(N_("This kind of key is not supported yet."), code="key_not_supported")


def public_key_from_jwk(jwk: object) -> PublicKey:
    """The key of a JWK.

    Raises `UnsupportedProof` for another kind of key, `ProofError` for a malformed one or a secret.
    """
    if not isinstance(jwk, Mapping):
        raise _not_a_key()
    if "d" in jwk or "k" in jwk:
        raise ProofError(N_("A public key was published together with its secret."), code="key_leaked")
    match (jwk.get("kty"), jwk.get("crv")):
        case ("OKP", "Ed25519"):
            return Ed25519PublicKey(_octets(jwk, "x", 32))
        case ("EC", "P-256"):
            x, y = _octets(jwk, "x", 32), _octets(jwk, "y", 32)
            compressed = P256PublicKey(bytes([2 + (y[-1] & 1)]) + x)
            if compressed.jwk["y"] != jwk["y"]:
                raise _not_a_key()
            return compressed
        case ("RSA", _):
            return RsaPublicKey(int.from_bytes(_octets(jwk, "n"), "big"), int.from_bytes(_octets(jwk, "e"), "big"))
    raise UnsupportedProof(N_("This kind of key is not supported yet."), code="key_not_supported")


def verification_method(controller: str, key: Ed25519Key | P256Key) -> dict[str, str]:
    """The Multikey entry for `key` in the controller document of `controller`; the fragment is the key itself."""
    multibase = key.public_multibase
    return {
        "id": f"{controller}#{multibase}",
        "type": "Multikey",
        "controller": controller,
        "publicKeyMultibase": multibase,
    }


def _octets(jwk: Mapping[str, Any], member: str, length: int | None = None) -> bytes:
    value = jwk.get(member)
    octets = base64url_decode(value) if isinstance(value, str) else b""
    if not octets or (length is not None and len(octets) != length):
        raise _not_a_key()
    return octets


def _not_a_key() -> ProofError:
    return ProofError(N_("The key is malformed."), code="key_invalid")
