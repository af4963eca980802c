"""From a granted award to an offered one: reserve, compute, settle; what the document says; undo and release."""

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from insignia.core.errors import Conflict, Rejected, Unavailable
from insignia.core.openbadges.checks import Outcome
from insignia.core.openbadges.documents import identity_hash
from insignia.domain.awards import actions as awards
from insignia.domain.awards.actions import issuing
from insignia.domain.awards.models import Award
from insignia.domain.credentials import actions as credentials
from insignia.domain.credentials import keys, verification
from insignia.domain.credentials.models import IssuedCredential, StatusList
from insignia.domain.ground import clock
from insignia.domain.journal import bus
from tests.support.builders import (
    a_grantor,
    a_member,
    again,
    an_achievement,
    an_award,
    an_earner,
    an_institution,
    elsewhere,
    held,
    offered,
    worked_through,
)

pytestmark = pytest.mark.usefixtures("institution")


def document(award: Award) -> dict[str, Any]:
    assert award.credential is not None
    assert award.credential.document is not None
    return json.loads(bytes(award.credential.document))


@pytest.mark.requirement("R-119")
def test_an_issued_credential_passes_every_check() -> None:
    award = offered(earner=an_earner("ana@students.example"))
    assert award.credential is not None
    found = verification.verify(bytes(award.credential.document), recipient="Ana@students.example")
    assert {check.name: check.outcome for check in found.checks if check.outcome is not Outcome.PASSED} == {}
    assert found.outcome is Outcome.PASSED


def test_a_change_of_one_letter_is_found() -> None:
    award = held(narrative="Worked with real data.")
    changed = bytes(award.credential.document).replace(b"real data", b"fake data")
    assert verification.verify(changed).check("proof").outcome is Outcome.FAILED


@pytest.mark.requirement("R-009", "R-018")
def test_the_credential_says_what_was_earned_when_and_by_what_criteria() -> None:
    achievement = an_achievement(name="Data Storytelling", criteria="Tell a story with **data**.")
    award = held(an_award(achievement, awarded_on=date(2026, 3, 9)))
    said = document(award)
    subject = said["credentialSubject"]
    assert subject["achievement"]["name"] == "Data Storytelling"
    assert subject["achievement"]["criteria"]["narrative"] == "Tell a story with **data**."
    assert subject["achievement"]["alignment"][0]["targetName"] == "Technology"
    assert said["issuer"]["name"] == achievement.issuer.name
    # Midnight of 9 March 2026 in New York, the day after the clocks went forward: four hours behind.
    assert said["awardedDate"] == "2026-03-09T04:00:00Z"
    assert said["validFrom"] == award.credential.valid_from.strftime("%Y-%m-%dT%H:%M:%SZ")


@pytest.mark.requirement("R-001")
def test_the_credential_names_the_expert_who_verified_it() -> None:
    achievement = an_achievement()
    from tests.support.builders import a_person

    award = held(an_award(achievement, by=a_grantor(of=achievement, user=a_person(name="Dr. Ada Example"))))
    assert document(award)["credentialSubject"]["source"]["name"] == "Dr. Ada Example"


def test_the_earner_is_a_salted_hash_of_the_address_and_for_adults_a_name() -> None:
    award = held(earner=an_earner("ana@students.example", "Ana Núñez"))
    by_mail, by_name = document(award)["credentialSubject"]["identifier"]
    assert by_mail["identityHash"] == identity_hash("ana@students.example", by_mail["salt"])
    assert (by_name["identityType"], by_name["identityHash"], by_name["hashed"]) == ("name", "Ana Núñez", False)
    assert b"ana@students.example" not in bytes(award.credential.document)


def test_the_name_of_somebody_who_may_be_a_minor_is_not_in_the_credential() -> None:
    with an_institution(default_age_band="unknown"):
        award = held(earner=an_earner(name="Milo Minor"))
        assert len(document(award)["credentialSubject"]["identifier"]) == 1
        assert b"Milo Minor" not in bytes(award.credential.document)


