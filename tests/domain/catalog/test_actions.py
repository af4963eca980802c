"""An achievement's way: written, frozen as it was looked at, drawn, awarded, changed, and brought to its end."""

from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from PIL import Image

from insignia.core.errors import Conflict, NotPermitted, Rejected
from insignia.domain.access.actor import SYSTEM, Scope
from insignia.domain.catalog import actions, directory, drawing, keeping, pictures, queries
from insignia.domain.catalog.models import Achievement, AchievementVersion, Artwork, BadgeImage, BadgeTemplate
from insignia.domain.catalog.rules import Content, SkillAlignment
from insignia.domain.institutions import actions as institutions
from insignia.domain.institutions import queries as institution_queries
from insignia.domain.journal import bus
from tests.support import builders
from tests.support.builders import a_draft, a_member, a_unit, an_achievement, content, here, today

pytestmark = pytest.mark.usefixtures("institution")


def level(key: str) -> Any:
    return institution_queries.levels().get(key=key)


def png(side: int = 40, colour: str = "red") -> bytes:
    written = BytesIO()
    Image.new("RGB", (side, side), colour).save(written, "PNG")
    return written.getvalue()


def current_image(achievement: Achievement, variant: str = "standard") -> BadgeImage:
    assert achievement.current is not None
    image = queries.current_image(achievement.current, variant)
    assert image is not None
    return image


# --- Writing
def test_a_draft_belongs_to_its_unit_and_names_its_issuer() -> None:
    achievement = a_draft(name="Lab Safety")
    assert (achievement.state, achievement.slug, achievement.unit.code) == ("in_production", "lab-safety", "computing")
    assert achievement.issuer == institution_queries.issuer_of(achievement.unit)
    assert achievement.current is None
    assert bus.read(subject=("achievement", achievement.public_id)).get().name == "catalog.achievement_drafted"


def test_who_writes_for_one_unit_may_not_write_for_another() -> None:
    library = a_unit("library")
    issuer = a_member("issuer", scope=library.scopes()[0])
    made = actions.draft_achievement(by=issuer, unit=library, level=level("souvenir"), content=content("Tour"))
    with pytest.raises(NotPermitted):
        actions.draft_achievement(by=issuer, unit=a_unit(), level=level("souvenir"), content=content("Other"))
    with pytest.raises(NotPermitted):
        actions.write_draft(by=issuer, achievement=a_draft(), content=content("Mine now"))
    with pytest.raises(NotPermitted):
        actions.place_achievement(by=issuer, achievement=made, unit=a_unit(), level=made.level)
    made.refresh_from_db()
    assert made.unit == library


def test_two_badges_may_not_have_one_short_name() -> None:
    a_draft(name="Lab Safety")
    with pytest.raises(Conflict) as refused:
        a_draft(name="Lab  safety!")
    assert (refused.value.code, refused.value.params) == ("slug_taken", {"slug": "lab-safety"})
    other = actions.draft_achievement(
        by=SYSTEM, unit=a_unit(), level=level("souvenir"), content=content("Lab Safety"), slug="lab-safety-2"
    )
    assert other.slug == "lab-safety-2"


def test_a_name_without_a_letter_is_refused() -> None:
    with pytest.raises(Rejected, match="needs a name"):
        a_draft(name="!!!")
    assert not Achievement.objects.exists()


def test_the_draft_is_written_over_until_it_is_frozen_and_then_a_new_one_begins() -> None:
    achievement = a_draft()
    first = actions.write_draft(by=SYSTEM, achievement=achievement, content=content("One"))
    assert actions.write_draft(by=SYSTEM, achievement=achievement, content=content("Two")).pk == first.pk
    actions.activate(by=SYSTEM, achievement=achievement)
    second = actions.write_draft(by=SYSTEM, achievement=achievement, content=content("Three"))
    assert (second.number, second.frozen_at, second.name) == (2, None, "Three")
    first.refresh_from_db()
    assert (first.number, first.name) == (1, "Two")


def test_level_and_unit_can_change_until_the_badge_is_active() -> None:
    achievement, library = a_draft(), a_unit("library")
    actions.place_achievement(by=SYSTEM, achievement=achievement, unit=library, level=level("souvenir"))
    achievement.refresh_from_db()
    assert (achievement.unit, achievement.level.key) == (library, "souvenir")
    actions.activate(by=SYSTEM, achievement=achievement)
    with pytest.raises(Rejected) as refused:
        actions.place_achievement(by=SYSTEM, achievement=achievement, unit=a_unit(), level=achievement.level)
    assert refused.value.code == "place_fixed"


