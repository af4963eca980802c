"""How alike two achievements are: pure comparison."""

import pytest

from insignia.domain.proposals.writing.likeness import Said, likeness, words_of


def said(name: str, *outcomes: str, skills: tuple[str, ...] = ()) -> Said:
    return Said(words_of([name]), words_of(outcomes), frozenset(skills))


def test_words_are_compared_without_case_endings_and_what_every_title_has() -> None:
    assert words_of(["Planning the Events", "Introduction to Badge Skills"]) == {"plann", "event"}


@pytest.mark.parametrize(
    ("one", "other", "is_alike"),
    [
        ("Inclusive Event Planning", "Planning Inclusive Events", True),
        ("Event Planning", "Event Planning for Public Institutions", True),
        ("Inclusive Event Planning", "Welding", False),
        ("Grant Writing", "Technical Writing", False),
    ],
)
def test_names_that_say_the_same_are_alike(one: str, other: str, is_alike: bool) -> None:
    assert (likeness(said(one), said(other)).score >= 0.4) is is_alike


def test_shared_skills_make_alike_what_is_called_otherwise() -> None:
    mine = said("Meeting Facilitation", "Lead a meeting", skills=("a", "b", "c"))
    theirs = said("Inclusive Meetings", "Lead a meeting of ten", skills=("a", "b", "c", "d"))
    alike = likeness(mine, theirs)
    assert alike.score >= 0.4
    assert (alike.skills, alike.words) == (3, ("meet",))
    assert likeness(mine, said("Welding", skills=("x",))).score == 0


def test_what_says_nothing_is_like_nothing() -> None:
    assert likeness(said(""), said("")).score == 0
