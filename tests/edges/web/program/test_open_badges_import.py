"""Badges of another system: each is shown as what it becomes, and those that were chosen become drafts."""

import base64
import html
import json
import re
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from insignia.domain.catalog import queries
from insignia.domain.catalog.models import Achievement, Artwork
from tests.edges.web.program.staff import Desk, desk_of, file_of, words
from tests.support.builders import a_unit, an_achievement

pytestmark = pytest.mark.usefixtures("institution")

SVG = b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><rect width='9' height='9'/><text>Hi</text></svg>"
BADGE_CLASS = {
    "@context": "https://w3id.org/openbadges/v2",
    "type": "BadgeClass",
    "id": "https://old.example/badges/7",
    "name": "Lab Safety",
    "description": "Work safely in a lab.",
    "image": {"id": "data:image/svg+xml;base64," + base64.b64encode(SVG).decode(), "caption": "A black square"},
    "criteria": {"id": "https://old.example/badges/7/criteria", "narrative": "Pass the test."},
    "issuer": "https://old.example/issuer",
    "alignment": [{"targetName": "Safety", "targetUrl": "https://skills.example/1", "targetCode": "S1"}],
    "tags": ["lab", "safety"],
    "extensions:Surprise": {"deep": 1},
}
ACHIEVEMENT = {
    "@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
    "id": "urn:uuid:5f0d9f0e-8b1c-4f7c-9d3e-0a2f6b1c2d3e",
    "type": ["Achievement"],
    "achievementType": "Certificate",
    "name": "Data Storytelling",
    "description": "Tell stories with data.",
    "criteria": {"narrative": "Hand in a story."},
    "inLanguage": "de",
    "creditsAvailable": 1.5,
    "tag": ["data"],
    "resultDescription": [{"name": "Score"}],
}


