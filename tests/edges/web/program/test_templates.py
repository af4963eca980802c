"""The library of templates: one frame a level, versions that stay, and badges drawn anew when somebody says so."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from insignia.domain.catalog import queries as catalog
from insignia.domain.catalog.models import Achievement, BadgeImage, BadgeTemplate
from insignia.domain.ground import clock
from insignia.domain.journal import bus
from tests.edges.web.program.staff import Desk, desk_of, words
from tests.support import builders


@pytest.fixture
def desk(institution: Any) -> Desk:
    return desk_of("designer")


def newest(key: str) -> BadgeTemplate:
    return next(template for template in catalog.templates() if template.key == key)


def files_of(key: str, *, change: tuple[str, str] = ("", ""), sidecar: bytes = b"") -> dict[str, Any]:
    """The two files of a template that is there, the drawing changed in one place."""
    template = newest(key)
    assert change[0] in template.svg
    drawing = template.svg.replace(*change, 1) if change[0] else template.svg
    return {
        "svg": SimpleUploadedFile("level.svg", drawing.encode()),
        "sidecar": SimpleUploadedFile("level.toml", sidecar or template.sidecar.encode()),
    }


def new_version(desk: Desk, key: str = "level-1") -> BadgeTemplate:
    """A version that looks otherwise: one silver is another."""
    sidecar = newest(key).sidecar.replace("#FFFFFF", "#F0F4FF").encode()
    response = desk.send("template_add", **files_of(key, sidecar=sidecar + b"\n# a newer one\n"))
    assert response.status_code == 200, words(response)
    return newest(key)


def current_image(achievement: Achievement) -> BadgeImage:
    return BadgeImage.objects.get(version__achievement=achievement, is_current=True, variant="standard")


@pytest.mark.requirement("R-044")
def test_the_library_shows_a_template_for_each_level_with_a_short_and_a_long_title(desk: Desk) -> None:
    text = desk.read("templates")
    for level in builders.institution_queries.levels():
        assert level.name in text
    page = desk.get("templates").content.decode()
    for template in catalog.templates():
        address = desk.at("template_sample", template.public_id)
        assert f'src="{address}"' in page
        assert f'src="{address}?title=long"' in page
        short, long = desk.client.get(address), desk.client.get(address + "?title=long")
        assert short["Content-Type"] == long["Content-Type"] == "image/svg+xml"
        assert short.content != long.content


@pytest.mark.requirement("R-044")
def test_two_badges_of_one_level_have_one_frame_and_another_level_has_another(institution: Any) -> None:
    def frame(achievement: Achievement) -> str:
        return current_image(achievement).template.key

    first, second = (builders.an_achievement(level="level_1") for _ in range(2))
    assert frame(first) == frame(second) != frame(builders.an_achievement(level="level_2"))


@pytest.mark.requirement("R-047")
def test_an_award_keeps_its_image_when_the_template_gets_a_new_version(desk: Desk) -> None:
    achievement = builders.an_achievement()
    award = builders.accepted(achievement=achievement)
    image, svg = award.image, bytes(award.image.svg)
    new_version(desk)
    desk.send("template_apply", "level-1", achievements=[achievement.public_id], on="")
    builders.worked_through()
    later = builders.accepted(achievement=achievement)
    assert builders.again(award).image == image
    assert bytes(builders.again(award).image.svg) == svg
    assert later.image != image
    assert bytes(later.image.svg) != svg
    assert later.image.template.number == 2
    # The picture at its old address is the old one, for ever.
    assert desk.client.get(f"/images/{image.public_id}.svg").content == svg


@pytest.mark.requirement("R-048")
def test_applying_shows_each_badge_as_it_is_and_as_it_will_be_before_anything_happens(desk: Desk) -> None:
    achievement = builders.an_achievement()
    new_version(desk)
    image = current_image(achievement)
    page = desk.get("template_apply", "level-1").content.decode()
    drawn = desk.at("template_drawn", "level-1", achievement.public_id)
    assert f'src="/images/{image.public_id}.svg"' in page
    assert f'src="{drawn}"' in page
    preview = desk.client.get(drawn).content
    assert preview != bytes(image.svg)
    assert current_image(achievement) == image
    desk.send("template_apply", "level-1", achievements=[achievement.public_id], on="")
    builders.worked_through()
    assert bytes(current_image(achievement).svg) == preview


@pytest.mark.requirement("R-048")
def test_badges_are_drawn_anew_on_the_day_that_was_chosen_and_not_before(desk: Desk) -> None:
    achievement = builders.an_achievement()
    new_version(desk)
    before = current_image(achievement)
    day = builders.today() + timedelta(days=3)
    desk.send("template_apply", "level-1", achievements=[achievement.public_id], on=day.isoformat())
    builders.worked_through()
    assert current_image(achievement) == before
    entry = bus.read(name="catalog.template_planned").get()
    due = entry.deliveries.get().due_at
    assert clock.today_in(builders.here().zone) < day
    from zoneinfo import ZoneInfo

    assert due.astimezone(ZoneInfo(builders.here().zone)).isoformat().startswith(f"{day}T00:00:00")


@pytest.mark.requirement("R-048")
def test_only_the_chosen_badges_change_and_every_image_is_kept(desk: Desk) -> None:
    chosen, other = builders.an_achievement(), builders.an_achievement()
    untouched = current_image(other)
    new_version(desk)
    desk.send("template_apply", "level-1", achievements=[chosen.public_id], on="")
    builders.worked_through()
    assert current_image(other) == untouched
    assert [i.template.number for i in BadgeImage.objects.filter(version__achievement=chosen).order_by("pk")] == [1, 2]
    text = desk.read("template", "level-1")
    assert "Newest version" in text
    assert "Version 1" in text
    assert bus.read(name="catalog.template_applied").count() == 1


def test_drawing_anew_twice_leaves_one_new_image(desk: Desk) -> None:
    achievement = builders.an_achievement()
    new_version(desk)
    for _time in range(2):
        desk.send("template_apply", "level-1", achievements=[achievement.public_id], on="")
    builders.worked_through()
    assert BadgeImage.objects.filter(version__achievement=achievement).count() == 2


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"achievements": [], "on": ""}, "Choose at least one badge."),
        ({"achievements": ["nothing"], "on": ""}, "Select a valid choice"),
        ({"achievements": None, "on": "1999-01-01"}, "The day is over already."),
        ({"achievements": None, "on": "tomorrow"}, "Enter a valid date"),
    ],
)
def test_a_wrong_choice_changes_nothing_and_keeps_what_was_chosen(desk: Desk, form: dict[str, Any], said: str) -> None:
    achievement = builders.an_achievement()
    if form["achievements"] is None:
        form = {**form, "achievements": [achievement.public_id]}
    response = desk.send("template_apply", "level-1", **form)
    assert response.status_code == 422
    assert said in words(response)
    assert not bus.read(name="catalog.template_planned").exists()


@pytest.mark.parametrize(
    ("svg", "sidecar", "said"),
    [
        (b"not a drawing", None, "not well-formed XML"),
        (b"", None, "The submitted file is empty."),
        (b"\xff\xfe\x00", None, "not a text in UTF-8"),
        (b" " * (513 * 1024), None, "larger than 512 kB"),
        (None, b"x = [", "The badge template is not complete"),
        (None, b"template = 1", "The badge template is not complete"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', None, "the element <script>"),
        (
            b'<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>',
            None,
            "a document type, entities",
        ),
        (
            b'<svg xmlns="http://www.w3.org/2000/svg"><image href="https://evil.example/x.png"/></svg>',
            None,
            "the element <image>",
        ),
    ],
)
def test_a_bad_template_is_refused_with_the_reason(desk: Desk, svg: Any, sidecar: Any, said: str) -> None:
    before = BadgeTemplate.objects.count()
    good = files_of("level-1")
    if svg is not None:
        good["svg"] = SimpleUploadedFile("level.svg", svg)
    if sidecar is not None:
        good["sidecar"] = SimpleUploadedFile("level.toml", sidecar)
    response = desk.send("template_add", **good)
    assert response.status_code == 422
    assert said in words(response)
    assert "another look" in words(response)
    assert BadgeTemplate.objects.count() == before


def test_a_template_that_cannot_be_read_in_the_institutions_own_colour_is_refused(institution: Any) -> None:
    desk = desk_of("administrator")
    desk.send("theme", hue="20", strength="0.09", font_display="", font_text="", accent="#1F3A5F")
    sidecar = newest("level-1").sidecar.replace("#1B2733", "#2A4A6F")
    pale = sidecar.replace('["accent-ink", "accent"]', '["accent-ink", "accent"], ["ink", "accent"]')
    response = desk.send("template_add", **files_of("level-1", sidecar=pale.encode()))
    assert response.status_code == 422
    assert "contrast" in words(response)


def test_the_same_files_again_make_no_new_version(desk: Desk) -> None:
    desk.send("template_add", **files_of("level-1"))
    assert newest("level-1").number == 1


def test_whoever_keeps_the_templates_of_one_unit_cannot_touch_the_library(institution: Any) -> None:
    from insignia.domain.access.actor import Scope

    unit = builders.a_unit()
    desk = desk_of("designer", scope=Scope("unit", unit.public_id))
    assert desk.get("templates").status_code == 403
    assert desk.send("template_add", **files_of("level-1")).status_code == 403


def test_a_sample_opened_by_itself_may_run_nothing(desk: Desk) -> None:
    response = desk.get("template_sample", newest("souvenir").public_id)
    assert response["Content-Security-Policy"].startswith("default-src 'none'")
    assert b"<script" not in response.content


def test_the_library_asks_the_same_number_of_questions_however_many_badges_there_are(desk: Desk) -> None:
    builders.an_achievement()
    few = (
        desk.questions("template", "level-1"),
        desk.questions("templates"),
        desk.questions("template_apply", "level-1"),
    )
    for number in range(5):
        builders.an_achievement(unit=builders.a_unit(f"unit{number}"))
    more = (
        desk.questions("template", "level-1"),
        desk.questions("templates"),
        desk.questions("template_apply", "level-1"),
    )
    assert more == few


@pytest.mark.requirement("R-048")
def test_an_older_version_can_be_applied_again(desk: Desk) -> None:
    achievement = builders.an_achievement()
    original = bytes(current_image(achievement).svg)
    new_version(desk)
    desk.send("template_apply", "level-1", achievements=[achievement.public_id], on="")
    builders.worked_through()
    assert current_image(achievement).template.number == 2
    page = desk.get("template_apply", "level-1", version="1").content.decode()
    assert f"{desk.at('template_drawn', 'level-1', achievement.public_id)}?version=1" in page
    desk.client.post(desk.at("template_apply", "level-1") + "?version=1", {"achievements": [achievement.public_id]})
    builders.worked_through()
    assert current_image(achievement).template.number == 1
    assert bytes(current_image(achievement).svg) == original


@pytest.mark.requirement("R-048")
def test_badges_are_found_by_words_and_all_that_are_found_can_be_chosen_at_once(desk: Desk) -> None:
    maps = [builders.an_achievement(name=f"Maps {number}") for number in range(30)]
    other = builders.an_achievement(name="Spreadsheets")
    new_version(desk)
    page = desk.read("template_apply", "level-1", q="maps")
    assert "30 badges are found." in page
    assert "Spreadsheets" not in page
    address = desk.at("template_apply", "level-1") + "?q=maps"
    answer = desk.client.post(address, {"everything": "on", "on": ""}, follow=True)
    assert "30 badges are drawn anew." in words(answer)
    builders.worked_through()
    assert {current_image(one).template.number for one in maps} == {2}
    assert current_image(other).template.number == 1


def test_where_no_badge_has_the_words_that_is_said(desk: Desk) -> None:
    builders.an_achievement()
    assert "No badge has these words" in desk.read("template_apply", "level-1", q="nothing of this name")


@pytest.mark.requirement("R-048")
def test_what_was_planned_and_done_is_told_with_who_asked_for_it(desk: Desk) -> None:
    achievements = [builders.an_achievement(name=f"Maps {number}") for number in range(12)]
    new_version(desk)
    day = builders.today() + timedelta(days=3)
    chosen = [one.public_id for one in achievements]
    desk.send("template_apply", "level-1", achievements=chosen, on=day.isoformat())
    desk.send("template_apply", "level-1", achievements=chosen[:1], on="")
    builders.worked_through()
    told = desk.read("template", "level-1").partition("Drawn anew")[2].partition("None is ever changed")[0]
    assert "1 badge with version 2" in told
    assert "12 badges with version 2" in told
    assert f"on {day.day} {day:%B %Y} Planned" in told
    assert "Done" in told
    assert desk.user is not None
    assert str(desk.user) in told
