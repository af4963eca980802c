"""A department files a list, the Registrar returns one row and issues, learners are written to: in a browser, over real mail."""

import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from insignia.domain.access.actor import SYSTEM
from insignia.domain.awards.models import Award
from insignia.domain.institutions import actions as institutions
from insignia.domain.institutions.models import Institution
from insignia.domain.notifications import sending
from tests.support.browsing import Browsing, Violation
from tests.support.builders import (
    a_member,
    a_person,
    an_achievement,
    an_award,
    an_earner,
    an_institution,
    worked_through,
)
from tests.support.mail import SmtpSink

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.appearance]

HEAD = "first_name,last_name,email,student_id,completed_on,evidence_url"
DAY = "2026-05-04"


@pytest.fixture
def alder_ridge(live_app: Any, settings: Any) -> Iterator[Institution]:
    settings.MAIL_PER_MINUTE = 1_000_000
    with an_institution(name="Alder Ridge University") as institution:
        institutions.set_policies(by=SYSTEM, institution=institution, policies={"awarding": "registrar"})
        yield institution


def cohort() -> bytes:
    """24 rows: 22 that are valid, one with a bad address, one that stands there twice."""
    fine = [
        f"Rowan{n},Thistlewood,rowan{n}@students.example,{4000 + n},{DAY},https://work.example/{n}" for n in range(22)
    ]
    wrong = [f"Bad,Address,bad@students,5000,{DAY},", f"Rowan0,Thistlewood,rowan0@students.example,4000,{DAY},"]
    return "\n".join([HEAD, *fine, *wrong]).encode()


def mails_to(sink: SmtpSink, address: str) -> list[str]:
    worked_through()
    sending.send_due()
    return [unescape(mail.message.get_body(("html",)).get_content()) for mail in sink.to(address)]  # type: ignore[union-attr]


@pytest.mark.requirement("R-121", "R-122", "R-123", "R-124", "R-125")
@pytest.mark.parametrize("javascript", ["on", "off"])
def test_from_a_departments_file_to_a_learners_claim(
    alder_ridge: Institution,
    browser: Browsing,
    smtp_sink: SmtpSink,
    axe: Callable[[Page], list[Violation]],
    javascript: Any,
) -> None:
    slug = alder_ridge.slug
    an_achievement(name="Wildfire Data Mapping", level="souvenir")
    an_award(
        an_achievement(level="souvenir"), by=SYSTEM, earner=an_earner("rowan7@students.example", "Rowan Sevenfold")
    )
    department = a_person("wade@alder-ridge.example", name="Wade Foley")
    registrar = a_person("ines@alder-ridge.example", name="Ines Keller")
    a_member("issuer", user=department)
    a_member("registrar", user=registrar)

    # The department cannot award; it is offered the request, files the list, and is told what is wrong row by row.
    desk = browser.page(as_=department, javascript=javascript)
    desk.goto(f"/i/{slug}/awarding")
    expect(desk.get_by_text("Badges are issued by the Registrar here")).to_be_visible()
    desk.get_by_role("link", name="Request Wildfire Data Mapping by a file").click()
    desk.get_by_label("Drop the file here").set_input_files(
        {"name": "spring-cohort.csv", "mimeType": "text/csv", "buffer": cohort()}
    )
    desk.get_by_role("button", name="Read the file").click()
    desk.get_by_role("link", name="To correct, 2").click()
    rows = desk.locator("#rows tbody tr")
    expect(rows).to_have_count(2)
    expect(rows.first).to_contain_text("“bad@students” is not a mail address.")
    expect(rows.last).to_contain_text("is in row 2 already")
    assert javascript == "off" or not axe(desk)
    desk.get_by_label("These learners completed the requirements").check()
    desk.get_by_role("button", name="Send 22 rows to the Registrar").click()
    expect(desk.get_by_text("22 rows are with the Registrar now.")).to_be_visible()

    # The Registrar sees whose name differs, returns that row, and issues the others.
    office = browser.page(as_=registrar, javascript=javascript)
    office.goto(f"/i/{slug}/issuance")
    assert javascript == "off" or not axe(office)
    office.get_by_role("link", name="Wildfire Data Mapping").click()
    office.get_by_role("button", name="Begin to verify").click()
    office.get_by_role("link", name="To look at, 1").click()
    expect(office.locator("#rows tbody tr")).to_contain_text("Known here as “Rowan Sevenfold”")
    office.get_by_role("checkbox", name="Rowan7 Thistlewood").check()
    office.get_by_label("Reason").fill("Rowan7 is Rowan Sevenfold in our records.")
    assert javascript == "off" or not axe(office)
    office.get_by_role("button", name="Return the ticked rows").click()
    expect(office.get_by_text("1 row is back with the unit")).to_be_visible()
    office.get_by_role("button", name="Issue all 21 rows that are fine").click()
    expect(office.locator("progress")).to_have_attribute("aria-label", "0 of 21 issued")
    worked_through()
    office.reload()
    expect(office.get_by_text("21 badges issued.")).to_be_visible()
    assert set(Award.objects.filter(batch__isnull=False).values_list("state", flat=True)) == {"held"}
    office.get_by_role("button", name="Send now").first.click()

    # The department is told why the row came back, and corrects it.
    (returned,) = [mail for mail in mails_to(smtp_sink, department.email) if "the Registrar has returned 1 row" in mail]
    assert "Rowan7 is Rowan Sevenfold in our records." in returned
    link = re.search(r'href="https?://[^/"]+(/i/[^"]+/requests/[^"]+)"', returned)
    assert link
    desk.goto(link[1])
    desk.get_by_role("link", name="Returned, 1").click()
    desk.get_by_role("link", name=re.compile("Correct row")).click()
    expect(desk.get_by_label("Name", exact=True)).to_have_value("Rowan7 Thistlewood")
    desk.get_by_label("Name", exact=True).fill("Rowan Sevenfold")
    desk.get_by_role("button", name="Keep and go on").click()
    desk.get_by_label("These learners completed the requirements").check()
    desk.get_by_role("button", name="Send 1 row to the Registrar").click()
    expect(desk.get_by_text("1 row is with the Registrar now.")).to_be_visible()

    office.goto(f"/i/{slug}/issuance")
    office.get_by_role("link", name="Wildfire Data Mapping").click()
    office.get_by_role("button", name="Issue to Rowan Sevenfold").click()
    worked_through()
    office.reload()
    expect(office.get_by_text("1 badge issued.")).to_be_visible()

    # The learner's mail leads to the claim.
    (mail,) = mails_to(smtp_sink, "rowan3@students.example")
    claim = re.search(r'href="https?://[^/"]+(/claim/[^"]+)"', mail)
    assert claim
    learner = browser.page(javascript=javascript)
    learner.goto(claim[1])
    expect(learner.get_by_role("heading", level=1)).to_have_text("Wildfire Data Mapping")
    learner.get_by_label("Your name").fill("Rowan3 Thistlewood")
    learner.get_by_label("Password").fill("a long enough password")
    learner.get_by_role("button", name="Set up and accept the badge").click()
    expect(learner.get_by_role("heading", level=1)).to_have_text("It is yours")
    assert Award.objects.get(recipient__email="rowan3@students.example").state == "accepted"
