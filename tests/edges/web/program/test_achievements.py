"""The pages of badges: found, written without loss, completed, made active, brought to their end."""

import re
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from insignia.domain.access.actor import SYSTEM
from insignia.domain.catalog import actions, queries
from insignia.domain.catalog.models import Achievement, Artwork
from insignia.domain.catalog.rules import Content, Link, SkillAlignment
from insignia.domain.frameworks import queries as frameworks
from insignia.domain.ground import tenancy
from insignia.domain.institutions import queries as institutions
from tests.edges.web.program.staff import desk_for, desk_of, words
from tests.support import builders
from tests.support.builders import a_draft, a_unit, an_achievement

pytestmark = pytest.mark.usefixtures("institution")

LONG = "Interdisciplinary Environmental Communication and Community Engagement for Emergency Preparedness in Practice"


def png(colour: str = "red") -> SimpleUploadedFile:
    written = BytesIO()
    Image.new("RGB", (40, 40), colour).save(written, "PNG")
    return SimpleUploadedFile("art.png", written.getvalue())


def filled(**changes: Any) -> dict[str, Any]:
    """The form of a Level I badge as somebody fills it in."""
    skill = frameworks.skills().get(code="communication")
    values: dict[str, Any] = {
        "name": "Data Storytelling",
        "level": "level_1",
        "unit": a_unit().public_id,
        "activity": "course",
        "description": "Turn a data set into a story.",
        "outcomes": "- Choose a chart\r\n\r\n• Write for a reader in a hurry\r\n",
        "criteria": "Hand in *five* pages.",
        "assessment": "By two experts.",
        "skills": [skill.public_id],
        "own_1_name": "Storytelling",
        "own_1_url": "https://skills.example/storytelling",
        "demand": "One posting of five.",
        "audience": ["students", "staff"],
        "audience_other": "Alumni, Neighbours",
        "credit": "credit",
        "credits": "1.5",
        "effort": "About 18 hours",
        "valid_months": "36",
        "language": "de",
        "tags": "data, writing, data",
        "link_1_name": "Syllabus",
        "link_1_url": "https://courses.example/storytelling",
        "symbol": "chart",
        "image_title": "Stories",
    }
    return {**values, **changes}


def draft_named(name: str) -> Any:
    achievement = Achievement.objects.select_related("level", "unit").get(versions__name=name)
    return achievement, queries.draft_of(achievement)


# --- The list
def test_the_list_shows_active_badges_and_drafts_with_what_stands_behind_them() -> None:
    achievement = an_achievement(name="Charts")
    builders.an_award(achievement)
    builders.a_grantor(of=achievement, trained_on=None)
    a_draft(name="Wildfire Watch", level="souvenir")
    page = desk_of("program_manager").read("achievements")
    assert "2 badges" in page
    assert "Charts Level I Badge College of Computing Active 1 Grantors 1 not trained 1 Awards" in page
    assert "Wildfire Watch Souvenir College of Computing In production Not needed 0 Awards" in page


def test_the_list_is_searched_narrowed_and_sorted_by_its_address() -> None:
    an_achievement(name="Charts")
    a_draft(name="Ärger vermeiden", level="souvenir", unit=a_unit("library"))
    desk = desk_of("program_manager")
    assert "Charts" not in desk.read("achievements", q="arger")
    assert "Ärger" not in desk.read("achievements", state="active")
    assert "Ärger" in desk.read("achievements", state="draft")
    assert "Ärger" not in desk.read("achievements", level="level_1")
    assert "Charts" not in desk.read("achievements", unit=a_unit("library").public_id)
    assert "Nothing matches" in desk.read("achievements", q="zzz")
    html = desk.get("achievements", sort="-name").content.decode()
    assert html.index("Ärger") < html.index(">Charts")
    assert 'aria-sort="descending"' in html


