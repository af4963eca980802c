"""A university that invites to propose, whose units have the last word and whose Registrar issues: by pages and mail."""

import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any
from urllib.parse import unquote

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from insignia.core.workflow.route import State, Verb
from insignia.domain.awards.models import Award
from insignia.domain.catalog.models import Achievement
from insignia.domain.institutions.models import Institution
from insignia.domain.notifications import sending
from insignia.domain.proposals.intents import actions as intents
from insignia.domain.proposals.intents import queries as intent_queries
from insignia.domain.proposals.production import actions as productions
from insignia.domain.proposals.production import queries as production_queries
from insignia.domain.proposals.writing.models import Proposal
from tests.support import builders, production
from tests.support.browsing import Browsing, Violation
from tests.support.governance import Cast, again, cu_cast, filled, open_tasks
from tests.support.governance_desk import Desk, run_of, type_in, write_the_rest
from tests.support.mail import SmtpSink

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.appearance]

TITLE = "Wildfire Data Mapping"
ATTESTED = (
    "It keeps to the campus standards for micro-credentials.",
    "The governance process of our unit or division is completed.",
)
LEARNER = "rowan@students.example"


@pytest.fixture
def alder_ridge(live_app: Any, settings: Any) -> Iterator[Institution]:
    settings.MAIL_PER_MINUTE = 1_000_000
    with builders.an_institution(preset="cu_boulder", name="Alder Ridge University") as institution:
        yield institution


def link_to(sink: SmtpSink, address: str, place: str) -> str:
    """Where the newest mail to `address` leads that has a link to `place`, within the site; by way of signing in, maybe."""
    builders.worked_through()
    sending.send_due()
    for mail in reversed(sink.to(address)):
        part = mail.message.get_body(("html",))
        assert part is not None
        for link in re.findall(r'href="https?://[^/"]+(/[^"]+)"', unescape(part.get_content())):
            if place in unquote(link):
                return str(link)
    raise AssertionError(f"no mail to {address} leads to {place}")


@pytest.mark.requirement("R-058", "R-061", "R-062", "R-096", "R-099")
def test_from_an_intent_by_invitation_to_the_last_word_of_the_unit(
    alder_ridge: Institution, browser: Browsing, smtp_sink: SmtpSink, axe: Callable[[Page], list[Violation]]
) -> None:
    cast = cu_cast()
    author, manager = Desk.of(browser, cast["proposer"]), Desk.of(browser, cast["program_manager"])

    # Without an invitation there is an explanation that leads to the form of the intent, and nothing else.
    address = author.at("proposal_begin")
    answer = author.page.goto(address)
    assert answer is not None
    assert answer.status == 403
    assert "It begins with an intent" in author.main
    assert axe(author.page) == []
    refused = author.page.context.request.post(
        author.page.url,
        form={
            "csrfmiddlewaretoken": author.page.locator("[name=csrfmiddlewaretoken]").first.input_value(),
            "level": "noncredit",
            "unit": cast.unit.public_id,
        },
        headers={"Referer": author.page.url},
    )
    assert refused.status == 403
    assert "It begins with an intent" in refused.text()
    assert not Proposal.objects.exists()

    # The intent.
    author.page.get_by_role("link", name="State your intent").click()
    author.page.get_by_label("Kind of badge").select_option("noncredit")
    author.press("Go on")
    author.page.get_by_label("Working title").fill(TITLE)
    author.press("Save")
    intent = intent_queries.all_intents().get()
    assert intent.form is not None
    rest = filled(intent.form.form, **intent.answers)
    intents.write_intent(by=cast.actor("proposer"), intent=intent, sent=rest)
    author.open("intent_edit", intent.public_id)
    assert "Your intent is sent." in author.press("Save and send")

    # The office gets in touch, writes it down and invites.
    manager.open("intents")
    manager.page.get_by_role("link", name=TITLE).click()
    expect(manager.page.locator("[aria-labelledby=idea]")).to_contain_text("Not yet")
    manager.page.get_by_text("Write down a contact or a note").click()
    manager.page.get_by_label("What was said").fill("We talked about three outcomes.")
    assert "It stands in the support log." in manager.press("Write it down")
    expect(manager.page.locator("[aria-labelledby=idea]")).not_to_contain_text("Not yet")
    assert axe(manager.page) == []
    assert "The invitation is on its way" in manager.press("Invite to propose")

    # The link in the mail opens the proposal, for nobody else.
    link = link_to(smtp_sink, cast["proposer"].email, "/invitations/")
    other = browser.page(as_=cast["issuer"])
    answer = other.goto(link)
    assert answer is not None
    assert answer.status == 403
    author.page.goto(link)
    author.press("Begin the proposal")
    proposal = Proposal.objects.get()
    assert proposal.title == TITLE
    write_the_rest(cast["proposer"], proposal)
    author.open("proposal_write", proposal.public_id)
    assert "Nothing is missing." in author.press("Check and submit")
    assert "It is submitted." in author.press("Submit the proposal")

    # The committee first: its chair records that it approves.
    chair, unit = Desk.of(browser, cast["member_1"]), Desk.of(browser, cast["unit_final"])
    assert open_tasks(proposal) == {"mac"}
    assert not unit.has_task(proposal)
    chair.takes_up(proposal).page.get_by_text("More ways to decide").click()
    assert "You approved it." in chair.press("Record: approved")

    # The unit has the last word. It cannot approve without both attestations; it asks for a change and has it again.
    unit.takes_up(proposal)
    unit.page.get_by_label(ATTESTED[0]).check()
    assert "Confirm this, or do not approve." in unit.press("Approve")
    expect(unit.page.get_by_label(ATTESTED[0])).to_be_checked()
    assert axe(unit.page) == []
    assert open_tasks(proposal) == {"unit_final"}
    unit.page.get_by_label(ATTESTED[0]).uncheck()
    assert "You asked for changes." in unit.comment("Name the course.").press("Request changes")
    author.open("proposal_write", proposal.public_id)
    assert "Name the course." in author.main
    type_in(author, description="Map where fires spread, in the course Mapping 101.")
    author.press("Check and submit")
    assert "It is handed in again." in author.press("Hand in again")
    assert open_tasks(proposal) == {"unit_final"}
    assert not chair.has_task(proposal)
    unit.takes_up(proposal)
    for statement in ATTESTED:
        unit.page.get_by_label(statement).check()
    assert "You approved it." in unit.press("Approve")
    assert again(proposal).state == "approved"
    run = run_of(proposal)
    assert run.state is State.APPROVED
    last = [entry for entry in run.history if entry.verb is Verb.APPROVE][-1]
    assert last.decision is not None
    assert last.decision.attestations == {"campus_standards", "local_governance_completed"}


