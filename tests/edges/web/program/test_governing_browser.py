"""The editors of routes and forms in a browser: with the keyboard alone, in every look, and leaving loses nothing."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from insignia.domain.ground import tenancy
from insignia.domain.institutions.models import Institution
from insignia.domain.people.models import User
from insignia.domain.proposals.workflow import queries
from tests.support import builders
from tests.support.browsing import LOOKS, Browsing, Look, Violation
from tests.support.editing import Editing
from tests.support.keyboard import SAID, Keyboard

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.appearance]


class Scene:
    """An institution with somebody who may change its routes, committed for the live server."""

    def __init__(self) -> None:
        self.institution: Institution = builders.founded(name="Pinecrest State University")
        with tenancy.of(self.institution):
            self.manager = User.objects.get(pk=builders.a_member("program_manager").user_pk)

    def at(self, name: str, *ids: str) -> str:
        return reverse(f"program:{name}", args=[self.institution.slug, *ids])


@pytest.fixture
def scene(live_app: Any) -> Scene:
    return Scene()


def test_a_step_is_written_with_the_keyboard_alone(browser: Browsing, scene: Scene) -> None:
    page = browser.page(as_=scene.manager)
    page.goto(scene.at("route_edit", "full"))
    keys = Keyboard(page)
    keys.to("Step 2: First review")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="First review")).to_be_focused()
    keys.to("Ask somebody else at the same time")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Task 3")).to_be_focused()
    keys.write("Name of the task", "Library")
    keys.to("Who is asked")
    page.keyboard.type("Designer")
    keys.to("Check")
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_be_focused()
    keys.to("Always on the way")
    page.keyboard.press("Enter")
    keys.to("When")
    page.keyboard.type("Only if all")
    keys.to("What is asked")
    page.keyboard.type("Level")
    expect(page.get_by_label("Souvenir")).to_be_visible()
    assert page.evaluate(SAID).startswith("What is asked")
    keys.to("Souvenir")
    page.keyboard.press("Space")
    keys.to("Check")
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_be_focused()
    assert "Nothing is wrong with it." in page.evaluate(SAID)
    keys.open("Save as version 2")
    with tenancy.of(scene.institution):
        route = queries.route_version("full", 2).route
    assert [task.key for task in route.steps[1].tasks] == ["skill_review", "unit_leader", "library"]
    assert route.steps[1].tasks[2].role == "designer"
    assert route.steps[1].condition is not None
    assert route.steps[1].condition.values == ("souvenir",)


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_what_stands_open_can_be_used_by_everybody_in_every_look(
    browser: Browsing, axe: Callable[[Page], list[Violation]], scene: Scene, look: Look
) -> None:
    page = browser.page(as_=scene.manager, theme=look.theme, width=look.width)
    page.goto(scene.at("route_edit", "full"))
    editing = Editing(page).press("Step 2: First review").press("Take out Leader of the unit")
    editing.write("Remind after days", "soon").press("Check")
    expect(page.locator("#said")).to_contain_text("Write days as numbers")
    assert not axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= look.width
    page.goto(scene.at("proposal_form_edit", "ksu_proposal"))
    Editing(page).press("Credit hours of the course")
    assert not axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= look.width


def test_leaving_with_something_unsaved_is_asked_about_however_it_was_written(browser: Browsing, scene: Scene) -> None:
    page = browser.page(as_=scene.manager)
    page.goto(scene.at("route_edit", "full"))
    Editing(page).write("Name", "").press("Step 1: Proposal")
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.get_by_role("link", name="Levels", exact=True).click()
    expect(page.get_by_role("heading", name="Proposal", exact=True)).to_be_visible()
    assert asked == ["beforeunload"]
    # Sent and refused, the page is a new one: it knows that nothing of it is kept yet.
    with page.expect_navigation():
        page.get_by_role("button", name=re.compile("^Save as version")).click()
    expect(page.locator("#said")).to_contain_text("This field is required.")
    page.locator("h1").click()
    page.get_by_role("link", name="Levels", exact=True).click()
    expect(page.locator("#said")).to_be_visible()
    assert asked == ["beforeunload", "beforeunload"]