def test_the_list_has_pages() -> None:
    unit = a_unit()
    for number in range(26):
        a_draft(name=f"Badge {number:02}", unit=unit)
    desk = desk_of("program_manager")
    first, second = desk.read("achievements"), desk.read("achievements", page="2")
    assert "26 badges" in first
    assert ("Badge 24" in first, "Badge 25" in first, "Badge 25" in second) == (True, False, True)


def test_an_empty_list_says_what_to_do_to_whoever_may_do_it() -> None:
    assert "Write a badge" in desk_of("program_manager").read("achievements")
    looked_at = desk_of("registrar").read("achievements")
    assert "No badges yet" in looked_at
    assert "Write a badge" not in looked_at


def test_a_fragment_is_the_results_alone() -> None:
    an_achievement(name="Charts")
    desk = desk_of("program_manager")
    address = desk.at("achievements")
    answer = desk.client.get(address, headers={"HX-Request": "true", "HX-Target": "results"}).content.decode()
    assert "Charts" in answer
    assert "<main" not in answer


def test_the_list_asks_no_more_of_the_database_for_more_badges(django_assert_max_num_queries: Any) -> None:
    unit, desk = a_unit(), desk_of("program_manager")
    for number in range(3):
        an_achievement(name=f"Badge {number}", unit=unit)
    desk.read("achievements")
    with django_assert_max_num_queries(30) as few:
        desk.read("achievements")
    for number in range(3, 10):
        a_draft(name=f"Badge {number}", unit=a_unit(f"unit-{number}"))
    with django_assert_max_num_queries(len(few.captured_queries)):
        desk.read("achievements")


# --- Writing
def test_a_badge_is_written_with_everything_that_it_says() -> None:
    answer = desk_of("issuer").send("achievement_new", **filled())
    assert answer.status_code == 200
    assert "The draft is saved." in words(answer)
    achievement, draft = draft_named("Data Storytelling")
    assert (achievement.slug, achievement.level.key, achievement.unit.code) == (
        "data-storytelling",
        "level_1",
        "computing",
    )
    skill = frameworks.skills().get(code="communication")
    assert draft.content == Content(
        name="Data Storytelling",
        achievement_type="Badge",
        activity="course",
        description="Turn a data set into a story.",
        outcomes=("Choose a chart", "Write for a reader in a hurry"),
        criteria="Hand in *five* pages.",
        assessment="By two experts.",
        skills=(
            SkillAlignment(
                skill.name, skill.url, skill.code, skill.framework.name, skill.description, skill.target_type
            ),
            SkillAlignment("Storytelling", "https://skills.example/storytelling"),
        ),
        demand="One posting of five.",
        audience=("students", "staff", "Alumni", "Neighbours"),
        credit="credit",
        credits=1.5,
        effort="About 18 hours",
        valid_months=36,
        language="de",
        tags=("data", "writing"),
        links=(Link("Syllabus", "https://courses.example/storytelling"),),
        symbol="chart",
        image_title="Stories",
    )
    assert actions.what_is_missing(achievement) == []


def test_the_form_shows_again_what_was_saved_and_saving_it_changes_nothing() -> None:
    desk = desk_of("program_manager")
    desk.send("achievement_new", **filled())
    achievement, before = draft_named("Data Storytelling")
    form = desk.get("achievement_edit", achievement.public_id).context["form"]
    sent = {}
    for field in form:
        value = field.value()
        if value not in (None, "", []):
            sent[field.html_name] = value
    answer = desk.send("achievement_edit", achievement.public_id, **sent)
    assert "The draft is saved." in words(answer), words(answer)
    assert queries.draft_of(achievement).content == before.content  # type: ignore[union-attr]


def test_what_was_typed_stays_where_something_is_wrong_and_is_said_at_its_field() -> None:
    wrong = {"name": "", "credits": "many", "link_1_url": "javascript:alert(1)", "own_1_url": "", "valid_months": "-3"}
    answer = desk_of("issuer").send("achievement_new", **filled(**wrong))
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "5 things need another look." in html
    for kept in ("Turn a data set into a story.", "Write for a reader in a hurry", "Alumni, Neighbours", "many"):
        assert kept in html
    assert "Give it a name" in html
    assert "does not begin with http" in html
    assert "An address belongs to it." in html
    for target in re.findall(r'href="#(id_[\w-]+)"', html):
        assert f'id="{target}"' in html
    assert re.search(r'<input[^>]*value="students"[^>]* checked', html)
    assert not Achievement.objects.exists()