@pytest.mark.requirement("R-031")
def test_level_one_evidence_is_not_in_the_credential() -> None:
    quiet = held(an_award(an_achievement(level="level_1")))
    attested = held(an_award(an_achievement(level="level_1"), evidence=(), attestation=elsewhere(where="Canvas")))
    for award in (quiet, attested):
        assert "evidence" not in document(award)
        assert b"Canvas" not in bytes(award.credential.document)
        assert b"book.xlsx" not in bytes(award.credential.document)


@pytest.mark.requirement("R-003", "R-035")
def test_level_two_evidence_is_in_the_credential() -> None:
    award = held(an_award(an_achievement(level="level_2")))
    assert document(award)["evidence"] == [
        {"type": ["Evidence"], "id": "https://work.example/book.xlsx", "name": "Workbook"}
    ]


@pytest.mark.requirement("R-052", "R-053")
@pytest.mark.parametrize("level", ["level_1", "level_2"])
def test_distinction_shows_in_title_and_image(level: str) -> None:
    achievement = an_achievement(level=level, variants=("with_distinction",), name="Peer Tutor")
    plain = held(an_award(achievement))
    distinct = held(an_award(achievement, variant="with_distinction"))
    one, two = (
        document(plain)["credentialSubject"]["achievement"],
        document(distinct)["credentialSubject"]["achievement"],
    )
    assert (one["name"], two["name"]) == ("Peer Tutor", "Peer Tutor with Distinction")
    assert one["id"] != two["id"]
    assert one["image"]["id"] != two["image"]["id"]
    assert "Distinction" in two["image"]["caption"]
    assert "Distinction" not in one["image"]["caption"]


def test_expiry_is_the_end_of_the_last_day_in_the_institutions_zone() -> None:
    with clock.frozen(datetime(2026, 2, 1, 12, tzinfo=UTC)):
        award = held(an_award(an_achievement(valid_months=12), awarded_on=date(2026, 1, 31)))
    assert award.expires_on == date(2027, 1, 31)
    assert document(award)["validUntil"] == "2027-02-01T05:00:00Z"


def test_what_would_have_expired_before_it_is_issued_is_refused() -> None:
    with pytest.raises(Rejected, match="expired on 2021-01-31"):
        an_award(an_achievement(valid_months=12), awarded_on=date(2020, 1, 31))


def test_what_is_served_is_what_was_signed_and_the_database_keeps_it() -> None:
    award = held()
    with pytest.raises(DatabaseError, match="does not change"), transaction.atomic():
        IssuedCredential.objects.filter(pk=award.credential_id).update(document=b"{}")
    with pytest.raises(DatabaseError, match="does not change"), transaction.atomic():
        IssuedCredential.objects.filter(pk=award.credential_id).update(sha256="0" * 64)


def test_status_indexes_are_random_and_never_shared() -> None:
    achievement = an_achievement(level="souvenir")
    issuer = a_member("issuer")
    granted = [an_award(achievement, by=issuer) for _ in range(12)]
    awards.issue([award.public_id for award in granted])
    indexes = [again(award).credential.status_index for award in granted]
    assert len(set(indexes)) == 12
    assert indexes != sorted(indexes)
    assert max(indexes) - min(indexes) > 1000


def test_issuing_twice_signs_once() -> None:
    award = an_award()
    awards.issue([award.public_id])
    first = bytes(again(award).credential.document)
    awards.issue([award.public_id])
    assert bytes(again(award).credential.document) == first
    assert IssuedCredential.objects.count() == 1


def test_an_award_waits_for_the_end_of_its_undo_window() -> None:
    start = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
    with clock.frozen(start):
        award = an_award()
        worked_through()
        assert again(award).state == "held"
        assert again(award).release_at == datetime(2026, 11, 25, 12, 1, tzinfo=UTC)
    with clock.frozen(datetime(2026, 11, 25, 12, 1, 1, tzinfo=UTC)):
        worked_through()
    assert again(award).state == "offered"


