"""The list of awards, one award with all that happened to it, and every way to set it right."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from insignia.domain.access.actor import Scope
from insignia.domain.awards import actions as awards
from insignia.domain.awards.models import Award, Recipient
from insignia.domain.journal import bus
from tests.edges.web.issuing.clerk import Clerk, at, text
from tests.support.builders import (
    a_grantor,
    a_member,
    a_person,
    a_unit,
    accepted,
    acting,
    again,
    an_achievement,
    an_award,
    an_earner,
    an_institution,
    held,
    offered,
    today,
    worked_through,
)

pytestmark = pytest.mark.usefixtures("institution")
REVOKING = {"code": "error", "reason": "Wrong person"}


@pytest.mark.requirement("R-104")
def test_a_unit_sees_the_awards_of_its_own_badges_only() -> None:
    ours = an_award(an_achievement(unit=a_unit("computing")), earner=an_earner(name="Ana Núñez"))
    theirs = an_award(an_achievement(unit=a_unit("library")), earner=an_earner(name="Bo Ek"))
    clerk = Clerk(a_member("issuer", scope=Scope("unit", a_unit("computing").public_id)))
    page = text(clerk.get("awards"))
    assert "Ana Núñez" in page
    assert "Bo Ek" not in page
    assert clerk.get("award", ours.public_id).status_code == 200
    assert clerk.get("award", theirs.public_id).status_code == 404
    assert "Bo Ek" not in text(clerk.get("awards_csv"))


def test_the_awards_of_another_institution_are_not_there() -> None:
    with an_institution():
        stranger = offered(an_award(earner=an_earner(name="Stranger")))
    clerk = Clerk(a_member("administrator"))
    assert "Stranger" not in text(clerk.get("awards"))
    for name in ("award", "revoke", "suspend", "reinstate", "correct", "renew"):
        assert clerk.get(name, stranger.public_id).status_code == 404
    for name in ("undo", "release", "reoffer", "revoke"):
        assert clerk.post(name, stranger.public_id, data=REVOKING).status_code == 404
    assert again(stranger).state == "offered"


def test_who_has_no_right_at_all_is_told_whom_to_ask(institution: Any) -> None:
    response = Clerk(acting(a_person())).get("awards")
    assert response.status_code == 403
    assert institution.contact_email in text(response)


def test_awards_are_found_by_name_address_and_badge_and_narrowed_by_state_and_level() -> None:
    ana = an_award(an_achievement(name="Map Reading"), earner=an_earner("ana@students.example", "Ana Núñez"))
    an_award(an_achievement(level="level_2", name="Fire Lines"), earner=an_earner("özge@students.example", "Özge Ek"))
    clerk = Clerk(a_member("administrator"))

    def found(**query: str) -> list[bool]:
        page = text(clerk.get("awards", **query))
        return ["Ana Núñez" in page, "Özge Ek" in page]

    assert found() == [True, True]
    assert found(q="ana núñez") == [True, False]
    assert found(q="özge") == [False, True]
    assert found(q="STUDENTS.example map") == [True, False]
    assert found(level="level_2") == [False, True]
    assert found(state="granted") == [True, True]
    assert found(state="revoked") == [False, False]
    assert "Clear the filters" in text(clerk.get("awards", state="revoked"))
    assert found(state="<script>", sort="-password", level="' OR 1=1") == [False, False]
    assert at("award", ana.public_id) in text(clerk.get("awards", q="ana@"))


def test_awards_are_sorted_by_the_column_that_was_pressed() -> None:
    achievement = an_achievement()
    grantor = a_grantor(of=achievement)
    for name, days in (("Bo", 1), ("Ana", 2), ("Cy", 0)):
        an_award(achievement, by=grantor, earner=an_earner(name=name), awarded_on=today() - timedelta(days=days))
    clerk = Clerk(grantor)

    def order(sort: str) -> list[str]:
        page = text(clerk.get("awards", sort=sort))
        return sorted(("Ana", "Bo", "Cy"), key=lambda name: page.index(f">{name}</a>"))

    assert order("name") == ["Ana", "Bo", "Cy"]
    assert order("-name") == ["Cy", "Bo", "Ana"]
    assert order("day") == ["Ana", "Bo", "Cy"]
    assert 'aria-sort="ascending"' in text(clerk.get("awards", sort="day"))


def test_nothing_there_yet_says_what_will_be_and_what_to_do() -> None:
    page = text(Clerk(a_member("administrator")).get("awards"))
    assert "No award yet" in page
    assert at("desk") in page


def test_the_list_as_a_file_holds_what_is_shown_and_computes_nothing() -> None:
    achievement = an_achievement(name="=1+1 for Beginners")
    award = offered(an_award(achievement, earner=an_earner("ana@students.example", "Ana")))
    an_award(earner=an_earner("bo@students.example", "Bo"))
    response = Clerk(a_member("administrator")).get("awards_csv", q="ana")
    lines = response.content.decode("utf-8-sig").splitlines()
    assert response["Content-Disposition"] == 'attachment; filename="awards.csv"'
    assert len(lines) == 2
    assert '"\'=1+1 for Beginners"' in lines[1]
    assert award.credential.url in lines[1]


def test_a_list_of_awards_costs_the_same_number_of_questions_however_long_it_is() -> None:
    achievement = an_achievement()
    grantor = a_grantor(of=achievement)
    clerk = Clerk(grantor)
    an_award(achievement, by=grantor)
    with CaptureQueriesContext(connection) as one:
        clerk.get("awards")
    for _ in range(12):
        an_award(achievement, by=grantor)
    with CaptureQueriesContext(connection) as many:
        clerk.get("awards")
    assert len(many) == len(one)


def test_long_lists_come_in_pages() -> None:
    achievement = an_achievement(level="souvenir")
    issuer = a_member("issuer")
    lines = "\n".join(f"l{i}@students.example,Learner {i:03},2026-05-04" for i in range(60))
    batch = awards.upload_batch(
        by=issuer,
        achievement=achievement,
        data=f"email,name,awarded_on\n{lines}".encode(),
        filename="x.csv",
        source="page",
    )
    awards.confirm_batch(by=issuer, batch=awards.check_batch(batch))
    worked_through()
    clerk = Clerk(issuer)
    page = text(clerk.get("awards", batch=batch.public_id, sort="name"))
    assert "60 awards" in page
    assert "Learner 049" in page
    assert "Learner 050" not in page
    assert "Learner 050" in text(clerk.get("awards", batch=batch.public_id, sort="name", page="2"))
    assert clerk.get("awards", page="999999").status_code == 200


def test_one_award_tells_its_story_from_the_journal_with_who_and_why() -> None:
    expert = a_person(name="Dr. Ada Example")
    achievement = an_achievement()
    award = accepted(an_award(achievement, by=a_grantor(of=achievement, user=expert)))
    manager = Clerk(a_member("administrator", user=a_person(name="Mara Manager")))
    manager.post("suspend", award.public_id, data={"reason": "Asking the committee"})
    manager.post("reinstate", award.public_id, data={"reason": "All is well"})
    manager.post("revoke", award.public_id, data=REVOKING)
    page = text(manager.get("award", award.public_id))
    story = page[page.index('id="happened"') :]
    moments = ["Awarded", "Signed; waiting", "Offered to the earner", "Accepted", "Suspended", "Valid again", "Revoked"]
    places = [story.index(f"<b>{moment}") for moment in moments]
    assert places == sorted(places)
    assert "Dr. Ada Example" in story
    assert "Mara Manager: Asking the committee" in story
    assert "It was awarded by mistake. Wrong person" in story


def test_every_award_of_a_batch_tells_when_it_was_offered_though_news_is_of_chunks() -> None:
    achievement = an_achievement(level="souvenir")
    issuer = a_member("issuer")
    lines = "\n".join(f"l{i}@students.example,L {i},2026-05-04" for i in range(3))
    batch = awards.upload_batch(
        by=issuer,
        achievement=achievement,
        data=f"email,name,awarded_on\n{lines}".encode(),
        filename="x.csv",
        source="page",
    )
    awards.confirm_batch(by=issuer, batch=awards.check_batch(batch), release="now")
    worked_through()
    clerk = Clerk(issuer)
    for award in Award.objects.all():
        assert "<b>Offered to the earner" in text(clerk.get("award", award.public_id))


@pytest.mark.requirement("R-907")
def test_revoking_asks_first_needs_a_reason_and_is_told() -> None:
    award = accepted()
    clerk = Clerk(a_member("registrar"))
    asked = text(clerk.get("revoke", award.public_id))
    assert "This cannot be undone; a correction is a new badge." in asked
    assert again(award).state == "accepted"
    empty = clerk.post("revoke", award.public_id, data={"code": "error", "reason": " "})
    assert empty.status_code == 422
    assert "Say why" in text(empty)
    page = text(clerk.post("revoke", award.public_id, data=REVOKING))
    assert "Wrong person" in page
    assert again(award).state == "revoked"
    assert clerk.get("revoke", award.public_id).status_code == 200
    twice = clerk.post("revoke", award.public_id, data=REVOKING)
    assert twice.status_code == 422
    assert "is not possible here" in text(twice)


@pytest.mark.requirement("R-908")
def test_a_correction_is_a_new_award_and_the_old_one_leads_to_it() -> None:
    award = offered(an_award(earner=an_earner("ana@students.example", "Ana Nunez")))
    before = bytes(award.credential.document)
    clerk = Clerk(a_member("registrar"))
    form = {"name": "Ana Núñez", "email": "ana@students.example", "awarded_on": award.awarded_on.isoformat()}
    nothing = clerk.post("correct", award.public_id, data={**form, "name": "Ana Nunez", "reason": "x"})
    assert nothing.status_code == 422
    assert "Nothing is corrected" in text(nothing)
    page = text(clerk.post("correct", award.public_id, data={**form, "reason": "Accents"}))
    fresh = Award.objects.get(corrects=award.pk)
    assert at("award", fresh.public_id) in page or "Ana Núñez" in page
    old = again(award)
    assert (old.state, bytes(old.credential.document)) == ("superseded", before)
    assert at("award", fresh.public_id) in text(clerk.get("award", award.public_id))


@pytest.mark.requirement("R-908")
def test_an_address_is_replaced_before_the_claim_and_not_after() -> None:
    unclaimed = offered()
    clerk = Clerk(a_member("registrar"))
    form = {"name": unclaimed.recipient.name, "awarded_on": unclaimed.awarded_on.isoformat(), "reason": "Bounced"}
    clerk.post("correct", unclaimed.public_id, data={**form, "email": "right@students.example"})
    assert Award.objects.get(corrects=unclaimed.pk).recipient.email == "right@students.example"
    claimed = accepted()
    page = text(clerk.get("correct", claimed.public_id))
    assert 'name="email"' not in page
    assert "the badge was claimed" in page


@pytest.mark.requirement("R-907")
def test_an_offer_is_sent_again_and_a_declined_one_offered_anew() -> None:
    award = offered()
    clerk = Clerk(a_grantor(of=award.achievement))
    assert "Send the mail again" in text(clerk.get("award", award.public_id))
    clerk.post("reoffer", award.public_id)
    assert bus.read(name="awards.reoffered").count() == 1
    Award.objects.filter(pk=award.pk).update(state="declined")
    assert "Offer it again" in text(clerk.get("award", award.public_id))
    clerk.post("reoffer", award.public_id)
    assert again(award).state == "offered"


def test_what_expires_is_renewed_by_a_new_award() -> None:
    achievement = an_achievement(valid_months=12)
    grantor = a_grantor(of=achievement)
    award = accepted(an_award(achievement, by=grantor))
    clerk = Clerk(grantor)
    assert "Renew" in text(clerk.get("award", award.public_id))
    form = {"awarded_on": today().isoformat(), "narrative": "", "pieces": "1"}
    work = {"evidence_1_name": "Exam", "evidence_1_url": "https://work.example/e", "evidence_1_narrative": ""}
    refused = clerk.post("renew", award.public_id, data={**form, **dict.fromkeys(work, "")})
    assert refused.status_code == 422
    assert "needs an assessed artifact" in text(refused)
    clerk.post("renew", award.public_id, data={**form, **work})
    assert Award.objects.get(renewal_of=award.pk).evidence.get().name == "Exam"


@pytest.mark.parametrize(
    ("role", "shown", "refused"),
    [
        ("registrar", ("revoke", "suspend", "correct"), ()),
        ("auditor", (), ("revoke", "suspend", "correct")),
    ],
)
def test_buttons_and_pages_follow_the_rights(role: str, shown: tuple[str, ...], refused: tuple[str, ...]) -> None:
    award = offered()
    clerk = Clerk(a_member(role))
    page = text(clerk.get("award", award.public_id))
    for name in shown:
        assert at(name, award.public_id) in page
        assert clerk.get(name, award.public_id).status_code == 200
    for name in refused:
        assert at(name, award.public_id) not in page
        assert clerk.get(name, award.public_id).status_code == 403
        assert clerk.post(name, award.public_id, data=REVOKING).status_code == 403
    assert again(award).state == "offered"


def test_buttons_follow_the_state() -> None:
    award = held()
    clerk = Clerk(a_grantor(of=award.achievement))
    page = text(clerk.get("award", award.public_id))
    assert at("undo", award.public_id) in page
    assert at("reoffer", award.public_id) not in page
    clerk.post("undo", award.public_id)
    page = text(clerk.get("award", award.public_id))
    assert "Undone" in page
    assert at("undo", award.public_id) not in page


def test_changing_by_a_link_is_not_possible() -> None:
    award = held()
    clerk = Clerk(a_grantor(of=award.achievement))
    for name in ("undo", "release", "reoffer"):
        assert clerk.get(name, award.public_id).status_code == 405
    assert again(award).state == "held"


def test_reading_the_record_of_who_may_be_a_minor_is_journaled_once_a_view() -> None:
    award = offered()
    clerk = Clerk(a_grantor(of=award.achievement))
    clerk.get("award", award.public_id)
    assert not bus.read(name="awards.minors_record_read").exists()
    Recipient.objects.update(age_band="unknown")
    clerk.get("award", award.public_id)
    entry = bus.read(name="awards.minors_record_read").get()
    assert (entry.author, entry.data) == (clerk.actor.id, {"recipients": [award.recipient.public_id]})
    for name in ("awards", "awards_csv"):
        clerk.get(name)
    assert bus.read(name="awards.minors_record_read").count() == 3


def test_what_was_written_about_somebody_is_never_markup() -> None:
    award = offered(an_award(narrative="<script>alert(1)</script> **bold**", earner=an_earner(name="<b>Ana</b>")))
    page = Clerk(a_grantor(of=award.achievement)).get("award", award.public_id).content
    assert b"<script>alert" not in page
    assert b"<b>Ana" not in page
    assert b"<strong>bold</strong>" in page


def test_how_the_mails_of_an_award_fared_is_told() -> None:
    award = offered()
    clerk = Clerk(a_grantor(of=award.achievement))
    assert "No mail yet." in text(clerk.get("award", award.public_id))
    worked_through()
    assert "A badge to claim" in text(clerk.get("award", award.public_id))