def test_a_name_that_is_taken_is_said_at_the_short_name_which_can_then_be_chosen() -> None:
    a_draft(name="Data Storytelling")
    desk = desk_of("issuer")
    answer = desk.send("achievement_new", **filled())
    assert answer.status_code == 422
    assert "already a badge with the short name “data-storytelling”" in words(answer)
    assert re.search(r"<details open><summary", answer.content.decode())
    assert "The draft is saved." in words(desk.send("achievement_new", **filled(slug="data-storytelling-2")))


def test_a_variant_that_the_level_does_not_know_is_refused() -> None:
    answer = desk_of("issuer").send("achievement_new", **filled(level="souvenir", variants=["with_distinction"]))
    assert answer.status_code == 422
    assert "The level “Souvenir” has no variant “with Distinction”." in words(answer)


def test_rows_grow_when_more_are_asked_for_and_nothing_is_saved_by_that() -> None:
    answer = desk_of("issuer").send("achievement_new", **filled(more_links="1", link_rows="2", skill_rows="2"))
    html = answer.content.decode()
    assert answer.status_code == 200
    assert 'name="link_4_url"' in html
    assert 'name="link_5_url"' not in html
    assert 'name="own_2_url"' in html
    assert "Turn a data set into a story." in html
    assert not Achievement.objects.exists()


def test_a_draft_needs_no_more_than_a_name_a_level_and_a_unit() -> None:
    bare = {"name": "Lab Safety", "level": "level_1", "unit": a_unit().public_id, "language": "en"}
    page = words(desk_of("program_manager").send("achievement_new", **bare))
    assert "The draft is saved." in page
    assert "Write what is missing" in page


# --- Previews
def test_the_image_is_drawn_as_it_would_be_without_saving_anything() -> None:
    desk = desk_of("issuer")
    asked = {"data": filled(draw="1"), "headers": {"HX-Request": "true", "HX-Target": "image-preview"}}
    answer = desk.client.post(desk.at("achievement_new"), **asked)
    html = answer.content.decode()
    assert answer.status_code == 200
    assert html.count('src="data:image/svg+xml;base64,') == 1
    assert "<main" not in html
    whole = desk.send("achievement_new", **filled(draw="1", level="level_2", variants=["with_distinction"]))
    assert whole.content.decode().count('src="data:image/svg+xml;base64,') == 2
    assert not Achievement.objects.exists()


def test_a_preview_that_cannot_be_drawn_says_why() -> None:
    page = words(desk_of("issuer").send("achievement_new", **filled(draw="1", level="level_2", symbol="")))
    assert "needs a symbol or a picture of its own" in page


def test_criteria_are_read_as_readers_see_them_and_are_harmless() -> None:
    hostile = "- one\n- **two** <script>alert(1)</script> [x](javascript:alert(1))"
    desk = desk_of("issuer")
    asked = {
        "data": filled(read="1", criteria=hostile),
        "headers": {"HX-Request": "true", "HX-Target": "criteria-preview"},
    }
    html = desk.client.post(desk.at("achievement_new"), **asked).content.decode()
    assert "<strong>two</strong>" in html
    assert "<script" not in html
    assert 'href="javascript' not in html


def test_the_picture_of_a_draft_can_be_seen_by_who_works_with_it_and_can_do_nothing() -> None:
    draft = a_draft(level="level_2", variants=("with_distinction",))
    desk = desk_of("issuer")
    answer = desk.get("achievement_preview", draft.public_id, variant="with_distinction")
    assert answer["Content-Type"] == "image/svg+xml"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Cache-Control"] == "private, no-store"
    assert answer.content != desk.get("achievement_preview", draft.public_id).content
    assert desk.get("achievement_preview", draft.public_id, variant="nonsense").status_code == 404
    bare = a_draft(level="level_2", symbol="")
    assert b"stroke-dasharray" in desk.get("achievement_preview", bare.public_id).content


