"""Who may award, what an award must rest on, and that one person gets one award."""

from datetime import timedelta

import pytest

from insignia.core.errors import Conflict, NotPermitted, Rejected
from insignia.domain.access.actor import Scope
from insignia.domain.awards import actions as awards
from insignia.domain.awards.models import Award, AwardEvidence, Consent, Recipient
from insignia.domain.catalog import actions as catalog
from insignia.domain.journal import bus
from tests.support.builders import (
    a_claim,
    a_grantor,
    a_member,
    a_person,
    a_unit,
    accepted,
    acting,
    an_achievement,
    an_award,
    an_earner,
    elsewhere,
    here,
    today,
)

pytestmark = pytest.mark.usefixtures("institution")


@pytest.mark.requirement("R-105")
def test_a_grantor_awards_one_person() -> None:
    achievement = an_achievement()
    grantor = a_grantor(of=achievement)
    award = awards.grant_award(
        by=grantor,
        achievement=achievement,
        earner=awards.Earner(" Ana.Nuñez@Students.Example ", "Ana Núñez", "s-17"),
        claim=a_claim(narrative="Cleaned three tables."),
    )
    assert (award.state, award.narrative, award.awarded_on) == ("granted", "Cleaned three tables.", today())
    recipient = award.recipient
    assert (recipient.name, recipient.email, recipient.external_id) == (
        "Ana Núñez",
        "ana.nuñez@students.example",
        "s-17",
    )
    evidence = AwardEvidence.objects.get(award=award)
    assert (evidence.url, evidence.assessed_by, evidence.assessed_on) == (
        "https://work.example/book.xlsx",
        grantor.id,
        today(),
    )
    entry = bus.read(name="awards.granted").get()
    assert (entry.author, entry.data) == (grantor.id, {"awards": [award.public_id]})


@pytest.mark.requirement("R-001")
def test_an_assessed_award_names_the_grantor_who_verified_it_and_the_day() -> None:
    achievement = an_achievement()
    expert = a_person(name="Dr. Ada Example")
    award = an_award(achievement, by=a_grantor(of=achievement, user=expert))
    assert award.verified_by is not None
    assert (award.verified_by.user, award.verified_by_name) == (expert, "Dr. Ada Example")
    assert AwardEvidence.objects.get(award=award).assessed_on == award.awarded_on


@pytest.mark.requirement("R-001")
def test_holding_the_right_without_an_appointment_does_not_verify_an_assessed_badge() -> None:
    achievement = an_achievement()
    with pytest.raises(NotPermitted, match="Only a Grantor"):
        an_award(achievement, by=a_member("administrator"))
    assert not Award.objects.exists()


@pytest.mark.requirement("R-901")
def test_an_untrained_grantor_may_not_award() -> None:
    achievement = an_achievement()
    with pytest.raises(NotPermitted, match="training"):
        an_award(achievement, by=a_grantor(of=achievement, trained_on=None))
    with pytest.raises(NotPermitted, match="training"):
        an_award(achievement, by=a_grantor(of=achievement, trained_on=today() + timedelta(days=1)))


@pytest.mark.requirement("R-111")
def test_the_right_ends_with_the_appointment() -> None:
    achievement = an_achievement()
    user = a_person()
    yesterday = today() - timedelta(days=1)
    still_holding = a_grantor(of=achievement, user=user)
    a_grantor(of=achievement, user=user, ends_on=yesterday)
    with pytest.raises(NotPermitted, match="right “award:grant”"):
        an_award(achievement, by=acting(user))
    # An actor made before the end, such as a page opened yesterday, is stopped by the appointment itself.
    with pytest.raises(NotPermitted, match="not in force"):
        an_award(achievement, by=still_holding)


@pytest.mark.requirement("R-104")
def test_a_grantor_of_another_badge_may_not_grant() -> None:
    achievement, other = an_achievement(), an_achievement()
    with pytest.raises(NotPermitted):
        an_award(achievement, by=a_grantor(of=other))


