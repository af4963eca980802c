"""Finding a person: who is found by whom, what each part of the page shows to whom, and the next step about each award."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from insignia.domain.access.actor import SYSTEM, Scope
from insignia.domain.access.permissions import Permission
from insignia.domain.awards import actions as awards
from insignia.domain.awards.models import Award, Recipient
from insignia.domain.ground import clock
from insignia.domain.institutions.models import Membership, Role
from insignia.domain.journal import bus
from insignia.domain.notifications.models import Message
from tests.edges.web.issuing.clerk import Clerk, text
from tests.support.builders import (
    a_grantor,
    a_member,
    a_person,
    a_unit,
    accepted,
    again,
    an_achievement,
    an_award,
    an_earner,
    an_institution,
    held,
    here,
    offered,
    worked_through,
)

pytestmark = pytest.mark.usefixtures("institution")


def clerk_with(*permissions: Permission, scope: Scope | None = None) -> Clerk:
    """Somebody whose only role has exactly these rights."""
    actor = a_member("registrar", scope=scope)
    key = "-".join(permission.name.lower() for permission in permissions)[:40]
    role = Role.objects.create(key=key, name=key, permissions=[str(permission) for permission in permissions])
    Membership.objects.filter(user=actor.user_pk).update(role=role)
    return Clerk(actor)


def page_of(clerk: Clerk, award: Award) -> str:
    response = clerk.get("earner", award.recipient.public_id)
    assert response.status_code == 200
    return " ".join(text(response).split())


def mail_is(award: Award, state: str, **values: Any) -> None:
    Message.objects.filter(tells_of__award=award).update(state=state, **values)


# --- Finding
@pytest.mark.parametrize("words", ["núñez", "Ana", "ana@students", "ANA@STUDENTS.EXAMPLE", "00123", "ana núñ"])
def test_a_person_is_found_by_name_address_and_number(words: str) -> None:
    earner = replace(an_earner("ana@students.example", "Ana Núñez"), external_id="00123")
    an_award(earner=earner)
    an_award(earner=an_earner("bo@students.example", "Bo Ek"))
    page = text(Clerk(a_member("registrar")).get("earners", q=words))
    assert "Ana Núñez" in page
    assert "Bo Ek" not in page


def test_one_finds_those_whose_awards_one_works_with() -> None:
    ours = an_award(an_achievement(unit=a_unit("computing")), earner=an_earner(name="Ana Núñez"))
    theirs = an_award(an_achievement(unit=a_unit("library")), earner=an_earner(name="Bo Ek"))
    for clerk in (
        Clerk(a_member("issuer", scope=a_unit("computing").scopes()[0])),
        clerk_with(Permission.RECIPIENT_READ, scope=a_unit("computing").scopes()[0]),
        Clerk(a_grantor(of=ours.achievement)),
    ):
        page = text(clerk.get("earners"))
        assert ("Ana Núñez" in page, "Bo Ek" in page) == (True, False)
        assert clerk.get("earner", theirs.recipient.public_id).status_code == 404
        assert clerk.get("earner_at", address=theirs.recipient.email).status_code == 200
        assert "Bo Ek" not in text(clerk.get("earner_at", address=theirs.recipient.email))
    assert clerk_with(Permission.ACHIEVEMENT_READ).get("earners").status_code == 403


def test_those_of_another_institution_are_not_there() -> None:
    with an_institution():
        stranger = offered(an_award(earner=an_earner(name="Stranger")))
    clerk = Clerk(a_member("administrator"))
    assert "Stranger" not in text(clerk.get("earners"))
    assert clerk.get("earner", stranger.recipient.public_id).status_code == 404
    assert "No mail" not in text(clerk.get("earner_at", address=stranger.recipient.email)).split("Mails")[0]


# --- To whom each part is shown
def test_each_part_is_shown_to_whoever_holds_its_right() -> None:
    award = offered(an_award(earner=replace(an_earner("ana@students.example", "Ana Núñez"), external_id="00123")))
    worked_through()
    whole = page_of(Clerk(a_member("administrator")), award)
    for part in (str(award.version.name), "Next:", "A badge to claim", "Claim links", "Known since"):
        assert part in whole
    reader = page_of(clerk_with(Permission.AWARD_READ), award)
    assert ("Next:" in reader, "A badge to claim" in reader, "Known since" in reader) == (True, True, False)
    assert "/program/mail/" not in reader
    record = page_of(clerk_with(Permission.RECIPIENT_READ), award)
    assert ("Known since" in record, "Next:" in record, "A badge to claim" in record) == (True, False, False)
    mailer = clerk_with(Permission.MAIL_READ)
    assert mailer.get("earner", award.recipient.public_id).status_code == 404
    found = text(mailer.get("earners", q="ana@"))
    assert ("ana@students.example" in found, "Ana Núñez" in found) == (True, False)
    at_address = text(mailer.get("earner_at", address="ana@students.example"))
    assert ("A badge to claim" in at_address, "Ana Núñez" in at_address, "Next:" in at_address) == (True, False, False)


def test_reading_of_what_may_be_a_minors_is_written_into_the_journal() -> None:
    award = an_award()
    clerk = Clerk(a_member("registrar"))
    clerk.get("earner", award.recipient.public_id)
    assert not bus.read().filter(name="awards.minors_record_read").exists()
    Recipient.objects.update(age_band=Recipient.AgeBand.UNKNOWN)
    clerk.get("earner", award.recipient.public_id)
    entry = bus.read().get(name="awards.minors_record_read")
    assert (entry.author, entry.subject_id) == (clerk.actor.id, award.recipient.public_id)
    clerk.get("earners")
    assert bus.read().filter(name="awards.minors_record_read").count() == 2


# --- The next step
def test_an_offer_that_was_mailed_is_mailed_again_from_there() -> None:
    award = offered()
    worked_through()
    mail_is(award, "sent", sent_at=clock.now())
    clerk = Clerk(a_grantor(of=award.achievement))
    page = page_of(clerk, award)
    assert "The offer waits; the last mail went on" in page
    assert "Send the mail again" in page
    clerk.post("reoffer", award.public_id)
    worked_through()
    assert Message.objects.filter(tells_of__award=award, kind="reoffer").exists()


def test_whoever_may_not_do_the_step_is_told_who_can() -> None:
    award = offered()
    page = page_of(clerk_with(Permission.AWARD_READ), award)
    assert "Next:" in page
    assert "Send the mail again" not in page
    assert "You may not do that yourself" in page


@pytest.mark.parametrize(
    ("state", "values", "said", "button"),
    [
        ("pending", {}, "its mail goes out as soon as its turn comes", None),
        ("deferred", {}, "the mail server put its mail off", None),
        ("refused", {"smtp_code": 550, "smtp_text": "no such user"}, "Correct the address", "Correct"),
        ("uncertain", {}, "Nobody can say whether the mail", "Look at the mail"),
        ("suppressed", {"reason": "silent_batch"}, "its mail was not sent", "Send the mail again"),
    ],
)
def test_an_offer_whose_mail_did_not_go_says_so(
    state: str, values: dict[str, Any], said: str, button: str | None
) -> None:
    award = offered()
    worked_through()
    mail_is(award, state, **values)
    page = page_of(Clerk(a_member("administrator")), award)
    assert said in page
    assert values.get("smtp_text", "") in page
    for one in ("Correct", "Look at the mail", "Send the mail again"):
        assert (f"{one}<span" in page) == (one == button), one


def test_a_link_that_was_opened_and_led_nowhere_is_said() -> None:
    award = offered()
    worked_through()
    mail_is(award, "sent", sent_at=clock.now())
    awards.open_link(awards.make_claim_link(award.recipient))
    assert "was opened on" in page_of(Clerk(a_member("registrar")), award)


def test_every_state_has_a_next_step_and_the_reason_that_is_known() -> None:
    clerk = Clerk(a_member("administrator"))
    waiting = held()
    assert "Send it now if you are sure." in page_of(clerk, waiting)
    taken = accepted()
    assert "It was accepted on" in page_of(clerk, taken)
    awards.suspend(by=SYSTEM, award=taken, reason="The committee looks into it.")
    page = page_of(clerk, taken)
    assert ("The committee looks into it." in page, "End the suspension<span" in page) == (True, True)
    awards.revoke(by=SYSTEM, awards=[again(taken)], code="error", reason="Wrong person")
    assert "It was awarded by mistake. Wrong person" in page_of(clerk, taken)
    gone = offered()
    user = a_person(gone.recipient.email)
    Recipient.objects.filter(pk=gone.recipient_id).update(user=user)
    for state, said in (
        ("granted", "It is being signed."),
        ("cancelled", "It was undone before anybody was told."),
        ("declined", "If that was a mistake, offer it again."),
        ("lapsed_offer", "The offer lapsed"),
        ("expired", "It expired on"),
        ("superseded", "A corrected badge took its place"),
        ("offered", "The offer waits"),
    ):
        Award.objects.filter(pk=gone.pk).update(state=state, expires_on=clock.now().date() - timedelta(days=1))
        assert said in page_of(clerk, gone), state
    assert set(Award.State.values) == set(NEXT_STATES)


NEXT_STATES = (
    "granted", "held", "cancelled", "offered", "accepted", "declined", "lapsed_offer", "expired", "suspended", "revoked",
    "superseded",
)  # fmt: skip


# --- Refused rows
def test_somebody_whose_row_was_refused_is_found_with_what_was_wrong() -> None:
    achievement = an_achievement()
    grantor = a_grantor(of=achievement)
    data = b"name,email,awarded_on\nCy Day,cy@students.example,31.13.2026\n"
    batch = awards.upload_batch(by=grantor, achievement=achievement, data=data, filename="cohort.csv", source="page")
    awards.check_batch(batch)
    clerk = Clerk(grantor)
    found = text(clerk.get("earners", q="cy@students"))
    assert "cy@students.example" in found
    page = text(clerk.get("earner_at", address="cy@students.example"))
    assert "cohort.csv" in page
    assert "row 2" in page
    other = Clerk(a_member("issuer", scope=a_unit("library").scopes()[0]))
    assert "cy@students.example" not in text(other.get("earners", q="cy@students"))
    assert "Nothing is known of this address" in text(other.get("earner_at", address="cy@students.example"))


def test_an_address_that_belongs_to_somebody_leads_to_them_and_half_an_address_is_refused() -> None:
    award = an_award()
    clerk = Clerk(a_member("registrar"))
    response = clerk.get("earner_at", address=award.recipient.email.upper())
    assert response.url.endswith(f"/earners/{award.recipient.public_id}")
    assert clerk.get("earner_at", address="ana").status_code == 422


# --- How much is asked
def test_the_queries_do_not_grow_with_what_is_known() -> None:
    clerk = Clerk(a_member("administrator"))
    earner = an_earner("ana@students.example", "Ana Núñez")

    def asked(*names: str) -> int:
        recipient = Recipient.objects.get(email="ana@students.example")
        clerk.get("earner", recipient.public_id)
        with CaptureQueriesContext(connection) as queries:
            assert clerk.get("earner", recipient.public_id).status_code == 200
            assert clerk.get("earners", q="a").status_code == 200
        return len(queries)

    def one(unit: str) -> None:
        offered(an_award(an_achievement(unit=a_unit(unit)), earner=earner))
        worked_through()

    one("computing")
    few = asked()
    for unit in ("library", "computing", "library"):
        one(unit)
        an_award(earner=an_earner())
    assert asked() == few
    assert here()