# --- Own artwork
@pytest.mark.requirement("R-051")
def test_artwork_is_taken_only_with_words_for_those_who_cannot_see_it() -> None:
    desk = desk_of("issuer")
    refused = desk.send("achievement_new", **filled(level="souvenir", artwork=png()))
    assert refused.status_code == 422
    assert "Say in words what the picture shows." in words(refused)
    assert not Artwork.objects.exists()
    desk.send("achievement_new", **filled(level="souvenir", artwork=png(), artwork_alt="A red square"))
    _achievement, draft = draft_named("Data Storytelling")
    assert draft.artwork.alt == "A red square"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><script/></svg>", "Scripts were left out."),
        (b"<!DOCTYPE svg [<!ENTITY x 'x'>]><svg xmlns='http://www.w3.org/2000/svg'/>", "declares entities"),
        (b"\xff\xd8\xff\xe0 no picture", "is a JPEG file"),
        (b"\x89PNG\r\n\x1a\nbroken", "The picture is damaged."),
        (b"", "is not a PNG picture"),
    ],
)
def test_a_file_that_is_no_sound_png_is_refused_in_plain_words(data: bytes, said: str) -> None:
    file = SimpleUploadedFile("art.png", data)
    answer = desk_of("issuer").send("achievement_new", **filled(artwork=file, artwork_alt="A red square"))
    assert answer.status_code == 422
    assert said in words(answer)
    assert not Artwork.objects.exists()


def test_a_drawing_is_taken_and_what_is_not_in_the_picture_is_said() -> None:
    desk = desk_of("issuer")
    svg = (
        b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><rect width='9' height='9'/><text>Hi</text>"
        b"<script>alert(1)</script></svg>"
    )
    drawn = desk.send(
        "achievement_new", **filled(draw="1", artwork=SimpleUploadedFile("a.svg", svg), artwork_alt="Black")
    )
    assert "Not everything in your drawing is in the picture: Text was left out" in words(drawn)
    saved = desk.send("achievement_new", **filled(artwork=SimpleUploadedFile("a.svg", svg), artwork_alt="Black"))
    assert "Scripts were left out." in words(saved)
    _achievement, draft = draft_named("Data Storytelling")
    assert bytes(draft.artwork.png).startswith(b"\x89PNG")


def test_a_picture_is_not_lost_when_something_else_is_wrong() -> None:
    desk = desk_of("issuer")
    answer = desk.send("achievement_new", **filled(name="", artwork=png(), artwork_alt="A red square"))
    assert answer.status_code == 422
    kept = Artwork.objects.get().public_id
    assert f'name="artwork_kept" value="{kept}"' in answer.content.decode()
    desk.send("achievement_new", **filled(artwork_kept=kept, artwork_alt="A red square"))
    _achievement, draft = draft_named("Data Storytelling")
    assert draft.artwork.public_id == kept


def test_a_picture_gets_other_words_or_is_taken_away_again() -> None:
    desk = desk_of("issuer")
    desk.send("achievement_new", **filled(artwork=png(), artwork_alt="A red square"))
    achievement, draft = draft_named("Data Storytelling")
    seen, kept = draft.content.fingerprint(), draft.artwork.public_id
    again = filled(seen=seen, artwork_kept=kept, artwork_alt="A crimson square")
    desk.send("achievement_edit", achievement.public_id, **again)
    draft.refresh_from_db()
    assert (draft.artwork.alt, draft.artwork.public_id != kept) == ("A crimson square", True)
    away = filled(seen=seen, artwork_kept=draft.artwork.public_id, artwork_alt="A crimson square", drop_artwork="on")
    desk.send("achievement_edit", achievement.public_id, **away)
    draft.refresh_from_db()
    assert draft.artwork is None


