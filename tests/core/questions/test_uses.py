"""What follows from a form and its answers: facts, content, remarks, the guide."""

from insignia.core.questions.answers import missing
from insignia.core.questions.facts import facts_of, fields_of, possible_facts
from insignia.core.questions.guide import When, guide
from insignia.core.questions.warnings import warnings
from insignia.core.workflow.conditions import Operator
from tests.core.questions.samples import FULL, codes, form, small

EVERY = form("every")
KSU = form("ksu_proposal")


def test_facts_are_what_counts_and_can_be_known():
    assert facts_of(EVERY, FULL) == {"credit": True, "type": "two", "audience": ("a", "b")}
    assert facts_of(EVERY, {**FULL, "level": "one", "yes_no": "perhaps"}) == {"type": "one"}
    assert facts_of(EVERY, {**FULL, "choices": ["x"], "level": "three"}) == {"credit": True}


def test_a_route_can_be_told_which_facts_occur():
    assert possible_facts(EVERY) == {"credit": {True, False}, "type": {"one", "two"}, "audience": {"a", "b", "c"}}
    assert possible_facts(form("cu_proposal"))["type"] == {"credit", "noncredit"}


def test_answers_fill_the_fields_of_an_achievement():
    assert fields_of(EVERY, {**FULL, "text": "About it."}) == {"name": "Event planning", "description": "About it."}
    assert fields_of(EVERY, {"title": "", "text": None}) == {}
    request = {"title": "Open day", "basis": "event_attendance", "attendance": "Both days", "active_means": "Old words"}
    assert fields_of(form("ksu_souvenir"), request) == {
        "name": "Open day",
        "extra.basis": "event_attendance",
        "criteria": "Both days",
    }


def test_a_souvenir_needs_a_word_on_why_it_is_meaningful():
    found = {problem.question: str(problem) for problem in missing(form("ksu_souvenir"), {})}
    assert found["meaning"] == "Say why taking part is meaningful and of value to those who do."


def test_only_what_is_assessed_needs_skills_and_every_badge_a_demand():
    level = {problem.question for problem in missing(KSU, {"type": "level_1"})}
    certificate = {problem.question for problem in missing(KSU, {"type": "certificate_practiced"})}
    assert {"skills", "demand"} <= level
    assert "components" in certificate
    assert "demand" in certificate
    assert "skills" not in certificate


def test_the_second_university_wants_six_to_ten_skills_and_a_short_description():
    answers = {"skills": list("abcde"), "description": "x" * 501}
    found = {problem.question: problem.code for problem in missing(form("cu_proposal"), answers)}
    assert found["skills"] == "too_few"
    assert found["description"] == "too_long"
    assert found["attest_standards"] == found["attest_governance"] == "missing"
    assert "skills" not in {p.question for p in missing(form("cu_proposal"), {"skills": list("abcdefghij")})}


def test_the_second_university_requires_what_its_metadata_need():
    needed = {question.maps_to for question in form("cu_proposal").questions if question.is_needed}
    assert needed >= {"name", "description", "criteria", "outcomes", "skills", "audience", "credit", "effort", "links"}
    assert needed >= {"extra.timeframe", "extra.cost", "extra.level", "extra.artifact_links"}


def test_too_much_of_a_good_thing_is_remarked_on():
    answers = {"outcomes": [f"Plan {n}" for n in range(7)], "hours": 100}
    assert codes(warnings(KSU, answers)) == [("outcomes", "more_than_advised"), ("hours", "more_than_advised")]
    assert str(warnings(KSU, {"hours": 2})[0]) == (
        "“Hours of work for an earner”: 2 is less than usual. Advised are 3 or more."
    )
    assert warnings(KSU, {"outcomes": ["Plan", "Lead"], "hours": 3}) == ()
    assert warnings(KSU, {"outcomes": ["Plan"] * 6, "hours": 60}) == ()
    assert warnings(KSU, {"outcomes": 5, "hours": "many"}) == ()


def test_an_outcome_is_judged_by_its_verb():
    told = warnings(KSU, {"outcomes": ["- UNDERSTAND access needs", "Plan what others understand", "Learner support"]})
    assert codes(told) == [("outcomes", "better_avoided")]
    assert told[0].params["word"] == "UNDERSTAND"
    assert told[0].params["number"] == 1
    assert "identify" in str(told[0])


def test_a_title_is_judged_by_any_of_its_words():
    assert codes(warnings(KSU, {"title": "Inclusive Event Master"})) == [("title", "better_avoided")]
    assert warnings(KSU, {"title": "Masterly Events of a Webmaster"}) == ()


def test_answers_that_do_not_go_well_together_are_remarked_on():
    told = warnings(KSU, {"type": "level_1", "environment": "professional"})
    assert [(problem.question, problem.code) for problem in told] == [("environment", "level_fit")]
    assert str(told[0]).startswith("Is this Level II?")
    assert warnings(KSU, {"type": "level_2", "environment": "professional"}) == ()
    # The question of the setting is not asked of a certificate.
    assert warnings(KSU, {"type": "certificate_expert", "environment": "professional"}) == ()


def test_a_hint_may_say_per_cent():
    hint = {"key": "h", "question": "sure", "message": "100% sure?", "condition": {"fact": "sure", "is": True}}
    asking = small({"key": "sure", "label": "Sure", "kind": "yes_no"}, hints=[hint])
    assert [str(problem) for problem in warnings(asking, {"sure": True})] == ["100% sure?"]


def test_the_guide_has_every_question_and_says_when_it_is_asked():
    printed = guide(KSU)
    assert [one.question for section in printed.sections for one in section.questions] == list(KSU.questions)
    idea = {one.question.key: one for one in printed.sections[0].questions}
    assert idea["title"].when is None
    assert idea["title"].is_needed
    assert idea["components"].when == When(
        Operator.IN, "Kind", ("Digital Certificate (Practiced)", "Digital Certificate (Expert)")
    )
    assert idea["credits"].when == When(Operator.IS, "Is it earned within a course for credit?", (True,))
    assert all(one.is_needed for one in printed.sections[-1].questions if one.question.kind == "attest")


def test_the_guide_says_joined_conditions_part_by_part():
    second = guide(EVERY).sections[1]
    assert second.when == When(Operator.IS, "Level", ("Level II",))
    asking = small(
        {"key": "a", "label": "A?", "kind": "yes_no"},
        {"key": "b", "label": "B?", "kind": "yes_no", "condition": {"not": {"fact": "a", "is": True}}},
    )
    assert guide(asking).sections[0].questions[1].when == When(Operator.NOT, parts=(When(Operator.IS, "A?", (True,)),))