def test_undo_forgets_the_bytes_burns_the_index_and_keeps_the_journal() -> None:
    achievement = an_achievement()
    grantor = a_grantor(of=achievement)
    award = held(an_award(achievement, by=grantor))
    awards.undo(by=grantor, awards=[award])
    undone = again(award)
    assert (undone.state, undone.credential.state, undone.credential.document) == ("cancelled", "dropped", None)
    from insignia.core.openbadges import status

    assert status.is_set(bytes(StatusList.objects.get().bits), undone.credential.status_index)
    assert bus.read(name="awards.undone").get().data == {"awards": [award.public_id]}
    awards.release([award.public_id])
    assert again(award).state == "cancelled"


def test_what_has_gone_out_can_no_longer_be_undone() -> None:
    achievement = an_achievement()
    grantor = a_grantor(of=achievement)
    award = offered(an_award(achievement, by=grantor))
    with pytest.raises(Conflict, match="only be revoked"):
        awards.undo(by=grantor, awards=[award])
    assert again(award).state == "offered"


def test_a_document_that_others_could_not_read_is_not_signed_and_says_why() -> None:
    long = "x" * 70_000
    award = an_award(narrative=long)
    awards.issue([award.public_id])
    stuck = again(award)
    assert (stuck.state, stuck.credential.state) == ("granted", "reserved")
    assert stuck.issue_error


def test_a_document_that_could_not_be_composed_stops_nobody_else() -> None:
    achievement = an_achievement(level="souvenir")
    issuer = a_member("issuer")
    broken = an_award(achievement, by=issuer, narrative="A bell: \x07")
    fine = an_award(achievement, by=issuer)
    awards.issue([broken.public_id, fine.public_id])
    assert again(broken).issue_error
    assert again(fine).state == "held"


def test_without_its_key_encryption_file_nothing_is_signed_and_nothing_is_lost(settings: Any, tmp_path: Any) -> None:
    award = an_award()
    kept = settings.KEY_ENCRYPTION_FILE
    settings.KEY_ENCRYPTION_FILE = tmp_path / "gone"
    with pytest.raises(Unavailable, match="key-encryption file"):
        awards.issue([award.public_id])
    keys.write_key_encryption_file(tmp_path / "gone")
    with pytest.raises(Unavailable, match="not the one"):
        awards.issue([award.public_id])
    settings.KEY_ENCRYPTION_FILE = kept
    awards.issue([award.public_id])
    assert again(award).state == "held"


def test_a_renewal_is_a_new_award_that_names_the_old_one() -> None:
    achievement = an_achievement(valid_months=12)
    grantor = a_grantor(of=achievement)
    from tests.support.builders import a_claim

    with clock.frozen(datetime(2025, 11, 2, 12, tzinfo=UTC)):
        old = offered(an_award(achievement, by=grantor, awarded_on=date(2025, 11, 1)))
    with clock.frozen(datetime(2026, 11, 2, 12, tzinfo=UTC)):
        new = awards.renew_award(by=grantor, award=old, claim=a_claim(awarded_on=date(2026, 11, 1)))
    assert (new.renewal_of_id, new.reference, new.expires_on) == (old.pk, "2", date(2027, 11, 1))
    with pytest.raises(Conflict, match="renewed already"):
        awards.renew_award(by=grantor, award=old, claim=a_claim())
    with pytest.raises(Rejected, match="does not expire"):
        awards.renew_award(by=a_grantor(of=(other := an_award()).achievement), award=other, claim=a_claim())


def test_what_was_undone_while_it_was_being_signed_stays_undone() -> None:
    award = an_award()
    signed: dict[int, bytes] = {}

    def undone_meanwhile(made: dict[int, bytes]) -> None:
        signed.update(made)
        awards.undo(by=a_grantor(of=award.achievement), awards=[again(award)])
        credentials.settle(made)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(issuing, "_settle", undone_meanwhile)
        awards.issue([award.public_id])
    (row,) = IssuedCredential.objects.filter(pk__in=signed)
    assert (row.state, row.document) == ("dropped", None)
    assert again(award).state == "cancelled"


def test_bytes_are_stored_once_however_often_they_are_made() -> None:
    award = held()
    assert award.credential is not None
    document = bytes(award.credential.document or b"")
    assert credentials.settle({award.credential.pk: document}) == set()
