"""What stands at the address of a credential: for whom, in which form, and how it stands today."""

import json
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from insignia.core.openbadges import Outcome, unbake
from insignia.domain.access.actor import SYSTEM
from insignia.domain.awards import actions as awards
from insignia.domain.awards.models import Recipient
from insignia.domain.awards.rules import EvidenceItem
from insignia.domain.credentials import verification
from insignia.domain.ground import clock, tenancy
from insignia.domain.institutions.models import Institution
from tests.support import builders
from tests.support.browsing import Browsing

pytestmark = pytest.mark.django_db
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"
FORMS = ("", ".json", ".jwt", ".png", ".svg")


def address_of(award: Any) -> str:
    return reverse("public:credential", args=[award.credential.public_id])


def page_of(client: Client, award: Any) -> str:
    answer = client.get(address_of(award))
    assert answer.status_code == 200
    return answer.content.decode()


def signed(award: Any) -> bytes:
    return bytes(award.credential.document)


class TestTheForm:
    @pytest.mark.requirement("R-119")
    @pytest.mark.parametrize(
        ("accept", "kind"),
        [
            ("application/vc+ld+json", "application/vc+ld+json"),
            ("application/vc", "application/vc"),
            ("application/ld+json", "application/ld+json"),
            ("application/json", "application/json"),
            ("application/json, text/plain, */*", "application/json"),
            ("application/*", "application/vc+ld+json"),
        ],
    )
    def test_a_program_is_given_the_very_bytes_that_were_signed(
        self, client: Client, institution: Institution, shown: Callable[..., Any], accept: str, kind: str
    ) -> None:
        award = shown()
        answer = client.get(address_of(award), headers={"accept": accept})
        assert answer["Content-Type"] == kind
        assert answer.content == signed(award)
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert answer["Cache-Control"] == "no-cache"
        assert {"Accept", "Cookie"} <= set(answer["Vary"].split(", "))
        again = client.get(address_of(award), headers={"accept": accept, "if-none-match": answer["ETag"]})
        assert again.status_code == 304

    @pytest.mark.requirement("R-119")
    @pytest.mark.parametrize("kind", ["application/vc+jwt", "application/jwt", "text/plain"])
    def test_a_program_that_wants_a_token_is_given_the_same_one_each_time(
        self, client: Client, institution: Institution, shown: Callable[..., Any], kind: str
    ) -> None:
        award = shown()
        answer = client.get(address_of(award), headers={"accept": kind})
        assert answer["Content-Type"] == kind
        assert verification.verify(answer.content).outcome is Outcome.PASSED
        assert client.get(f"{address_of(award)}.jwt").content == answer.content

    @pytest.mark.parametrize("accept", [BROWSER, "*/*", "", "image/*", "nonsense"])
    def test_everybody_else_is_given_the_page(
        self, client: Client, institution: Institution, shown: Callable[..., Any], accept: str
    ) -> None:
        answer = client.get(address_of(shown()), headers={"accept": accept})
        assert answer["Content-Type"] == "text/html; charset=utf-8"

    @pytest.mark.requirement("R-119")
    @pytest.mark.parametrize(
        ("ending", "kind"),
        [
            (".json", "application/vc+ld+json"),
            (".jwt", "text/plain"),
            (".png", "image/png"),
            (".svg", "image/svg+xml"),
        ],
    )
    def test_each_form_can_be_kept_and_checked_elsewhere(
        self, client: Client, institution: Institution, shown: Callable[..., Any], ending: str, kind: str
    ) -> None:
        award = shown()
        answer = client.get(address_of(award) + ending)
        assert answer["Content-Type"] == kind
        assert answer["Content-Disposition"] == f'attachment; filename="{award.achievement.slug}{ending}"'
        found = verification.verify(answer.content)
        assert found.outcome is Outcome.PASSED
        assert found.document is not None
        assert found.document["id"] == award.credential.url
        if kind.startswith("image/"):
            assert unbake(answer.content) == signed(award).decode()
        if ending == ".svg":
            assert "sandbox" in answer["Content-Security-Policy"]