@pytest.mark.parametrize(
    ("key", "changes", "kind"),
    [
        ("souvenir", {}, "Badge"),
        ("souvenir", {"activity": "membership"}, "Membership"),
        ("level_1", {}, "Competency"),
        ("level_1", {"skills": tuple(SkillAlignment(name, f"https://s.example/{name}") for name in "ab")}, "Badge"),
        ("level_2", {}, "MicroCredential"),
        ("certificate_practiced", {}, "Certificate"),
    ],
)
def test_the_level_gives_the_type_of_the_standard(key: str, changes: dict[str, Any], kind: str) -> None:
    draft = queries.draft_of(a_draft(level=key, **changes))
    assert draft is not None
    assert draft.content.achievement_type == kind


# --- Complete, and then active
@pytest.mark.requirement("R-118")
@pytest.mark.parametrize(
    ("member", "nothing"),
    [("description", " "), ("criteria", ""), ("outcomes", ()), ("links", ()), ("skills", ()), ("demand", "")],
)
def test_a_badge_goes_live_only_with_criteria_objectives_links_and_the_rest(member: str, nothing: Any) -> None:
    achievement = a_draft(**{member: nothing})
    assert [lack.code for lack in actions.what_is_missing(achievement)] == [f"missing_{member}"]
    with pytest.raises(Rejected) as refused:
        actions.activate(by=SYSTEM, achievement=achievement)
    assert [reason.code for reason in refused.value.details] == [f"missing_{member}"]
    achievement.refresh_from_db()
    assert (achievement.state, achievement.current) == ("in_production", None)
    assert not BadgeImage.objects.exists()


def test_a_souvenir_needs_neither_skills_nor_demand() -> None:
    assert an_achievement(level="souvenir", skills=(), demand="").state == "active"


def test_everything_that_is_missing_is_told_at_once() -> None:
    achievement = a_draft(description="", criteria="", links=())
    with pytest.raises(Rejected) as refused:
        actions.activate(by=SYSTEM, achievement=achievement)
    assert [reason.code for reason in refused.value.details] == [
        "missing_description",
        "missing_criteria",
        "missing_links",
    ]


@pytest.mark.requirement("R-110")
def test_what_is_not_approved_is_neither_public_nor_listed_nor_awardable() -> None:
    achievement = a_draft()
    assert not queries.public_directory()
    assert directory.look_up(queries.directory(), directory.Wanted()).entries == ()
    with pytest.raises(Exception, match="no such badge"):
        queries.public_achievement(achievement.public_id)
    with pytest.raises(Exception, match="no such badge"):
        queries.public_version(achievement.public_id, 1)
    with pytest.raises(Rejected):
        builders.an_award(achievement)
    actions.activate(by=SYSTEM, achievement=achievement)
    assert [found.pk for found in queries.public_directory()] == [achievement.pk]
    assert queries.public_achievement(achievement.public_id).pk == achievement.pk
    assert builders.an_award(achievement).version == achievement.current


@pytest.mark.requirement("R-110")
def test_what_a_draft_says_is_not_public_while_the_version_before_it_is_awarded() -> None:
    achievement = an_achievement(name="Charts")
    actions.write_draft(by=SYSTEM, achievement=achievement, content=content("Secret Charts"))
    assert str(queries.public_achievement(achievement.public_id)) == "Charts"
    with pytest.raises(Exception, match="no such badge"):
        queries.public_version(achievement.public_id, 2)
    assert builders.an_award(achievement).version.name == "Charts"


def test_only_who_may_activate_activates() -> None:
    achievement = a_draft()
    issuer = a_member("issuer", scope=achievement.unit.scopes()[0])
    with pytest.raises(NotPermitted):
        actions.activate(by=issuer, achievement=achievement)
    assert actions.activate(by=a_member("program_manager"), achievement=achievement).state == "active"


def test_activation_freezes_the_words_and_tells_what_was_approved() -> None:
    achievement = a_draft()
    written = queries.draft_of(achievement)
    assert written is not None
    actions.activate(by=SYSTEM, achievement=achievement, approved_by=" The Committee ", approved_on=date(2021, 5, 31))
    version = queries.versions_of(achievement).get()
    assert version.frozen_at is not None
    assert version.content == written.content
    assert version.content_hash == version.content.fingerprint()
    assert (version.approved_by, version.approved_on) == ("The Committee", date(2021, 5, 31))
    frozen = bus.read(name="catalog.version_frozen").get()
    assert frozen.data == {"achievement": achievement.public_id, "number": 1, "content_hash": version.content_hash}
    assert bus.read(name="catalog.achievement_moved").get().data["verb"] == "activate"