@pytest.mark.requirement("R-104")
def test_an_issuer_awards_in_their_own_unit_and_below_only() -> None:
    college = a_unit("computing")
    achievement = an_achievement(level="souvenir", unit=college)
    library = a_unit("library")
    at_home = a_member("issuer", scope=Scope("unit", college.public_id))
    abroad = a_member("issuer", scope=Scope("unit", library.public_id))
    an_award(achievement, by=at_home)
    with pytest.raises(NotPermitted):
        an_award(achievement, by=abroad)


def test_nobody_awards_to_themselves() -> None:
    achievement = an_achievement()
    user = a_person("ada@pinecrest.example")
    grantor = a_grantor(of=achievement, user=user)
    with pytest.raises(NotPermitted, match="themselves"):
        an_award(achievement, by=grantor, earner=an_earner("ADA@pinecrest.example"))


def test_nobody_awards_to_themselves_at_an_address_that_they_claimed_with() -> None:
    souvenir = an_achievement(level="souvenir")
    user = a_person()
    first = accepted(an_award(souvenir, by=a_member("issuer")), user=user)
    achievement = an_achievement()
    with pytest.raises(NotPermitted, match="themselves"):
        an_award(achievement, by=a_grantor(of=achievement, user=user), earner=an_earner(first.recipient.email))


@pytest.mark.requirement("R-030")
def test_level_one_without_an_assessed_artifact_is_refused_with_the_reason() -> None:
    achievement = an_achievement(level="level_1")
    with pytest.raises(Rejected, match="needs an assessed artifact") as refusal:
        an_award(achievement, evidence=())
    assert refusal.value.code == "evidence_missing"
    assert not Award.objects.exists()


@pytest.mark.requirement("R-031")
def test_level_one_may_rest_on_an_assessment_elsewhere() -> None:
    award = an_award(an_achievement(level="level_1"), evidence=(), attestation=elsewhere(where="Canvas"))
    assert award.attestation.where == "Canvas"
    assert not AwardEvidence.objects.filter(award=award).exists()


@pytest.mark.requirement("R-031")
@pytest.mark.parametrize("half", [{"where": ""}, {"on": None}, {"by": " "}])
def test_half_an_attestation_attests_nothing(half: dict[str, object]) -> None:
    with pytest.raises(Rejected, match="all three"):
        an_award(an_achievement(level="level_1"), evidence=(), attestation=elsewhere(**half))


@pytest.mark.requirement("R-034")
def test_level_two_without_assessed_evidence_is_refused() -> None:
    with pytest.raises(Rejected, match="assessed evidence"):
        an_award(an_achievement(level="level_2"), evidence=())


@pytest.mark.requirement("R-034")
def test_an_attestation_does_not_satisfy_level_two() -> None:
    with pytest.raises(Rejected) as refusal:
        an_award(an_achievement(level="level_2"), evidence=(), attestation=elsewhere())
    assert refusal.value.code == "shared_evidence_missing"


@pytest.mark.requirement("R-035")
def test_level_two_needs_the_earners_consent_to_show_the_evidence() -> None:
    with pytest.raises(Rejected, match="agreed") as refusal:
        an_award(an_achievement(level="level_2"), share_consent_on=None)
    assert refusal.value.code == "share_consent_missing"


@pytest.mark.requirement("R-035")
def test_consent_that_a_grantor_records_is_kept_as_consent() -> None:
    achievement = an_achievement(level="level_2")
    grantor = a_grantor(of=achievement)
    award = an_award(achievement, by=grantor)
    consent = Consent.objects.get(recipient=award.recipient)
    assert (consent.purpose, consent.basis, consent.subject, consent.recorded_by, consent.given_on) == (
        "share_evidence",
        "recorded by grantor",
        award.public_id,
        grantor.id,
        award.awarded_on,
    )
    assert AwardEvidence.objects.get(award=award).shared


