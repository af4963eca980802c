"""What bodies decided about the words of a draft: noted with the words, frozen with them, gone with them."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from insignia.core.errors import Conflict, NotPermitted, Rejected
from insignia.domain.access.actor import SYSTEM
from insignia.domain.catalog import actions, queries
from insignia.domain.catalog.models import Achievement, AchievementVersion
from insignia.domain.catalog.rules import Approval
from insignia.domain.journal import bus
from tests.support.builders import (
    a_draft,
    a_member,
    an_achievement,
    an_approval,
    an_approved_achievement,
    today,
)

pytestmark = pytest.mark.usefixtures("institution")
BY_THE_COLLEGE = an_approval("College of Computing", role="unit", on=date(2026, 3, 2), proposal="p1")
BY_THE_COMMITTEE = an_approval(proposal="p2")


def draft_of(achievement: Achievement) -> AchievementVersion:
    draft = queries.draft_of(achievement)
    assert draft is not None
    return draft


def noted(achievement: Achievement, *approvals: Approval, by: Any = SYSTEM, content_hash: str = "") -> None:
    actions.note_approvals(
        by=by,
        achievement=achievement,
        approvals=approvals,
        content_hash=content_hash or draft_of(achievement).content.fingerprint(),
    )


@pytest.mark.requirement("R-095")
def test_a_version_keeps_which_bodies_approved_its_words_in_their_order() -> None:
    achievement = a_draft()
    noted(achievement, BY_THE_COLLEGE, BY_THE_COMMITTEE)
    words = draft_of(achievement).content
    version = actions.activate(by=SYSTEM, achievement=achievement).current
    assert version is not None
    version.refresh_from_db()
    assert version.approvals == (BY_THE_COLLEGE, BY_THE_COMMITTEE)
    assert version.content == words
    assert (version.approved_by, version.approved_on) == ("Micro-Credential Committee", date(2026, 3, 13))


def test_noting_an_approval_is_told() -> None:
    achievement = a_draft()
    noted(achievement, BY_THE_COLLEGE, BY_THE_COMMITTEE)
    entry = bus.read(name="catalog.approvals_noted", subject=("achievement", achievement.public_id)).get()
    assert entry.data == {
        "achievement": achievement.public_id,
        "number": 1,
        "content_hash": draft_of(achievement).content.fingerprint(),
        "roles": ["unit", "committee"],
    }


def test_what_was_approved_must_be_what_the_draft_says() -> None:
    achievement = a_draft()
    approved = draft_of(achievement).content.fingerprint()
    changed = replace(draft_of(achievement).content, criteria="Something easier.")
    actions.write_draft(by=SYSTEM, achievement=achievement, content=changed)
    with pytest.raises(Conflict) as refused:
        noted(achievement, BY_THE_COMMITTEE, content_hash=approved)
    assert refused.value.code == "draft_moved"
    assert draft_of(achievement).approvals == ()


def test_a_draft_written_anew_was_approved_by_nobody() -> None:
    achievement = a_draft()
    noted(achievement, BY_THE_COMMITTEE)
    actions.write_draft(by=SYSTEM, achievement=achievement, content=draft_of(achievement).content)
    assert draft_of(achievement).approvals == ()


def test_without_a_draft_there_is_nothing_to_which_an_approval_could_belong() -> None:
    with pytest.raises(Conflict) as refused:
        noted(an_achievement(), BY_THE_COMMITTEE, content_hash="0" * 64)
    assert refused.value.code == "no_draft"


@pytest.mark.parametrize(
    ("approvals", "code"),
    [
        ((), "approvals_missing"),
        ((an_approval(" "),), "approved_by_missing"),
        ((BY_THE_COLLEGE, "tomorrow"), "approved_in_future"),
    ],
)
def test_an_approval_says_who_and_when(approvals: tuple[Any, ...], code: str) -> None:
    tomorrow = an_approval(on=today() + timedelta(days=1))
    given = [tomorrow if one == "tomorrow" else one for one in approvals]
    with pytest.raises(Rejected) as refused:
        noted(a_draft(), *given)
    assert refused.value.code == code


def test_only_who_may_decide_notes_a_decision() -> None:
    achievement = a_draft()
    with pytest.raises(NotPermitted):
        noted(achievement, BY_THE_COMMITTEE, by=a_member("issuer"))


def test_who_approved_elsewhere_is_named_beside_who_approved_here() -> None:
    achievement = a_draft()
    noted(achievement, BY_THE_COMMITTEE)
    actions.activate(by=SYSTEM, achievement=achievement, approved_by="The Board", approved_on=date(2021, 5, 31))
    version = queries.versions_of(achievement).get()
    assert (version.approved_by, version.approved_on) == ("The Board", date(2021, 5, 31))
    assert version.approvals == (BY_THE_COMMITTEE,)


@pytest.mark.parametrize(
    "change",
    [
        {"approvals_data": []},
        {"approved_by": "Somebody else"},
        {"approved_on": date(2020, 1, 1)},
        {"content_data": {"name": "Other"}},
    ],
)
def test_the_database_itself_refuses_to_change_who_approved_a_frozen_version(change: dict[str, Any]) -> None:
    version = an_approved_achievement().current
    assert version is not None
    with pytest.raises(DatabaseError), transaction.atomic():
        AchievementVersion.objects.filter(pk=version.pk).update(**change)
