"""From the mail to a badge that a stranger can open: in a browser, over real mail, and every way of signing in."""

import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from playwright.sync_api import Page, expect

from insignia.domain.awards import actions as awards
from insignia.domain.awards import claims
from insignia.domain.awards.models import Award
from insignia.domain.institutions.models import Institution
from insignia.domain.notifications import sending
from insignia.domain.people.models import User
from tests.support.browsing import LOOKS, Browsing, Look, Violation
from tests.support.builders import (
    a_member,
    a_person,
    accepted,
    acting,
    again,
    an_achievement,
    an_earner,
    an_institution,
    offered,
    worked_through,
)
from tests.support.mail import SmtpSink

pytestmark = pytest.mark.django_db(transaction=True)
ROWAN = "rowan@students.example"
PASSWORD = "a long enough password"


@pytest.fixture
def pinecrest(settings: Any) -> Iterator[Institution]:
    settings.MAIL_PER_MINUTE = 1_000_000
    with an_institution(name="Pinecrest State University") as institution:
        yield institution


def offer_to_rowan(name: str = "Spreadsheet Basics", **values: Any) -> Award:
    return offered(achievement=an_achievement(name=name, **values), earner=an_earner(ROWAN, "Rowan Thistlewood"))


def link_in_mail(sink: SmtpSink) -> str:
    """Where the button of the mail to Rowan leads, within the site."""
    worked_through()
    sending.send_due()
    (mail,) = sink.to(ROWAN)
    part = mail.message.get_body(("html",))
    assert part is not None
    found = re.search(r'href="https?://[^/"]+(/claim/[^"]+)"', unescape(part.get_content()))
    assert found, "the mail has no claim link"
    return found[1]


def code_in_mail(sink: SmtpSink, address: str, *, number: int = 1) -> str:
    """The code of the latest mail to `address`, once there are `number` of them."""
    sink.wait_for(number)
    part = sink.to(address)[-1].message.get_body(("plain",))
    assert part is not None
    found = re.search(r"^\s*([A-Z0-9]{3,4}-[A-Z0-9]{3,4})\s*$", part.get_content(), re.M)
    assert found, part.get_content()
    return found[1]


@pytest.mark.requirement("R-125", "R-120")
@pytest.mark.parametrize("javascript", ["on", "off"])
def test_from_the_mail_to_a_badge_that_a_stranger_can_open(
    pinecrest: Institution, browser: Browsing, live_app: Any, smtp_sink: SmtpSink, javascript: Any
) -> None:
    award = offer_to_rowan()
    page = browser.page(javascript=javascript)
    page.goto(link_in_mail(smtp_sink))
    expect(page.get_by_role("heading", level=1)).to_have_text("Spreadsheet Basics")
    page.get_by_label("Your name").fill("Rowan Thistlewood")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Set up and accept the badge").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("It is yours")
    expect(page.get_by_label("Only you")).to_be_checked()
    stranger = browser.page(javascript=javascript)
    credential = f"/c/{award.credential.public_id}"
    answer = stranger.goto(credential)
    assert answer is not None
    assert "Spreadsheet Basics" not in stranger.inner_text("body")

    page.get_by_label("Whoever has the link").check()
    page.get_by_role("button", name="Keep it like this").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Spreadsheet Basics")
    address = page.get_by_label("Address of its page").input_value()
    assert address == live_app.at(credential)
    stranger.goto(address)
    expect(stranger.get_by_role("heading", level=1)).to_contain_text("Rowan Thistlewood")

    page.get_by_label("Only you").check()
    page.get_by_role("button", name="Show it like this").click()
    page.wait_for_load_state()
    stranger.reload()
    assert "Rowan Thistlewood" not in stranger.inner_text("body")
    page.goto("/my/badges")
    expect(page.get_by_role("link", name="Spreadsheet Basics")).to_be_visible()


