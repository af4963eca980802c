"""Presets: what an institution exports another can take in, and nothing is ever taken away by it."""

from typing import Any

import pytest

from insignia.core.errors import NotPermitted, Rejected
from insignia.domain.access.actor import SYSTEM
from insignia.domain.access.permissions import Permission
from insignia.domain.catalog import queries as catalog
from insignia.domain.ground import tenancy
from insignia.domain.institutions import actions, ladder, presets, queries
from insignia.domain.institutions.models import Institution, Role
from insignia.domain.institutions.presets import Kind, Previewed
from insignia.domain.institutions.rules import LevelPolicy
from insignia.domain.journal import bus
from insignia.domain.notifications import actions as mails
from insignia.domain.proposals.forms import queries as forms
from tests.support import builders

WHOLE = presets.whole_names()


def fresh() -> Institution:
    return actions.found_institution(name=f"Alder Ridge {Institution.objects.count()}")


def previewed(data: dict[str, Any], section: str) -> Previewed:
    found = presets.preview(builders.here(), data)
    return next(one for one in found.sections if one.section.name == section)


def without_name(institution: Institution) -> dict[str, Any]:
    return {name: value for name, value in presets.export(institution).items() if name != "preset"}


def faults(data: dict[str, Any]) -> list[str]:
    return [str(fault) for fault in presets.preview(builders.here(), data).faults]


@pytest.fixture
def here(institution: Institution) -> Institution:
    return institution


@pytest.mark.parametrize("name", WHOLE)
def test_what_one_institution_exports_makes_another_the_same(name: str, db: None) -> None:
    one, other = fresh(), fresh()
    with tenancy.of(one):
        presets.apply(by=SYSTEM, institution=one, name=name)
    with tenancy.of(other):
        presets.take(by=SYSTEM, institution=other, data=presets.parse(presets.as_toml(presets.export(one)).encode()))
    assert without_name(other) == without_name(one)
    assert len(without_name(one)["roles"]) > 5


@pytest.mark.parametrize("name", WHOLE)
def test_whoever_began_with_a_preset_has_everything_of_it(name: str, db: None) -> None:
    one = fresh()
    with tenancy.of(one):
        presets.apply(by=SYSTEM, institution=one, name=name)
        found = presets.preview(one, presets.load(name))
    assert (found.count, found.faults) == (0, ())


@pytest.mark.parametrize("name", presets.names())
def test_every_shipped_preset_can_be_taken_besides_another(name: str, here: Institution) -> None:
    presets.take(by=SYSTEM, institution=here, data=presets.load(name))
    assert presets.preview(here, presets.load(name)).count == 0


def test_what_an_institution_wrote_travels_with_its_preset(here: Institution) -> None:
    ladder.add_level(
        by=SYSTEM, institution=here, name="Fellow", policy=LevelPolicy(valid_months=12, guidance="Two\nlines")
    )
    actions.change_texts(by=SYSTEM, institution=here, definition="Ours:\r\n“small” \\ and sweet.")
    written = presets.parse(presets.as_toml(presets.export(here)).encode())
    other = fresh()
    with tenancy.of(other):
        presets.take(by=SYSTEM, institution=other, data=written)
        level = queries.levels().get(key="fellow")
        assert (level.name, level.policy.valid_months, level.policy.guidance) == ("Fellow", 12, "Two\nlines")
        assert [one.key for one in queries.levels()][-1] == "fellow"
    other.refresh_from_db()
    assert other.definition == "Ours:\n“small” \\ and sweet."


