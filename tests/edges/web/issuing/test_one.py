"""Award one person by the form: quickly, within the level's policy, once, and with nothing typed lost."""

import re
import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections

from insignia.domain.awards.models import Award, AwardEvidence, Consent
from insignia.domain.catalog import actions as catalog
from insignia.domain.catalog.models import Achievement
from tests.edges.web.issuing.clerk import Clerk, at, filled, text
from tests.support.builders import (
    a_grantor,
    a_member,
    a_person,
    an_achievement,
    today,
    worked_through,
)

pytestmark = pytest.mark.usefixtures("institution")


def awarding(level: str = "level_1", **values: Any) -> tuple[Clerk, Achievement]:
    achievement = an_achievement(level=level, **values)
    return Clerk(a_grantor(of=achievement)), achievement


def sent(clerk: Clerk, achievement: Achievement, **changes: Any) -> Any:
    return clerk.post("one", achievement.public_id, data=filled(**changes))


@pytest.mark.requirement("R-105")
def test_a_grantor_awards_one_person_with_name_address_day_evidence_and_narrative() -> None:
    clerk, achievement = awarding()
    page = text(sent(clerk, achievement))
    award = Award.objects.get()
    assert (award.recipient.name, award.recipient.email) == ("Ana Núñez", "ana@students.example")
    assert (award.narrative, award.awarded_on) == ("Cleaned three tables.", today())
    assert AwardEvidence.objects.get().url == "https://work.example/book.xlsx"
    assert "Ana Núñez has it" in page
    assert at("one", achievement.public_id) in page


@pytest.mark.requirement("R-105")
def test_the_form_says_what_the_level_asks_for_and_shows_the_criteria() -> None:
    clerk, achievement = awarding()
    page = text(clerk.get("one", achievement.public_id))
    assert "Add at least one piece of work that you assessed as complete. It stays private." in page
    assert "You vouch for it" in page
    assert "Complete the <strong>three</strong> exercises" in page
    assert f'value="{today().isoformat()}"' in page


@pytest.mark.requirement("R-001")
def test_the_award_names_whom_verified_it_and_the_day() -> None:
    achievement = an_achievement()
    clerk = Clerk(a_grantor(of=achievement, user=a_person(name="Dr. Ada Example")))
    sent(clerk, achievement)
    page = text(clerk.get("award", Award.objects.get().public_id))
    assert "Dr. Ada Example" in page
    assert "assessed as complete" in page


@pytest.mark.requirement("R-001")
def test_without_an_appointment_nobody_awards_an_assessed_badge_by_the_form() -> None:
    achievement = an_achievement()
    response = sent(Clerk(a_member("issuer")), achievement)
    assert response.status_code == 403
    assert "Only a Grantor who was appointed" in text(response)
    assert not Award.objects.exists()


@pytest.mark.requirement("R-030")
def test_level_one_without_work_or_attestation_is_refused_and_everything_typed_stays() -> None:
    clerk, achievement = awarding()
    response = sent(clerk, achievement, evidence_1_name="", evidence_1_url="", narrative="Twelve <b>maps</b>")
    page = text(response)
    assert response.status_code == 422
    assert "needs an assessed artifact" in page
    assert 'value="Ana Núñez"' in page
    assert "Twelve &lt;b&gt;maps&lt;/b&gt;" in response.content.decode()
    assert not Award.objects.exists()


@pytest.mark.requirement("R-031")
def test_level_one_assessed_elsewhere_is_enough_and_publishes_nothing() -> None:
    clerk, achievement = awarding()
    sent(
        clerk,
        achievement,
        evidence_1_name="",
        evidence_1_url="",
        attested_where="Portfolio system",
        attested_on=today().isoformat(),
        attested_by="Odile Banner",
    )
    worked_through()
    award = Award.objects.select_related("credential").get()
    assert award.credential is not None
    assert b'"evidence"' not in bytes(award.credential.document or b"")
    assert "Assessed elsewhere: Portfolio system, by Odile Banner" in text(clerk.get("award", award.public_id))


def test_half_an_attestation_is_refused_beside_its_field_which_is_not_folded_away() -> None:
    clerk, achievement = awarding()
    response = sent(clerk, achievement, evidence_1_name="", evidence_1_url="", attested_where="Portfolio system")
    assert response.status_code == 422
    assert "needs all three" in text(response)
    assert "<details open>" in text(response)


@pytest.mark.requirement("R-034")
def test_level_two_without_work_is_refused() -> None:
    clerk, achievement = awarding("level_2")
    response = sent(clerk, achievement, evidence_1_name="", evidence_1_url="", share_consent_on=today().isoformat())
    assert response.status_code == 422
    assert "needs assessed evidence that can be shared" in text(response)
    assert not Award.objects.exists()


