"""The institution's word for what its bodies approved: signed once, embedded in what is awarded, kept as it is."""

import json
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from insignia.core.errors import NotFound
from insignia.core.openbadges import EndorsementCredential, Outcome, from_document
from insignia.domain.access.actor import SYSTEM
from insignia.domain.awards import invariants
from insignia.domain.catalog.actions import activate, write_draft
from insignia.domain.catalog.composition import achievement_id
from insignia.domain.catalog.models import Achievement, AchievementVersion
from insignia.domain.credentials import actions as credentials
from insignia.domain.credentials import endorsing, verification
from insignia.domain.credentials.models import Endorsement, IssuedCredential, SigningKey
from insignia.domain.ground import failpoints
from insignia.domain.institutions import actions as institutions
from insignia.domain.institutions.models import IssuerProfile
from insignia.domain.journal import bus
from tests.support.builders import (
    a_draft,
    again,
    an_achievement,
    an_approval,
    an_approved_achievement,
    an_award,
    approve,
    content,
    held,
    here,
    worked_through,
)

pytestmark = pytest.mark.usefixtures("institution")
COLLEGE = an_approval("College of Computing", role="unit", on=date(2026, 3, 2))


def version_of(achievement: Achievement) -> AchievementVersion:
    assert achievement.current is not None
    return achievement.current


def endorsement_of(achievement: Achievement, variant: str = "standard") -> Endorsement:
    found = endorsing.about(achievement_id(version_of(achievement), variant))
    assert found is not None
    return found


