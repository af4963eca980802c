"""Who is asked for a task, and who stands in."""

from datetime import date

import pytest

from insignia.core.workflow.route import (
    INSTITUTION,
    Asked,
    Delegation,
    Directory,
    Finding,
    Gap,
    Holding,
    Matter,
    Named,
    Roll,
    Route,
    Scope,
    Step,
    Task,
    Verb,
    VotingRule,
    Why,
    name_for,
    roll_for,
)

TODAY = date(2026, 3, 2)
OFFICE = Holding("mona", "program_manager")
PARENTS = {"physics": "science", "science": "provost"}
ROUTE = Route("r", ())


def asked(*holdings, scope=Scope.PROPOSING_UNIT, final=False, matter=None, role="leader", delegations=(), **task):
    """Who is asked for a task of physics' proposal, which Petra wrote."""
    task = Task("t", role, scope=scope, decisions=(Verb.APPROVE,), **task)
    directory = Directory((OFFICE, *holdings), PARENTS, delegations)
    step = Step("s", (task,), final=final)
    return name_for(ROUTE, step, task, role, matter or Matter("physics", ("petra",)), directory, on=TODAY)


def people(answer):
    """Who, why, and in whose place."""
    return [(one.person, one.why, one.instead_of) for one in answer.named]


def test_the_leader_of_the_proposing_unit_is_asked():
    answer = asked(Holding("lena", "leader", "physics"), Holding("sam", "leader", "science"))
    assert answer == Asked((Named("lena", "leader", "physics", Why.HOLDS_THE_ROLE),))


def test_a_vacant_role_falls_up_the_hierarchy_and_says_so():
    answer = asked(Holding("pia", "leader", "provost"))
    assert people(answer) == [("pia", Why.STANDS_IN_FROM_ABOVE, "")]
    assert answer.findings == (Finding(Gap.VACANT, "leader", "physics"), Finding(Gap.VACANT, "leader", "science"))


def test_a_leader_who_proposes_is_not_asked_nor_whoever_acts_for_her():
    away = Delegation("petra", "dan")
    answer = asked(Holding("petra", "leader", "physics"), Holding("sam", "leader", "science"), delegations=(away,))
    assert people(answer) == [("sam", Why.STANDS_IN_FROM_ABOVE, "")]
    assert answer.findings == (Finding(Gap.CONFLICTED, "leader", "physics"),)


def test_whoever_is_recused_is_not_asked_again():
    matter = Matter("physics", ("petra",), frozenset({"lena"}))
    both = (Holding("lena", "leader", "physics"), Holding("leo", "leader", "physics"))
    assert people(asked(*both, matter=matter)) == [("leo", Why.HOLDS_THE_ROLE, "")]


def test_where_nobody_holds_the_role_the_office_stands_in():
    answer = asked()
    assert people(answer) == [("mona", Why.STANDS_IN_FOR_THE_ROLE, "")]
    assert [found.scope for found in answer.findings] == ["physics", "science", "provost", INSTITUTION]


def test_the_final_word_falls_to_no_office():
    answer = asked(final=True, scope=Scope.INSTITUTION, role="executive")
    assert answer.named == ()
    assert [found.gap for found in answer.findings] == [Gap.VACANT, Gap.NOBODY]


def test_where_the_office_is_vacant_too_that_is_said():
    matter = Matter("physics", ("petra",), frozenset({"mona"}))
    assert asked(matter=matter).findings[-1] == Finding(Gap.NOBODY, "leader", INSTITUTION)
    assert asked(matter=matter, role="program_manager", scope=Scope.INSTITUTION).named == ()