def a_badge(cast: Cast) -> Achievement:
    """What came of an approved proposal: its production done, active."""
    found = production.made(cast, production.in_production(cast, level="noncredit", via="signed_link", title=TITLE))
    office = cast.actor("program_manager")
    productions.write_issuing_plan(
        by=office,
        task=production.task(found, "develop_issuing_process"),
        assessors="Two lecturers of the unit",
        method="By the rubric",
        evidence="The project",
        cadence="Each term",
        contact="badges@unit.example",
    )
    for key, item in (("train_issuing", "issuing"), ("train_analytics", "analytics")):
        productions.record_training(
            by=office,
            task=production.task(found, key),
            user=cast["issuer"],
            item=item,
            trained_on=builders.today(),
        )
        productions.move(by=office, task=production.task(found, key), verb="finish")
    productions.activate(by=office, production=production.again(found))
    builders.worked_through()
    achievement = production_queries.all_productions().get(pk=found.pk).achievement
    assert achievement is not None
    assert achievement.state == "active"
    return achievement


@pytest.mark.requirement("R-121")
def test_a_department_cannot_award_what_was_approved_but_asks_and_the_registrar_issues(
    alder_ridge: Institution, browser: Browsing, smtp_sink: SmtpSink, axe: Callable[[Page], list[Violation]]
) -> None:
    cast = cu_cast()
    achievement = a_badge(cast)
    slug = alder_ridge.slug
    desk = browser.page(as_=cast["issuer"])

    # Forbidden, and the way that there is is shown.
    award = reverse("issuing:one", args=[slug, achievement.public_id])
    answer = desk.goto(award)
    assert answer is not None
    assert answer.status == 403
    assert axe(desk) == []
    desk.get_by_role("link", name="File an issuance request").click()
    refused = desk.context.request.post(
        desk.url.replace(desk.url.partition(slug)[2], award.partition(slug)[2]),
        form={
            "csrfmiddlewaretoken": desk.locator("[name=csrfmiddlewaretoken]").first.input_value(),
            "name": "Rowan Thistlewood",
            "email": LEARNER,
            "awarded_on": builders.today().isoformat(),
        },
        headers={"Referer": desk.url},
    )
    assert refused.status == 403
    assert not Award.objects.exists()

    # The request.
    day = builders.today().isoformat()
    for label, value in {
        "Name": "Rowan Thistlewood",
        "Mail address": LEARNER,
        "Completed on": day,
        "Assessed by": "Professor Ash",
        "Assessed where": "The learning system",
        "Assessed on": day,
    }.items():
        desk.get_by_label(label, exact=True).fill(value)
    desk.get_by_role("button", name="Keep and go on").click()
    desk.get_by_label("These learners completed the requirements").check()
    desk.get_by_role("button", name="Send 1 row to the Registrar").click()
    expect(desk.get_by_text("1 row is with the Registrar now.")).to_be_visible()
    assert not Award.objects.exists()

    # The Registrar issues, and the learner is written to.
    office = browser.page(as_=cast["registrar"])
    office.goto(reverse("issuing:queue", args=[slug]))
    office.get_by_role("link", name=TITLE).click()
    office.get_by_role("button", name="Issue to Rowan Thistlewood").click()
    expect(office.locator("progress")).to_have_attribute("aria-label", "0 of 1 issued")
    builders.worked_through()
    office.reload()
    expect(office.get_by_text("1 badge issued.")).to_be_visible()
    office.get_by_role("button", name="Send now").first.click()
    expect(office.get_by_role("button", name="Send now")).to_have_count(0)
    learner = browser.page()
    learner.goto(link_to(smtp_sink, LEARNER, "/claim/"))
    expect(learner.get_by_role("heading", level=1)).to_have_text(TITLE)