@pytest.mark.parametrize(
    "change",
    [{"content_data": {"name": "Other"}}, {"content_hash": "0" * 64}, {"number": 9}, {"name": "Other"}],
)
def test_the_database_itself_refuses_to_change_a_frozen_version(change: dict[str, Any]) -> None:
    version = an_achievement().current
    assert version is not None
    with pytest.raises(DatabaseError), transaction.atomic():
        AchievementVersion.objects.filter(pk=version.pk).update(**change)


@pytest.mark.parametrize(
    ("body", "on", "code"),
    [
        ("", date(2021, 5, 31), "approved_by_missing"),
        (" ", date(2021, 5, 31), "approved_by_missing"),
        ("The Dean", None, "approved_on_missing"),
        ("The Dean", "tomorrow", "approved_in_future"),
    ],
)
def test_an_approval_elsewhere_says_who_and_when(body: str, on: Any, code: str) -> None:
    achievement = a_draft()
    day = today() + timedelta(days=1) if on == "tomorrow" else on
    with pytest.raises(Rejected) as refused:
        actions.activate(by=SYSTEM, achievement=achievement, approved_by=body, approved_on=day)
    assert refused.value.code == code


def test_without_a_draft_there_is_nothing_to_activate() -> None:
    achievement = an_achievement()
    with pytest.raises(Conflict) as refused:
        actions.activate(by=SYSTEM, achievement=achievement)
    assert refused.value.code == "no_draft"


def meanwhile(monkeypatch: pytest.MonkeyPatch, act: Any) -> None:
    """Let somebody `act` between the moment in which the draft is read and the one in which it is frozen."""
    draw = pictures.draw

    def draw_slowly(*args: Any, **more: Any) -> pictures.Picture:
        monkeypatch.setattr(pictures, "draw", draw)
        act()
        return draw(*args, **more)

    monkeypatch.setattr(pictures, "draw", draw_slowly)


def test_what_was_written_while_the_images_were_drawn_is_not_frozen_unseen(monkeypatch: pytest.MonkeyPatch) -> None:
    achievement = a_draft()
    meanwhile(monkeypatch, lambda: actions.write_draft(by=SYSTEM, achievement=achievement, content=content("Sly")))
    with pytest.raises(Conflict) as refused:
        actions.activate(by=SYSTEM, achievement=achievement)
    assert refused.value.code == "draft_moved"
    achievement.refresh_from_db()
    assert achievement.current is None
    assert not BadgeImage.objects.exists()


def test_of_two_who_activate_one_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    achievement = a_draft()
    again = Achievement.objects.get(pk=achievement.pk)
    meanwhile(monkeypatch, lambda: actions.activate(by=SYSTEM, achievement=again))
    with pytest.raises(Conflict) as refused:
        actions.activate(by=SYSTEM, achievement=achievement)
    assert refused.value.code == "already_active"
    assert BadgeImage.objects.count() == 1


def test_a_badge_that_was_paused_meanwhile_stays_paused(monkeypatch: pytest.MonkeyPatch) -> None:
    achievement = an_achievement()
    actions.write_draft(by=SYSTEM, achievement=achievement, content=content("Second"))
    other = Achievement.objects.get(pk=achievement.pk)
    meanwhile(monkeypatch, lambda: actions.move(by=SYSTEM, achievement=other, verb="pause"))
    assert actions.activate(by=SYSTEM, achievement=achievement).state == "paused"
    achievement.refresh_from_db()
    assert (achievement.state, str(achievement)) == ("paused", "Second")


def test_a_badge_that_was_retired_meanwhile_gets_no_new_version(monkeypatch: pytest.MonkeyPatch) -> None:
    achievement = an_achievement(name="First")
    actions.write_draft(by=SYSTEM, achievement=achievement, content=content("Second"))
    other = Achievement.objects.get(pk=achievement.pk)
    meanwhile(monkeypatch, lambda: actions.move(by=SYSTEM, achievement=other, verb="retire"))
    with pytest.raises(Rejected) as refused:
        actions.activate(by=SYSTEM, achievement=achievement)
    assert refused.value.code == "achievement_retired"
    achievement.refresh_from_db()
    assert (achievement.state, str(achievement)) == ("retired", "First")