def test_own_words_of_mails_travel_and_wrong_ones_are_faults(here: Institution) -> None:
    words = {"subject": "A badge for you", "body": "Dear {name},\nwell done."}
    mails.set_mail_text(by=SYSTEM, institution=here, kind="offer", language="en", **words)
    written = presets.export(here)["mails"]
    assert written == [{"key": "offer-en", "kind": "offer", "language": "en", **words}]
    other = fresh()
    with tenancy.of(other):
        presets.take(by=SYSTEM, institution=other, data=presets.parse(presets.as_toml({"mails": written}).encode()))
    assert presets.export(other)["mails"] == written
    for wrong in ({"kind": "love_letter"}, {"body": "{password}"}, {"key": "offer-de"}, {"subject": "x" * 201}):
        assert faults({"mails": [{**written[0], "key": "offer-fr", "language": "fr", **wrong}]}), wrong


def test_a_preset_adds_and_changes_and_says_what_stays(here: Institution) -> None:
    data = {
        "levels": [
            {"key": "level_1", "policy": {"valid_months": 24}},
            {"key": "level_3", "name": "Level III", "policy": {"evidence": "shared", "min_evidence": 2}},
        ]
    }
    shown = previewed(data, "levels")
    told = {change.key: change for change in shown.changes}
    assert {key: change.kind for key, change in told.items()} == {
        "souvenir": Kind.KEPT,
        "level_1": Kind.CHANGED,
        "level_2": Kind.KEPT,
        "certificate_practiced": Kind.KEPT,
        "certificate_expert": Kind.KEPT,
        "level_3": Kind.ADDED,
    }
    assert [(part.path, part.old, part.new) for part in told["level_1"].parts] == [(("policy", "valid_months"), 0, 24)]
    before = queries.levels().get(key="level_1")
    presets.take(by=SYSTEM, institution=here, data=data)
    after = queries.levels().get(key="level_1")
    assert (after.name, after.aliases, after.position) == (before.name, before.aliases, before.position)
    assert (after.policy.valid_months, after.policy.evidence) == (24, before.policy.evidence)
    assert queries.levels().count() == 6


def test_a_form_is_taken_whole_or_left(here: Institution) -> None:
    forms = {form["key"]: form for form in presets.export(here)["forms"]}
    assert forms["ksu_proposal"]["hints"]
    given = {name: value for name, value in forms["ksu_proposal"].items() if name != "hints"}
    presets.take(by=SYSTEM, institution=here, data={"forms": [given]})
    after = {form["key"]: form for form in presets.export(here)["forms"]}
    assert not after["ksu_proposal"].get("hints")
    assert after["ksu_souvenir"] == forms["ksu_souvenir"]
    assert faults({"forms": [{"key": "ksu_souvenir", "title": "Only a title"}]})


def test_a_preview_writes_nothing(here: Institution) -> None:
    before, entries = presets.export(here), bus.read().count()
    presets.preview(here, presets.load("cu_boulder"))
    assert (presets.export(here), bus.read().count()) == (before, entries)


def test_only_the_chosen_sections_are_taken_and_the_journal_says_so(here: Institution) -> None:
    before = bus.read().filter(name="institutions.preset_taken").count()
    presets.take(by=SYSTEM, institution=here, data=presets.load("cu_boulder"), only=["roles"])
    assert Role.objects.filter(key="unit_final").exists()
    assert not queries.levels().filter(key="credit").exists()
    taken = bus.read().filter(name="institutions.preset_taken").first()
    assert taken is not None
    assert taken.data == {"preset": "cu_boulder", "sections": ["roles"]}
    assert presets.take(by=SYSTEM, institution=here, data=presets.load("cu_boulder"), only=["roles"]).count == 0
    assert bus.read().filter(name="institutions.preset_taken").count() == before + 1


