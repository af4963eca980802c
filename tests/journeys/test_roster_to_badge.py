"""The main job: a roster of a thousand learners becomes signed badges that somebody else's verifier accepts."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Page, expect

from insignia.domain.awards.models import Award
from insignia.domain.ground import clock
from insignia.domain.institutions.models import Institution
from insignia.domain.journal import delivery
from insignia.domain.people.models import User
from tests.support.browsing import Browsing, Violation
from tests.support.builders import a_grantor, a_person, an_achievement, an_institution, today
from tests.support.keyboard import Keyboard
from tests.support.rosters import MadeRoster, expected_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def pinecrest(live_app: Any) -> Iterator[Institution]:
    with an_institution(name="Pinecrest State University") as institution:
        yield institution


def a_grantor_of_maps(**values: Any) -> User:
    """Odile, who may award “Wildfire Data Mapping”."""
    odile = a_person("odile@pinecrest.example", name="Odile Banner")
    a_grantor(of=an_achievement(name="Wildfire Data Mapping", **values), user=odile)
    return odile


def sent_in(page: Page, slug: str, made: MadeRoster) -> None:
    """From the start of the desk to the page that says what would happen to each row."""
    page.goto(f"/i/{slug}/awarding")
    page.get_by_role("link", name="Award Wildfire Data Mapping by a file").click()
    page.get_by_label("Drop the file here").set_input_files(
        {"name": "autumn-cohort.csv", "mimeType": "text/csv", "buffer": made.data}
    )
    page.get_by_role("button", name="Read the file").click()
    expect(page.locator("h1")).to_have_text("Wildfire Data Mapping")


@pytest.mark.slow
@pytest.mark.requirement("R-105", "R-119", "R-123")
def test_a_thousand_learners_become_badges_that_another_verifier_accepts(
    pinecrest: Institution, browser: Browsing, live_app: Any, node_verifier: Any
) -> None:
    odile = a_grantor_of_maps()
    made = expected_of(1_000, awarded_on=today().isoformat())
    page = browser.page(as_=odile)
    sent_in(page, pinecrest.slug, made)

    # Nobody is awarded yet; every row that is wrong says why.
    page.get_by_role("link", name="With a problem, 8").click()
    rows = page.locator("#rows tbody tr")
    expect(rows).to_have_count(8)
    problems = sorted([row for row, _column, _code in made.errors] + [row for row, _first in made.duplicates])
    assert [int(row.locator("td").first.inner_text()) for row in rows.all()] == problems
    assert "A comma instead of a dot?" in page.inner_text("#rows")
    assert not Award.objects.exists()

    # Said yes. The page counts by itself, in real units.
    page.get_by_role("button", name="Award to 992 people").click()
    expect(page.locator("progress")).to_have_attribute("aria-label", "0 of 992 signed")
    delivery.drain(until=lambda: Award.objects.filter(state="held").count() >= 200)
    expect(page.locator("progress")).to_have_attribute("aria-label", re.compile(r"^[2-9]\d\d of 992 signed$"))
    page.goto(f"/i/{pinecrest.slug}/awarding")
    delivery.drain()
    page.get_by_role("link", name="autumn-cohort.csv").first.click()
    figure = page.locator(".metric", has_text="Signed").locator(".value")
    expect(figure).to_have_text("992")
    expect(page.locator("progress")).to_have_count(0)

    # Nobody has been told yet; now they are.
    expect(page.get_by_text("992 badges signed.")).to_be_visible()
    page.get_by_role("button", name="Send now").click()
    expect(page.get_by_text("992 mails are on their way.")).to_be_visible()

    awards = list(Award.objects.select_related("credential", "recipient").order_by("pk"))
    people = sorted((award.recipient.email, award.recipient.name) for award in awards)
    assert people == sorted(made.good)
    assert {award.state for award in awards} == {"offered"}
    documents = [json.loads(bytes(award.credential.document)) for award in awards if award.credential]
    known = documents_at(live_app.url, documents)
    refused = {
        doc["id"]: answer["error"] for doc in documents if not (answer := node_verifier.verify(doc, known))["verified"]
    }
    assert refused == {}
    assert len(documents) == 992


def documents_at(base: str, credentials: list[dict[str, Any]]) -> dict[str, Any]:
    """What our server says at the addresses in `credentials`: key documents and status lists, each asked for once."""
    found: dict[str, Any] = {}
    for issuer in {doc["issuer"]["id"] for doc in credentials}:
        found[issuer] = _read(f"{base}/{'/'.join(issuer.split(':')[3:])}/did.json")
    for address in {doc["credentialStatus"]["statusListCredential"] for doc in credentials}:
        found[address] = _read(address)
    return found


def _read(address: str) -> Any:
    with urlopen(Request(address, headers={"Accept": "application/json"})) as answer:
        return json.loads(answer.read())


def test_without_scripts_progress_is_seen_by_looking_again(pinecrest: Institution, browser: Browsing) -> None:
    odile = a_grantor_of_maps()
    made = expected_of(60, awarded_on=today().isoformat())
    page = browser.page(as_=odile, javascript="off")
    sent_in(page, pinecrest.slug, made)
    page.get_by_role("button", name="Award to 52 people").click()
    expect(page.locator("progress")).to_have_attribute("aria-label", "0 of 52 signed")
    delivery.drain()
    page.get_by_role("link", name="Look again").click()
    expect(page.get_by_text("52 badges signed.")).to_be_visible()
    page.get_by_role("button", name="Undo all").click()
    expect(page.locator("#toasts").get_by_text("52 badges were taken back.")).to_be_visible()
    assert set(Award.objects.values_list("state", flat=True)) == {"cancelled"}


def test_a_file_is_dropped_on_its_place_and_one_that_is_too_large_is_named_before_it_is_sent(
    pinecrest: Institution, browser: Browsing
) -> None:
    odile = a_grantor_of_maps()
    page = browser.page(as_=odile)
    page.goto(f"/i/{pinecrest.slug}/awarding")
    page.get_by_role("link", name="Award Wildfire Data Mapping by a file").click()
    drop = """([text, name]) => {
        const files = new DataTransfer();
        files.items.add(new File([text], name, {type: "text/csv"}));
        const place = document.querySelector("label.drop");
        for (const kind of ["dragenter", "dragover", "drop"])
            place.dispatchEvent(new DragEvent(kind, {dataTransfer: files, bubbles: true, cancelable: true}));
    }"""
    page.evaluate(drop, ["x" * (6 * 1024 * 1024), "huge.csv"])
    expect(page.get_by_role("alert").filter(has_text="larger than 5 MB")).to_be_visible()
    page.evaluate(drop, [expected_of(20, awarded_on=today().isoformat()).data.decode(), "small.csv"])
    expect(page.get_by_text("larger than 5 MB")).to_have_count(0)
    page.get_by_role("button", name="Read the file").click()
    expect(page.get_by_role("button", name="Award to 12 people")).to_be_visible()


@pytest.mark.requirement("R-105", "R-109")
def test_one_person_is_awarded_by_keyboard_alone_and_the_undo_is_within_reach(
    pinecrest: Institution, browser: Browsing, axe: Callable[[Page], list[Violation]]
) -> None:
    odile = a_grantor_of_maps()
    page = browser.page(as_=odile)
    keys = Keyboard(page)
    began = clock.now()
    page.goto(f"/i/{pinecrest.slug}/awarding")
    keys.to("Award Wildfire Data Mapping to several")  # the quiet ones come first
    keys.open("Award Wildfire Data Mapping")
    keys.open("One person")
    keys.write("Name", "Ana Núñez")
    keys.write("Mail address", "ana@students,example")
    # Enter in a field awards, as anywhere; the slip is said, and what was typed is there.
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("main [role=alert]")).to_be_focused()
    expect(page.get_by_label("Name", exact=True)).to_have_value("Ana Núñez")
    assert not axe(page)
    keys.to("Mail address")  # the link in the summary, which leads to the field
    page.keyboard.press("Enter")
    expect(page.get_by_label("Mail address")).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.type("ana@students.example")
    keys.write("Title of the work", "Map of the fire line")
    keys.open("Award the badge")
    expect(page.get_by_role("heading", name="Ana Núñez has it")).to_be_visible()
    assert (clock.now() - began).total_seconds() < 60
    delivery.drain()
    expect(page.get_by_text("It is signed.")).to_be_visible()
    keys.open("Undo")
    assert Award.objects.get().state == "cancelled"


def test_a_double_click_awards_once(pinecrest: Institution, browser: Browsing) -> None:
    odile = a_grantor_of_maps()
    page = browser.page(as_=odile)
    page.goto(f"/i/{pinecrest.slug}/awarding")
    page.get_by_role("link", name="Award Wildfire Data Mapping", exact=True).click()
    page.get_by_label("Name", exact=True).fill("Ana Núñez")
    page.get_by_label("Mail address").fill("ana@students.example")
    page.get_by_label("Title of the work").fill("Map")
    page.get_by_role("button", name="Award the badge").dblclick()
    expect(page.get_by_role("heading", name="Ana Núñez has it")).to_be_visible()
    assert Award.objects.count() == 1
