"""The verify page: any badge in any form, several at once, each for itself; nothing kept, nothing revealed, nothing run."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from playwright.sync_api import expect

from insignia.core.openbadges import Ed25519Key, bake, proofs
from insignia.domain.access.actor import SYSTEM
from insignia.domain.awards import actions as awards
from insignia.domain.credentials import actions as credentials
from insignia.domain.credentials.verification import MAX_BYTES
from insignia.domain.ground import clock, fetching, tenancy
from insignia.domain.institutions.models import Institution
from insignia.edges.web.public.forms import MAX_FILES
from insignia.edges.web.public.views.verify import A_MINUTE
from tests.support import builders
from tests.support.browsing import Browsing

pytestmark = pytest.mark.django_db
VERIFY = "/verify"


def file(data: bytes | str, name: str = "badge.json") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data.encode() if isinstance(data, str) else data)


def checked(client: Client, **given: Any) -> str:
    answer = client.post(VERIFY, given)
    assert answer.status_code == 200, answer.content.decode()
    return answer.content.decode()


def results(page: str) -> list[tuple[str, str]]:
    """What each result says: its state and its title."""
    import re

    found = re.findall(r'<span class="pill"[^>]*>([^<]*)</span>\s*<b translate="no">([^<]*)</b>', page)
    return [(state.strip(), title) for state, title in found]


@pytest.fixture
def award(institution: Institution) -> Any:
    """Awarded, and kept private: what is handed in is all that the page may go by."""
    return builders.accepted(builders.an_award(builders.an_achievement(name="Charts & Facts")))


def signed(award: Any) -> bytes:
    return bytes(award.credential.document)


def from_elsewhere(key: Ed25519Key | None = None, **changes: Any) -> dict[str, Any]:
    """A badge of an issuer of whom we know nothing but the key that names it (did:key)."""
    key = key or Ed25519Key.from_seed(b"e" * 32)
    did = f"did:key:{key.public_multibase}"
    document = {
        "@context": [
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        ],
        "id": "https://elsewhere.example/badges/1",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {"id": did, "type": ["Profile"], "name": "Elsewhere University"},
        "validFrom": "2026-01-01T00:00:00Z",
        "name": "Welding",
        "credentialSubject": {
            "id": "urn:uuid:7d2e5b4c-0f1a-4c65-9d1e-0a5d2f3b4c5d",
            "type": ["AchievementSubject"],
            "achievement": {
                "id": "https://elsewhere.example/a/1",
                "type": ["Achievement"],
                "name": "Welding",
                "description": "Welds.",
                "criteria": {"narrative": "Weld."},
            },
        },
        **changes,
    }
    method = f"{did}#{key.public_multibase}"
    return proofs.add_proof(document, key=key, verification_method=method, created=datetime(2026, 1, 1, tzinfo=UTC))


class TestEveryForm:
    @pytest.mark.requirement("R-119")
    @pytest.mark.parametrize("form", ["json", "jwt", "png", "svg"])
    def test_a_file_in_each_form_is_found_valid(self, client: Client, award: Any, form: str) -> None:
        made = {
            "json": signed(award),
            "jwt": credentials.make_token(award.credential).encode(),
            "png": bake(bytes(award.image.png), signed(award).decode()),
            "svg": bake(bytes(award.image.svg), signed(award).decode()),
        }[form]
        page = checked(client, badges=file(made, f"badge.{form}"))
        assert results(page) == [("Valid", "Charts &amp; Facts")]
        assert award.recipient.name in page
        assert f"badge.{form}" in page
        for asked in ("Unaltered since it was signed", "Signed with the issuer’s own key", "Not revoked"):
            assert asked in page

    @pytest.mark.requirement("R-119")
    def test_so_is_pasted_text(self, client: Client, award: Any) -> None:
        assert results(checked(client, text=signed(award).decode())) == [("Valid", "Charts &amp; Facts")]
        token = credentials.make_token(award.credential)
        assert results(checked(client, text=f"\n {token} \n")) == [("Valid", "Charts &amp; Facts")]

    @pytest.mark.requirement("R-119")
    def test_so_is_a_badge_of_any_issuer(self, client: Client, institution: Institution) -> None:
        page = checked(client, text=json.dumps(from_elsewhere()))
        assert results(page) == [("Valid", "Welding")]
        assert "Holder not named" in page
        assert "did:key:" in page

    def test_a_file_may_begin_with_a_byte_order_mark(self, client: Client, award: Any) -> None:
        assert results(checked(client, badges=file(b"\xef\xbb\xbf" + signed(award))))[0][0] == "Valid"

    @pytest.mark.requirement("R-119")
    def test_several_are_checked_at_once_each_for_itself(self, client: Client, award: Any) -> None:
        page = checked(
            client,
            badges=[
                file(signed(award), "good.json"),
                file("hello", "letter.txt"),
                file(b"", "empty.json"),
                file(b" \n", "blank.json"),
                file(b"x" * (MAX_BYTES + 1), "film.png"),
            ],
            text=signed(award).decode().replace("Charts", "Chants"),
            url="http://127.0.0.1/secret",
        )
        assert [state for state, _title in results(page)] == [
            "Valid",
            "No badge",
            "Could not be checked",
            "Could not be checked",
            "Could not be checked",
            "Not valid",
            "Could not be checked",
        ]
        assert "It is larger than 2 MB." in page
        assert "It is empty." in page
        assert "7 results" in page

    def test_nothing_is_kept(self, client: Client, award: Any) -> None:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            answer = client.post(VERIFY, {"badges": file(signed(award)), "text": signed(award).decode()})
        assert answer["Cache-Control"] == "private, no-store"
        assert [q["sql"] for q in asked if not q["sql"].startswith(("SELECT", "PRAGMA", "SHOW"))] == []


class TestWhatIsWrong:
    @pytest.mark.requirement("R-119")
    def test_one_that_was_changed(self, client: Client, award: Any) -> None:
        document = json.loads(signed(award))
        document["credentialSubject"]["achievement"]["name"] = "Brain Surgery"
        page = checked(client, text=json.dumps(document))
        assert results(page) == [("Not valid", "Brain Surgery")]
        assert "The signature does not fit" in page
        assert "It is not proven that its issuer said so." in page
        assert "Says it is by" in page
        # Nothing of ours lends it a picture or a page.
        assert "<img" not in page
        assert "Open the credential’s page" not in page

    @pytest.mark.requirement("R-119")
    def test_one_that_was_taken_back(self, client: Client, award: Any) -> None:
        awards.revoke(by=SYSTEM, awards=[award], code="error", reason="Wrong person")
        page = checked(client, badges=file(signed(award)))
        assert results(page) == [("Not valid", "Charts &amp; Facts")]
        assert "The issuer has revoked this credential." in page
        assert "Wrong person" not in page

    @pytest.mark.requirement("R-119")
    def test_one_that_has_expired(self, client: Client, institution: Institution) -> None:
        page = checked(client, text=json.dumps(from_elsewhere(validUntil="2026-02-01T00:00:00Z")))
        assert results(page)[0][0] == "Not valid"
        assert "The credential expired at" in page

    def test_one_whose_key_cannot_be_had_could_not_be_checked_and_is_not_false(
        self, client: Client, institution: Institution
    ) -> None:
        document = from_elsewhere()
        document["issuer"]["id"] = "did:web:issuer.invalid"
        document["proof"][0]["verificationMethod"] = "did:web:issuer.invalid#key"
        page = checked(client, text=json.dumps(document))
        assert results(page) == [("Could not be checked fully", "Welding")]
        assert "It is not proven that its issuer said so." in page

    def test_somebody_who_borrows_our_name_is_told_apart_by_the_key(self, client: Client, award: Any) -> None:
        document = json.loads(signed(award))
        forged = from_elsewhere(
            id=document["id"], credentialSubject=document["credentialSubject"], name=document["name"]
        )
        forged_page = checked(client, text=json.dumps(forged))
        # Signed well, yet not by us: our picture stands only beside what our own issuer signed.
        assert "did:key:" in forged_page
        assert "Open the credential’s page" not in forged_page
        assert "<img" not in forged_page


class TestWhoseItIs:
    @pytest.mark.requirement("R-119")
    def test_the_address_that_is_typed_is_compared(self, client: Client, award: Any) -> None:
        right = checked(client, text=signed(award).decode(), recipient=award.recipient.email.upper())
        assert "The badge was awarded to this address." in right
        assert results(right)[0][0] == "Valid"
        wrong = checked(client, text=signed(award).decode(), recipient="somebody@else.example")
        assert "The badge was not awarded to this address." in wrong
        assert results(wrong)[0][0] == "Not valid"


class TestOurOwnAddresses:
    @pytest.mark.requirement("R-119")
    @pytest.mark.parametrize("ending", ["", ".json", ".png", "?x=1", "/"])
    def test_what_its_earner_shows_is_read_without_the_network(
        self, client: Client, institution: Institution, shown: Callable[..., Any], ending: str
    ) -> None:
        award = shown()
        page = checked(client, url=award.credential.url + ending)
        assert results(page)[0][0] == "Valid"
        assert f'href="{reverse("public:credential", args=[award.credential.public_id])}"' in page
        assert reverse("public:image_mark", args=[award.image.public_id]) in page

    @pytest.mark.requirement("R-120")
    def test_private_and_absent_are_answered_alike(self, client: Client, award: Any) -> None:
        absent = "a" * 26
        pages = [checked(client, url=f"http://localhost:8000/c/{i}") for i in (award.credential.public_id, absent)]
        tokens = [_without_token(page).replace(award.credential.public_id, absent) for page in pages]
        assert tokens[0] == tokens[1]
        assert "There is no credential at this address, or it is not public." in pages[0]
        assert award.recipient.name not in pages[0]

    @pytest.mark.requirement("R-120")
    def test_its_earner_may_check_a_private_one(self, client: Client, award: Any) -> None:
        client.force_login(award.recipient.user)
        assert results(checked(client, url=award.credential.url))[0][0] == "Valid"

    def test_a_private_one_that_was_handed_over_is_checked_without_a_link_to_its_page(
        self, client: Client, award: Any
    ) -> None:
        page = checked(client, badges=file(signed(award)))
        assert results(page)[0][0] == "Valid"
        assert reverse("public:image_mark", args=[award.image.public_id]) in page
        assert "Open the credential’s page" not in page

    @pytest.mark.parametrize("path", ["", "/", "/verify", "/a/x", "/s/x", "/healthz"])
    def test_other_pages_of_ours_are_never_fetched(self, client: Client, institution: Institution, path: str) -> None:
        page = checked(client, url=f"http://localhost:8000{path}")
        assert "This address is one of ours, and no credential" in page


def _without_token(page: str) -> str:
    import re

    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)


class TestAddressesOfOthers:
    @pytest.mark.parametrize(
        "url",
        [
            "http://127.0.0.1/",
            "http://[::1]/",
            "http://0x7f000001/",
            "http://2130706433/",
            "http://0177.0.0.1/",
            "http://169.254.169.254/latest/meta-data/",
            "http://10.0.0.8/badge.json",
            "http://[::ffff:192.168.0.1]/",
            "http://localhost/c/x",
            "http://user:secret@localhost:8000/c/x",
            "file:///etc/passwd",
            "gopher://127.0.0.1:25/",
            "javascript:alert(1)",
            "//localhost/c/x",
            "not an address",
        ],
    )
    def test_what_is_not_the_public_internet_is_refused(
        self, client: Client, institution: Institution, url: str
    ) -> None:
        page = checked(client, url=url)
        assert [state for state, _title in results(page)] == ["Could not be checked"]

    def test_what_cannot_be_reached_is_said(self, client: Client, institution: Institution) -> None:
        page = checked(client, url="https://badges.invalid/1")
        assert "badges.invalid did not answer as it should" in page

    @pytest.mark.requirement("R-119")
    def test_a_badge_elsewhere_is_fetched_and_checked(
        self, client: Client, institution: Institution, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        body = json.dumps(from_elsewhere()).encode()

        def fetched(url: str, **_options: Any) -> fetching.Fetched:
            return fetching.Fetched(url, 200, "application/json", body)

        monkeypatch.setattr(fetching, "fetch", fetched)
        assert results(checked(client, url="https://elsewhere.example/badges/1")) == [("Valid", "Welding")]

    def test_an_address_is_never_asked_for_by_a_mere_link(self, client: Client, institution: Institution) -> None:
        page = client.get(f"{VERIFY}?url=https://badges.invalid/1").content.decode()
        assert 'value="https://badges.invalid/1"' in page
        assert results(page) == []


WICKED = "<script>document.title='run'</script><img src=x onerror=\"document.title='run'\">"


def wicked_badge() -> dict[str, Any]:
    """Signed well, by somebody who means ill."""
    achievement = {
        "id": "https://elsewhere.example/a/1",
        "type": ["Achievement"],
        "name": WICKED,
        "description": f"{WICKED} [x](javascript:alert(1))",
        "criteria": {"id": "javascript:alert(1)", "narrative": WICKED},
        "image": {"id": "https://tracker.example/pixel.png", "type": "Image", "caption": WICKED},
        "tag": [WICKED],
    }
    subject = {
        "type": ["AchievementSubject"],
        "achievement": achievement,
        "identifier": [{"type": "IdentityObject", "hashed": False, "identityHash": WICKED, "identityType": "name"}],
    }
    key = Ed25519Key.from_seed(b"w" * 32)
    issuer = {
        "id": f"did:key:{key.public_multibase}",
        "type": ["Profile"],
        "name": WICKED,
        "url": "javascript:alert(1)",
        "image": {"id": "https://tracker.example/logo.png", "type": "Image"},
    }
    return from_elsewhere(key, name=WICKED, credentialSubject=subject, issuer=issuer)


class TestMaliciousBadges:
    def test_what_a_badge_says_is_text_and_its_pictures_are_not_loaded(
        self, client: Client, institution: Institution
    ) -> None:
        page = checked(client, badges=file(json.dumps(wicked_badge()), f"{WICKED}.json"), text=WICKED)
        assert results(page)[0][0] == "Valid"
        assert "<script>document" not in page
        assert "<img src=x" not in page
        assert "tracker.example" not in page
        assert "javascript:" not in page

    @pytest.mark.parametrize(
        "data",
        [
            b"\x89PNG\r\n\x1a\n" + b"\x00" * 40,
            b"\xff\xfe\x00\x00",
            b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
            b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><svg>&b;</svg>',
            b"[" * 5000,
            b'{"a":' * 5000,
            b"null",
            b"eyJ.eyJ.x",
            b'{"@context": "https://www.w3.org/ns/credentials/v2", "type": 7}',
            ("x" * 200_000).encode(),
        ],
    )
    def test_broken_and_poisonous_things_are_answered_plainly(
        self, client: Client, institution: Institution, data: bytes
    ) -> None:
        page = checked(client, badges=file(data, "thing.bin"))
        assert [state for state, _title in results(page)] in (
            ["No badge"],
            ["Not valid"],
            ["Could not be checked fully"],
        )


class TestLimits:
    def test_nothing_at_all_is_asked_for_again(self, client: Client, institution: Institution) -> None:
        answer = client.post(VERIFY, {"text": "  "})
        assert answer.status_code == 422
        assert "Choose a file, give an address or paste a text." in answer.content.decode()

    def test_more_files_than_it_takes_are_refused_by_their_number(
        self, client: Client, institution: Institution
    ) -> None:
        answer = client.post(VERIFY, {"badges": [file("x", f"{n}.json") for n in range(MAX_FILES + 1)]})
        assert answer.status_code == 422
        assert f"Those are more than {MAX_FILES} files." in answer.content.decode()

    def test_an_address_that_is_none_keeps_what_was_typed(self, client: Client, award: Any) -> None:
        answer = client.post(VERIFY, {"text": signed(award).decode(), "recipient": "not an address"})
        assert answer.status_code == 422
        assert 'value="not an address"' in answer.content.decode()
        assert "Charts &amp; Facts" in answer.content.decode()

    def test_what_is_far_too_large_is_refused_as_a_whole(self, client: Client, institution: Institution) -> None:
        answer = client.post(VERIFY, {"badges": [file(b"x" * MAX_BYTES, f"{n}.png") for n in range(4)]})
        assert answer.status_code == 413
        assert "Nothing was changed." in answer.content.decode()

    def test_a_form_that_is_not_ours_is_refused(self, award: Any) -> None:
        answer = Client(enforce_csrf_checks=True).post(VERIFY, {"text": signed(award).decode()})
        assert answer.status_code == 403

    def test_one_address_may_check_only_so_often_in_a_minute(self, client: Client, institution: Institution) -> None:
        with clock.frozen(datetime(2026, 5, 5, 12, 0, 20, tzinfo=UTC)):
            for _ in range(A_MINUTE):
                assert client.post(VERIFY, {"text": "x"}).status_code == 200
            refused = client.post(VERIFY, {"text": "x"})
            assert (refused.status_code, refused["Retry-After"]) == (429, "40")
            assert "Try again in 40 seconds." in refused.content.decode()
            assert client.get(VERIFY).status_code == 200
            assert client.post(VERIFY, {"text": "x"}, REMOTE_ADDR="192.0.2.7").status_code == 200
        with clock.frozen(datetime(2026, 5, 5, 12, 1, 0, tzinfo=UTC)):
            assert client.post(VERIFY, {"text": "x"}).status_code == 200


def test_it_works_in_a_browser_and_runs_nothing_of_a_badge(
    browser: Browsing, axe: Callable[..., list[Any]], live_app: Any
) -> None:
    with tenancy.of(builders.founded()):
        award = builders.accepted()
    page = browser.page(theme="dark", width=390)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(VERIFY)
    baked = bake(bytes(award.image.png), signed(award).decode())
    page.get_by_label("Drop badge images or files here").set_input_files(
        [
            {"name": "badge.png", "mimeType": "image/png", "buffer": baked},
            {"name": "wicked.json", "mimeType": "application/json", "buffer": json.dumps(wicked_badge()).encode()},
        ]
    )
    page.get_by_role("button", name="Check").click()
    expect(page.get_by_role("heading", name="2 results")).to_be_in_viewport()
    assert page.title() != "run"
    assert [url for url in asked if not url.startswith(live_app.url)] == []
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def test_it_works_without_scripts(browser: Browsing, live_app: Any) -> None:
    with tenancy.of(builders.founded()):
        award = builders.accepted()
    page = browser.page(javascript="off")
    page.goto(VERIFY)
    page.get_by_label("or paste the text").fill(signed(award).decode())
    page.get_by_role("button", name="Check").click()
    expect(page.get_by_text("Unaltered since it was signed")).to_be_visible()