# --- Two people, other places
def test_of_two_who_write_one_draft_the_second_is_told_and_loses_nothing() -> None:
    draft = a_draft(name="Charts")
    desk = desk_of("program_manager")
    seen = queries.draft_of(draft).content.fingerprint()  # type: ignore[union-attr]
    actions.write_draft(by=SYSTEM, achievement=draft, content=builders.content("Charts", effort="Theirs"))
    mine = filled(name="Charts", effort="Mine", seen=seen)
    answer = desk.send("achievement_edit", draft.public_id, **mine)
    assert answer.status_code == 422
    assert "Somebody else saved this draft" in words(answer)
    assert 'value="Mine"' in answer.content.decode()
    assert queries.draft_of(draft).content.effort == "Theirs"  # type: ignore[union-attr]
    now = re.search(r'name="seen" value="(\w+)"', answer.content.decode())
    assert now
    desk.send("achievement_edit", draft.public_id, **{**mine, "seen": now[1]})
    assert queries.draft_of(draft).content.effort == "Mine"  # type: ignore[union-attr]


def test_level_and_unit_of_a_badge_that_was_active_cannot_be_sent() -> None:
    achievement = an_achievement(name="Charts")
    desk = desk_of("program_manager")
    page = desk.get("achievement_edit", achievement.public_id).content.decode()
    assert 'name="level"' not in page
    sent = filled(name="Charts", level="souvenir", unit=a_unit("library").public_id)
    assert "The draft is saved." in words(desk.send("achievement_edit", achievement.public_id, **sent))
    achievement.refresh_from_db()
    assert (achievement.level.key, achievement.unit.code) == ("level_1", "computing")


def test_a_unit_for_which_one_may_not_write_cannot_be_chosen() -> None:
    desk = desk_of("issuer", scope=a_unit("library").scopes()[0])
    answer = desk.send("achievement_new", **filled(unit=a_unit().public_id))
    assert answer.status_code == 422
    assert "Select a valid choice" in words(answer)
    assert not Achievement.objects.exists()


# --- One badge
@pytest.mark.requirement("R-118")
def test_the_page_lists_what_a_badge_still_needs_and_offers_to_activate_only_when_all_is_there() -> None:
    draft = a_draft(level="level_2", criteria="", links=(), symbol="")
    desk = desk_of("program_manager")
    page = desk.read("achievement", draft.public_id)
    for missing in ("It needs criteria", "It needs a link", "needs a symbol or a picture of its own"):
        assert missing in page
    assert "Make the badge active" not in page
    answer = desk.send("achievement_activate", draft.public_id)
    assert answer.status_code == 422
    draft.refresh_from_db()
    assert draft.state == "in_production"
    actions.write_draft(by=SYSTEM, achievement=draft, content=builders.content("Ready"))
    ready = desk.read("achievement", draft.public_id)
    assert "Missing" not in ready
    assert "Make the badge active" in ready


def test_a_badge_is_made_active_with_who_approved_it_before() -> None:
    draft = a_draft()
    desk = desk_of("program_manager")
    sent = {"approved_by": "Micro-Credential Committee", "approved_on": "2021-05-31"}
    page = words(desk.send("achievement_activate", draft.public_id, **sent))
    assert "The badge is active" in page
    assert "Approved by Micro-Credential Committee on 31 May 2021." in page
    public = desk.client.get(f"/a/{draft.public_id}").content.decode()
    assert "Micro-Credential Committee" in public
    assert "31 May 2021" in public


def test_an_approval_in_the_future_is_refused_at_its_field() -> None:
    draft = a_draft()
    tomorrow = (builders.today() + timedelta(days=1)).isoformat()
    answer = desk_of("program_manager").send(
        "achievement_activate", draft.public_id, approved_by="The Dean", approved_on=tomorrow
    )
    assert answer.status_code == 422
    html = answer.content.decode()
    assert re.search(r'<input[^>]*name="approved_on"[^>]*aria-invalid="true"', html)
    assert 'value="The Dean"' in html