@pytest.fixture
def elsewhere(settings: Any) -> Iterator[Callable[[dict[str, tuple[str, bytes]]], str]]:
    """Another system: serves what it is given, and is allowed to be asked though it stands on this machine."""
    servers: list[ThreadingHTTPServer] = []

    def serve(pages: dict[str, tuple[str, bytes]]) -> str:
        class Pages(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                kind, body = pages[self.path]
                self.send_response(200)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        servers.append(ThreadingHTTPServer(("127.0.0.1", 0), Pages))
        threading.Thread(target=servers[-1].serve_forever, daemon=True).start()
        place = f"127.0.0.1:{servers[-1].server_port}"
        settings.FETCH_ALLOW = [*settings.FETCH_ALLOW, place]
        return f"http://{place}"

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()


def look(desk: Desk, *badges: Any, **more: Any) -> Any:
    document = badges[0] if len(badges) == 1 else list(badges)
    given = {"unit": a_unit().public_id, "level": "level_1", "text": json.dumps(document), **more}
    return desk.send("achievement_open_badges", **given)


def fields_of(page: Any) -> dict[str, str]:
    """What the form of the preview would send."""
    text = page.content.decode()
    found = {}
    for tag in re.findall(r"<input [^>]+>", text):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and ('type="checkbox"' not in tag or " checked" in tag):
            found[name[1]] = html.unescape(value[1]) if value else "on"
    for name, inside in re.findall(r'<select name="([^"]+)"[^>]*>(.*?)</select>', text, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)"[^>]* selected', inside)
        assert chosen, name
        found[name] = chosen[1]
    return found


def content_of(slug: str) -> Any:
    achievement = Achievement.objects.get(slug=slug)
    draft = queries.draft_of(achievement)
    assert draft is not None
    return achievement, draft, draft.content


def test_badges_of_both_standards_become_drafts_with_their_past() -> None:
    desk = desk_of("issuer")
    page = look(desk, BADGE_CLASS, ACHIEVEMENT)
    said = words(page)
    assert page.status_code == 200
    for expected in ("Lab Safety", "Pass the test.", "Not understood and left out: extensions:Surprise", "Text was left out",
                     "Data Storytelling", "resultDescription", "urn:uuid:5f0d9f0e"):  # fmt: skip
        assert expected in said, expected
    assert not Achievement.objects.exists()
    assert not Artwork.objects.exists()
    done = words(desk.send("achievement_open_badges", **{**fields_of(page), "level_2": "souvenir"}))
    assert "2 drafts are made." in done
    achievement, draft, content = content_of("lab-safety")
    assert (achievement.state, achievement.level.key) == ("in_production", "level_1")
    assert content.criteria == "Pass the test."
    assert [(link.name, link.url) for link in content.links] == [("Criteria", "https://old.example/badges/7/criteria")]
    assert [(skill.name, skill.url, skill.code) for skill in content.skills] == [
        ("Safety", "https://skills.example/1", "S1")
    ]
    assert content.tags == ("lab", "safety")
    assert content.extra["source"] == {
        "id": "https://old.example/badges/7",
        "standard": "Open Badges 2.0",
        "issuer": "https://old.example/issuer",
    }
    assert draft.artwork.alt == "A black square"
    other, _draft, told = content_of("data-storytelling")
    assert (other.level.key, told.language, told.credits) == ("souvenir", "de", 1.5)
    assert told.extra["source"]["achievement_type"] == "Certificate"


def test_only_what_is_ticked_comes_in_and_a_name_that_is_taken_is_not_ticked() -> None:
    an_achievement(name="Lab Safety")
    desk = desk_of("issuer")
    page = look(desk, BADGE_CLASS, ACHIEVEMENT)
    assert "There is a badge with this name already." in words(page)
    sent = fields_of(page)
    assert ("take_1" in sent, "take_2" in sent) == (False, True)
    nothing = desk.send("achievement_open_badges", **{k: v for k, v in sent.items() if k != "take_2"})
    assert (nothing.status_code, "Tick the badges that shall come in." in words(nothing)) == (422, True)
    both = words(desk.send("achievement_open_badges", **{**sent, "take_1": "on"}))
    assert "“Lab Safety”: There is already a badge with the short name" in both
    assert "1 draft is made." in both


def test_a_picture_without_words_for_it_stays_out() -> None:
    desk = desk_of("issuer")
    sent = fields_of(look(desk, BADGE_CLASS))
    desk.send("achievement_open_badges", **{**sent, "alt_1": " "})
    assert content_of("lab-safety")[1].artwork is None


def test_another_picture_than_the_one_that_was_seen_stays_out_and_that_is_said() -> None:
    desk = desk_of("issuer")
    sent = fields_of(look(desk, BADGE_CLASS))
    done = desk.send("achievement_open_badges", **{**sent, "picture_1": "0" * 64})
    assert "The picture of “Lab Safety” was another this time" in words(done)
    assert content_of("lab-safety")[1].artwork is None


def test_it_is_fetched_from_an_address_with_its_picture(elsewhere: Any) -> None:
    picture = base64.b64decode(BADGE_CLASS["image"]["id"].partition(",")[2])  # type: ignore[index]
    base = elsewhere({"/a.svg": ("image/svg+xml", picture)})
    badge = {**BADGE_CLASS, "image": f"{base}/a.svg"}
    base = elsewhere({"/b.json": ("application/ld+json", json.dumps(badge).encode())})
    desk = desk_of("issuer")
    page = look(desk, "", text="", url=f"{base}/b.json")
    assert "data:image/png;base64," in page.content.decode()
    desk.send("achievement_open_badges", **{**fields_of(page), "alt_1": "A square"})
    assert content_of("lab-safety")[1].artwork.alt == "A square"


def test_addresses_inside_the_network_and_of_ourselves_are_not_asked(settings: Any) -> None:
    desk = desk_of("issuer")
    refused = look(desk, "", text="", url="http://127.0.0.1/b.json")
    assert (refused.status_code, "does not belong to the public internet" in words(refused)) == (422, True)
    own = look(desk, "", text="", url=f"{settings.PUBLIC_URL}/a/x")
    assert "its badges are here already" in words(own)
    page = look(desk, {**BADGE_CLASS, "image": "http://169.254.169.254/latest/meta-data"})
    assert "Its picture: This address cannot be fetched" in words(page)
    assert "picture_1" not in fields_of(page)


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"text": "{"}, "The text is not JSON"),
        ({"text": "[" * 100_000}, "nested too deeply"),
        ({"text": '{"type":"BadgeClass","x":' + "[" * 70 + "]" * 70 + "}"}, "nested too deeply"),
        ({"text": '{"type":"BadgeClass","name":1,"name":2}'}, "stands twice in one object"),
        ({"text": "[]"}, "There is no badge in it."),
        ({"text": "null"}, "There is no badge in it."),
        ({"text": '{"type":"Profile"}'}, "There is no badge in it."),
        ({"text": json.dumps([{"type": "BadgeClass"}] * 201)}, "at most 200"),
        ({"text": '{"@context":"https://w3id.org/openbadges/v2","type":"Assertion","badge":"https://old.example/b"}'},
         "Give the address of its badge: https://old.example/b"),
        ({"text": ""}, "Choose a file, give an address or paste a text."),
        ({"text": "", "file": SimpleUploadedFile("b.json", b"\xff\xfe{}")}, "not written in UTF-8"),
        ({"text": '"\\ud800"'}, "The text is not JSON"),
        ({"text": "", "file": file_of("x" * 3_200_000, "b.json")}, "larger than 3145728 bytes"),
    ],
)  # fmt: skip
def test_what_is_no_badge_is_refused_in_plain_words(sent: dict[str, Any], said: str) -> None:
    answer = look(desk_of("issuer"), "", **sent)
    assert (answer.status_code, said in words(answer)) == (422, True), words(answer)[:2000]


