"""Whether a credential is about the one who says so."""

import hashlib

import pytest

from insignia.core.openbadges import model as m
from insignia.core.openbadges.documents import identity_hash, recipient_matches
from insignia.core.openbadges.identity import hashed_identity
from tests.core.openbadges.samples import a_credential, a_subject

# Open Badges 3.0, IdentityHash: the specification's own example.
PUBLISHED = "sha256$b5809d8a92f8858436d7e6b87c12ebc0ae1eac4baecc2c0b913aee2c922ef399"


def awarded_to(*identities):
    return a_credential(credential_subject=a_subject(identifier=identities))


def test_the_published_example_reproduces():
    assert identity_hash("a@example.com", "Kosher") == PUBLISHED


def test_the_salt_comes_behind_the_identifier():
    assert identity_hash("ab", "c") == identity_hash("a", "bc") != identity_hash("c", "ab")


@pytest.mark.parametrize("spelling", ["a@example.com", "A@Example.com", "  a@example.com\n"])
def test_an_address_is_found_in_the_spelling_given_or_in_small_letters(spelling):
    assert recipient_matches(awarded_to(hashed_identity("a@example.com", salt="Kosher")), spelling)


def test_an_issuer_that_kept_capitals_is_matched_by_the_exact_spelling():
    credential = awarded_to(hashed_identity("Ada@Example.com", salt="x"))
    assert recipient_matches(credential, "Ada@Example.com")
    assert not recipient_matches(credential, "ada@example.com")


def test_nobody_else_matches():
    assert not recipient_matches(awarded_to(hashed_identity("a@example.com", salt="Kosher")), "b@example.com")
    assert not recipient_matches(awarded_to(hashed_identity("a@example.com", salt="Kosher")), "")


def test_any_one_of_several_identities_is_enough():
    credential = awarded_to(hashed_identity("b@x.example", salt="1"), hashed_identity("a@x.example", salt="2"))
    assert recipient_matches(credential, "a@x.example")


def test_only_addresses_are_compared_with_addresses():
    name = m.IdentityObject(hashed=False, identity_hash="a@x.example", identity_type=m.IdentifierType.NAME)
    assert not recipient_matches(awarded_to(name), "a@x.example")


def test_an_address_in_the_clear_is_compared_without_case():
    plain = m.IdentityObject(hashed=False, identity_hash="Ada@x.example", identity_type="emailAddress")
    assert recipient_matches(awarded_to(plain), "ada@X.example")


def test_md5_and_capital_digits_of_other_issuers_are_read():
    digest = hashlib.md5(b"a@x.examplesalt", usedforsecurity=False).hexdigest().upper()
    identity = m.IdentityObject(hashed=True, identity_hash=f"md5${digest}", identity_type="emailAddress", salt="salt")
    assert recipient_matches(awarded_to(identity), "a@x.example")