@pytest.mark.requirement("R-125")
def test_claiming_by_keyboard_alone(pinecrest: Institution, browser: Browsing, smtp_sink: SmtpSink) -> None:
    award = offer_to_rowan()
    page = browser.page()
    page.goto(link_in_mail(smtp_sink))
    tab_to(page, "#id_name")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    tab_to(page, "button[value=accept]")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    page.keyboard.press("Enter")
    page.wait_for_url("**/my/badges/choose*")
    tab_to(page, "input[type=radio]:checked")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    tab_to(page, "main button[data-kind=primary]")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/my/badges/{award.public_id}")
    assert (again(award).state, again(award).visibility) == ("accepted", "public")


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until `selector` has the focus."""
    for _ in range(60):
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {selector}")


def test_a_known_earner_signs_in_by_code_and_comes_back_to_the_badge(
    pinecrest: Institution, browser: Browsing, smtp_sink: SmtpSink
) -> None:
    award = offer_to_rowan()
    a_person(ROWAN, password=PASSWORD)
    page = browser.page(width=390)
    page.goto(link_in_mail(smtp_sink))
    page.get_by_role("main").get_by_role("link", name="Send me a code").click()
    page.locator("main [name=email]").fill(ROWAN)
    page.get_by_role("button", name="Send me a code").click()
    page.locator("main [name=code]").fill(code_in_mail(smtp_sink, ROWAN, number=2))
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Accept the badge").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("It is yours")
    assert again(award).state == "accepted"


def test_a_forwarded_link_leads_to_the_one_for_whom_it_was_meant(
    pinecrest: Institution, browser: Browsing, smtp_sink: SmtpSink
) -> None:
    award = offer_to_rowan()
    a_person(ROWAN, password=PASSWORD)
    page = browser.page(as_=a_person("friend@students.example"))
    page.goto(link_in_mail(smtp_sink))
    expect(page.get_by_role("heading", name="This is for another account")).to_be_visible()
    page.get_by_role("button", name="Sign out and go on").click()
    expect(page.get_by_role("heading", name="Sign in to accept")).to_be_visible()
    assert again(award).recipient.user is None


class TestSigningIn:
    def test_signing_up_with_a_code(self, browser: Browsing, live_app: Any, smtp_sink: SmtpSink) -> None:
        page = browser.page()
        page.goto("/accounts/signup/")
        page.locator("[name=email]").fill(ROWAN)
        page.locator("[name=password1]").fill(PASSWORD)
        page.get_by_role("button", name="Make the account").click()
        page.locator("main [name=code]").fill(code_in_mail(smtp_sink, ROWAN))
        page.get_by_role("button", name="Go on").click()
        page.wait_for_url("**/my/badges")
        assert EmailAddress.objects.get(email=ROWAN).verified

    def test_whoever_begins_with_the_address_of_another_never_comes_in(
        self, browser: Browsing, live_app: Any, smtp_sink: SmtpSink
    ) -> None:
        address = "ada@students.example"
        mallory = browser.page()
        mallory.goto("/accounts/signup/")
        mallory.locator("[name=email]").fill(address)
        mallory.locator("[name=password1]").fill(PASSWORD)
        mallory.get_by_role("button", name="Make the account").click()
        mallory.locator("main [name=code]").fill("WRONG1")
        mallory.get_by_role("button", name="Go on").click()
        mallory.goto("/my/badges")
        assert "/accounts/" in mallory.url

        page = browser.page()
        page.goto("/accounts/login/code/")
        page.locator("main [name=email]").fill(address)
        page.get_by_role("button", name="Send me a code").click()
        page.locator("main [name=code]").fill(code_in_mail(smtp_sink, address, number=2))
        page.get_by_role("button", name="Go on").click()
        page.wait_for_url("**/my/badges")
        assert EmailAddress.objects.get(email=address).verified

        again_mallory = browser.page()
        again_mallory.goto("/accounts/login/")
        again_mallory.locator("[name=login]").fill(address)
        again_mallory.locator("[name=password]").fill(PASSWORD)
        again_mallory.get_by_role("button", name="Sign in").click()
        expect(again_mallory.get_by_role("alert")).to_be_visible()
        mallory.reload()
        assert "/my/badges" not in mallory.url.split("?")[0]

    def test_by_password_and_out_again(self, browser: Browsing, live_app: Any) -> None:
        a_person(ROWAN, password=PASSWORD)
        page = browser.page()
        page.goto("/accounts/login/")
        page.locator("[name=login]").fill(ROWAN)
        page.locator("[name=password]").fill("something else entirely")
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("alert")).to_be_visible()
        page.locator("[name=password]").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url("**/my/badges")
        page.locator("details.account > summary").click()
        page.get_by_role("button", name="Sign out").click()
        expect(page.locator("details.account")).to_have_count(0)
        page.goto("/my/badges")
        assert "/accounts/login/" in page.url

    def test_a_forgotten_password_is_replaced_by_mail(
        self, browser: Browsing, live_app: Any, smtp_sink: SmtpSink
    ) -> None:
        user = a_person(ROWAN, password=PASSWORD)
        page = browser.page()
        page.goto("/accounts/password/reset/")
        page.locator("[name=email]").fill(ROWAN)
        page.get_by_role("button", name="Send the mail").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Look at your mail")
        sent = smtp_sink.wait_for(1)[0].message.get_body(("plain",))
        assert sent is not None
        found = re.search(r"https?://[^/\s]+(/accounts/password/reset/key/\S+)", sent.get_content())
        assert found, sent.get_content()
        page.goto(found[1])
        page.locator("[name=password1]").fill("an even longer password")
        page.locator("[name=password2]").fill("an even longer password")
        page.get_by_role("button", name="Keep this password").click()
        page.wait_for_url("**/done/")
        user.refresh_from_db()
        assert user.check_password("an even longer password")

    def test_a_second_factor_is_set_up_and_asked_for(self, pinecrest: Institution, browser: Browsing) -> None:
        user = User.objects.get(pk=a_member("administrator").user_pk)
        user.set_password(PASSWORD)
        user.save()
        Authenticator.objects.filter(user=user).delete()
        page = browser.page()
        desk = f"/i/{pinecrest.slug}/awarding"
        page.goto(f"/accounts/login/?next={desk}")
        self.sign_in(page, user.email)
        expect(page.get_by_role("status").filter(has_text="needs a second factor")).to_be_visible()
        page.get_by_role("link", name="Set up an app").click()
        page.locator("main [name=password]").fill(PASSWORD)
        page.get_by_role("button", name="Go on").click()
        secret = page.get_by_label("Key", exact=True).input_value()
        page.locator("main [name=code]").fill(digits(secret))
        page.get_by_role("button", name="Use this app").click()
        page.wait_for_url("**/recovery-codes/**")
        page.goto(desk)
        assert page.url.endswith(desk)

        page = browser.page()
        page.goto(f"/accounts/login/?next={desk}")
        self.sign_in(page, user.email)
        page.wait_for_url("**/2fa/authenticate/**")
        assert Authenticator.objects.filter(user=user, type="totp").exists()

    def sign_in(self, page: Page, address: str) -> None:
        page.locator("[name=login]").fill(address)
        page.locator("[name=password]").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(lambda url: "/login/" not in url)


def digits(secret: str) -> str:
    """What an authenticator app would show now."""
    counter = next(iter(totp.yield_hotp_counters_from_time()))
    return totp.format_hotp_value(totp.hotp_value(secret, counter))


@pytest.mark.slow
@pytest.mark.appearance
@pytest.mark.parametrize("look", LOOKS[::3], ids=str)
def test_the_earners_pages_are_accessible_to_everybody(
    pinecrest: Institution, browser: Browsing, axe: Callable[[Page], list[Violation]], look: Look
) -> None:
    offer = offer_to_rowan()
    page_of = f"/claim/{claims.secret_of(awards.make_claim_link(offer.recipient))}"
    stranger, staff = a_person(), User.objects.get(pk=a_member("administrator").user_pk)
    found = faults(browser, axe, look, None, [page_of, "/claim/forged"])
    found += faults(browser, axe, look, stranger, [page_of, "/my/badges", "/my/tokens"])
    rowan = a_person(ROWAN, name="Rowan Thistlewood", password=PASSWORD)
    found += faults(browser, axe, look, None, [page_of])
    found += faults(browser, axe, look, stranger, [page_of])
    found += faults(browser, axe, look, rowan, ["/my/badges"])
    taken = accepted(offer_to_rowan("Public Speaking"), user=rowan)
    awards.set_visibility(by=acting(rowan), award=taken, visibility="public")
    revoked = accepted(offer_to_rowan("Data Storytelling"), user=rowan)
    awards.revoke(by=acting(staff), awards=[revoked], code="error", reason="The wrong list")
    offer_to_rowan("Welding")
    paths = [page_of, "/my/badges", "/my/badges?q=zzz", "/my/account", f"/my/badges/{offer.public_id}/decline"]
    paths += [f"/my/badges/{award.public_id}" for award in (offer, taken, revoked)]
    paths += [f"/my/badges/choose?award={taken.public_id}"]
    found += faults(browser, axe, look, rowan, paths)
    found += faults(browser, axe, look, staff, ["/my/tokens"])
    assert found == []


def faults(
    browser: Browsing, axe: Callable[[Page], list[Violation]], look: Look, who: User | None, paths: list[str]
) -> list[str]:
    page = browser.page(as_=who, theme=look.theme, width=look.width)
    found = []
    for path in paths:
        page.goto(path)
        found += [f"{path}: {violation}" for violation in axe(page)]
        wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        found += [f"{path}: {wider} pixels wider than the window"] if wider > 0 else []
    page.context.close()
    return found