def test_every_reason_is_told_at_once() -> None:
    with pytest.raises(Rejected) as refusal:
        an_award(an_achievement(level="level_2"), evidence=(), share_consent_on=None)
    assert {detail.code for detail in refusal.value.details} == {"shared_evidence_missing", "share_consent_missing"}


@pytest.mark.requirement("R-907")
def test_a_second_award_of_the_same_badge_is_a_duplicate() -> None:
    achievement = an_achievement()
    grantor = a_grantor(of=achievement)
    earner = an_earner()
    an_award(achievement, by=grantor, earner=earner)
    with pytest.raises(Conflict, match="has this badge already"):
        an_award(achievement, by=grantor, earner=earner)
    assert Award.objects.count() == 1


@pytest.mark.requirement("R-907")
def test_a_level_may_allow_the_same_badge_twice(institution: object) -> None:
    from dataclasses import replace

    from insignia.domain.access.actor import SYSTEM
    from insignia.domain.institutions import actions as institutions
    from insignia.domain.institutions.models import TaxonomyLevel

    level = TaxonomyLevel.objects.get(key="souvenir")
    institutions.set_level(
        by=SYSTEM, institution=here(), key="souvenir", name="Souvenir", policy=replace(level.policy, repeatable=True)
    )
    achievement = an_achievement(level="souvenir")
    issuer, earner = a_member("issuer"), an_earner()
    references = [an_award(achievement, by=issuer, earner=earner).reference for _ in range(3)]
    assert references == ["", "2", "3"]


def test_after_a_revocation_the_badge_can_be_earned_again() -> None:
    first = accepted()
    registrar = a_member("registrar")
    awards.revoke(by=registrar, awards=[first], code="error", reason="Wrong person")
    earner = an_earner(first.recipient.email, first.recipient.name)
    again = an_award(first.achievement, earner=earner)
    assert (again.reference, again.recipient_id) == ("2", first.recipient_id)


@pytest.mark.requirement("R-110", "R-907")
@pytest.mark.parametrize("verb", ["pause", "retire"])
def test_what_is_not_active_cannot_be_awarded(verb: str) -> None:
    achievement = an_achievement()
    grantor = a_grantor(of=achievement)
    catalog.move(by=a_member("program_manager"), achievement=achievement, verb=verb, reason="Not now")
    with pytest.raises(Rejected, match="not active"):
        an_award(achievement, by=grantor)


@pytest.mark.requirement("R-110")
def test_a_draft_cannot_be_awarded() -> None:
    from tests.support.builders import a_draft

    draft = a_draft()
    with pytest.raises(Rejected, match="not active"):
        an_award(draft)


@pytest.mark.requirement("R-052")
def test_distinction_must_be_enabled_for_the_badge() -> None:
    plain = an_achievement()
    with pytest.raises(Rejected, match="no variant"):
        an_award(plain, variant="with_distinction")
    assert an_award(an_achievement(variants=("with_distinction",)), variant="with_distinction").image.variant == (
        "with_distinction"
    )


@pytest.mark.parametrize("days", [1, 400])
def test_a_day_in_the_future_is_refused(days: int) -> None:
    with pytest.raises(Rejected, match="future"):
        an_award(awarded_on=today() + timedelta(days=days))


@pytest.mark.requirement("R-004", "R-005")
def test_an_award_needs_no_course_and_no_credit() -> None:
    for activity in ("training", "event", "co-curricular", "work experience", "prior learning", ""):
        award = an_award(an_achievement(activity=activity, credit="", credits=0))
        assert award.state == "granted"


def test_what_may_be_a_minors_counts_as_one() -> None:
    from tests.support.builders import an_institution

    with an_institution(default_age_band="unknown"):
        award = an_award()
        assert Recipient.objects.get(pk=award.recipient_id).age_band == "unknown"