@pytest.mark.requirement("R-035")
def test_level_two_needs_the_day_of_consent_and_keeps_it() -> None:
    clerk, achievement = awarding("level_2")
    refused = sent(clerk, achievement)
    assert refused.status_code == 422
    assert "Give the day on which the earner agreed" in text(refused)
    sent(clerk, achievement, share_consent_on=today().isoformat())
    consent = Consent.objects.get()
    assert (consent.basis, consent.given_on) == ("recorded by grantor", today())
    assert AwardEvidence.objects.get().shared


@pytest.mark.parametrize(
    "level",
    [
        pytest.param("level_1", marks=pytest.mark.requirement("R-052")),
        pytest.param("level_2", marks=pytest.mark.requirement("R-053")),
    ],
)
def test_distinction_is_chosen_where_it_is_enabled_with_its_own_criteria_in_sight(level: str) -> None:
    clerk, achievement = awarding(
        level, variants=("with_distinction",), distinction_criteria="All three **without help**."
    )
    page = text(clerk.get("one", achievement.public_id))
    assert "with Distinction" in page
    assert "All three <strong>without help</strong>." in page
    sent(clerk, achievement, variant="with_distinction", share_consent_on=today().isoformat())
    award = Award.objects.select_related("image").get()
    assert (award.variant, award.image.variant) == ("with_distinction", "with_distinction")
    plain = an_achievement(level=level)
    assert "with Distinction" not in text(Clerk(a_grantor(of=plain)).get("one", plain.public_id))


def test_a_badge_without_variants_cannot_be_given_one_by_hand() -> None:
    clerk, achievement = awarding()
    sent(clerk, achievement, variant="with_distinction")
    assert Award.objects.get().variant == "standard"


BAD = [
    ("name", "", "The name is missing."),
    ("name", "=HYPERLINK(1)", "looks like a formula"),
    ("name", "Ana\nNúñez\nX", "runs over several lines"),
    ("name", "NÃºÃ±ez", "were garbled"),
    ("name", "x" * 300, "at most 200"),
    ("name", "\u202eAna", "turns the direction"),
    ("email", "", "The mail address is missing."),
    ("email", "ana@mail,example", "A comma instead of a dot?"),
    ("email", "ana.mail.example", "it has no @"),
    ("email", "ana@b.example\r\nBcc: x@y.example", "line break"),
    ("awarded_on", "2999-01-01", "in the future"),
    ("awarded_on", "yesterday", "Enter a valid date."),
    ("awarded_on", "0001-01-01", "too long ago"),
    ("evidence_1_url", "javascript:alert(1)", "does not begin with http"),
    ("evidence_1_url", "https://user:secret@work.example/", "sign-in name"),
    ("narrative", "x" * 3000, "at most 2000"),
    ("external_id", "4,8E+08", "shortened by a spreadsheet"),
    ("pieces", "99999999999999999999", ""),
    ("pieces", "-3", ""),
]


@pytest.mark.requirement("R-123")
@pytest.mark.parametrize(("field", "value", "words"), [case for case in BAD if case[2]])
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_lost(field: str, value: str, words: str) -> None:
    clerk, achievement = awarding()
    response = sent(clerk, achievement, **{field: value})
    page = text(response)
    assert response.status_code == 422
    assert words in page
    assert f'href="#id_{field}"' in page
    kept = {"name": 'value="Ana Núñez"', "narrative": "Cleaned three tables.", "email": "ana@students.example"}
    kept.pop(field, None)
    assert all(text in page for text in kept.values())
    assert not Award.objects.exists()


@pytest.mark.parametrize(("field", "value"), [(case[0], case[1]) for case in BAD if not case[2]])
def test_a_form_that_was_tampered_with_is_read_as_far_as_it_makes_sense(field: str, value: str) -> None:
    clerk, achievement = awarding()
    assert sent(clerk, achievement, **{field: value}).status_code in (200, 422)


def test_nobody_awards_to_themselves_and_the_form_says_so() -> None:
    achievement = an_achievement()
    clerk = Clerk(a_grantor(of=achievement, user=a_person("ada@pinecrest.example")))
    response = sent(clerk, achievement, email="Ada@Pinecrest.example")
    assert response.status_code == 403
    assert "Nobody awards a badge to themselves." in text(response)
    assert 'value="Ana Núñez"' in text(response)


