"""The ladder is data of the institution: a level can be added and changed on a page."""

from typing import Any

import pytest

from insignia.domain.awards import actions as awards
from insignia.domain.institutions import queries as institutions
from insignia.domain.institutions.rules import EvidencePolicy
from tests.edges.web.program.staff import Desk, desk_of, words
from tests.support import builders


def filled(**changes: Any) -> dict[str, Any]:
    return {
        "name": "Level III Badge",
        "aliases": "Master, Meister",
        "purpose": "Leading others in professional practice",
        "evidence": "shared",
        "min_evidence": "2",
        "assessed": "on",
        "training_required": "on",
        "skills_required": "on",
        "variants": ["with_distinction"],
        "achievement_type": "MicroCredential",
        "single_skill_type": "",
        "template": "level-2",
        "components_of": [],
        "valid_months": "24",
        "environment": "professional",
        "proficiency": "mastery",
        "guidance": "Leads others.\nHas done so for a year.",
        "propose": ["faculty"],
        "workflow": "",
        "form": "",
        **changes,
    }


@pytest.fixture
def desk(institution: Any) -> Desk:
    return desk_of("program_manager")


@pytest.mark.requirement("R-007")
def test_a_sixth_rung_is_put_on_the_ladder_and_awarded_without_touching_code(desk: Desk) -> None:
    before = list(institutions.levels().values_list("key", flat=True))
    assert before == ["souvenir", "level_1", "level_2", "certificate_practiced", "certificate_expert"]
    response = desk.send("level_add", **filled())
    assert response.status_code == 200
    assert "Level III Badge" in words(response)
    level = institutions.levels().get(key="level_iii_badge")
    assert list(institutions.levels())[-1] == level
    assert level.aliases == ["Master", "Meister"]
    assert (level.policy.evidence, level.policy.min_evidence, level.policy.valid_months) == (
        EvidencePolicy.SHARED,
        2,
        24,
    )
    assert level.policy.assessed
    assert not level.policy.repeatable
    achievement = builders.an_achievement(level="level_iii_badge")
    assert achievement.current is not None
    assert achievement.current.content.achievement_type == "MicroCredential"


@pytest.mark.requirement("R-007")
def test_the_policy_of_a_level_written_on_the_page_holds_for_awards(desk: Desk) -> None:
    desk.send("level_add", **filled())
    achievement = builders.an_achievement(level="level_iii_badge")
    grantor = builders.a_grantor(of=achievement)
    with pytest.raises(builders_rejected(), match="2"):
        awards.grant_award(by=grantor, achievement=achievement, earner=builders.an_earner(), claim=builders.a_claim())


def builders_rejected() -> type[Exception]:
    from insignia.core.errors import Rejected

    return Rejected


def test_a_changed_level_leaves_earlier_awards_as_they_were(desk: Desk) -> None:
    award = builders.accepted(achievement=builders.an_achievement(level="level_1"))
    before = bytes(award.credential.document), award.expires_on, award.version.content_data
    level = institutions.levels().get(key="level_1")
    desk.send("level", level.public_id, **filled(name="Ribbon", valid_months="1"))
    changed = institutions.levels().get(key="level_1")
    assert (changed.name, changed.policy.valid_months, changed.position) == ("Ribbon", 1, level.position)
    after = builders.again(award)
    assert (bytes(after.credential.document), after.expires_on, after.version.content_data) == before


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": ""}, "This field is required."),
        ({"name": "Souvenir"}, "There is a level “Souvenir” already."),
        ({"name": "✦✦✦"}, "needs a name in Latin letters"),
        ({"min_evidence": "0"}, "at least one piece is needed"),
        ({"evidence": "none"}, "No evidence is asked for"),
        ({"evidence": "everything"}, "Select a valid choice"),
        ({"template": "no-such"}, "Select a valid choice"),
        ({"achievement_type": "Medal"}, "Select a valid choice"),
        ({"variants": ["gilded"]}, "Select a valid choice"),
        ({"components_of": ["no_such"]}, "Select a valid choice"),
        ({"valid_months": "-3"}, "greater than or equal to 0"),
    ],
)
def test_what_is_wrong_stands_beside_what_was_typed(desk: Desk, changes: dict[str, Any], said: str) -> None:
    response = desk.send("level_add", **filled(**changes))
    assert response.status_code == 422
    assert said in words(response)
    assert "Leading others in professional practice" in words(response)
    assert institutions.levels().count() == 5


