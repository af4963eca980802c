"""What our scripts add to pages that work without them."""

import hashlib
import tomllib
from pathlib import Path

import pytest

import insignia.edges.web
from insignia.domain.people.models import User
from tests.support.browsing import Browsing

pytestmark = [pytest.mark.urls("tests.edges.web.pages"), pytest.mark.appearance]
STATIC = Path(insignia.edges.web.__file__).parent / "static"


def test_vendored_files_are_what_their_upstream_published() -> None:
    sources = tomllib.loads((STATIC / "js/vendor/SOURCES.toml").read_text())
    vendored = {file.name for file in (STATIC / "js/vendor").glob("*.js")}
    assert vendored == {source["file"] for source in sources.values()}
    for source in sources.values():
        assert hashlib.sha256((STATIC / "js/vendor" / source["file"]).read_bytes()).hexdigest() == source["sha256"]
        assert (STATIC / "js/vendor" / source["licence_file"]).is_file()


def test_every_icon_that_a_template_names_is_in_the_sprite() -> None:
    import re

    sprite = set(re.findall(r'<symbol id="([\w-]+)"', (STATIC / "img/icons.svg").read_text()))
    named: set[str] = set()
    for file in (STATIC.parent / "templates").rglob("*.html"):
        named |= set(re.findall(r'(?:<c-icon name|icon)="([a-z-]+)"', file.read_text()))
    assert {"search", "yes"} <= sprite
    assert named - sprite == set()


@pytest.fixture
def person(transactional_db: None) -> User:
    return User.objects.create_user("noor@pinecrest.example", "insignia-demo", name="Noor Hartwell")


def test_htmx_puts_in_what_the_server_sent_and_runs_no_script_of_it(browser: Browsing, person: User) -> None:
    page = browser.page(as_=person)
    page.goto("/desk")
    page.click("#good")
    page.wait_for_selector("#came")
    assert page.inner_text("#results") == "after"
    assert "run" not in page.title()
    assert page.locator("#results script").count() == 0


def test_markup_from_a_string_is_refused_everywhere_else(browser: Browsing, person: User) -> None:
    page = browser.page(as_=person)
    page.goto("/desk")
    refused = page.evaluate(
        """() => {
            try { document.getElementById("results").innerHTML = "<b>x</b>"; return "let through"; }
            catch (error) { return error.name; }
        }"""
    )
    assert refused == "TypeError"
    assert page.inner_text("#results") == "before"
    browser.problems.clear()


def test_a_request_that_fails_leaves_the_page_and_puts_one_note_into_its_region(
    browser: Browsing, person: User
) -> None:
    page = browser.page(as_=person)
    page.goto("/desk")
    for _try in range(2):
        page.click("#bad")
        page.wait_for_selector("#work > [data-failed]")
    assert page.locator("[data-failed]").count() == 1
    assert "Someone else changed this award" in page.inner_text("#work > [role=alert]")
    assert page.inner_text("#results") == "before"


def test_a_request_without_an_answer_says_so(browser: Browsing, person: User) -> None:
    page = browser.page(as_=person)
    page.goto("/desk")
    page.context.set_offline(True)
    page.click("#good")
    page.wait_for_selector("#work > [data-failed]")
    assert "No answer came." in page.inner_text("#work > [role=alert]")


def test_htmx_may_post_from_the_desk(browser: Browsing, person: User) -> None:
    page = browser.page(as_=person)
    page.goto("/desk")
    page.click("#post")
    page.wait_for_selector("#came")


def test_a_dialog_is_modal_and_gives_the_focus_back(browser: Browsing, person: User) -> None:
    page = browser.page(as_=person)
    page.goto("/desk")
    page.click("text=Revoke")
    assert page.evaluate("document.querySelector('#sure').matches(':modal')")
    page.keyboard.press("Escape")
    assert not page.is_visible("#sure")
    assert page.evaluate("document.activeElement.textContent.trim()") == "Revoke"
    page.click("text=Revoke")
    page.click("text=Keep it")
    assert not page.is_visible("#sure")


def test_a_dialog_opens_without_scripts(browser: Browsing, person: User) -> None:
    page = browser.page(as_=person, javascript="off")
    page.goto("/desk")
    assert not page.is_visible("#sure")
    page.click("text=Revoke")
    assert page.is_visible("#sure")
    page.click("text=Keep it")
    assert not page.is_visible("#sure")


def test_one_box_ticks_all_and_follows_them(browser: Browsing, person: User) -> None:
    page = browser.page(as_=person)
    page.goto("/desk")
    page.check("#a")
    assert page.is_checked("#b")
    assert page.is_checked("#c")
    assert page.inner_text("[data-count=row]") == "2"
    page.uncheck("#c")
    assert page.evaluate("document.getElementById('a').indeterminate")
    assert page.inner_text("[data-count=row]") == "1"


def test_leaving_with_changes_asks_first(browser: Browsing, person: User) -> None:
    page = browser.page(as_=person)
    page.goto("/desk")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto("/styleguide")
    assert asked == []
    page.goto("/desk")
    page.click("#b")
    page.goto("/styleguide")
    assert asked == ["beforeunload"]


def test_a_stroke_reaches_the_search_but_not_out_of_a_field(browser: Browsing, person: User) -> None:
    page = browser.page(as_=person)
    page.goto("/desk")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.type") == "search"
    page.keyboard.press("/")
    assert page.input_value("[type=search]") == "/"


def test_a_value_is_copied_and_the_button_says_so(browser: Browsing, person: User) -> None:
    page = browser.page(as_=person)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/desk")
    page.click("[data-copy=address]")
    page.wait_for_selector("text=Copied")
    assert page.evaluate("navigator.clipboard.readText()") == "https://badges.example/c/1"


def test_a_menu_closes_on_escape_and_elsewhere(browser: Browsing, person: User) -> None:
    page = browser.page(as_=person)
    page.goto("/desk")
    page.click(".account > summary")
    page.keyboard.press("Escape")
    assert not page.is_visible(".account > .sheet")
    page.click(".account > summary")
    page.click("h1")
    assert not page.is_visible(".account > .sheet")


def test_a_toast_says_what_happened_and_can_be_closed(browser: Browsing, person: User) -> None:
    page = browser.page(as_=person)
    page.goto("/desk")
    assert "Saved." in page.inner_text("#toasts")
    page.click("#toasts >> text=Close")
    assert page.locator("#toasts .toast").count() == 0
