"""Badges in a browser: the image appears while one writes, a form keeps what was typed, nothing is inaccessible."""

import base64
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from insignia.domain.access.actor import SYSTEM
from insignia.domain.catalog import actions
from insignia.domain.catalog.models import Achievement
from insignia.domain.ground import tenancy
from insignia.domain.people.models import User
from tests.support import builders
from tests.support.browsing import LOOKS, Browsing, Look

CSV = (
    "name,level,unit_code,description,criteria,outcomes,links,approved_on,approved_by,colour\n"
    "Orientation,Souvenir,computing,Took part.,Come.,Find people,Page https://x.example/s,2021-05-31,The Dean,red\n"
    "Broken,Level 9,nowhere,,,,nolink,31.13.2021,,\n"
)
SVG = (
    b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><circle r='4' cx='4.5' cy='4.5'/><text>Hi</text></svg>"
)
FOREIGN = {
    "type": "BadgeClass",
    "id": "https://old.example/badges/lab-safety-for-everyone-who-works-with-chemicals-and-open-flames",
    "name": "Lab Safety",
    "description": "Work safely in a lab, know what to do when something burns, and keep others from harm.",
    "image": "data:image/svg+xml;base64," + base64.b64encode(SVG).decode(),
    "criteria": {"id": "https://old.example/criteria", "narrative": "- Pass the test\n- Attend the fire drill"},
    "alignment": [{"targetName": "Safety", "targetUrl": "https://skills.example/1"}],
    "tags": ["lab", "safety"],
    "extensions:Surprise": {},
}


class Scene:
    """An institution whose manager has badges in several states, committed for the live server."""

    def __init__(self) -> None:
        institution = builders.founded(name="Pinecrest State University")
        self.slug = institution.slug
        with tenancy.of(institution):
            member = builders.a_member("program_manager", user=builders.a_person(name="Noor Hartwell"))
            self.manager = User.objects.get(pk=member.user_pk)
            self.active = builders.an_achievement(level="level_2", variants=("with_distinction",))
            actions.write_draft(
                by=SYSTEM, achievement=self.active, content=builders.content("Öffentliches Reden", tags=("x",))
            )
            builders.a_grantor(of=self.active, trained_on=None)
            self.bare = builders.a_draft(level="level_2", symbol="", links=(), description="")

    def at(self, name: str, *ids: Any) -> str:
        return reverse(f"program:{name}", args=[self.slug, *ids])


@pytest.fixture
def scene(live_app: Any) -> Scene:
    return Scene()


def test_the_image_follows_what_is_written_without_leaving_the_page(browser: Browsing, scene: Scene) -> None:
    page = browser.page(as_=scene.manager)
    page.goto(scene.at("achievement_new"))
    page.fill("#id_name", "Live Preview")
    page.click("label:has-text('Level I Badge')")
    page.select_option("#id_unit", index=1)
    page.wait_for_selector("#image-preview img")
    first = page.get_attribute("#image-preview img", "src")
    page.click(".symbols label:has-text('Camera')")
    page.wait_for_function("(before) => document.querySelector('#image-preview img').src !== before", arg=first)
    second = page.get_attribute("#image-preview img", "src")
    page.fill("#id_image_title", "Lenses")
    page.wait_for_function("(before) => document.querySelector('#image-preview img').src !== before", arg=second)
    page.fill("#id_criteria", "- one\n- **two**")
    page.click("text=See the criteria as readers do")
    page.wait_for_selector("#criteria-preview strong")
    assert page.url.endswith(scene.at("achievement_new"))
    page.click(".actionbar >> text=Save the draft")
    page.wait_for_url("**/program/achievements/*")
    assert page.inner_text("h1") == "Live Preview"


def test_it_works_as_well_without_scripts(browser: Browsing, scene: Scene) -> None:
    page = browser.page(as_=scene.manager, javascript="off")
    page.goto(scene.at("achievement_new"))
    page.fill("#id_name", "Plain Paper")
    page.click("label:has-text('Level I Badge')")
    page.select_option("#id_unit", index=1)
    page.click("text=Draw the image")
    page.wait_for_selector("#image-preview img")
    assert page.input_value("#id_name") == "Plain Paper"
    page.click("text=Room for more links")
    page.wait_for_selector("#id_link_3_url")
    page.click(".actionbar >> text=Save the draft")
    assert page.inner_text("h1") == "Plain Paper"
    page.goto(scene.at("achievements"))
    page.fill("input[name=q]", "plain")
    page.click("button:has-text('Show')")
    page.wait_for_selector("tbody tr")
    assert page.locator("tbody tr").count() == 1


def test_a_badge_is_written_and_made_active_by_keyboard_alone(browser: Browsing, scene: Scene) -> None:
    page = browser.page(as_=scene.manager)
    page.goto(scene.at("achievement_edit", scene.bare.public_id))
    for field, text in (
        ("#id_description", "What it is."),
        ("#id_link_1_name", "Syllabus"),
        ("#id_link_1_url", "https://courses.example/s"),
    ):
        page.focus(field)
        page.keyboard.type(text)
    page.focus(".symbols input[value='']")
    page.keyboard.press("ArrowRight")
    page.focus("#id_name")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Make the badge active")
    page.focus("#id_approved_by")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=The badge is active")
    assert Achievement.across_institutions.get(pk=scene.bare.pk).state == "active"


@pytest.mark.appearance
@pytest.mark.parametrize("look", LOOKS[::3], ids=str)
def test_what_only_a_form_that_was_sent_shows_is_accessible(
    browser: Browsing, axe: Callable[[Any], list[Any]], scene: Scene, look: Look
) -> None:
    page = browser.page(as_=scene.manager, theme=look.theme, width=look.width)

    def check() -> None:
        assert [str(violation) for violation in axe(page)] == []
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0

    page.goto(scene.at("achievement_new"))
    page.click(".actionbar >> text=Save the draft")
    page.wait_for_selector("[role=alert]")
    check()
    for one in (scene.active, scene.bare):
        page.goto(scene.at("achievement", one.public_id))
        check()
    page.goto(scene.at("achievement_import"))
    page.set_input_files("input[type=file]", [{"name": "b.csv", "mimeType": "text/csv", "buffer": CSV.encode()}])
    page.click("text=Look at the rows")
    page.wait_for_selector("text=1 badge comes in")
    check()
    page.goto(scene.at("achievement_open_badges"))
    page.fill(
        "textarea", json.dumps([FOREIGN, {**FOREIGN, "name": "Öffentliches Reden", "image": 7}, {"type": "BadgeClass"}])
    )
    page.click("text=Look at the badges")
    page.wait_for_selector("text=What the badges become")
    check()
