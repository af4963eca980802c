"""Whom a credential is about, when it names an address instead of an id (Open Badges 3.0, IdentityHash)."""

import hashlib

from .model import AchievementCredential, IdentifierType, IdentityObject


def identity_hash(value: str, salt: str) -> str:
    """`sha256$` and the hash of the identifier with the salt behind it, no separator. The exact text counts."""
    return "sha256$" + hashlib.sha256((value + salt).encode()).hexdigest()


def hashed_identity(address: str, *, salt: str) -> IdentityObject:
    """The identity of an e-mail address, as it is put into a credential. Take a new random salt for each."""
    return IdentityObject(
        hashed=True,
        identity_hash=identity_hash(address, salt),
        identity_type=IdentifierType.EMAIL_ADDRESS,
        salt=salt,
    )


def recipient_matches(credential: AchievementCredential, address: str) -> bool:
    """Whether the credential was awarded to this e-mail address, in the spelling given or in small letters.

    The standard says nothing about the case of addresses: issuers write the address as typed, or normalised.
    """
    spellings = {address, address.strip(), address.strip().lower()}
    return any(
        _names(identity, spelling)
        for identity in credential.credential_subject.identifier
        if identity.identity_type == IdentifierType.EMAIL_ADDRESS
        for spelling in spellings
    )


def _names(identity: IdentityObject, spelling: str) -> bool:
    if not identity.hashed:
        return identity.identity_hash.strip().lower() == spelling.lower()
    algorithm, _, digest = identity.identity_hash.partition("$")
    salted = (spelling + identity.salt).encode()
    return hashlib.new(algorithm, salted, usedforsecurity=False).hexdigest() == digest.lower()
