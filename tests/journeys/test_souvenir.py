"""A souvenir, from an officer's request to five phones in a hall and a claim: no committee and no executive in between."""

import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from insignia.domain.awards.models import Award, CheckIn
from insignia.domain.catalog.models import Achievement
from insignia.domain.institutions.models import Institution
from insignia.domain.notifications import sending
from insignia.domain.proposals.production import actions as productions
from insignia.domain.proposals.production import queries as production_queries
from insignia.domain.proposals.workflow.models import TaskRun
from insignia.domain.proposals.writing.models import Proposal
from tests.support import builders, production
from tests.support.browsing import Browsing, Violation
from tests.support.governance import a_colleague, again, ksu_cast, open_tasks
from tests.support.governance_desk import Desk, write_the_rest
from tests.support.mail import SmtpSink

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.appearance]

NAMES = ("Ana Núñez", "Bo Ek", "Cy Day", "Dee Okafor", "Eve Ritter")


@pytest.fixture
def pinecrest(live_app: Any, settings: Any) -> Iterator[Institution]:
    settings.MAIL_PER_MINUTE = 1_000_000
    with builders.an_institution(name="Pinecrest State University") as institution:
        yield institution


def address_of(name: str) -> str:
    return f"{name.split()[0].lower()}@students.example"


def mails_to(sink: SmtpSink, address: str) -> list[str]:
    builders.worked_through()
    sending.send_due()
    return [unescape(mail.message.get_body(("html",)).get_content()) for mail in sink.to(address)]  # type: ignore[union-attr]


@pytest.mark.slow
@pytest.mark.requirement("R-020", "R-021", "R-023", "R-024", "R-025", "R-026")
def test_from_an_officers_request_to_a_code_on_the_wall_and_a_claim(
    pinecrest: Institution, browser: Browsing, smtp_sink: SmtpSink, axe: Callable[[Page], list[Violation]]
) -> None:
    cast = ksu_cast()
    officer = a_colleague("student_org_officer", name="Officer Ola")
    cast.people["proposer"] = officer
    giver = a_colleague("issuer", name="Issuer Indy", scope=cast.unit)

    # The officer of a student organization is shown the platform, and uses the form beside it.
    asks = Desk.of(browser, officer)
    asks.open("proposal_begin")
    assert "Requests for students are made at Student engagement platform" in asks.main
    asks.page.locator("label:has(input[name=level][value=souvenir])").click()
    asks.press("Begin to write")
    proposal = Proposal.objects.get()
    write_the_rest(officer, proposal, title="Lantern Night", basis="event_attendance", events=1, audience=["students"])
    asks.open("proposal_check", proposal.public_id)
    assert "You can also use the form here" in asks.main
    assert axe(asks.page) == []
    assert "It is submitted." in asks.press("Submit the proposal")
    proposal = again(proposal)

    # Whoever looks after the students' channel is asked, and nobody else ever was.
    assert open_tasks(proposal) == {"channel_approval"}
    approver = Desk.of(browser, cast["student_engagement_staff"])
    assert "You approved it." in approver.takes_up(proposal).press("Approve")
    assert again(proposal).state == "approved"
    roles = set(TaskRun.objects.filter(run__proposal=proposal).values_list("role", flat=True))
    assert roles == {"proposer", "student_engagement_staff"}

    # Two tasks lead to the active badge.
    builders.worked_through()
    found = production_queries.all_productions().get(proposal=proposal)
    manager = Desk.of(browser, cast["program_manager"])
    manager.open("production", found.public_id)
    assert "0 of 2 required tasks" in manager.main
    office = cast.actor("program_manager")
    productions.create_credential(by=office, production=found)
    image = production.task(found, "image_with_communications")
    proof = productions.add_proof(by=office, task=image, note="As the template has it")
    productions.sign_off(by=cast.actor("proposer"), proof=proof)
    manager.open("production", found.public_id)
    assert "The badge is active" in manager.press("Make the badge active")
    achievement = Achievement.objects.select_related("current").get()
    assert achievement.current is not None
    assert achievement.current.content.achievement_type == "Badge"

    # The unit opens a check-in and shows its code.
    desk = browser.page(as_=giver)
    slug = pinecrest.slug
    desk.goto(f"/i/{slug}/awarding")
    desk.get_by_role("link", name="Open a check-in for Lantern Night").click()
    expect(desk.get_by_text("Attendance at an event")).to_be_visible()
    assert axe(desk) == []
    desk.get_by_role("textbox", name="Event").fill("Lantern Night at the lake")
    desk.get_by_role("button", name="Open the check-in").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Lantern Night at the lake")
    assert axe(desk) == []
    check_in = CheckIn.objects.get()
    wall = browser.page(as_=giver)
    wall.goto(reverse("issuing:checkin_screen", args=[slug, check_in.public_id]))
    code = wall.get_by_role("img", name="QR code of the address of the check-in")
    size = code.bounding_box()
    assert size is not None
    assert size["width"] > 400
    assert axe(wall) == []
    link = re.search(r"/checkin/\S+", wall.inner_text(".address"))
    assert link

    # Five people point their phones at it.
    for name in NAMES:
        phone = browser.page(width=390)
        phone.goto(link[0])
        phone.get_by_label("Your name").fill(name)
        phone.get_by_label("Your mail address").fill(address_of(name))
        assert name != NAMES[0] or axe(phone) == []
        phone.get_by_role("button", name="Check in").click()
        expect(phone.get_by_text("you are on the list")).to_be_visible()
        assert NAMES[0] not in phone.inner_text("main")

    # The list has filled itself; it is closed, looked through and awarded.
    expect(desk.get_by_text("5 people are on the list")).to_be_visible()
    desk.get_by_role("button", name="Close it now").click()
    desk.get_by_role("button", name="Award to 5 people").click()
    expect(desk.get_by_text("Ready to award")).to_be_visible()
    desk.get_by_role("button", name="Award to 5 people").click()
    expect(desk.locator("progress")).to_have_attribute("aria-label", "0 of 5 signed")
    builders.worked_through()
    desk.get_by_role("button", name="Send now").first.click()
    expect(desk.get_by_text("5 mails are on their way.")).to_be_visible()

    # The mail leads to the claim, which asks for no work.
    (mail,) = mails_to(smtp_sink, address_of(NAMES[3]))
    claim = re.search(r'href="https?://[^/"]+(/claim/[^"]+)"', mail)
    assert claim
    learner = browser.page(width=390)
    learner.goto(claim[1])
    expect(learner.get_by_role("heading", level=1)).to_have_text("Lantern Night")
    assert learner.locator("input[type=file]").count() == 0
    assert "evidence" not in learner.inner_text("main").lower()
    assert axe(learner) == []
    learner.get_by_label("Your name").fill(NAMES[3])
    learner.get_by_label("Password").fill("a long enough password")
    learner.get_by_role("button", name="Set up and accept the badge").click()
    expect(learner.get_by_role("heading", level=1)).to_have_text("It is yours")
    states = dict(Award.objects.values_list("recipient__name", "state"))
    assert states == {name: "accepted" if name == NAMES[3] else "offered" for name in NAMES}
    roles |= set(TaskRun.objects.values_list("role", flat=True))
    assert roles == {"proposer", "student_engagement_staff"}
