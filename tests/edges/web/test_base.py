"""The pages that every other page is made of: seen in a browser, in both themes and at every width."""

from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.test import Client
from playwright.sync_api import Page

from insignia.domain.people.models import User
from tests.support.browsing import LOOKS, Browsing, Look, Violation
from tests.support.pseudo import unbracketed

pytestmark = [
    pytest.mark.urls("tests.edges.web.pages"),
    pytest.mark.django_db(transaction=True),
    pytest.mark.appearance,
]

FOR_ANYBODY = [
    "/styleguide",
    "/form",
    "/nowhere",
    "/wrong/conflict",
    "/wrong/rejected",
    "/wrong/unavailable",
    "/wrong/too_big",
    "/wrong/suspicious",
    "/accounts/login/",
    "/accounts/login/code/",
    "/accounts/signup/",
    "/accounts/password/reset/",
    "/accounts/password/reset/done/",
    "/accounts/inactive/",
]
FOR_A_PERSON = [
    "/desk",
    "/wrong/permission_denied",
    "/accounts/email/",
    "/accounts/password/change/",
    "/accounts/2fa/",
    "/accounts/2fa/webauthn/",
    "/accounts/reauthenticate/",
    "/accounts/logout/",
    "/accounts/social/connections/",
]
ONCE_ASKED_AGAIN = ["/accounts/2fa/totp/activate/", "/accounts/2fa/webauthn/add/"]
WITH_A_SECOND_FACTOR = [
    "/accounts/2fa/",
    "/accounts/2fa/recovery-codes/",
    "/accounts/2fa/recovery-codes/generate/",
    "/accounts/2fa/totp/deactivate/",
    "/accounts/2fa/reauthenticate/",
]
# What is somebody's name or value, and so in no language: the examples of the style guide among them.
NAMES = [
    *("Noor Hartwell", "noor@pinecrest.example", "Insignia", "Lab Safety Practice", "Jonah Pemberley", "Grantor, "),
    *("College of Computing", "Library Services", "2 Oct", "9 Oct", "24 Nov"),
]


def a_person() -> User:
    person = User.objects.create_user("noor@pinecrest.example", "insignia-demo", name="Noor Hartwell")
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def sign_in(page: Page) -> None:
    page.goto("/accounts/login/")
    page.fill("[name=login]", "noor@pinecrest.example")
    page.fill("[name=password]", "insignia-demo")
    page.click("main [data-kind=primary]")
    page.wait_for_url(lambda url: "/login/" not in url)


def say_it_is_still_you(page: Page) -> None:
    """What guards the account is shown to whoever gave the password again a moment ago."""
    page.goto("/accounts/reauthenticate/")
    page.fill("[name=password]", "insignia-demo")
    page.click("main [data-kind=primary]")
    page.wait_for_url(lambda url: "/reauthenticate/" not in url)


def faults(page: Page, path: str, axe: Callable[[Page], list[Violation]]) -> list[str]:
    page.goto(path)
    found = [f"{path}: {violation}" for violation in axe(page)]
    wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return found + ([f"{path}: {wider} pixels wider than the window"] if wider > 0 else [])


@pytest.mark.slow
@pytest.mark.parametrize("look", LOOKS[::3], ids=str)
def test_pages_are_accessible_to_everybody(
    browser: Browsing, axe: Callable[[Page], list[Violation]], look: Look
) -> None:
    a_person()
    page = browser.page(theme=look.theme, width=look.width)
    found = [fault for path in FOR_ANYBODY for fault in faults(page, path, axe)]
    sign_in(page)
    found += [fault for path in FOR_A_PERSON for fault in faults(page, path, axe)]
    say_it_is_still_you(page)
    found += [fault for path in ONCE_ASKED_AGAIN for fault in faults(page, path, axe)]
    assert found == []