# --- Images
@pytest.mark.requirement("R-044")
def test_badges_of_one_level_share_a_frame_and_levels_differ_by_shape_and_label() -> None:
    first, second = an_achievement(level="level_1"), an_achievement(level="level_1")
    assert current_image(first).template == current_image(second).template
    images = {key: current_image(an_achievement(level=key)) for key in ("souvenir", "level_1", "level_2")}
    assert {image.template.key for image in images.values()} == {"souvenir", "level-1", "level-2"}
    words = {"souvenir": "SOUVENIR", "level_1": "LEVEL I", "level_2": "LEVEL II"}
    assert all(words[key].casefold() in image.alt.casefold() for key, image in images.items())
    grey = {key: Image.open(BytesIO(bytes(image.png))).convert("LA").resize((64, 64)) for key, image in images.items()}
    outlines = {key: picture.getchannel("A").point(lambda alpha: 255 * (alpha > 127)) for key, picture in grey.items()}
    assert len({outline.tobytes() for outline in outlines.values()}) == 3


@pytest.mark.requirement("R-045")
def test_the_image_of_a_level_1_badge_is_silver_and_says_title_and_issuer() -> None:
    achievement = an_achievement(level="level_1", name="Spreadsheet Basics")
    image = current_image(achievement)
    assert "Spreadsheet Basics" in image.alt
    assert achievement.issuer.name in image.alt
    assert hue_of(image) < 40
    # The same place of a gold badge is far from grey.
    assert hue_of(current_image(an_achievement(level="level_2"))) > 60