@pytest.mark.parametrize(
    ("place", "scope", "why", "findings"),
    [
        ("physics", Scope.PROPOSING_UNIT_OR_DIVISION, Why.HOLDS_THE_ROLE, 0),
        ("science", Scope.PROPOSING_UNIT_OR_DIVISION, Why.HOLDS_THE_ROLE, 0),
        ("science", Scope.PARENT_DIVISION, Why.HOLDS_THE_ROLE, 0),
        ("provost", Scope.PARENT_DIVISION, Why.STANDS_IN_FROM_ABOVE, 1),
        (INSTITUTION, Scope.INSTITUTION, Why.HOLDS_THE_ROLE, 0),
        ("physics", Scope.INSTITUTION, Why.STANDS_IN_FOR_THE_ROLE, 1),
        ("physics", Scope.PARENT_DIVISION, Why.STANDS_IN_FOR_THE_ROLE, 3),
    ],
)
def test_where_a_role_is_looked_for(place, scope, why, findings):
    answer = asked(Holding("lena", "leader", place), scope=scope)
    assert ([one.why for one in answer.named], len(answer.findings)) == ([why], findings)


def test_a_role_ends_and_begins_on_its_days():
    past = Holding("old", "leader", "physics", until_on=date(2026, 3, 1))
    coming = Holding("new", "leader", "physics", from_on=date(2026, 3, 3))
    now = Holding("lena", "leader", "physics", date(2026, 3, 2), date(2026, 3, 2))
    assert [one.person for one in asked(past, now, coming).named] == ["lena"]


def test_whoever_is_away_has_somebody_act():
    lena = Holding("lena", "leader", "physics")
    away = Delegation("lena", "dan", "leader", date(2026, 3, 1), date(2026, 3, 8))
    assert people(asked(lena, delegations=(away,))) == [("dan", Why.HOLDS_THE_ROLE, "lena")]
    other = Delegation("lena", "dan", "examiner")
    over = Delegation("lena", "dan", until_on=date(2026, 3, 1))
    assert people(asked(lena, delegations=(other, over))) == [("lena", Why.HOLDS_THE_ROLE, "")]


def test_delegations_are_followed_and_never_in_a_circle():
    lena = Holding("lena", "leader", "physics")
    on = (Delegation("lena", "dan"), Delegation("dan", "eric"))
    assert people(asked(lena, delegations=on)) == [("eric", Why.HOLDS_THE_ROLE, "lena")]
    assert people(asked(lena, delegations=(*on, Delegation("eric", "lena")))) == [("eric", Why.HOLDS_THE_ROLE, "lena")]
    # Who proposed acts for nobody either.
    to_proposer = (Delegation("lena", "petra"),)
    assert people(asked(lena, delegations=to_proposer)) == [("lena", Why.HOLDS_THE_ROLE, "")]


def test_units_that_lie_above_each_other_are_no_trap():
    directory = Directory((OFFICE,), {"a": "b", "b": "a"})
    assert list(directory.above("a")) == ["b", INSTITUTION]


def test_a_task_for_one_person_is_for_that_person_or_for_nobody():
    assert people(asked(person="paula")) == [("paula", Why.NAMED, "")]
    assert asked(person="petra").findings == (Finding(Gap.NOBODY, "leader", INSTITUTION),)


def test_proposers_are_asked_for_what_is_theirs():
    task = Task("t", "proposer", decisions=(Verb.SUBMIT,))
    matter = Matter("physics", ("petra", "paul"))
    answer = name_for(ROUTE, Step("s", (task,)), task, "proposer", matter, Directory(), on=TODAY)
    assert people(answer) == [("petra", Why.PROPOSES, ""), ("paul", Why.PROPOSES, "")]


def test_a_body_sits_with_its_chair_and_without_those_who_have_to_stay_out():
    task = Task("vote", "committee", body="MCC")
    holdings = (
        *(Holding(name, "committee", "MCC") for name in ("max", "mia", "petra")),
        Holding("other", "committee", "elsewhere"),
        Holding("carla", "committee_chair", "MCC"),
        Holding("dora", "committee_deputy"),
    )
    matter = Matter("physics", ("petra",), frozenset({"carla", "sven"}))
    assert roll_for(task, VotingRule(), "committee", matter, Directory(holdings), on=TODAY) == Roll(
        ("max", "mia", "petra"), "carla", "dora", frozenset({"petra", "carla"})
    )
    assert people(asked(*holdings, role="committee", body="MCC")) == [
        ("max", Why.HOLDS_THE_ROLE, ""),
        ("mia", Why.HOLDS_THE_ROLE, ""),
    ]
