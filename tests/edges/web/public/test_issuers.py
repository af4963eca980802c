"""Issuers, their keys and status lists: for people, and for every program that verifies without trusting us."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from insignia.core.openbadges import jwt, status
from insignia.core.openbadges.did import parse_controller_document
from insignia.core.openbadges.keys import public_key_from_jwk
from insignia.domain.access.actor import SYSTEM
from insignia.domain.awards import actions as awards
from insignia.domain.credentials import actions as credentials
from insignia.domain.credentials import queries, verification
from insignia.domain.ground import clock
from insignia.domain.institutions.models import Institution, IssuerProfile
from tests.support import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def issuer(institution: Institution) -> IssuerProfile:
    return IssuerProfile.objects.get(unit=None)


def rotated(issuer: IssuerProfile, kind: str = "ed25519") -> Any:
    return credentials.activate_key(by=SYSTEM, key=credentials.make_key(by=SYSTEM, issuer=issuer, kind=kind))


def test_the_page_shows_who_it_is_and_every_key_with_its_days(client: Client, issuer: IssuerProfile) -> None:
    IssuerProfile.objects.filter(pk=issuer.pk).update(description="We *issue*. <script>x</script>")
    rotated(issuer)
    page = client.get(f"/issuers/{issuer.public_id}").content.decode()
    assert f"{issuer.name}</h1>" in page
    assert issuer.did in page
    assert "We <em>issue</em>." in page
    assert "<script>x" not in page
    assert page.count('data-tone="good">Active') == 2
    assert page.count(">Retired<") == 1


def test_a_program_is_given_the_profile_of_the_standard(client: Client, issuer: IssuerProfile) -> None:
    answer = client.get(f"/issuers/{issuer.public_id}", headers={"accept": "application/json"})
    document = answer.json()
    assert document["type"] == ["Profile"]
    assert (document["id"], document["name"]) == (issuer.did, issuer.name)
    assert "Accept" in answer["Vary"]


@pytest.mark.requirement("R-119")
def test_did_web_finds_the_keys_that_may_vouch(client: Client, issuer: IssuerProfile) -> None:
    old = issuer.signing_keys.get(kind="ed25519")
    new, leaked = rotated(issuer), rotated(issuer, "p256")
    credentials.report_compromise(by=SYSTEM, key=leaked, reason="Found on a bus")
    answer = client.get(f"/issuers/{issuer.public_id}/did.json")
    assert answer["Content-Type"] == "application/did+json"
    assert answer["Access-Control-Allow-Origin"] == "*"
    document = parse_controller_document(answer.json(), expected_id=issuer.did)
    assert document.asserting(old.verification_method)
    assert document.asserting(new.verification_method)
    assert document.asserting(leaked.verification_method) is None


def test_the_history_of_the_keys_is_signed(client: Client, issuer: IssuerProfile) -> None:
    rotated(issuer)
    history = client.get(f"/issuers/{issuer.public_id}/keys.json").json()
    assert [(key["kind"], key["state"]) for key in history["keys"]] == [
        ("ed25519", "retired"),
        ("p256", "active"),
        ("ed25519", "active"),
    ]
    assert "retired" in history["keys"][0]
    assert "activated" in history["keys"][1]
    token = jwt.read(history["jwt"])
    key = issuer.signing_keys.get(kind="p256")
    jwks = client.get(f"/issuers/{issuer.public_id}/jwks.json").json()["keys"]
    (listed,) = [one for one in jwks if one["kid"] == token.header["kid"] == key.verification_method]
    assert public_key_from_jwk(listed).verifies(token.signature, token.signed)
    assert token.document["credentialSubject"] == {"id": issuer.did, "keys": history["keys"]}


def test_the_keys_of_the_token_form_hold_no_secret(client: Client, issuer: IssuerProfile) -> None:
    rotated(issuer, "p256")
    answer = client.get(f"/issuers/{issuer.public_id}/jwks.json")
    assert answer["Access-Control-Allow-Origin"] == "*"
    keys = answer.json()["keys"]
    assert len(keys) == 2
    assert all(set(key) == {"kty", "crv", "x", "y", "kid", "alg", "use"} for key in keys)


@pytest.mark.parametrize("ending", ["", "/did.json", "/keys.json", "/jwks.json"])
def test_an_issuer_that_does_not_exist_is_not_there(client: Client, ending: str) -> None:
    assert client.get(f"/issuers/nobody{ending}").status_code == 404


class TestStatusLists:
    def path(self, award: Any) -> str:
        return reverse("public:status_list", args=[award.credential.status_list.public_id])

    @pytest.mark.requirement("R-119")
    def test_the_list_is_signed_and_true_at_once(self, client: Client, institution: Institution) -> None:
        award = builders.offered()
        before = client.get(self.path(award))
        assert before["Content-Type"] == "application/vc+ld+json"
        assert before["Cache-Control"] == "public, max-age=60"
        assert before["Access-Control-Allow-Origin"] == "*"
        same = client.get(self.path(award), headers={"if-none-match": before["ETag"]})
        assert same.status_code == 304
        awards.revoke(by=SYSTEM, awards=[award], code="error", reason="By mistake")
        after = client.get(self.path(award), headers={"if-none-match": before["ETag"]})
        assert after.status_code == 200
        assert [self._bit(answer.content, award) for answer in (before, after)] == [False, True]
        assert verification.verify(bytes(award.credential.document)).check("not_revoked").code == "revoked"

    @staticmethod
    def _bit(document: bytes, award: Any) -> bool:
        encoded = json.loads(document)["credentialSubject"]["encodedList"]
        return status.is_set(status.decode(encoded, max_bytes=status.BITS), award.credential.status_index)

    def test_every_process_signs_the_same_bytes_in_force_since_the_hour_began(
        self, client: Client, institution: Institution
    ) -> None:
        award, lists = builders.offered(), []
        start = clock.now().replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
        for minute in (0, 59):
            queries._signed_lists.clear()
            with clock.frozen(start + timedelta(minutes=minute, seconds=59)):
                lists.append(client.get(self.path(award)).content)
        assert lists[0] == lists[1]
        assert json.loads(lists[0])["validFrom"] == start.strftime("%Y-%m-%dT%H:%M:%SZ")

    def test_it_needs_neither_session_nor_sign_in(
        self, client: Client, institution: Institution, django_assert_num_queries: Any
    ) -> None:
        award = builders.offered()
        client.get(self.path(award))
        with django_assert_num_queries(2):
            answer = client.get(self.path(award))
        assert answer.cookies == {}
        assert "Cookie" not in answer["Vary"]

    def test_a_list_that_does_not_exist_is_not_there(self, client: Client) -> None:
        assert client.get("/s/nothing").status_code == 404

    @pytest.mark.parametrize("kind", ["application/json", "application/vc", "application/ld+json"])
    def test_it_is_given_under_the_name_that_was_asked_for(
        self, client: Client, institution: Institution, kind: str
    ) -> None:
        assert client.get(self.path(builders.offered()), headers={"accept": kind})["Content-Type"] == kind