@pytest.mark.requirement("R-907")
def test_who_has_it_already_is_not_awarded_again() -> None:
    clerk, achievement = awarding()
    sent(clerk, achievement)
    response = sent(clerk, achievement, form_key="another form")
    assert response.status_code == 409
    assert "Ana Núñez (ana@students.example) has this badge already." in text(response)
    assert Award.objects.count() == 1


@pytest.mark.requirement("R-907")
def test_a_retired_badge_cannot_be_awarded_by_a_form_that_was_still_open() -> None:
    clerk, achievement = awarding()
    catalog.move(by=a_member("administrator"), achievement=achievement, verb="retire", reason="Over")
    response = sent(clerk, achievement)
    assert response.status_code == 422
    assert "it is not active" in text(response)
    assert not Award.objects.exists()


def test_the_same_form_sent_twice_makes_one_award_and_leads_to_it_both_times() -> None:
    clerk, achievement = awarding()
    first, second = sent(clerk, achievement), sent(clerk, achievement)
    assert first.redirect_chain == second.redirect_chain
    assert second.status_code == 200
    assert Award.objects.count() == 1


def test_a_form_reused_for_somebody_else_awards_them_too() -> None:
    clerk, achievement = awarding()
    sent(clerk, achievement)
    sent(clerk, achievement, name="Bo Ek", email="bo@students.example")
    assert Award.objects.count() == 2


def test_after_a_refusal_the_same_form_can_be_mended_and_sent() -> None:
    clerk, achievement = awarding()
    assert sent(clerk, achievement, evidence_1_name="", evidence_1_url="").status_code == 422
    assert sent(clerk, achievement).status_code == 200
    assert Award.objects.count() == 1


def test_several_pieces_of_work_can_be_added_one_by_one() -> None:
    clerk, achievement = awarding()
    more = sent(clerk, achievement, more="1", email="not yet an address")
    page = text(more)
    assert more.status_code == 200
    assert 'name="evidence_2_url"' in page
    assert 'value="not yet an address"' in page
    assert "aria-invalid" not in page
    sent(clerk, achievement, pieces="2", evidence_2_name="Talk", evidence_2_url="https://work.example/talk")
    assert [e.name for e in AwardEvidence.objects.all()] == ["Workbook", "Talk"]


def test_it_can_be_undone_while_it_is_held_and_sent_before_its_time() -> None:
    clerk, achievement = awarding()
    sent(clerk, achievement)
    sent(clerk, achievement, name="Bo Ek", email="bo@students.example")
    ana, bo = Award.objects.order_by("pk")
    assert "It is being signed." in text(clerk.get("awarded", achievement.public_id, ana.public_id))
    worked_through()
    page = text(clerk.get("awarded", achievement.public_id, ana.public_id))
    assert "Undo" in page
    assert 'hx-trigger="every 2s"' in page
    assert "Taken back. Nobody was told of it." in text(clerk.post("undo", ana.public_id))
    assert "The mail is on its way." in text(clerk.post("release", bo.public_id))
    ana.refresh_from_db()
    bo.refresh_from_db()
    assert (ana.state, bo.state) == ("cancelled", "offered")
    refused = text(clerk.post("undo", bo.public_id))
    assert "can only be revoked, with a reason" in refused


def test_what_can_be_undone_stays_in_sight_on_every_page_of_the_desk() -> None:
    clerk, achievement = awarding(name="Map Reading")
    sent(clerk, achievement)
    worked_through()
    award = Award.objects.get()
    for page in (text(clerk.get("desk")), text(clerk.get("batches"))):
        assert f'action="{at("undo", award.public_id)}"' in page
        assert f'data-until="{award.release_at.isoformat()}"' in page
    Award.objects.update(release_at=award.release_at - timedelta(minutes=5))
    assert f'action="{at("undo", award.public_id)}"' not in text(clerk.get("desk"))


def test_a_fragment_tells_how_far_the_award_is() -> None:
    clerk, achievement = awarding()
    sent(clerk, achievement)
    award = Award.objects.get()
    piece = text(clerk.fragment("awarded", achievement.public_id, award.public_id, region="awarded"))
    assert "<html" not in piece
    assert re.match(r'\s*<section [^>]*id="awarded"', piece)


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_make_one_award_and_both_lead_to_it(transactional_db: None) -> None:
    clerk, achievement = awarding()
    clerks = [clerk, Clerk(clerk.actor), Clerk(clerk.actor)]
    urls: list[str] = []
    address, form = at("one", achievement.public_id), filled()

    def click(one: Clerk) -> None:
        try:
            urls.append(one.client.post(address, form).get("Location", "refused"))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=click, args=[one]) for one in clerks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    award = Award.objects.get()
    assert urls == [at("awarded", achievement.public_id, award.public_id)] * 3
