"""What a proposal may be about, and what its level answers beforehand."""

import pytest

from insignia.core.errors import NotPermitted, Rejected
from insignia.domain.catalog import actions as catalog
from insignia.domain.institutions import queries as institutions
from insignia.domain.institutions.models import Institution
from insignia.domain.proposals.writing import actions, openings, queries
from insignia.domain.proposals.writing.similar import similar_to
from tests.support import builders
from tests.support.governance import Cast, a_colleague, a_proposal, again, ksu_cast


@pytest.fixture
def cast(institution: Institution) -> Cast:
    return ksu_cast()


def begin(cast: Cast, kind: str, achievement: object = None) -> None:
    level = institutions.levels().get(key="level_1")
    actions.begin_proposal(
        by=cast.actor("proposer"),
        unit=cast.unit,
        level=level,
        kind=kind,
        achievement=achievement,  # type: ignore[arg-type]
    )


@pytest.mark.parametrize("kind", ["revise", "retire", "reactivate"])
def test_a_change_is_a_change_of_something(cast: Cast, kind: str) -> None:
    with pytest.raises(Rejected, match="Say which badge it is about"):
        begin(cast, kind)


def test_the_badge_has_to_be_in_a_state_for_it(cast: Cast) -> None:
    badge = builders.an_achievement(unit=cast.unit)
    with pytest.raises(Rejected, match="is not in a state for that"):
        begin(cast, "reactivate", badge)
    catalog.move(by=builders.SYSTEM, achievement=badge, verb="retire", reason="Done.")
    badge.refresh_from_db()
    with pytest.raises(Rejected, match="is not in a state for that"):
        begin(cast, "revise", badge)
    begin(cast, "reactivate", badge)


def test_only_members_are_let_in(cast: Cast) -> None:
    draft = a_proposal(cast)
    with pytest.raises(Rejected, match="holds no role here"):
        actions.add_participant(by=cast.actor("proposer"), proposal=draft, user=builders.a_person(name="Sam"))
    with pytest.raises(NotPermitted):
        actions.add_participant(by=cast.actor("executive"), proposal=draft, user=a_colleague("faculty"))


def test_openings_agree_with_what_can_be_begun(cast: Cast) -> None:
    officer = builders.acting(a_colleague("student_org_officer"))
    for opening in openings.openings(officer):
        if opening.may:
            actions.check_eligible(officer, opening.level)
        else:
            with pytest.raises(NotPermitted):
                actions.check_eligible(officer, opening.level)
    assert {one.level.key for one in openings.openings(officer) if one.may} == {"souvenir"}


def test_a_revision_is_not_like_the_badge_that_it_changes(cast: Cast) -> None:
    badge = builders.an_achievement(name="Charts and Maps", unit=cast.unit)
    begin(cast, "revise", badge)
    draft = queries.own(cast.actor("proposer")).get()
    assert similar_to(draft, cast.actor("proposer")) == []


def test_what_somebody_chose_survives_another_level(cast: Cast) -> None:
    draft = a_proposal(cast, environment="professional", proficiency="introductory")
    by = cast.actor("proposer")
    actions.write_answers(by=by, proposal=draft, sent={"type": "level_2"}, revision=draft.revision)
    assert again(draft).answers["proficiency"] == "mastery"
    actions.write_answers(by=by, proposal=draft, sent={"proficiency": "practised"}, revision=again(draft).revision)
    actions.write_answers(by=by, proposal=draft, sent={"type": "level_1"}, revision=again(draft).revision)
    assert again(draft).answers["proficiency"] == "practised"
