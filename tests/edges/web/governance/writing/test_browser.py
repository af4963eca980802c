"""The form of a proposal in a browser: with the keyboard alone, saved while one writes, in every look."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from insignia.core.workflow.route import Verb
from insignia.domain.ground import tenancy
from insignia.domain.institutions import queries as institutions
from insignia.domain.proposals.writing import actions
from insignia.domain.proposals.writing.models import Proposal
from tests.support import builders, governance
from tests.support.browsing import LOOKS, Browsing, Look
from tests.support.keyboard import Keyboard

pytestmark = pytest.mark.appearance

LONG = "Interdisciplinary Risk Communication for Communities at the Wildland-Urban Edge"


class Scene:
    """An institution with a proposer, committed for the live server."""

    def __init__(self) -> None:
        self.institution = builders.founded(name="Pinecrest State University")
        self.slug = self.institution.slug
        with tenancy.of(self.institution):
            self.cast = governance.ksu_cast()
            self.level = institutions.levels().get(key="level_1")

    @property
    def proposer(self) -> Any:
        return self.cast["proposer"]

    def at(self, name: str, *ids: Any) -> str:
        return reverse(f"governance:{name}", args=[self.slug, *ids])

    def draft(self, **answers: Any) -> Proposal:
        with tenancy.of(self.institution):
            by = self.cast.actor("proposer")
            begun = actions.begin_proposal(by=by, unit=self.cast.unit, level=self.level)
            return actions.write_answers(by=by, proposal=begun, sent=answers, revision=0).proposal

    def kept(self, proposal: Proposal) -> Proposal:
        with tenancy.of(self.institution):
            return governance.again(proposal)


@pytest.fixture
def scene(live_app: Any) -> Scene:
    return Scene()


def written_in(page: Page) -> None:
    """Wait until the page says that what was typed is saved."""
    expect(page.locator("#saved")).to_have_text(re.compile(r"Saved at \d\d:\d\d\."))


@pytest.mark.requirement("R-073")
def test_a_proposal_is_written_and_submitted_with_the_keyboard_alone(browser: Browsing, scene: Scene) -> None:
    page = browser.page(as_=scene.proposer)
    page.goto(scene.at("proposals"))
    keys = Keyboard(page)
    keys.open("Propose a badge")
    keys.to("Souvenir")
    page.keyboard.press("ArrowDown")
    keys.open("Begin to write")
    keys.write("Title", "Inclusive Event Planning")
    keys.to("Level I badge")
    keys.to("Students")
    page.keyboard.press("Space")
    keys.write("Demand at work", "One posting of five asks for it.")
    keys.to("Yes")
    page.keyboard.press("ArrowDown")
    keys.write("Description for the catalogue", "Plan an event to which everybody can come.")
    keys.write("After earning it", "Plan an event")
    page.keyboard.press("Enter")
    page.keyboard.type("Write a budget")
    keys.to("A course")
    page.keyboard.press("Space")
    keys.write("Hours of work", "12")
    keys.to("At any time")
    page.keyboard.press("Space")
    keys.to("Communication")
    page.keyboard.press("Space")
    keys.write("How each skill shows", "In the plan.")
    keys.to("A written paper")
    page.keyboard.press("Space")
    keys.write("What somebody must do", "Hand in a plan.")
    keys.write("How it is assessed", "By a rubric.")
    keys.to("Yes")
    page.keyboard.press("ArrowDown")
    keys.write("What it is, link 1", "Syllabus")
    keys.write("Address 1", "https://courses.pinecrest.example/events")
    keys.write("Name 1", "Theo Marchetti")
    keys.write("E-mail address 1", "theo@pinecrest.example")
    keys.write("What qualifies them", "Ten years of events.")
    keys.write("Awards that you expect", "20")
    keys.write("How you will know", "In two years, by the number of awards.")
    keys.write("Who might be kept", "Meetings are in the evening; there is a recording.")
    keys.to("Yes, we checked them")
    page.keyboard.press("Space")
    keys.write("What it costs", "0")
    keys.write("Name 1", "Theo Marchetti")
    keys.write("E-mail address 1", "theo@pinecrest.example")
    keys.to("My unit will assess")
    page.keyboard.press("Space")
    keys.to("What is written here is correct")
    page.keyboard.press("Space")
    keys.open("Check and submit")
    assert "Nothing is missing." in page.inner_text("main")
    keys.write("A word to the reviewers", "Thank you.")
    keys.open("Submit the proposal")
    assert "It is submitted." in page.inner_text("body")
    assert page.inner_text("h1") == "Inclusive Event Planning"
    with tenancy.of(scene.institution):
        assert Proposal.objects.get().state == "in_review"


def test_it_is_saved_while_one_writes_and_brings_the_questions_that_an_answer_opens(
    browser: Browsing, scene: Scene
) -> None:
    draft = scene.draft(title="Old")
    page = browser.page(as_=scene.proposer)
    page.goto(scene.at("proposal_write", draft.public_id))
    page.fill("#f-title", LONG)
    written_in(page)
    assert page.inner_text("h1") == LONG
    assert page.evaluate("document.activeElement.id") == "f-title"
    assert not page.is_visible("#f-site")
    page.click("label:has-text('Level II badge')")
    page.wait_for_selector("#f-site")
    assert page.is_checked("input[name=a-environment][value=professional]")
    page.fill("#f-hours", "twelve")
    page.press("#f-hours", "Tab")
    page.wait_for_selector("#m-hours .error")
    expect(page.locator("#f-hours")).to_have_attribute("aria-invalid", "true")
    page.fill("#f-hours", "12")
    page.press("#f-hours", "Tab")
    page.wait_for_selector("#m-hours .error", state="detached")
    expect(page.locator("#f-hours")).not_to_have_attribute("aria-invalid", "true")
    kept = scene.kept(draft)
    assert (kept.title, kept.level.key, kept.answers["hours"]) == (LONG, "level_2", 12)


def test_whoever_leaves_in_the_middle_of_a_word_loses_nothing(browser: Browsing, scene: Scene) -> None:
    draft = scene.draft(title="Old")
    page = browser.page(as_=scene.proposer)
    page.goto(scene.at("proposal_write", draft.public_id))
    page.fill("#f-demand", "Half a sen")
    page.goto(scene.at("proposals"))
    # What was sent on leaving may come in after the next page was asked for.
    for _look in range(20):
        page.goto(scene.at("proposal_write", draft.public_id))
        if page.input_value("#f-demand"):
            break
    assert page.input_value("#f-demand") == "Half a sen"


def test_a_lost_connection_is_told_and_what_was_typed_is_saved_once_it_is_back(browser: Browsing, scene: Scene) -> None:
    draft = scene.draft(title="Old")
    page = browser.page(as_=scene.proposer)
    page.goto(scene.at("proposal_write", draft.public_id))
    page.context.set_offline(True)
    page.fill("#f-title", "Offline")
    expect(page.locator("#saved")).to_contain_text("Not saved yet; we keep trying.")
    assert page.input_value("#f-title") == "Offline"
    page.context.set_offline(False)
    written_in(page)
    assert scene.kept(draft).title == "Offline"


def test_a_file_is_attached_as_soon_as_it_is_chosen_and_one_too_large_is_told(browser: Browsing, scene: Scene) -> None:
    draft = scene.draft(title="Old")
    page = browser.page(as_=scene.proposer)
    page.goto(scene.at("proposal_write", draft.public_id))
    large = {"name": "large.txt", "mimeType": "text/plain", "buffer": b"x" * (5 * 1024 * 1024 + 1)}
    page.set_input_files("#file-rubric", large)
    assert page.input_value("#file-rubric") == ""
    page.set_input_files("#file-rubric", {"name": "rubric.txt", "mimeType": "text/plain", "buffer": b"points"})
    page.wait_for_selector("#q-rubric >> text=rubric.txt")
    page.click("#q-rubric >> text=Remove")
    page.wait_for_load_state()
    assert "rubric.txt" not in page.inner_text("#q-rubric")


def test_the_search_for_skills_keeps_what_is_ticked(browser: Browsing, scene: Scene) -> None:
    with tenancy.of(scene.institution):
        for number in range(45):
            governance.a_skill(f"Filler {number}")
        governance.a_skill("Event coordination")
        governance.a_skill("Budgeting")
    draft = scene.draft(title="Old")
    page = browser.page(as_=scene.proposer)
    page.goto(scene.at("proposal_write", draft.public_id))
    page.fill("#find-skills", "event")
    page.click("#pick-skills >> text=Event coordination")
    page.fill("#find-skills", "budg")
    page.click("#pick-skills >> text=Budgeting")
    page.wait_for_selector(".chosen >> text=Event coordination")
    written_in(page)
    page.reload()
    assert page.locator(".chosen").inner_text().count("Example") == 2


def test_it_works_as_well_without_scripts(browser: Browsing, scene: Scene) -> None:
    page = browser.page(as_=scene.proposer, javascript="off")
    page.goto(scene.at("proposal_begin"))
    page.click("label:has-text('Level I Badge')")
    page.click("text=Begin to write")
    page.fill("#f-title", "Plain Paper")
    page.click("label:has-text('Level II badge')")
    page.click(".actionbar >> text=Save >> nth=0")
    assert page.inner_text("h1") == "Plain Paper"
    page.fill("#f-site", "A clinic.")
    page.press("#f-hours", "Enter")
    assert page.input_value("#f-site") == "A clinic."
    page.click("text=Check and submit")
    page.click("text=Choose at least one skill.")
    assert page.is_visible("#lacking")
    assert page.inner_text("#q-skills .error") == "Choose at least one skill."


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_the_pages_are_accessible_and_fit_in_every_look(
    browser: Browsing, scene: Scene, axe: Callable[[Page], list[Any]], look: Look
) -> None:
    with tenancy.of(scene.institution):
        cast = scene.cast
        returned = governance.decided(
            cast,
            "unit_leader",
            governance.submitted(cast, title=LONG),
            Verb.REQUEST_CHANGES,
            task="unit_leader",
            comment="Say how it is assessed.",
        )
        actions.ask_consultation(by=cast.actor("proposer"), proposal=returned, question="Which skills?")
        badge = builders.an_achievement(name="Charts", unit=cast.unit)
        retire = actions.begin_proposal(
            by=cast.actor("proposer"), unit=cast.unit, level=badge.level, kind="retire", achievement=badge
        )
    draft = scene.draft(title=LONG, hours="twelve", outcomes="Understand it", environment="professional")
    page = browser.page(as_=scene.proposer, theme=look.theme, width=look.width)
    places = [
        scene.at("proposal_write", draft.public_id) + "?missing=1",
        scene.at("proposal_write", returned.public_id),
        scene.at("proposal", returned.public_id),
        scene.at("proposal_check", returned.public_id),
        scene.at("proposal_check", retire.public_id),
        scene.at("proposal_consult", returned.public_id),
        scene.at("proposal_begin") + "?kind=retire",
    ]
    for place in places:
        answer = page.goto(place)
        assert answer is not None
        assert answer.status == 200, place
        assert axe(page) == [], place
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), place