def test_every_fault_is_said_and_nothing_is_taken_in(here: Institution) -> None:
    data = {
        "preset": "broken",
        "horoscopes": [],
        "roles": [{"key": "dean", "name": "Dean", "permissions": ["award:grant", "moon:land"]}, {"name": "Nobody"}],
        "policies": {"undo_minutes_batch": 100_000, "reminder_days": "never", "colour": "red"},
        "theme": {"hue": "blue"},
        "templates": ["no-such"],
        "levels": [
            {"key": "a b", "name": ""},
            {"key": "odd", "name": "Odd", "policy": {"evidence": "lots", "template": "gone", "propose": ["emperor"]}},
        ],
    }
    said = faults(data)
    for part in ("horoscopes", "Table 2 of the section “roles” has no key", "undo window", "reminder_days", "colour"):
        assert any(part in fault for fault in said), part
    for part in ("hue", "no-such", "“a b”", "“name” is missing", "lots", "“gone”", "“emperor”"):
        assert any(part in fault for fault in said), part
    before = presets.export(here)
    with pytest.raises(Rejected) as refused:
        presets.take(by=SYSTEM, institution=here, data=data)
    assert [str(fault) for fault in refused.value.details] == said
    assert presets.export(here) == before


def test_a_right_that_does_not_exist_is_named(here: Institution) -> None:
    said = faults({"roles": [{"key": "dean", "name": "Dean", "permissions": ["moon:land"]}]})
    assert said == ["dean: “permissions” names “moon:land”, which does not exist."]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"[levels", "cannot be read as TOML"),
        (b"\xff\xfe", "not a text in UTF-8"),
        (b"a = " + b"[" * 5000, "nested too deep"),
        (b"#" * (2 * 1024 * 1024 + 1), "larger than 2 MB"),
        (b"a = " + b"9" * 5000, "cannot be read as TOML"),
    ],
)
def test_what_is_no_preset_is_refused_with_the_reason(text: bytes, said: str) -> None:
    with pytest.raises(Rejected, match=said):
        presets.parse(text)


@pytest.mark.parametrize(
    "value",
    [
        b'roles = "all"',
        b"roles = [1]",
        b"policies = []",
        b"templates = {a = 1}",
        b'[texts]\ndefinition = "a\\u0000b"',
        b"[theme]\nhue = nan",
        b"[texts]\ndefinition = 2026-01-01",
        b'[[levels]]\nkey = "x"\nname = "X"\npolicy = 3',
        b'[[levels]]\nkey = "x"\nname = 3\naliases = "y"',
        b'[[levels]]\nkey = "level_1"\nname = 3\naliases = ["y"]',
        b'[[frameworks]]\nkey = "x"\nname = "X"\nskills = ["a"]',
        b'[[frameworks]]\nkey = "career-readiness"\nskills = [{name = "a"}]',
        b'[[roles]]\nkey = "x"\nname = "X"\npermissions = [{a = 1}]',
    ],
)
def test_a_section_of_another_form_is_a_fault_and_no_failure(value: bytes, here: Institution) -> None:
    assert faults(presets.parse(value))


def test_a_renamed_level_is_found_by_its_old_name_also_after_a_preset(here: Institution) -> None:
    data = {"levels": [{"key": "level_1", "name": "Ribbon", "aliases": ["Band"]}]}
    presets.take(by=SYSTEM, institution=here, data=data)
    level = queries.levels().get(key="level_1")
    assert (level.name, set(level.aliases)) == ("Ribbon", {"Band", "Level I Badge"})
    assert presets.preview(here, data).count == 0


def test_a_framework_only_grows(here: Institution) -> None:
    skills = [
        {"code": "communication", "name": "Shouting", "url": "https://frameworks.example/x"},
        {"code": "listening", "name": "Listening", "url": "https://frameworks.example/listening"},
    ]
    data = {"frameworks": [{"key": "career-readiness", "skills": skills}]}
    presets.take(by=SYSTEM, institution=here, data=data)
    written = presets.export(here)["frameworks"][0]
    names = {skill["code"]: skill["name"] for skill in written["skills"]}
    assert (names["communication"], names["listening"]) == ("Communication", "Listening")
    assert written["name"] == "NACE Career Readiness Competencies"
    assert presets.preview(here, data).count == 0