@pytest.mark.slow
@pytest.mark.parametrize("look", LOOKS[1::2], ids=str)
def test_the_second_factor_is_accessible_to_everybody(
    browser: Browsing, axe: Callable[[Page], list[Violation]], look: Look
) -> None:
    secret = generate_totp_secret()
    person = a_person()
    TOTP.activate(person, secret)
    RecoveryCodes.activate(person)
    page = browser.page(theme=look.theme, width=look.width)
    page.goto("/accounts/login/")
    page.fill("[name=login]", "noor@pinecrest.example")
    page.fill("[name=password]", "insignia-demo")
    page.click("main [data-kind=primary]")
    page.wait_for_url("**/2fa/authenticate/")
    found = [str(violation) for violation in axe(page)]
    page.fill("[name=code]", format_hotp_value(hotp_value(secret, yield_hotp_counters_from_time().__next__())))
    page.click("main [data-kind=primary]")
    page.wait_for_url(lambda url: "/2fa/" not in url)
    say_it_is_still_you(page)
    found += [fault for path in WITH_A_SECOND_FACTOR for fault in faults(page, path, axe)]
    assert page.locator("main").inner_text()
    assert found == []


def test_a_page_for_internal_errors_is_accessible(browser: Browsing, axe: Callable[[Page], list[Violation]]) -> None:
    page = browser.page()
    page.goto("/wrong/unforeseen")
    assert "This is our fault" in page.inner_text("main")
    assert axe(page) == []


@pytest.mark.slow
def test_no_page_has_to_be_pushed_sideways_on_the_smallest_screen(browser: Browsing) -> None:
    a_person()
    page = browser.page(width=390)
    page.set_viewport_size({"width": 320, "height": 640})
    sign_in(page)
    say_it_is_still_you(page)
    wide = []
    for path in FOR_ANYBODY + FOR_A_PERSON + ONCE_ASKED_AGAIN:
        page.goto(path)
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            wide.append(path)
    assert wide == []


def test_a_page_from_right_to_left_fits_as_well(browser: Browsing) -> None:
    page = browser.page(width=390)
    page.goto("/styleguide")
    page.evaluate("document.documentElement.dir = 'rtl'")
    assert not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    heading = page.evaluate("document.querySelector('h1').getBoundingClientRect().right")
    assert heading > 350


def test_the_theme_that_a_person_chose_is_stronger_than_the_systems(browser: Browsing) -> None:
    person = a_person()
    ground = "getComputedStyle(document.body).backgroundColor"
    light = browser.page(theme="light")
    light.goto("/styleguide")
    person.theme = "dark"
    person.save()
    dark = browser.page(as_=person, theme="light")
    dark.goto("/styleguide")
    assert dark.evaluate("document.documentElement.dataset.theme") == "dark"
    assert dark.evaluate(ground) != light.evaluate(ground)


def test_what_needs_scripts_is_not_shown_without_them(browser: Browsing) -> None:
    page = browser.page(javascript="off")
    page.goto("/accounts/login/")
    assert not page.is_visible("#passkey_login")
    assert page.is_visible("text=Send me a code")


def test_a_person_signs_in_and_out_without_scripts(browser: Browsing) -> None:
    a_person()
    page = browser.page(javascript="off")
    sign_in(page)
    page.goto("/whoami")
    assert page.inner_text("body") == "Noor Hartwell"
    page.goto("/styleguide")
    page.click("details.account > summary")
    page.click("text=Sign out")
    page.goto("/whoami")
    assert page.inner_text("body") == "AnonymousUser"


def test_a_menu_is_a_sheet_on_a_telephone(browser: Browsing) -> None:
    page = browser.page(width=390, javascript="off")
    page.goto("/styleguide")
    sign_in_link = page.locator("#sitenav >> text=Sign in")
    assert not sign_in_link.is_visible()
    page.click(".masthead > .wrap > .button.menu")
    assert sign_in_link.is_visible()


def test_paper_shows_no_navigation(browser: Browsing) -> None:
    page = browser.page()
    page.goto("/styleguide")
    page.emulate_media(media="print")
    assert not page.is_visible(".masthead .button")
    assert page.is_visible("h1")


def texts_of(client: Client, path: str) -> list[str]:
    response = client.get(path)
    return [f"{path}: {text}" for text in unbracketed(response.content.decode(), data=NAMES)]


def test_every_word_can_be_translated(client: Client, pseudo_language: str, settings: Any) -> None:
    """In a language that puts brackets around every message, nothing stands outside of them."""
    ours = [path for path in FOR_ANYBODY if not path.startswith(("/form", "/wrong"))] + ["/wrong/http404"]
    left = [text for path in ours for text in texts_of(client, path)]
    client.force_login(a_person(), backend=settings.AUTHENTICATION_BACKENDS[0])
    persons = [path for path in FOR_A_PERSON if path != "/desk"]
    left += [text for path in persons for text in texts_of(client, path)]
    assert left == []
