"""Profile, policies and colours: what is changed holds, and what is wrong is said beside it."""

from typing import Any

import pytest
from django.urls import reverse

from insignia.domain.institutions import presets
from insignia.domain.institutions import queries as institutions
from insignia.domain.journal import bus
from tests.edges.web.program.staff import Desk, desk_of, words
from tests.support import builders


@pytest.fixture
def desk(institution: Any) -> Desk:
    return desk_of("administrator")


def as_shown(desk: Desk, page: str) -> dict[str, Any]:
    """What the form of a page would send as it stands."""
    form = desk.get(page).context["form"]
    return {field.html_name: field.value() for field in form if field.value() not in (None, False)}


def test_the_profile_is_changed_and_the_issuer_with_it(desk: Desk) -> None:
    changed = {"name": "Łódź Polytechnic", "zone": "Europe/Warsaw", "issuer_name": "Łódź Badges"}
    response = desk.send("profile", **{**as_shown(desk, "profile"), **changed, "issuer_url": "badges.example"})
    assert "The profile is saved." in words(response)
    here, issuer = builders.here(), institutions.issuer_of(None)
    assert (here.name, here.zone) == ("Łódź Polytechnic", "Europe/Warsaw")
    assert (issuer.name, issuer.url) == ("Łódź Badges", "https://badges.example")


@pytest.mark.requirement("R-011")
def test_what_a_micro_credential_is_comes_from_the_preset_and_is_written_anew(desk: Desk) -> None:
    front = reverse("public:landing", args=[desk.slug])
    assert presets.load("ksu")["texts"]["definition"] in words(desk.client.get(front))
    desk.send("profile", **{**as_shown(desk, "profile"), "definition": "Here: a small thing that is worth a lot."})
    text = words(desk.client.get(front))
    assert "Here: a small thing that is worth a lot." in text
    assert presets.load("ksu")["texts"]["definition"] not in text


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("name", "", "This field is required."),
        ("zone", "Mars/Olympus", "Select a valid choice"),
        ("contact_email", "nobody", "Enter a valid email address"),
        ("website", "javascript:alert(1)", "Enter a valid URL"),
        ("issuer_name", "", "This field is required."),
    ],
)
def test_a_wrong_profile_changes_nothing_and_keeps_what_was_typed(
    desk: Desk, field: str, value: str, said: str
) -> None:
    typed = {**as_shown(desk, "profile"), "definition": "What was typed", field: value}
    response = desk.send("profile", **typed)
    assert response.status_code == 422
    assert said in words(response)
    assert "What was typed" in response.content.decode()
    assert builders.here().definition != "What was typed"


def test_policies_hold_from_the_moment_they_are_saved(desk: Desk) -> None:
    wanted = {
        **as_shown(desk, "policies"),
        "undo_minutes_batch": "0",
        "reminder_days": "20; 5, 5",
        "default_age_band": "unknown",
        "noindex": "on",
        "intent_form": "ksu_souvenir",
        "consultation_role": "skill_reviewer",
        "proposal_by_invitation": "on",
        "blackouts": "2026-12-20 to 2027-01-02\n2027-05-01",
    }
    wanted.pop("name_in_credential")
    assert "The policies are saved" in words(desk.send("policies", **wanted))
    here = builders.here()
    assert here.policy("undo_minutes_batch") == 0
    assert here.policy("reminder_days") == [5, 20]
    assert here.policy("default_age_band") == "unknown"
    assert here.policy("noindex") is True
    assert here.policy("name_in_credential") is False
    assert (here.policy("intent_form"), here.policy("consultation_role")) == ("ksu_souvenir", "skill_reviewer")
    assert here.policy("proposal_by_invitation") is True
    assert here.policy("blackouts") == ["2026-12-20/2027-01-02", "2027-05-01/2027-05-01"]
    shown = desk.read("policies")
    assert "2026-12-20 to 2027-01-02 2027-05-01 to 2027-05-01" in shown


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("undo_minutes_batch", "1441", "less than or equal to 1440"),
        ("undo_minutes_single", "-1", "greater than or equal to 0"),
        ("undo_minutes_single", "soon", "Enter a whole number"),
        ("reminder_days", "3, soon", "Write days as numbers"),
        ("reminder_days", "3, ٣", "Write days as numbers"),
        ("reminder_days", "1,2,3,4,5,6", "Five reminders are the most"),
        ("reminder_days", "3, 400", "before the offer lapses"),
        ("default_age_band", "ancient", "Select a valid choice"),
        ("intent_form", "nowhere", "Select a valid choice"),
        ("consultation_role", "emperor", "Select a valid choice"),
        ("blackouts", "2027-01-02 to 2026-12-20", "is no span of days"),
        ("blackouts", "at Christmas", "“at Christmas” is no span of days"),
    ],
)
def test_a_wrong_policy_is_said_beside_it(desk: Desk, field: str, value: str, said: str) -> None:
    response = desk.send("policies", **{**as_shown(desk, "policies"), field: value})
    assert response.status_code == 422
    assert said in words(response)
    assert builders.here().policy("undo_minutes_batch") == 15


