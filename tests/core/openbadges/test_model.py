"""What breaks a MUST of the standard cannot be made."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from insignia.core.openbadges import model as m
from insignia.core.openbadges.errors import DocumentError
from tests.core.openbadges.samples import TOKEN, WHEN, a_credential, a_subject, an_achievement

LEVEL = m.RubricCriterionLevel(id="urn:uuid:level", name="Mastered")
RUBRIC = m.ResultDescription(
    id="urn:uuid:rubric",
    name="Project",
    result_type=m.ResultType.RUBRIC_CRITERION_LEVEL,
    rubric_criterion_level=(LEVEL,),
)
STATUS = m.ResultDescription(id="urn:uuid:status", name="Project", result_type=m.ResultType.STATUS)


def refused(make):
    """The code with which the model says no."""
    with pytest.raises(DocumentError) as caught:
        make()
    return caught.value.problems[0].code


def test_criteria_need_a_text_or_a_page():
    assert refused(m.Criteria) == "criteria_empty"
    assert m.Criteria(id="https://badges.example/criteria").narrative == ""
    assert m.Criteria(narrative="Shown.").id == ""


def test_a_subject_needs_an_id_or_an_identifier():
    assert refused(lambda: m.AchievementSubject(achievement=an_achievement())) == "nobody_named"
    assert m.AchievementSubject(achievement=an_achievement(), id="did:key:z6Mk").identifier == ()


@pytest.mark.parametrize("id", ["", "badges/1", "//badges.example/1", "https://badges.example/a b", "https:"])
def test_ids_are_complete_uris(id):
    assert refused(lambda: an_achievement(id=id)) in ("blank", "not_absolute")


@pytest.mark.parametrize("member", ["valid_from", "valid_until", "awarded_date"])
def test_points_in_time_carry_a_time_zone(member):
    assert refused(lambda: a_credential(**{member: datetime(2030, 1, 1)})) == "no_time_zone"


def test_a_credential_does_not_end_before_it_begins():
    assert refused(lambda: a_credential(valid_until=WHEN - timedelta(seconds=1))) == "ends_before_it_begins"
    assert a_credential(valid_until=WHEN).valid_until == WHEN


@pytest.mark.parametrize("value", ["Bagde", "ext:", "ext:-x", "ext:a b", "EXT:a"])
def test_words_are_the_standards_or_marked_as_ones_own(value):
    assert refused(lambda: an_achievement(achievement_type=value)) == "unknown_word"


@pytest.mark.parametrize("value", ["ext:LevelI", "ext:level.1_b-c", m.AchievementType.BADGE])
def test_extension_words_are_allowed(value):
    assert an_achievement(achievement_type=value).achievement_type == value


@pytest.mark.parametrize(
    "digest", ["ada@learners.example", "sha256$", "sha256$" + "g" * 64, "sha1$" + "0" * 40, "md5$" + "0" * 64]
)
def test_a_hashed_identity_is_a_hash(digest):
    def make():
        return m.IdentityObject(hashed=True, identity_hash=digest, identity_type="emailAddress")

    assert refused(make) == "bad_identity_hash"


def test_the_type_email_of_the_implementation_guide_is_not_a_word_of_the_standard():
    assert refused(lambda: m.IdentityObject(hashed=False, identity_hash="x", identity_type="email")) == "unknown_word"


@pytest.mark.parametrize(
    ("result", "code"),
    [
        (m.Result(result_description="urn:uuid:elsewhere"), "loose_result"),
        (m.Result(result_description=RUBRIC.id, achieved_level="urn:uuid:elsewhere"), "loose_level"),
        (m.Result(result_description=STATUS.id, value="done"), "status_missing"),
    ],
)
def test_results_point_into_the_same_achievement(result, code):
    achievement = an_achievement(result_description=(RUBRIC, STATUS))
    assert refused(lambda: a_subject(achievement=achievement, result=(result,))) == code


def test_results_that_fit_the_achievement_are_kept():
    achievement = an_achievement(result_description=(RUBRIC, STATUS))
    results = (
        m.Result(result_description=RUBRIC.id, achieved_level=LEVEL.id, value="Mastered"),
        m.Result(result_description=STATUS.id, status=m.ResultStatusType.COMPLETED),
        m.Result(value="by word of mouth"),
    )
    assert a_subject(achievement=achievement, result=results).result == results


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
def test_credits_are_numbers(number):
    assert refused(lambda: an_achievement(credits_available=number)) == "not_finite"


@pytest.mark.parametrize("tag", ["english", "EN", "en_US", "en-us"])
def test_languages_are_tags_that_the_schema_allows(tag):
    assert refused(lambda: an_achievement(in_language=tag)) == "bad_language"


def test_an_endorsement_token_is_a_token():
    assert refused(lambda: a_credential(endorsement_jwt=(TOKEN, "not a token"))) == "not_a_token"


LIST = "https://badges.example/s/1"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"status_list_index": -1}, "bad_index"),
        ({"id": LIST}, "id_is_the_list"),
        ({"status_size": 0}, "bad_size"),
        ({"status_size": 10**9}, "bad_size"),
        ({"status_size": 2}, "messages_missing"),
        ({"status_purpose": ""}, "blank"),
    ],
)
def test_a_status_entry_names_one_place_of_one_list(changes, code):
    entry = m.BitstringStatusListEntry.at(LIST, 7)
    assert refused(lambda: replace(entry, **changes)) == code


def test_a_value_never_changes():
    with pytest.raises(AttributeError):
        a_credential().name = "Better"
    assert hash(a_credential()) == hash(a_credential())