class TestWhoSeesIt:
    @pytest.fixture
    def private(self, institution: Institution) -> Any:
        return builders.accepted()

    @pytest.mark.requirement("R-120")
    @pytest.mark.parametrize("ending", FORMS)
    @pytest.mark.parametrize("accept", [BROWSER, "application/json", "text/plain"])
    def test_private_and_absent_are_answered_alike(
        self, client: Client, private: Any, ending: str, accept: str
    ) -> None:
        absent = "a" * 26
        answers = [
            client.get(f"/c/{public_id}{ending}", headers={"accept": accept})
            for public_id in (private.credential.public_id, absent)
        ]
        assert [answer.status_code for answer in answers] == [404, 404]
        first, second = (dict(answer.headers) for answer in answers)
        assert first == second
        one, other = (answer.content.decode() for answer in answers)
        assert one.replace(private.credential.public_id, absent) == other
        assert "This is not public" in one

    @pytest.mark.requirement("R-120")
    def test_that_holds_where_the_institution_would_give_itself_away(self, client: Client, private: Any) -> None:
        builders.founded(name="Another institution")
        answers = [client.get(f"/c/{public_id}") for public_id in (private.credential.public_id, "a" * 26)]
        one, other = (answer.content.decode() for answer in answers)
        assert one.replace(private.credential.public_id, "a" * 26) == other
        assert private.achievement.institution.name not in one

    @pytest.mark.requirement("R-120")
    def test_its_earner_sees_it_in_every_form_and_nothing_is_kept(self, client: Client, private: Any) -> None:
        client.force_login(private.recipient.user)
        for ending in FORMS:
            answer = client.get(address_of(private) + ending)
            assert answer.status_code == 200
            assert answer["Cache-Control"] == "private, no-store"
        page = page_of(client, private)
        assert "Only its earner and the staff who work with it see this page." in page

    @pytest.mark.requirement("R-120")
    def test_what_the_earner_chooses_holds_at_once(self, client: Client, private: Any) -> None:
        by = builders.acting(private.recipient.user)
        seen = []
        for visibility in ("link", "public", "private"):
            awards.set_visibility(by=by, award=private, visibility=visibility)
            seen.append([client.get(address_of(private) + ending).status_code for ending in FORMS])
        assert seen == [[200] * 5, [200] * 5, [404] * 5]

    def test_staff_see_what_they_work_with_and_not_what_others_do(self, client: Client, private: Any) -> None:
        auditor = builders.a_member("auditor")
        elsewhere = builders.founded()
        with tenancy.of(elsewhere):
            stranger = builders.a_member("administrator")
        for actor, status in ((auditor, 200), (stranger, 404)):
            client.force_login(_user(actor))
            assert client.get(address_of(private)).status_code == status

    def test_another_earner_does_not(self, client: Client, private: Any) -> None:
        client.force_login(builders.a_person())
        assert client.get(address_of(private)).status_code == 404

    @pytest.mark.parametrize("make", [builders.an_award, builders.held])
    def test_nobody_sees_what_has_not_been_sent(
        self, client: Client, institution: Institution, make: Callable[..., Any]
    ) -> None:
        award = make()
        client.force_login(_user(builders.a_member("administrator")))
        if award.credential is not None:
            assert client.get(address_of(award)).status_code == 404

    def test_a_search_engine_may_list_only_what_is_public(
        self, client: Client, institution: Institution, shown: Callable[..., Any]
    ) -> None:
        achievement = builders.an_achievement()
        by_link, public = (shown(builders.an_award(achievement), visibility=v) for v in ("link", "public"))
        assert client.get(address_of(by_link))["X-Robots-Tag"] == "noindex, nofollow"
        assert client.get(address_of(public))["X-Robots-Tag"] == "all"
        assert 'property="og:title"' in page_of(client, public)
        assert 'property="og:' not in page_of(client, by_link)
        awards.revoke(by=SYSTEM, awards=[public], code="error", reason="By mistake")
        assert client.get(address_of(public))["X-Robots-Tag"] == "noindex, nofollow"