def test_a_level_that_stacks_offers_every_other_level_and_not_itself(desk: Desk) -> None:
    level = institutions.levels().get(key="certificate_expert")
    form = desk.get("level", level.public_id).context["form"]
    offered = [key for key, _name in form.fields["components_of"].choices]
    assert offered == ["souvenir", "level_1", "level_2", "certificate_practiced"]
    assert form.initial["components_of"] == ["level_2"]


def test_saving_a_level_as_its_form_shows_it_changes_nothing(desk: Desk) -> None:
    for level in institutions.levels():
        form = desk.get("level", level.public_id).context["form"]
        sent = {field.html_name: field.value() for field in form if field.value() not in (None, False)}
        assert desk.send("level", level.public_id, **sent).status_code == 200
        same = institutions.levels().get(pk=level.pk)
        assert (same.name, same.aliases, same.purpose, same.position) == (
            level.name,
            level.aliases,
            level.purpose,
            level.position,
        )
        assert same.policy == level.policy


def test_the_list_says_what_each_level_asks_for(desk: Desk) -> None:
    text = desk.read("levels")
    for said in ("1 piece, kept private (or assessed elsewhere)", "A trained Grantor of the badge", "with Distinction"):
        assert said in text
    assert "Badge, or Competency for one skill" in text


@pytest.mark.requirement("R-906")
def test_a_renamed_level_keeps_its_old_name_as_another_name_and_its_awards(desk: Desk) -> None:
    award = builders.accepted(achievement=builders.an_achievement(level="level_1"))
    level = institutions.levels().get(key="level_1")
    desk.send("level", level.public_id, **filled(name="Ribbon of Skill", aliases="Ribbon"))
    renamed = institutions.levels().get(key="level_1")
    assert (renamed.name, renamed.aliases) == ("Ribbon of Skill", ["Ribbon", "Level I Badge"])
    assert "Also: Ribbon, Level I Badge" in desk.read("levels")
    assert builders.again(award).version.achievement.level == renamed
    desk.send("level", level.public_id, **filled(name="Level I Badge", aliases="Ribbon, Level I Badge"))
    assert institutions.levels().get(key="level_1").aliases == ["Ribbon", "Ribbon of Skill"]


@pytest.mark.requirement("R-008")
def test_the_page_of_a_level_shows_its_rules(desk: Desk) -> None:
    text = desk.read("level", institutions.levels().get(key="level_1").public_id)
    for said in (
        "documents an introduction to skills and competencies",
        "It shows learning, but not mastery",
        "Environment Simulated",
        "Proficiency Introductory, not mastery",
        "1 piece, kept private (or assessed elsewhere)",
        "A trained Grantor of the badge",
        "Proposed by Faculty, Staff",
    ):
        assert said in text, said


def test_what_a_level_shows_and_who_proposes_it_is_written_on_the_page(desk: Desk) -> None:
    desk.send("level_add", **filled())
    policy = institutions.levels().get(key="level_iii_badge").policy
    assert (policy.environment, policy.proficiency, policy.propose) == ("professional", "mastery", ("faculty",))
    assert policy.guidance.split() == ["Leads", "others.", "Has", "done", "so", "for", "a", "year."]


@pytest.mark.parametrize(
    "changes", [{"environment": "lunar"}, {"proficiency": "divine"}, {"propose": ["emperor"]}, {"workflow": "nowhere"}]
)
def test_what_a_level_cannot_name_is_refused(desk: Desk, changes: dict[str, Any]) -> None:
    response = desk.send("level_add", **filled(**changes))
    assert response.status_code == 422
    assert "Select a valid choice" in words(response)


def test_what_a_level_names_that_is_gone_is_kept(desk: Desk) -> None:
    level = institutions.levels().get(key="level_1")
    stored = {**level.policy_data, "workflow": "bygone", "propose": ["bygone_role"], "proficiency": "bygone"}
    type(level).objects.filter(pk=level.pk).update(policy_data=stored)
    form = desk.get("level", level.public_id).context["form"]
    sent = {field.html_name: field.value() for field in form if field.value() not in (None, False)}
    assert desk.send("level", level.public_id, **sent).status_code == 200
    policy = institutions.levels().get(key="level_1").policy
    assert (policy.workflow, policy.propose, policy.proficiency) == ("bygone", ("bygone_role",), "bygone")
