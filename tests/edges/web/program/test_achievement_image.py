"""The designer's page: what fills the places of a badge, looked at in every size, saved without touching what it says."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from playwright.sync_api import expect

from insignia.domain.access.actor import SYSTEM
from insignia.domain.catalog import actions, library
from insignia.domain.catalog import queries as catalog
from insignia.domain.catalog.models import Achievement, AchievementVersion, BadgeImage
from insignia.domain.ground import tenancy
from tests.edges.web.program.staff import Desk, desk_of, words
from tests.support import builders
from tests.support.browsing import Browsing

HTMX = {"HX-Request": "true", "HX-Target": "proofs"}


@pytest.fixture
def desk(institution: Any) -> Desk:
    return desk_of("designer")


def draft_of(achievement: Achievement) -> AchievementVersion:
    draft = catalog.draft_of(achievement)
    assert draft is not None
    return draft


def picture(name: str = "diver.png") -> SimpleUploadedFile:
    written = BytesIO()
    Image.new("RGB", (600, 600), "red").save(written, "PNG")
    return SimpleUploadedFile(name, written.getvalue(), "image/png")


def filled(**changes: Any) -> dict[str, Any]:
    return {"template": "", "image_title": "Maps", "symbol": "compass", "artwork_alt": "", **changes}


def a_newer_template(key: str = "level-1") -> Any:
    template = library.versions(key)[0]
    return library.receive_template(
        by=SYSTEM,
        institution=builders.here(),
        svg=template.svg.encode(),
        sidecar=template.sidecar.replace("#FFFFFF", "#F0F4FF").encode(),
    )


@pytest.mark.requirement("R-056")
def test_a_designer_sees_the_badge_in_every_size_in_grey_and_with_a_long_title(desk: Desk) -> None:
    achievement = builders.a_draft()
    page = desk.get("achievement_image", achievement.public_id).content.decode()
    for side in (600, 200, 64):
        assert page.count(f'width="{side}" height="{side}"') == (2 if side == 600 else 4)
    assert page.count('class="grey"') == 4
    assert page.count("data:image/png;base64,") == 10
    assert "With a long title" in page


@pytest.mark.requirement("R-056")
def test_what_a_designer_chooses_is_in_the_image_and_nothing_else_changes(desk: Desk) -> None:
    achievement = builders.a_draft()
    before = draft_of(achievement).content
    answer = desk.send("achievement_image", achievement.public_id, **filled())
    assert "The image of the draft is saved." in words(answer)
    after = draft_of(achievement).content
    assert (after.image_title, after.symbol) == ("Maps", "compass")
    assert {**after.to_data(), "image_title": "", "symbol": ""} == {**before.to_data(), "image_title": "", "symbol": ""}
    actions.activate(by=SYSTEM, achievement=achievement)
    assert "compass" in BadgeImage.objects.get(version=achievement.current).alt


def test_the_approval_of_its_words_outlives_another_image(desk: Desk) -> None:
    achievement = builders.a_draft()
    builders.approve(achievement)
    desk.send("achievement_image", achievement.public_id, **filled())
    assert [one.body for one in draft_of(achievement).approvals] == ["Micro-Credential Committee"]


def test_drawing_shows_what_is_chosen_and_keeps_nothing(desk: Desk) -> None:
    achievement = builders.a_draft()
    before = draft_of(achievement)
    shown = desk.get("achievement_image", achievement.public_id).content
    answer = desk.client.post(desk.at("achievement_image", achievement.public_id), {**filled(), "draw": "1"})
    assert answer.status_code == 200
    assert b'value="Maps"' in answer.content
    piece = desk.client.post(
        desk.at("achievement_image", achievement.public_id), {**filled(), "draw": "1"}, headers=HTMX
    ).content.decode()
    assert "<html" not in piece
    drawn = {part.split('"')[0] for part in piece.split("data:image/png;base64,")[1:]}
    assert drawn - {part.split('"')[0] for part in shown.decode().split("data:image/png;base64,")[1:]}
    assert draft_of(achievement).content == before.content


@pytest.mark.requirement("R-056")
def test_own_artwork_is_kept_with_its_words_and_can_be_taken_away(desk: Desk) -> None:
    achievement = builders.a_draft()
    desk.send("achievement_image", achievement.public_id, **filled(artwork=picture(), artwork_alt="A red bucket"))
    kept = draft_of(achievement).artwork
    assert kept is not None
    assert kept.alt == "A red bucket"
    held = {"artwork_kept": kept.public_id, "artwork_alt": "A red bucket"}
    desk.send("achievement_image", achievement.public_id, **filled(**held))
    assert draft_of(achievement).artwork == kept
    desk.send("achievement_image", achievement.public_id, **filled(**held, drop_artwork="on"))
    assert draft_of(achievement).artwork is None


@pytest.mark.parametrize(
    ("form", "said"),
    [
        (filled(artwork=SimpleUploadedFile("x.png", b"nothing of the kind")), "another look"),
        (filled(symbol="no-such-symbol"), "Select a valid choice"),
        (filled(image_title="x" * 61), "61"),
        (filled(template="nothing"), "Select a valid choice"),
    ],
)
def test_what_is_wrong_is_said_and_changes_nothing(desk: Desk, form: dict[str, Any], said: str) -> None:
    achievement = builders.a_draft()
    before = draft_of(achievement).content
    answer = desk.send("achievement_image", achievement.public_id, **form)
    assert answer.status_code == 422
    assert said in words(answer)
    assert draft_of(achievement).content == before


def test_a_picture_without_words_is_refused_and_need_not_be_sent_again(desk: Desk) -> None:
    achievement = builders.a_draft()
    answer = desk.send("achievement_image", achievement.public_id, **filled(artwork=picture()))
    assert answer.status_code == 422
    assert "Say in words what the picture shows." in words(answer)
    wrong = filled(artwork=picture(), artwork_alt="A red bucket", image_title="x" * 61)
    page = desk.send("achievement_image", achievement.public_id, **wrong).content.decode()
    kept = page.split('name="artwork_kept" value="')[1].split('"')[0]
    desk.send("achievement_image", achievement.public_id, **filled(artwork_kept=kept, artwork_alt="A red bucket"))
    artwork = draft_of(achievement).artwork
    assert artwork is not None
    assert artwork.public_id == kept


def test_a_place_that_must_be_filled_is_named_while_it_is_empty(desk: Desk) -> None:
    achievement = builders.a_draft(level="level_2")
    drawn = desk.client.post(
        desk.at("achievement_image", achievement.public_id), {**filled(symbol=""), "draw": "1"}, headers=HTMX
    )
    assert "needs a symbol or a picture" in words(drawn)


@pytest.mark.requirement("R-048")
def test_a_draft_may_be_drawn_with_an_older_version_of_its_template(desk: Desk) -> None:
    achievement = builders.a_draft()
    older = library.versions("level-1")[0]
    a_newer_template()
    desk.send("achievement_image", achievement.public_id, **filled(template=older.public_id))
    actions.activate(by=SYSTEM, achievement=achievement)
    assert BadgeImage.objects.get(version=achievement.current).template == older


def test_of_an_active_badge_saving_begins_a_draft_and_leaves_the_image_that_is_awarded(desk: Desk) -> None:
    achievement = builders.an_achievement()
    image = BadgeImage.objects.get(version=achievement.current)
    desk.send("achievement_image", achievement.public_id, **filled())
    assert draft_of(achievement).number == 2
    assert draft_of(achievement).content.symbol == "compass"
    assert BadgeImage.objects.get(version=achievement.current, is_current=True) == image


def test_saving_what_is_there_already_writes_no_draft(desk: Desk) -> None:
    achievement = builders.an_achievement()
    same = achievement.current.content  # type: ignore[union-attr]
    desk.send("achievement_image", achievement.public_id, **filled(image_title=same.image_title, symbol=same.symbol))
    assert catalog.draft_of(achievement) is None


@pytest.mark.parametrize(("role", "status"), [("designer", 200), ("issuer", 200), ("registrar", 403), ("auditor", 403)])
def test_who_may_design(institution: Any, role: str, status: int) -> None:
    achievement = builders.a_draft()
    desk = desk_of(role)
    assert desk.get("achievement_image", achievement.public_id).status_code == status
    answer = desk.client.post(desk.at("achievement_image", achievement.public_id), filled())
    assert answer.status_code == (302 if status == 200 else 403)


def test_a_retired_badge_is_not_designed_any_more(desk: Desk) -> None:
    achievement = builders.an_achievement()
    actions.move(by=SYSTEM, achievement=achievement, verb="retire", reason="Over.")
    answer = desk.send("achievement_image", achievement.public_id, **filled())
    assert answer.status_code == 422
    assert "A retired badge cannot be changed." in words(answer)


@pytest.mark.appearance
def test_the_proofs_follow_the_choice_while_one_chooses(browser: Browsing, live_app: Any) -> None:
    with tenancy.of(builders.founded()):
        achievement, slug = builders.a_draft(), builders.here().slug
        designer = builders.a_person("dora@pinecrest.example")
        builders.a_member("designer", user=designer)
    page = browser.page(as_=designer)
    page.goto(f"/i/{slug}/program/achievements/{achievement.public_id}/image")
    before = page.locator("#proofs img.large").first.get_attribute("src")
    page.get_by_label("Short title on the image").fill("Maps")
    expect(page.locator("#proofs img.large").first).not_to_have_attribute("src", str(before))
    page.locator(".actionbar").get_by_role("button", name="Save the image").click()
    expect(page.get_by_text("The image of the draft is saved.")).to_be_visible()