def hue_of(image: BadgeImage) -> int:
    """How far the plate beside the centre is from grey."""
    pixels = Image.open(BytesIO(bytes(image.png))).convert("RGB")
    colour: Any = pixels.getpixel((round(pixels.width * 0.2), pixels.height // 2))
    return int(max(colour) - min(colour))


@pytest.mark.requirement("R-046")
def test_a_level_2_badge_without_anything_of_its_own_cannot_be_active() -> None:
    achievement = a_draft(level="level_2", symbol="")
    with pytest.raises(Rejected) as refused:
        actions.activate(by=SYSTEM, achievement=achievement)
    assert refused.value.code == "slot_empty"
    achievement.refresh_from_db()
    assert achievement.state == "in_production"


def template_with(key: str, mark: str) -> BadgeTemplate:
    """A new version of a template that looks another way."""
    newest = queries.template_versions(key)[0]
    svg = newest.svg.replace("</svg>", f'<g id="{mark}"><circle cx="200" cy="200" r="3" fill="#111111"/></g></svg>')
    assert svg != newest.svg
    return actions.add_template(
        by=SYSTEM, institution=here(), key=key, name=newest.name, svg=svg, sidecar=newest.sidecar
    )


@pytest.mark.requirement("R-047")
def test_an_award_keeps_the_image_that_it_was_issued_with() -> None:
    achievement = an_achievement()
    before = builders.an_award(achievement)
    old = bytes(before.image.svg)
    template_with("level-1", "second")
    assert actions.apply_templates(by=SYSTEM, achievements=[achievement]) == 1
    after = builders.an_award(achievement)
    kept = builders.again(before).image
    assert (kept.pk, bytes(kept.svg), kept.template.number) == (before.image.pk, old, 1)
    assert (after.image.template.number, after.version) == (2, before.version)
    assert bytes(after.image.svg) != old


@pytest.mark.requirement("R-048")
def test_a_new_template_version_is_applied_to_the_badges_that_were_chosen_and_history_is_kept() -> None:
    chosen, other = an_achievement(), an_achievement()
    template = template_with("level-1", "second")
    actions.apply_templates(by=a_member("designer"), achievements=[chosen])
    assert (current_image(chosen).template, current_image(other).template.number) == (template, 1)
    assert [image.template.number for image in BadgeImage.objects.filter(version=chosen.current)] == [2, 1]
    assert BadgeImage.objects.filter(version=chosen.current, is_current=True).count() == 1
    told = bus.read(name="catalog.template_applied").get()
    assert told.data == {"template": template.public_id, "achievements": [chosen.public_id]}


def test_the_same_template_sent_again_is_no_new_version() -> None:
    newest = queries.template_versions("level-1")[0]
    same = actions.add_template(
        by=SYSTEM, institution=here(), key="level-1", name="Level I", svg=newest.svg, sidecar=newest.sidecar
    )
    assert (same.pk, BadgeTemplate.objects.filter(key="level-1").count()) == (newest.pk, 1)


def test_a_version_is_drawn_once_for_itself_and_later_versions_for_themselves() -> None:
    achievement = an_achievement(name="Charts")
    first, image = achievement.current, current_image(achievement)
    actions.write_draft(by=SYSTEM, achievement=achievement, content=content("Better Charts"))
    actions.activate(by=SYSTEM, achievement=achievement)
    assert achievement.current is not None
    assert first is not None
    assert achievement.current.number == 2
    assert "Better Charts" in current_image(achievement).alt
    assert queries.current_image(first) == image
    assert "Better" not in image.alt


@pytest.mark.requirement("R-052")
@pytest.mark.requirement("R-053")
@pytest.mark.parametrize("key", ["level_1", "level_2"])
def test_distinction_has_criteria_and_an_image_of_its_own(key: str) -> None:
    with pytest.raises(Rejected) as refused:
        an_achievement(level=key, variants=("with_distinction",), distinction_criteria="")
    assert [reason.code for reason in refused.value.details] == ["missing_distinction_criteria"]
    achievement = an_achievement(level=key, variants=("with_distinction",), distinction_criteria="Used by others.")
    plain, distinct = current_image(achievement), current_image(achievement, "with_distinction")
    assert achievement.variants == ["with_distinction"]
    assert distinct.template.key == f"{plain.template.key}-distinction"
    assert "distinction" in distinct.alt.casefold()
    assert "distinction" not in plain.alt.casefold()
    assert bytes(distinct.svg) != bytes(plain.svg)


def test_a_level_without_the_variant_refuses_it() -> None:
    with pytest.raises(Rejected) as refused:
        a_draft(level="souvenir", variants=("with_distinction",))
    assert refused.value.code == "variant_unknown"
    assert not Achievement.objects.exists()


@pytest.mark.requirement("R-049")
def test_a_variant_that_is_added_later_changes_nothing_that_was_awarded() -> None:
    achievement = an_achievement()
    award = builders.an_award(achievement)
    before = award.version.content
    actions.write_draft(
        by=SYSTEM,
        achievement=achievement,
        content=replace(before, variants=("with_distinction",), distinction_criteria="Better still."),
    )
    achievement.refresh_from_db()
    assert achievement.variants == []  # not before the draft is in place
    with pytest.raises(Rejected):
        builders.an_award(achievement, variant="with_distinction")
    actions.activate(by=SYSTEM, achievement=achievement)
    assert builders.an_award(achievement, variant="with_distinction").image.variant == "with_distinction"
    kept = builders.again(award)
    assert (kept.version.content, kept.image_id) == (before, award.image_id)


@pytest.mark.requirement("R-054")
@pytest.mark.requirement("R-055")
@pytest.mark.parametrize(
    ("key", "template", "name"),
    [
        ("certificate_practiced", "certificate-practiced", "Digital Certificate (Practiced)"),
        ("certificate_expert", "certificate-expert", "Digital Certificate (Expert)"),
    ],
)
def test_both_certificates_have_a_template_and_are_drawn(key: str, template: str, name: str) -> None:
    achievement = an_achievement(level=key)
    assert (current_image(achievement).template.key, achievement.level.name) == (template, name)
    if key == "certificate_expert":
        assert achievement.level.aliases == ["Badge Level II (Expert)"]


def test_a_level_whose_template_is_not_there_cannot_be_drawn() -> None:
    achievement = a_draft()
    BadgeTemplate.objects.filter(key="level-1").delete()
    with pytest.raises(Exception, match="no badge template “level-1”"):
        actions.activate(by=SYSTEM, achievement=achievement)


def test_the_institutions_colour_goes_only_where_the_template_leaves_room_for_it() -> None:
    institution = here()
    institutions.set_theme(by=SYSTEM, institution=institution, theme={"badge": {"accent": "#7A1F3D"}})
    achievement = a_draft(level="level_2")
    achievement.institution.refresh_from_db()
    assert actions.activate(by=SYSTEM, achievement=achievement).state == "active"


# --- Own artwork
@pytest.mark.requirement("R-051")
def test_a_souvenir_carries_artwork_of_its_own_and_says_in_words_what_it_shows() -> None:
    unit = a_unit()
    with pytest.raises(Rejected) as refused:
        actions.add_artwork(by=SYSTEM, unit=unit, data=png(), alt="  ")
    assert (refused.value.code, Artwork.objects.count()) == ("alt_missing", 0)
    artwork = actions.add_artwork(by=SYSTEM, unit=unit, data=png(), alt=" A diver holding a bucket ")
    achievement = actions.draft_achievement(
        by=SYSTEM, unit=unit, level=level("souvenir"), content=content("Fire Prevention"), artwork=artwork
    )
    actions.activate(by=SYSTEM, achievement=achievement)
    image = current_image(achievement)
    assert "A diver holding a bucket" in image.alt
    assert b"data:image/png;base64," in bytes(image.svg)


def test_artwork_is_encoded_anew_and_only_by_who_may_write() -> None:
    secret = png() + b"hidden"
    with pytest.raises(Rejected) as refused:
        actions.add_artwork(by=SYSTEM, unit=a_unit(), data=secret, alt="A square")
    assert refused.value.code == "artwork_has_tail"
    with pytest.raises(NotPermitted):
        actions.add_artwork(by=a_member("registrar"), unit=a_unit(), data=png(), alt="A square")


def test_artwork_stays_from_version_to_version_until_it_is_dropped() -> None:
    achievement, unit = an_achievement(), a_unit()
    artwork = actions.add_artwork(by=SYSTEM, unit=unit, data=png(), alt="A red square")
    actions.write_draft(by=SYSTEM, achievement=achievement, content=content("Two"), artwork=artwork)
    actions.activate(by=SYSTEM, achievement=achievement)
    third = actions.write_draft(by=SYSTEM, achievement=achievement, content=content("Three"))
    assert third.artwork == artwork
    assert keeping.changes(achievement, third) == ("name", "description")
    actions.drop_artwork(by=SYSTEM, achievement=achievement)
    third.refresh_from_db()
    assert third.artwork is None
    assert keeping.changes(achievement, third) == ("name", "description", "artwork")
    assert "A red square" in current_image(achievement).alt


# --- The end
def test_paused_and_resumed_retired_and_archived() -> None:
    achievement, manager = an_achievement(), a_member("program_manager")
    for verb, state in (("pause", "paused"), ("resume", "active"), ("retire", "retired"), ("archive", "archived")):
        actions.move(by=manager, achievement=achievement, verb=verb, reason=f"Why {verb}")
        assert (achievement.state, achievement.state_reason) == (state, f"Why {verb}")
        entry = bus.read(name="catalog.achievement_moved").first()
        assert entry is not None
        assert (entry.data["verb"], entry.reason, entry.author) == (verb, f"Why {verb}", manager.id)


@pytest.mark.parametrize("verb", ["resume", "archive", "activate", "nonsense"])
def test_an_active_badge_refuses_what_is_no_step_from_there(verb: str) -> None:
    achievement = an_achievement()
    with pytest.raises(Rejected):
        actions.move(by=SYSTEM, achievement=achievement, verb=verb)
    achievement.refresh_from_db()
    assert achievement.state == "active"


def test_of_two_who_move_a_badge_the_second_is_told() -> None:
    achievement = an_achievement()
    other = Achievement.objects.get(pk=achievement.pk)
    actions.move(by=SYSTEM, achievement=other, verb="retire")
    with pytest.raises(Conflict):
        actions.move(by=SYSTEM, achievement=achievement, verb="pause")


def test_a_writer_without_the_right_may_not_retire() -> None:
    achievement = an_achievement()
    with pytest.raises(NotPermitted):
        actions.move(by=a_member("registrar"), achievement=achievement, verb="retire")


def test_a_retired_badge_is_neither_written_nor_activated_any_more() -> None:
    achievement = an_achievement()
    actions.write_draft(by=SYSTEM, achievement=achievement, content=content("Late"))
    actions.move(by=SYSTEM, achievement=achievement, verb="retire")
    with pytest.raises(Rejected, match="retired"):
        actions.write_draft(by=SYSTEM, achievement=achievement, content=content("Later"))
    with pytest.raises(Rejected, match="retired"):
        actions.activate(by=SYSTEM, achievement=achievement)


@pytest.mark.requirement("R-230")
def test_the_address_of_a_badge_outlives_renaming_and_retirement() -> None:
    achievement = an_achievement(name="Charts")
    address = achievement.url
    actions.write_draft(by=SYSTEM, achievement=achievement, content=content("Diagrams"))
    actions.activate(by=SYSTEM, achievement=achievement)
    for verb, state in (("retire", "retired"), ("archive", "archived")):
        actions.move(by=SYSTEM, achievement=achievement, verb=verb)
        found = queries.public_achievement(achievement.public_id)
        assert (found.url, found.state) == (address, state)
    assert queries.public_version(achievement.public_id, 1).name == "Charts"


# --- Finding
def test_a_badge_is_found_by_what_it_says_without_accents() -> None:
    achievement = an_achievement(
        name="Öffentliches Reden",
        tags=("Rhetorik",),
        outcomes=("Speak freely",),
        skills=(SkillAlignment("Étiquette", "https://s.example/e"),),
    )
    for words in ("offentliches", "RHETORIK", "freely", "etiquette", "computing level"):
        assert [found.pk for found in queries.public_directory(words=words)] == [achievement.pk], words
    assert not queries.public_directory(words="offentliches nothing")


def test_a_draft_is_found_at_the_desk_but_does_not_change_how_the_public_finds_the_badge() -> None:
    manager = a_member("program_manager")
    draft = a_draft(name="Wildfire Watch")
    assert [found.pk for found in keeping.listed(manager, keeping.Wanted(words="wildfire"))] == [draft.pk]
    active = an_achievement(name="Charts")
    actions.write_draft(by=SYSTEM, achievement=active, content=content("Diagrams"))
    assert [found.pk for found in queries.public_directory(words="charts")] == [active.pk]
    assert not queries.public_directory(words="diagrams")


def test_the_desk_lists_what_one_works_with_narrowed_and_in_order(django_assert_num_queries: Any) -> None:
    library = a_unit("library")
    one, two = an_achievement(name="Beta"), a_draft(name="alpha", unit=library, level="souvenir")
    actions.write_draft(by=SYSTEM, achievement=one, content=content("Beta, rewritten"))
    manager, issuer = a_member("program_manager"), a_member("issuer", scope=library.scopes()[0])
    everything = keeping.listed(manager, keeping.Wanted())
    with django_assert_num_queries(1):
        shown = {found.shown_name: (found.has_draft, found.arrives) for found in everything}
    assert shown == {"Beta": (True, False), "alpha": (True, False)}
    assert [found.pk for found in keeping.listed(issuer, keeping.Wanted())] == [two.pk]

    def names(**wanted: str) -> list[str]:
        return [found.shown_name for found in keeping.listed(manager, keeping.Wanted(**wanted))]

    assert names(state="active") == ["Beta"]
    assert names(state="in_production") == ["alpha"]
    assert names(level="souvenir") == ["alpha"]
    assert names(unit=library.public_id) == ["alpha"]
    assert names(sort="level") == ["alpha", "Beta"]
    assert names(sort="-level") == ["Beta", "alpha"]
    assert sorted(names(state="draft")) == ["Beta", "alpha"]


# --- What may be done
def test_the_open_acts_are_those_of_the_state_and_of_the_person() -> None:
    manager, registrar = a_member("program_manager"), a_member("registrar")
    draft = a_draft()
    version = queries.draft_of(draft)
    assert keeping.open_to(manager, draft, draft=version) == {"edit", "dress", "appoint", "activate"}
    assert keeping.open_to(registrar, draft, draft=version) == frozenset()
    issuer = a_member("issuer", scope=Scope("unit", draft.unit.public_id))
    assert keeping.open_to(issuer, draft, draft=version) == {"edit", "dress", "appoint"}
    active = an_achievement()
    assert keeping.open_to(manager, active, draft=None) == {"edit", "dress", "appoint", "pause", "retire"}
    actions.move(by=SYSTEM, achievement=active, verb="retire")
    assert keeping.open_to(manager, active, draft=None) == {"archive"}


def test_what_is_proposed_is_drawn_without_being_kept() -> None:
    drawn = drawing.proposed(
        unit=a_unit(),
        level=level("level_1"),
        content=Content(name="Trial", variants=("with_distinction",)),
        artwork=keeping.pending_artwork(png(), "A red square"),
    )
    assert [variant for variant, _svg in drawn] == ["standard", "with_distinction"]
    assert all(svg.startswith(b"<svg") for _variant, svg in drawn)
    assert not Achievement.objects.exists()
    assert not Artwork.objects.exists()
