"""Keys are prepared, activated and given up; each page says first what follows."""

from typing import Any

import pytest

from insignia.domain.credentials import keyring
from insignia.domain.credentials import queries as credentials
from insignia.domain.journal import bus
from insignia.domain.people.models import User
from tests.edges.web.program.staff import Desk, desk_for, desk_of, words
from tests.support import builders


@pytest.fixture
def desk(institution: Any) -> Desk:
    return desk_of("administrator")


def key(state: str, kind: str = "ed25519") -> Any:
    return next(line.key for line in keyring.rings()[0].lines if line.state == state and line.key.kind == kind)


def prepared(desk: Desk, kind: str = "ed25519") -> Any:
    response = desk.send("key_prepare", keyring.rings()[0].issuer.public_id, kind=kind)
    assert "It signs nothing until you activate it." in words(response)
    return key("pre", kind)


def test_a_key_is_renewed_and_what_the_old_one_signed_stays_valid(desk: Desk) -> None:
    award = builders.accepted()
    old, new = key("active"), prepared(desk)
    assert "everything that it signed stays valid" in desk.read("key_activate", new.public_id)
    assert key("active") == old
    assert "signs from now on" in words(desk.send("key_activate", new.public_id))
    assert (key("active"), key("retired")) == (new, old)
    listed = [
        m["publicKeyMultibase"] for m in credentials.controller_document(award.credential.issuer)["verificationMethod"]
    ]
    assert {old.public_multibase, new.public_multibase} <= set(listed)
    assert builders.offered().credential.key == new
    assert builders.again(award).credential.key == old


def test_a_key_is_given_up_with_a_reason_after_saying_what_it_costs(desk: Desk) -> None:
    award = builders.offered()
    lost = award.credential.key
    text = desk.read("key_compromise", lost.public_id)
    assert "1 credential carries its signature and will no longer verify" in text
    assert "until you activate another, nothing can be signed" in text
    assert desk.send("key_compromise", lost.public_id, reason="Stolen").status_code == 422
    assert desk.send("key_compromise", lost.public_id, understood="on", reason=" ").status_code == 422
    assert key("active") == lost
    desk.send("key_compromise", lost.public_id, understood="on", reason="A laptop was stolen.")
    assert key("compromised") == lost
    entry = bus.read(name="credentials.key_state_changed").first()
    assert entry is not None
    assert (entry.reason, entry.data["state"]) == ("A laptop was stolen.", "compromised")
    text = desk.read("keys")
    assert "No Ed25519 key is active" in text
    listed = [
        m["publicKeyMultibase"] for m in credentials.controller_document(award.credential.issuer)["verificationMethod"]
    ]
    assert lost.public_multibase not in listed


def test_the_list_counts_what_each_key_has_signed(desk: Desk) -> None:
    achievement = builders.an_achievement()
    for _number in range(2):
        builders.offered(achievement=achievement)
    assert "2 credentials" in desk.read("keys")
    assert "copies, not counted" in desk.read("keys")


def test_a_used_key_cannot_be_activated_again(desk: Desk) -> None:
    new = prepared(desk)
    desk.send("key_activate", new.public_id)
    retired = key("retired")
    response = desk.send("key_activate", retired.public_id)
    assert "Only a prepared key can be activated" in words(response)
    assert key("active") == new


def test_there_are_only_the_kinds_that_we_know(desk: Desk) -> None:
    assert desk.send("key_prepare", keyring.rings()[0].issuer.public_id, kind="rsa").status_code == 404


def test_without_a_second_factor_nobody_comes_to_the_keys(institution: Any) -> None:
    desk = desk_of("administrator")
    user = User.objects.get(pk=desk.user.pk) if desk.user else None
    assert user is not None
    user.authenticator_set.all().delete()
    response = desk_for(user).get("keys")
    assert response.status_code == 302
    assert "2fa" in response["Location"]


def test_the_page_says_when_nothing_can_be_signed(desk: Desk, settings: Any) -> None:
    settings.KEY_ENCRYPTION_FILE = settings.KEY_ENCRYPTION_FILE.with_name("gone")
    assert "Nothing can be signed." in desk.read("keys")
    assert desk.send("key_prepare", keyring.rings()[0].issuer.public_id, kind="p256").status_code == 503