def test_wrong_types_everywhere_are_noted_and_kept_out() -> None:
    wrong: list[Any] = [None, 1, True, [], {}, [[]], "\u202eevil\x00", "x" * 20_000, {"id": 5}, "javascript:alert(1)"]
    members = [*BADGE_CLASS, *ACHIEVEMENT, "alignments", "creator", "criteriaUrl", "criteriaNarrative", "@language"]
    badges = [
        {"type": "BadgeClass", "name": f"Badge {n}", member: value}
        for n, (member, value) in enumerate((m, v) for m in members if m not in ("type", "@context") for v in wrong)
    ]
    desk = desk_of("issuer")
    for start in range(0, len(badges), 100):
        page = look(desk, badges[start : start + 100])
        assert page.status_code == 200
        text = page.content.decode()
        for word in ("\u202e", "\x00", 'href="javascript', "<script>alert"):
            assert word not in text
        done = desk.send("achievement_open_badges", **fields_of(page))
        assert "drafts are made." in words(done)
    for draft in Achievement.objects.all():
        content = queries.draft_of(draft).content  # type: ignore[union-attr]
        assert len(content.name) <= 200
        assert all(link.url.startswith("https://") for link in content.links)


def test_an_award_gives_the_badge_that_is_in_it() -> None:
    credential = {"type": ["VerifiableCredential"], "credentialSubject": {"id": "did:x", "achievement": ACHIEVEMENT}}
    assert "Data Storytelling" in words(look(desk_of("issuer"), credential))
    assertion = {"type": "Assertion", "recipient": {"identity": "ada@old.example"}, "badge": BADGE_CLASS}
    page = words(look(desk_of("issuer"), assertion))
    assert "Lab Safety" in page


def test_a_unit_for_which_one_may_not_write_is_not_offered() -> None:
    desk = desk_of("issuer", scope=a_unit("library").scopes()[0])
    assert look(desk, BADGE_CLASS).status_code == 422
    sent = fields_of(look(desk, BADGE_CLASS, unit=a_unit("library").public_id))
    assert desk.send("achievement_open_badges", **{**sent, "unit": a_unit().public_id}).status_code == 422
    assert not Achievement.objects.exists()
