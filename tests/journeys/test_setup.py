"""Setting an institution up, from the checklist's first line to its first badge, without touching a mouse."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from insignia.domain.ground import tenancy
from insignia.domain.institutions import queries as institutions
from insignia.domain.institutions.models import Membership, Unit
from insignia.domain.notifications import readiness, sending
from tests.support import keyboard, worlds
from tests.support.browsing import Browsing, Violation
from tests.support.keyboard import SAID
from tests.support.mail import SmtpSink
from tests.support.routes import Role

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.appearance]


class Keyboard(keyboard.Keyboard):
    """Somebody who sets an institution up."""

    def step(self, title: str) -> str:
        """What the checklist says of a step: Done, Next or Open."""
        self.open("Setting up")
        line = self.page.locator("li", has=self.page.get_by_role("heading", name=title, exact=True))
        return line.locator(".pill").inner_text()


@pytest.fixture
def place(live_app: Any, settings: Any) -> worlds.Place:
    settings.MAIL_PER_MINUTE = 1_000_000
    return worlds.empty()


def test_an_institution_is_set_up_by_keyboard_alone(
    browser: Browsing, axe: Callable[[Page], list[Violation]], place: worlds.Place, smtp_sink: SmtpSink
) -> None:
    page = browser.page(as_=place.person(Role.ADMINISTRATOR))
    keys = Keyboard(page)
    # Catches the browser's own window for files from the beginning: asked for later, the stroke may be faster.
    page.on("filechooser", lambda _chooser: None)
    page.goto(f"/i/{place.slug}/setup")
    expect(page.get_by_role("heading", level=1)).to_have_text("Setting up")

    # The house. The first attempt has a slip in it, and the summary leads to the field.
    keys.open("Fill in the profile")
    keys.write("Contact address", "badges@alder,example")
    keys.write("Website of the issuer", "alder.example")
    keys.write("Address of the issuer", "badges@alder.example")
    keys.open("Save the profile")
    assert page.evaluate(SAID).startswith("One thing needs another look.")
    assert not axe(page)
    keys.to("Contact address")  # the link in the summary
    page.keyboard.press("Enter")
    expect(page.get_by_label("Contact address")).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.type("badges@alder.example")
    keys.open("Save the profile")
    expect(page.get_by_role("status").filter(has_text="The profile is saved.")).to_be_visible()
    assert keys.step("Say who issues") == "Done"
    assert keys.step("Have keys to sign with") == "Done"

    # A test mail, which the page follows by itself.
    keys.open("Send a test mail")
    keys.write("Mail address", "noor@alder.example")
    keys.open("Send a test mail")
    expect(page.locator("#tests .pill").first).to_have_text("Waiting")
    sending.send_due()
    expect(page.locator("#tests .pill").first).to_have_text("Sent")
    assert smtp_sink.to("noor@alder.example")
    assert keys.step("Send a test mail") == "Done"

    keys.open("Look at the policies")
    keys.open("Save the policies")
    assert keys.step("Look at the policies") == "Done"

    # Its units, one by hand and two from a file.
    keys.open("Add units")
    keys.open("Add a unit")
    keys.write("Name", "College of Computing")
    keys.open("Add the unit")
    keys.open("From a file")
    keys.to("Drop the file here, or choose it")
    with page.expect_file_chooser() as chosen:
        page.keyboard.press("Enter")
    rows = b"name,code,kind,parent_code\nGraphics,graphics,division,library\nLibrary,library,non_academic,\n"
    chosen.value.set_files({"name": "units.csv", "mimeType": "text/csv", "buffer": rows})
    keys.open("Look at the rows")
    assert not axe(page)
    keys.open("Add 2 units")
    assert keys.step("Name your units") == "Done"

    # A colleague.
    keys.open("Invite people")
    keys.open("Invite somebody")
    keys.write("Name", "Ada Marlowe")
    keys.write("Mail address", "ada@alder.example")
    keys.to("Role")
    page.keyboard.type("Program")
    keys.open("Give the role and invite")
    assert keys.step("Give people their roles") == "Done"

    # The preset has brought a level and its template: what comes next is the first badge.
    assert keys.step("Agree on the levels") == "Done"
    assert keys.step("Look at the badge templates") == "Done"
    assert keys.step("Make a first badge active") == "Next"
    _everything_is_there(place)


def _everything_is_there(place: worlds.Place) -> None:
    with tenancy.of(place.institution):
        place.institution.refresh_from_db()
        left = [step.key for step in readiness.checklist(place.institution) if not step.is_done]
        assert left == ["achievement", "grantor", "award"]
        assert institutions.issuer_of(None).url == "https://alder.example"
        assert {unit.code for unit in Unit.objects.all()} == {"college-of-computing", "library", "graphics"}
        assert Membership.objects.get(user__email="ada@alder.example").role.key == "program_manager"


def test_colours_are_tried_on_and_kept_without_scripts(browser: Browsing, place: worlds.Place) -> None:
    page = browser.page(as_=place.person(Role.ADMINISTRATOR), javascript="off")
    page.goto(f"/i/{place.slug}/program/theme")
    before = page.get_by_role("button", name="Keep these colours").evaluate("b => getComputedStyle(b).backgroundColor")
    page.get_by_label(re.compile("^Hue")).fill("350")
    page.get_by_role("button", name="Try them on").click()
    page.wait_for_url("**hue=350**", wait_until="load")
    tried = page.get_by_role("button", name="Keep these colours").evaluate("b => getComputedStyle(b).backgroundColor")
    assert tried != before
    place.institution.refresh_from_db()
    assert "hue" not in place.institution.theme
    page.get_by_role("button", name="Keep these colours").click()
    page.wait_for_url(lambda url: "hue=" not in url, wait_until="load")
    kept = page.get_by_role("button", name="Keep these colours").evaluate("b => getComputedStyle(b).backgroundColor")
    assert kept == tried
    place.institution.refresh_from_db()
    assert place.institution.theme["hue"] == 350