def _user(actor: Any) -> Any:
    from insignia.domain.people.models import User

    return User.objects.get(pk=actor.user_pk)


class TestThePage:
    @pytest.mark.requirement("R-009")
    def test_it_shows_when_it_was_completed_who_issued_it_and_by_which_criteria(
        self, client: Client, institution: Institution, shown: Callable[..., Any]
    ) -> None:
        award = shown(builders.an_award(awarded_on=date(2026, 3, 9), narrative="Worked with *real* data."))
        page = page_of(client, award)
        assert '<time datetime="2026-03-09">9 March 2026</time>' in page
        assert f"{institution.name}</span> certifies that" in page
        assert "Complete the <strong>three</strong> exercises" in page
        assert "<li>Draw a chart that tells the truth</li>" in page
        assert "Worked with <em>real</em> data." in page
        assert f"{award.recipient.name}</h1>" in page
        assert reverse("public:version", args=[award.achievement.public_id, 1]) in page

    @pytest.mark.requirement("R-001")
    def test_it_names_the_grantor_who_verified_it_and_the_day(
        self, client: Client, institution: Institution, shown: Callable[..., Any]
    ) -> None:
        achievement = builders.an_achievement()
        grantor = builders.a_grantor(of=achievement, user=builders.a_person(name="Dr. Ada O'Grantor"))
        page = page_of(client, shown(builders.an_award(achievement, by=grantor, awarded_on=date(2026, 3, 9))))
        assert "Dr. Ada O&#x27;Grantor" in page
        assert "Verified on 9 March 2026." in page
        assert "Trained as a grantor on 15 January 2024." in page

    @pytest.mark.requirement("R-020")
    def test_a_souvenir_names_nobody_who_assessed(
        self, client: Client, institution: Institution, shown: Callable[..., Any]
    ) -> None:
        achievement = builders.an_achievement(level="souvenir")
        award = shown(builders.an_award(achievement, by=SYSTEM, evidence=(), share_consent_on=None))
        assert "How it was assessed" not in page_of(client, award)

    @pytest.mark.requirement("R-035")
    def test_evidence_stands_there_when_its_level_shares_it(
        self, client: Client, institution: Institution, shown: Callable[..., Any]
    ) -> None:
        evidence = (
            EvidenceItem(name="The <b>dashboard</b>", url="https://work.example/d", narrative="For a *food bank*."),
        )
        award = shown(builders.an_award(builders.an_achievement(level="level_2"), evidence=evidence))
        page = page_of(client, award)
        assert '<a href="https://work.example/d" rel="nofollow noopener noreferrer">The &lt;b&gt;dashboard' in page
        assert "For a <em>food bank</em>." in page
        assert "Shown with the consent of its earner." in page

    @pytest.mark.requirement("R-031")
    def test_evidence_of_a_level_that_does_not_share_stays_away(
        self, client: Client, institution: Institution, shown: Callable[..., Any]
    ) -> None:
        award = shown(
            builders.an_award(
                builders.an_achievement(level="level_1"),
                evidence=(EvidenceItem(name="My diary", url="https://secret.example/"),),
                attestation=builders.elsewhere(where="Hidden clinic"),
            )
        )
        page = page_of(client, award)
        for secret in ("My diary", "secret.example", "Hidden clinic"):
            assert secret not in page

    @pytest.mark.requirement("R-052", "R-053")
    @pytest.mark.parametrize("level", ["level_1", "level_2"])
    def test_a_distinction_shows(
        self, client: Client, institution: Institution, shown: Callable[..., Any], level: str
    ) -> None:
        achievement = builders.an_achievement(
            level=level, variants=("with_distinction",), distinction_criteria="Refreshed alone."
        )
        award = shown(builders.an_award(achievement, variant="with_distinction"))
        page = page_of(client, award)
        assert ", with Distinction</p>" in page
        assert "Refreshed alone." in page
        image = achievement.current.images.get(variant="with_distinction")
        assert reverse("public:image_svg", args=[image.public_id]) in page

    def test_a_name_that_was_not_signed_is_not_shown(
        self, client: Client, institution: Institution, shown: Callable[..., Any]
    ) -> None:
        award = builders.an_award(earner=builders.an_earner(name="Minor Person"))
        Recipient.objects.filter(pk=award.recipient.pk).update(age_band="unknown")
        page = page_of(client, shown(award, visibility="link"))
        assert "Minor Person" not in page
        assert "The holder of this badge</h1>" in page

    def test_what_people_wrote_is_shown_harmlessly(
        self, client: Client, institution: Institution, shown: Callable[..., Any]
    ) -> None:
        wicked = "<script>alert(1)</script> [x](javascript:alert(1))"
        award = shown(
            builders.an_award(
                builders.an_achievement(level="level_2"),
                earner=builders.an_earner(name="<img src=x onerror=alert(1)>"),
                narrative=wicked,
                evidence=(EvidenceItem(name=wicked, url="https://work.example/", narrative=wicked),),
            )
        )
        page = page_of(client, award)
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert 'href="javascript:' not in page

    def test_its_qr_code_leads_to_its_own_address(
        self, client: Client, institution: Institution, shown: Callable[..., Any]
    ) -> None:
        import segno

        award = shown()
        drawn = re.search(
            r'<svg class="qr"[^>]*viewBox="0 0 (\d+) \1"[^>]*><path stroke="currentColor" d="([^"]+)"',
            page_of(client, award),
        )
        assert drawn
        size, dark = int(drawn[1]), set()
        for x, y, length in re.findall(r"M(\d+) (\d+)\.5h(\d+)", drawn[2]):
            dark |= {(int(x) + step, int(y)) for step in range(int(length))}
        expected = segno.make(award.credential.url, error="m", micro=False).matrix
        assert size == len(expected)
        assert dark == {(x, y) for y, row in enumerate(expected) for x, module in enumerate(row) if module}