def test_what_a_draft_changes_is_shown_side_by_side_until_it_is_in_place() -> None:
    achievement = an_achievement(name="Charts")
    assert achievement.current is not None
    changed = replace(achievement.current.content, effort="Two weeks", tags=("data",))
    actions.write_draft(by=SYSTEM, achievement=achievement, content=changed)
    desk = desk_of("program_manager")
    page = desk.read("achievement", achievement.public_id)
    assert "Effort Awarded now – In the draft Two weeks" in page
    assert "Tags Awarded now – In the draft data" in page
    assert "Criteria Awarded now" not in page
    done = words(desk.send("achievement_activate", achievement.public_id))
    assert "Awarded now" not in done
    assert "Version 2 awarded now" in done
    assert "Version 1" in done


def test_the_page_tells_versions_with_their_fingerprint_images_and_what_happened() -> None:
    achievement = an_achievement(level="level_2", variants=("with_distinction",))
    desk = desk_of("program_manager")
    html = desk.get("achievement", achievement.public_id).content.decode()
    assert achievement.current is not None
    assert achievement.current.content_hash in html
    for image in achievement.current.images.all():
        assert f"/images/{image.public_id}.svg" in html
        assert f"/images/{image.public_id}-mark.png" in html
    page = desk.read("achievement", achievement.public_id)
    assert "Level II Badge with Distinction (1)" in page
    assert "Made active Insignia" in page
    assert "Version 1 was approved Insignia" in page


def test_a_person_is_shown_only_what_they_may_do() -> None:
    achievement = an_achievement(name="Charts")
    actions.write_draft(by=SYSTEM, achievement=achievement, content=builders.content("Better Charts"))
    edit, activate, pause = "Change the draft", "Put version in place", "Pause"
    shown = {
        role: tuple(
            word in desk_of(role).read("achievement", achievement.public_id) for word in (edit, activate, pause)
        )
        for role in ("program_manager", "issuer", "registrar")
    }
    assert shown == {
        "program_manager": (True, True, True),
        "issuer": (True, False, True),
        "registrar": (False, False, False),
    }


# --- Its life
@pytest.mark.parametrize(
    ("before", "verb", "state", "said"),
    [
        ((), "pause", "paused", "The badge is paused."),
        (("pause",), "resume", "active", "can be awarded again"),
        ((), "retire", "retired", "The badge is retired."),
        (("retire",), "archive", "archived", "The badge is archived."),
    ],
)
def test_each_step_says_what_happens_and_keeps_the_reason(
    before: tuple[str, ...], verb: str, state: str, said: str
) -> None:
    achievement = an_achievement(name="Charts")
    for step in before:
        actions.move(by=SYSTEM, achievement=achievement, verb=step, reason="Before")
    desk = desk_of("program_manager")
    assert "What happens" in desk.read("achievement_move", achievement.public_id, verb)
    answer = desk.send("achievement_move", achievement.public_id, verb, reason="The tool is gone.")
    assert said in words(answer)
    assert "The tool is gone." in words(answer)
    achievement.refresh_from_db()
    assert (achievement.state, achievement.state_reason) == (state, "The tool is gone.")


def test_nothing_is_retired_without_a_reason() -> None:
    achievement = an_achievement()
    answer = desk_of("program_manager").send("achievement_move", achievement.public_id, "retire", reason="  ")
    assert answer.status_code == 422
    achievement.refresh_from_db()
    assert achievement.state == "active"


def test_a_step_that_is_not_possible_any_more_is_answered_as_such() -> None:
    achievement = an_achievement()
    desk = desk_of("program_manager")
    assert desk.get("achievement_move", achievement.public_id, "resume").status_code == 409
    assert desk.get("achievement_move", achievement.public_id, "explode").status_code == 404
    assert desk.send("achievement_move", achievement.public_id, "archive", reason="x").status_code == 409