def document_of(row: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(bytes(row.credential.document))
    return found


@pytest.mark.requirement("R-095")
def test_what_bodies_approved_is_endorsed_in_the_institutions_name() -> None:
    achievement = an_approved_achievement(COLLEGE, an_approval(), name="Reading Maps")
    worked_through()
    document = document_of(endorsement_of(achievement))
    said = from_document(document)
    assert isinstance(said, EndorsementCredential)
    assert said.id == endorsement_of(achievement).url
    assert said.credential_subject.id == version_of(achievement).url
    assert said.issuer.id == IssuerProfile.objects.get(unit=None).did
    comment = said.credential_subject.endorsement_comment
    assert comment.splitlines() == [
        "Version 1 of “Reading Maps” was approved by:",
        "",
        "- College of Computing, 2 March 2026",
        "- Micro-Credential Committee, 13 March 2026",
    ]
    assert document["awardedDate"] == "2026-03-13T04:00:00Z"  # midnight in the zone of the institution
    assert document["proof"][0]["cryptosuite"] == "eddsa-rdfc-2022"
    found = verification.verify(json.dumps(document))
    assert found.outcome is Outcome.PASSED, found.checks


@pytest.mark.requirement("R-095")
def test_a_credential_carries_the_endorsement_word_for_word_and_both_verify() -> None:
    achievement = an_approved_achievement()
    award = held(an_award(achievement))
    document = document_of(award)
    assert document["credentialSubject"]["achievement"]["endorsement"] == [document_of(endorsement_of(achievement))]
    found = verification.verify(bytes(award.credential.document))  # type: ignore[union-attr]
    assert found.outcome is Outcome.PASSED, found.checks
    check = found.check("endorsements")
    assert check is not None
    assert check.params == {"count": 1, "in_force": 1}


def test_each_variant_is_endorsed_by_its_own_id() -> None:
    achievement = an_approved_achievement(level="level_2", variants=("with_distinction",))
    plain = document_of(held(an_award(achievement)))
    distinguished = document_of(held(an_award(achievement, variant="with_distinction")))
    for document in (plain, distinguished):
        about = document["credentialSubject"]["achievement"]
        assert [one["credentialSubject"]["id"] for one in about["endorsement"]] == [about["id"]]
    assert endorsement_of(achievement, "with_distinction").variant == "with_distinction"
    assert endorsement_of(achievement).variant == "standard"


def test_an_award_made_at_once_is_not_faster_than_the_endorsement() -> None:
    achievement = an_approved_achievement()
    assert not Endorsement.objects.exists()
    assert "endorsement" in document_of(held(an_award(achievement)))["credentialSubject"]["achievement"]


def test_what_was_awarded_before_stays_as_it_was_signed() -> None:
    achievement = an_achievement()
    award = held(an_award(achievement))
    assert award.credential is not None
    before = bytes(award.credential.document or b"")
    write_draft(by=SYSTEM, achievement=achievement, content=content(criteria="Something harder."))
    approve(achievement)
    activate(by=SYSTEM, achievement=achievement)
    worked_through()
    after = again(award).credential
    assert after is not None
    assert bytes(after.document or b"") == before
    assert b"endorsement" not in before
    assert endorsing.about(award.version.url) is None
    assert endorsement_of(achievement).about == f"{achievement.url}/v/2"


def test_what_nobody_here_approved_is_not_endorsed() -> None:
    achievement = a_draft()
    activate(by=SYSTEM, achievement=achievement, approved_by="The Board", approved_on=date(2021, 5, 31))
    worked_through()
    assert not Endorsement.objects.exists()


def test_an_institution_may_keep_endorsements_out_of_its_credentials() -> None:
    institutions.set_policies(by=SYSTEM, institution=here(), policies={"endorsement_in_credential": False})
    achievement = an_approved_achievement()
    document = document_of(held(an_award(achievement)))
    assert "endorsement" not in document["credentialSubject"]["achievement"]
    assert endorsement_of(achievement).credential.document


def test_signing_again_changes_nothing_and_tells_nothing() -> None:
    achievement = an_approved_achievement()
    worked_through()
    before = bytes(endorsement_of(achievement).credential.document or b"")
    endorsing.endorse(version_of(achievement))
    assert Endorsement.objects.count() == 1
    assert bytes(endorsement_of(achievement).credential.document or b"") == before
    told = bus.read(name="credentials.version_endorsed").get()
    assert told.data == {
        "achievement": achievement.public_id,
        "number": 1,
        "endorsements": [endorsement_of(achievement).credential.public_id],
    }


@pytest.mark.parametrize("place", ["credentials.compute.after_sign", "credentials.settle.before_commit"])
def test_work_that_stopped_half_way_is_taken_up_where_it_stopped(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    achievement = an_approved_achievement()
    monkeypatch.setenv(failpoints.VARIABLE, f"{place}:raise")
    with pytest.raises(failpoints.InjectedFailure):
        endorsing.endorse(version_of(achievement))
    monkeypatch.delenv(failpoints.VARIABLE)
    assert endorsing.about(version_of(achievement).url) is None
    endorsing.endorse(version_of(achievement))
    assert Endorsement.objects.count() == 1
    assert verification.verify(bytes(endorsement_of(achievement).credential.document or b"")).outcome is Outcome.PASSED


@pytest.mark.parametrize("change", [{"about": "https://elsewhere.example/a/1"}, {"credential": None}])
def test_the_database_itself_refuses_to_change_what_is_endorsed(change: dict[str, Any]) -> None:
    first, second = an_approved_achievement(), an_approved_achievement()
    worked_through()
    row = endorsement_of(first)
    if "credential" in change:
        other = endorsement_of(second).credential
        change = {"credential": other}
    with pytest.raises(DatabaseError), transaction.atomic():
        Endorsement.objects.filter(pk=row.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        IssuedCredential.objects.filter(pk=row.credential_id).update(document=b"{}")


def test_what_a_compromised_key_signed_is_neither_shown_nor_embedded_but_signed_anew() -> None:
    achievement = an_approved_achievement()
    worked_through()
    old = endorsement_of(achievement)
    issuer = IssuerProfile.objects.get(unit=None)
    key = SigningKey.objects.get(issuer=issuer, kind="ed25519", state="active")
    credentials.report_compromise(by=SYSTEM, key=key, reason="It was in a mail.")
    assert endorsing.about(version_of(achievement).url) is None
    credentials.open_issuer(by=SYSTEM, issuer=issuer)
    document = document_of(held(an_award(achievement)))
    new = endorsement_of(achievement)
    assert new.pk != old.pk
    assert document["credentialSubject"]["achievement"]["endorsement"] == [document_of(new)]


def test_nobody_waits_for_a_badge_because_an_endorsement_cannot_be_signed() -> None:
    achievement = an_approved_achievement()
    unit_issuer = IssuerProfile.objects.create(unit=achievement.unit, name="College of Computing")
    credentials.open_issuer(by=SYSTEM, issuer=unit_issuer)
    Achievement.objects.filter(pk=achievement.pk).update(issuer=unit_issuer)
    SigningKey.objects.filter(issuer__unit=None).update(state="retired")
    award = held(an_award(Achievement.objects.get(pk=achievement.pk)))
    assert award.state == "held"
    assert "endorsement" not in document_of(award)["credentialSubject"]["achievement"]


def test_the_bytes_of_an_endorsement_are_looked_after_like_all_others() -> None:
    an_approved_achievement()
    worked_through()
    assert list(invariants.broken()) == []


def test_an_endorsement_that_is_not_signed_yet_is_not_there() -> None:
    with pytest.raises(NotFound):
        endorsing.by_public_id("01nothing")


def test_looking_for_endorsements_does_not_grow_with_the_versions(django_assert_num_queries: Any) -> None:
    achievements = [an_approved_achievement(name=f"Badge {number}") for number in range(4)]
    worked_through()
    ids, keys = [version_of(one).url for one in achievements], [version_of(one).pk for one in achievements]
    with django_assert_num_queries(1):
        assert set(endorsing.documents_about(ids)) == set(ids)
    with django_assert_num_queries(2):
        assert endorsing.due(keys) == []