class TestHowItStands:
    def verdict(self, page: str) -> tuple[str, str]:
        found = re.search(r'class="verdict-strip" id="verification" data-result="(\w+)".*?<h2>(.*?)</h2>', page, re.S)
        assert found
        return found[1], found[2]

    @pytest.mark.requirement("R-119", "R-009")
    def test_a_valid_one_says_so_with_every_check(
        self, client: Client, institution: Institution, shown: Callable[..., Any]
    ) -> None:
        award = shown()
        page = page_of(client, award)
        assert self.verdict(page) == ("yes", "This credential is genuine and valid today")
        checks = verification.verify(signed(award)).checks
        assert page.count('<li data-result="yes">') == len(checks) >= 8
        assert f"{len(checks)} of {len(checks)} checks passed on" in page

    def test_one_that_was_taken_back_says_so_and_keeps_the_reason_between_issuer_and_earner(
        self, client: Client, institution: Institution, shown: Callable[..., Any]
    ) -> None:
        award = shown()
        awards.revoke(by=SYSTEM, awards=[award], code="misconduct", reason="Copied from a friend.")
        page = page_of(client, award)
        assert self.verdict(page) == ("no", "This credential was revoked")
        assert "The issuer has taken this credential back." in page
        assert "Copied from a friend." not in page
        client.force_login(award.recipient.user)
        assert "Copied from a friend." in page_of(client, award)

    def test_a_suspended_one_says_so_until_it_is_reinstated(
        self, client: Client, institution: Institution, shown: Callable[..., Any]
    ) -> None:
        award = shown()
        awards.suspend(by=SYSTEM, award=award, reason="A question is open.")
        assert self.verdict(page_of(client, award)) == ("no", "This credential is suspended")
        awards.reinstate(by=SYSTEM, award=award, reason="Settled.")
        assert self.verdict(page_of(client, award))[0] == "yes"

    def test_an_expired_one_is_genuine_all_the_same(
        self, client: Client, institution: Institution, shown: Callable[..., Any]
    ) -> None:
        award = shown(builders.an_award(builders.an_achievement(valid_months=12)))
        with clock.frozen(clock.now() + timedelta(days=400)):
            said = self.verdict(page_of(client, award))
            awards.expire_due(institution)
            page = page_of(client, award)
        assert said == self.verdict(page) == ("no", "This credential is genuine, and has expired")
        assert "It was not taken back." in page

    def test_a_corrected_one_leads_to_its_successor_where_that_may_be_seen(
        self, client: Client, institution: Institution, shown: Callable[..., Any]
    ) -> None:
        old = shown()
        new = builders.offered(
            awards.correct_award(by=SYSTEM, award=old, reason="The day", awarded_on=date(2026, 1, 5))
        )
        page = page_of(client, old)
        assert self.verdict(page) == ("no", "This credential was replaced")
        assert address_of(new) not in page
        by = builders.acting(old.recipient.user)
        awards.accept(by=by, awards=[new])
        awards.set_visibility(by=by, award=builders.again(new), visibility="link")
        assert f'href="{address_of(new)}">Go to the corrected credential' in page_of(client, old)

    def test_htmx_is_given_the_verdict_and_the_checks(
        self, client: Client, institution: Institution, shown: Callable[..., Any]
    ) -> None:
        award = shown()
        piece = client.get(address_of(award), headers={"hx-request": "true", "hx-target": "verification"})
        text = piece.content.decode()
        assert "<html" not in text
        assert self.verdict(text)[0] == "yes"
        assert 'id="checks" aria-labelledby="checks-title" hx-swap-oob="true"' in text