def test_saving_policies_unchanged_changes_nothing(desk: Desk) -> None:
    before = {name: builders.here().policy(name) for name in as_shown(desk, "policies")}
    assert "The policies are saved" in words(desk.send("policies", **as_shown(desk, "policies")))
    assert {name: builders.here().policy(name) for name in before} == before


COLOURS = {"hue": "158", "strength": "0.075", "font_display": "Charter, serif", "font_text": "", "accent": "#1F3A5F"}


def test_colours_are_tried_on_by_an_address_and_kept_by_a_form(desk: Desk) -> None:
    page = desk.get("theme", **COLOURS).content.decode()
    assert "You are trying these colours on." in page
    assert "hue=158.0&amp;strength=0.075" in page
    css = desk.get("theme_css", hue="158", strength="0.075").content.decode()
    assert "--accent-h: 158;" in css
    assert builders.here().theme.get("hue") != 158
    assert "The colours are saved." in words(desk.send("theme", **COLOURS))
    theme = builders.here().theme
    assert (theme["hue"], theme["strength"], theme["badge"]) == (158, 0.075, {"accent": "#1F3A5F"})
    assert "--font-display: Charter, serif;" in desk.client.get(f"/i/{desk.slug}/theme.css").content.decode()


def test_new_badges_are_drawn_in_the_colour_and_old_images_stay(desk: Desk) -> None:
    from insignia.domain.catalog.models import BadgeImage

    old = builders.an_achievement()
    before = bytes(BadgeImage.objects.get(version=old.current, is_current=True).svg)
    desk.send("theme", **{**COLOURS, "accent": "#7A1F3D"})
    new = builders.an_achievement()
    assert b"#7A1F3D" in bytes(BadgeImage.objects.get(version=new.current, is_current=True).svg)
    assert bytes(BadgeImage.objects.get(version=old.current, is_current=True).svg) == before


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"hue": "361"}, "less than or equal to 360"),
        ({"hue": "nan"}, "Enter a number"),
        ({"strength": "0.5"}, "less than or equal to 0.115"),
        ({"strength": "0"}, "greater than or equal to 0.05"),
        ({"font_display": "x; } body { display: none"}, "Name the theme's typefaces"),
        ({"font_text": "url(https://evil.example)"}, "Name the theme's typefaces"),
        ({"accent": "red"}, "Write the colour as #RRGGBB"),
        ({"accent": "#FFFF00"}, "contrast"),
    ],
)
def test_colours_that_cannot_be_read_are_refused_on_trying_and_on_keeping(
    desk: Desk, changes: dict[str, str], said: str
) -> None:
    before = builders.here().theme
    wanted = {**COLOURS, **changes}
    kept = desk.send("theme", **wanted)
    assert kept.status_code == 422
    assert said in words(kept)
    assert said in desk.read("theme", **wanted)
    assert builders.here().theme == before
    assert not bus.read(name="institutions.changed").filter(data__what="theme").exclude(author="system").exists()


def test_a_style_sheet_of_nonsense_is_empty(desk: Desk) -> None:
    response = desk.get("theme_css", hue="1;}*{display:none", strength="9")
    assert response.status_code == 200
    assert response.content == b""