def test_a_retired_badge_says_so_and_offers_no_writing() -> None:
    achievement = an_achievement(name="Charts")
    actions.move(by=SYSTEM, achievement=achievement, verb="retire", reason="The tool is gone.")
    page = desk_of("program_manager").read("achievement", achievement.public_id)
    assert "Retired: The tool is gone." in page
    assert "Write a new version" not in page
    assert "Archive" in page


# --- Who may not
# Each page with a role that reads badges but lacks the right for it.
REFUSED = {
    "achievement_new": ("registrar", ()),
    "achievement_import": ("issuer", ()),
    "achievement_csv": ("issuer", ()),
    "achievement_xlsx": ("issuer", ()),
    "achievement_edit": ("registrar", ("id",)),
    "achievement_move": ("registrar", ("id", "pause")),
}


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_whoever_lacks_the_right_is_refused_in_words(name: str) -> None:
    achievement = an_achievement()
    role, parts = REFUSED[name]
    answer = desk_of(role).get(name, *(achievement.public_id if part == "id" else part for part in parts))
    assert answer.status_code == 403
    assert "right" in words(answer)


def test_a_form_sent_without_the_right_changes_nothing() -> None:
    draft, active = a_draft(name="Draft"), an_achievement(name="Active")
    registrar, issuer = desk_of("registrar"), desk_of("issuer")
    assert registrar.send("achievement_new", **filled()).status_code == 403
    assert registrar.send("achievement_edit", draft.public_id, **filled()).status_code == 403
    assert registrar.send("achievement_move", active.public_id, "retire", reason="x").status_code == 403
    assert issuer.send("achievement_activate", draft.public_id).status_code == 403
    assert sorted(Achievement.objects.values_list("state", flat=True)) == ["active", "in_production"]
    assert queries.draft_of(draft).name == "Draft"  # type: ignore[union-attr]


def test_nobody_in_particular_is_asked_to_sign_in() -> None:
    answer = desk_for(None).get("achievements")
    assert answer.status_code == 302
    assert "/accounts/login/" in answer["Location"]


def test_an_issuer_of_one_unit_does_not_know_of_the_badges_of_another() -> None:
    other = an_achievement(name="Charts")
    desk = desk_of("issuer", scope=a_unit("library").scopes()[0])
    assert "Charts" not in desk.read("achievements")
    for name, parts in PAGES_OF_ONE:
        assert desk.get(name, other.public_id, *parts).status_code == 404, name


PAGES_OF_ONE: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("achievement", ()),
    ("achievement_preview", ()),
    ("achievement_edit", ()),
    ("achievement_move", ("pause",)),
    ("grantors", ()),
)


def test_the_ids_of_another_institution_lead_nowhere() -> None:
    with tenancy.of(builders.founded()):
        theirs = an_achievement(name="Theirs")
        grantor = builders.a_grantor(of=theirs)
        appointment = theirs.grantors.get(user=grantor.user_pk).public_id
        unit = a_unit().public_id
        picture = actions.add_artwork(by=SYSTEM, unit=a_unit(), data=png().read(), alt="Theirs").public_id
    desk, own = desk_of("administrator"), an_achievement(name="Own")
    for name, parts in PAGES_OF_ONE:
        assert desk.get(name, theirs.public_id, *parts).status_code == 404, name
    for name in ("grantor_training", "grantor_end"):
        assert desk.get(name, theirs.public_id, appointment).status_code == 404
        assert desk.get(name, own.public_id, appointment).status_code == 404
    assert desk.send("achievement_activate", theirs.public_id).status_code == 404
    assert desk.send("achievement_new", **filled(unit=unit)).status_code == 422
    assert desk.send("achievement_new", **filled(artwork_kept=picture, artwork_alt="x")).status_code == 404
    assert "Theirs" not in desk.read("achievements")


def test_long_names_and_every_level_are_shown_by_their_own_words() -> None:
    achievement = an_achievement(name=LONG)
    page = desk_of("program_manager").read("achievement", achievement.public_id)
    assert LONG in page
    form = desk_of("program_manager").read("achievement_new")
    for level in institutions.levels():
        assert level.name in form