def test_an_own_version_of_a_shipped_template_stays(here: Institution) -> None:
    known = next(one for one in catalog.templates() if one.key == "level-1")
    type(known).objects.filter(pk=known.pk).update(name="Our silver")
    presets.take(by=SYSTEM, institution=here, data={"templates": ["level-1", "competency"]})
    after = {one.key: (one.number, one.name) for one in catalog.templates()}
    assert after["level-1"] == (1, "Our silver")
    assert "competency" in after


def test_who_does_not_run_the_institution_may_not_take_in_a_preset(here: Institution) -> None:
    with pytest.raises(NotPermitted):
        presets.take(by=builders.a_member("program_manager"), institution=here, data={"texts": {"definition": "x"}})
    presets.take(by=builders.a_member("administrator"), institution=here, data=presets.load("cu_boulder"))
    assert Role.objects.get(key="unit_final").name == "Unit or division approver"


def test_a_preset_cannot_take_the_last_administrator_from_an_institution(here: Institution) -> None:
    admin = builders.a_member("administrator")
    data = {"roles": [{"key": "administrator", "permissions": ["institution:manage"]}]}
    with pytest.raises(Rejected, match="Nobody would be left"):
        presets.take(by=admin, institution=here, data=data)
    assert "member:manage" in Role.objects.get(key="administrator").permissions


def test_an_institution_follows_a_whole_preset_only(here: Institution) -> None:
    presets.apply(by=SYSTEM, institution=here, name="graded_levels")
    assert Institution.objects.get(pk=here.pk).preset == "ksu"
    presets.apply(by=SYSTEM, institution=here, name="cu_boulder")
    assert Institution.objects.get(pk=here.pk).preset == "cu_boulder"


@pytest.mark.requirement("R-915")
def test_three_grades_and_recognition_can_be_taken_besides(here: Institution) -> None:
    presets.apply(by=SYSTEM, institution=here, name="graded_levels")
    graded = {level.key: level.policy for level in queries.levels()}
    assert all(graded[key].assessed for key in ("foundational", "intermediate", "advanced"))
    assert not graded["recognition"].assessed


def test_in_the_preset_with_a_registrar_no_department_awards(db: None) -> None:
    one = fresh()
    with tenancy.of(one):
        presets.apply(by=SYSTEM, institution=one, name="cu_boulder")
        rights = {role.key: queries.permissions_of(role.permissions) for role in Role.objects.all()}
    assert one.policy("awarding") == "registrar"
    assert Permission.ISSUANCE_REQUEST in rights["issuer"]
    assert Permission.ISSUANCE_DECIDE in rights["registrar"]
    assert not [key for key, held in rights.items() if Permission.AWARD_GRANT in held]


@pytest.mark.requirement("R-038", "R-054", "R-055")
def test_certificates_come_as_practiced_and_as_expert_each_of_its_own_level_and_template(here: Institution) -> None:
    levels = {level.key: level.policy for level in queries.levels()}
    practiced, expert = levels["certificate_practiced"], levels["certificate_expert"]
    assert (practiced.components_of, expert.components_of) == (("level_1",), ("level_2",))
    drawn = {template.key: template.svg for template in catalog.templates()}
    assert drawn[practiced.template] != drawn[expert.template]
    assert practiced.achievement_type == expert.achievement_type == "Certificate"


@pytest.mark.requirement("R-913")
def test_the_invited_way_asks_what_programmes_usually_ask(db: None) -> None:
    with tenancy.of(one := fresh()):
        presets.apply(by=SYSTEM, institution=one, name="cu_boulder")
        asked = {question.key: question for question in forms.form("cu_proposal").form.questions}
        stated = {question.key for question in forms.form("cu_intent").form.questions}
    assert {"title", "requirements", "level", "hours", "cost", "more_info", "attest_governance"} <= set(asked)
    assert asked["description"].max_chars == 500
    skills = asked["skills"]
    assert (skills.least or skills.advised_least, skills.most or skills.advised_most) == (6, 10)
    assert {"title", "idea", "type", "audience", "leader_informed"} <= stated