def test_it_is_a_certificate_for_everybody_and_on_paper(
    browser: Browsing, axe: Callable[..., list[Any]], live_app: Any, shown: Callable[..., Any]
) -> None:
    with tenancy.of(builders.founded()):
        name = "Wilhelmina Featherstonehaugh-Cholmondeley van der Westhuizen"
        award = shown(builders.an_award(builders.an_achievement(level="level_2"), earner=builders.an_earner(name=name)))
    page = browser.page(width=390)
    page.goto(address_of(award))
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    with tenancy.of(award.achievement.institution):
        awards.revoke(by=SYSTEM, awards=[award], code="error", reason="By mistake")
    page.get_by_role("link", name="Check again").click()
    expect(page.get_by_role("heading", name="This credential was revoked")).to_be_visible()
    expect(page.locator("#checks li[data-result=no]")).to_have_count(1)
    expect(page.get_by_role("link", name="Check again")).to_be_focused()
    page.emulate_media(media="print")
    expect(page.get_by_role("link", name="Check again")).to_be_hidden()
    expect(page.get_by_role("heading", name=name)).to_be_visible()
    expect(page.get_by_text(award.credential.url.partition("://")[2])).to_be_visible()


def test_without_scripts_the_checks_are_there_and_can_be_made_again(
    browser: Browsing, live_app: Any, shown: Callable[..., Any]
) -> None:
    with tenancy.of(builders.founded()):
        award = shown()
    page = browser.page(javascript="off")
    page.goto(address_of(award))
    expect(page.locator("#checks li[data-result=yes]").first).to_be_visible()
    page.get_by_role("link", name="Check again").click()
    expect(page.get_by_role("heading", name="This credential is genuine and valid today")).to_be_visible()


@pytest.mark.requirement("R-119")
def test_somebody_elses_verifier_finds_everything_at_the_addresses_in_it(
    live_app: Any, node_verifier: Any, shown: Callable[..., Any]
) -> None:
    import urllib.request

    with tenancy.of(builders.founded()):
        award = shown()
        request = urllib.request.Request(award.credential.url, headers={"Accept": "application/vc+ld+json"})
        with urllib.request.urlopen(request) as answer:
            document = json.loads(answer.read())
        good = node_verifier.verify(document, base=live_app.url)
        awards.revoke(by=SYSTEM, awards=[award], code="error", reason="By mistake")
        revoked = node_verifier.verify(document, base=live_app.url)
        changed = {**document, "name": "Another badge"}
        forged = node_verifier.verify(changed, base=live_app.url)
    assert good == {"verified": True, "error": ""}
    assert revoked["verified"] is False
    assert forged["verified"] is False
