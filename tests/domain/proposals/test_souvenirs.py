"""Souvenirs go the light way: to whoever looks after the channel of their audience, and never before the committee."""

from dataclasses import replace
from typing import Any

import pytest

from insignia.core.errors import Rejected
from insignia.core.workflow.route import Verb
from insignia.domain.access.actor import SYSTEM
from insignia.domain.catalog import actions as catalog
from insignia.domain.catalog import queries as catalog_queries
from insignia.domain.institutions.models import Institution
from insignia.domain.proposals.production import actions
from insignia.domain.proposals.workflow import actions as workflow
from insignia.domain.proposals.workflow import queries
from insignia.domain.proposals.workflow.models import TaskRun
from insignia.domain.proposals.writing import actions as writing
from tests.support import builders, production
from tests.support.governance import a_proposal, decided, ksu_cast, open_tasks, submitted


@pytest.mark.requirement("R-024", "R-025")
@pytest.mark.parametrize(
    ("audience", "who"),
    [
        (["students"], "student_engagement_staff"),
        (["faculty"], "program_manager"),
        (["staff"], "program_manager"),
        (["students", "staff"], "program_manager"),
    ],
    ids=["students", "faculty", "staff", "mixed"],
)
def test_the_audience_chooses_the_channel_and_nobody_else_is_asked(
    institution: Institution, audience: list[str], who: str
) -> None:
    cast = ksu_cast()
    proposal = submitted(cast, level="souvenir", audience=audience)
    assert open_tasks(proposal) == {"channel_approval"}
    assert [item.row.task for item in queries.tasks_for(cast.actor(who), institution)] == ["channel_approval"]
    proposal = decided(cast, who, proposal, Verb.APPROVE, task="channel_approval")
    assert proposal.state == "approved"
    roles = set(TaskRun.objects.filter(run__proposal=proposal).values_list("role", flat=True))
    assert not roles & {"committee", "committee_chair", "executive", "unit_leader", "skill_reviewer"}


@pytest.mark.requirement("R-022")
def test_it_cannot_be_asked_for_without_saying_why_taking_part_is_worth_something(institution: Institution) -> None:
    cast = ksu_cast()
    proposal = a_proposal(cast, level="souvenir", audience=["students"])
    meaning = next(q.key for q in proposal.form.form.questions if q.maps_to == "extra.meaning")
    writing.write_answers(by=cast.actor("proposer"), proposal=proposal, sent={meaning: ""}, revision=99)
    with pytest.raises(Rejected) as refused:
        workflow.submit(by=cast.actor("proposer"), proposal=proposal)
    assert [detail.code for detail in refused.value.details] == [meaning]


@pytest.mark.requirement("R-020", "R-021")
@pytest.mark.parametrize(
    ("answers", "kind", "told"),
    [
        ({"basis": "event_attendance", "events": 3}, "Badge", {"basis": "event_attendance", "events": 3}),
        ({"basis": "extracurricular_engagement"}, "Badge", {"basis": "extracurricular_engagement"}),
        (
            {"basis": "active_membership", "membership_period": "2026–27"},
            "Membership",
            {"basis": "active_membership", "membership_period": "2026–27"},
        ),
    ],
    ids=["attendance", "engagement", "membership"],
)
def test_the_badge_carries_for_what_it_is_given_and_never_says_competency(
    institution: Institution, answers: dict[str, Any], kind: str, told: dict[str, Any]
) -> None:
    cast = ksu_cast()
    asked = production.in_production(cast, level="souvenir", audience=["staff"], **answers)
    actions.create_credential(by=cast.actor("program_manager"), production=asked)
    made = production.again(asked)
    assert made.achievement is not None
    draft = catalog_queries.draft_of(made.achievement)
    assert draft is not None
    assert draft.content.achievement_type == kind
    assert {name: draft.content.extra[name] for name in told} == told
    assert catalog.what_is_missing(made.achievement) == []
    for skills in ((), builders.content().skills):
        for chosen, lacking in (("", []), ("Competency", ["missing_achievement_type"])):
            changed = replace(draft.content, skills=skills, achievement_type=chosen)
            catalog.write_draft(by=SYSTEM, achievement=made.achievement, content=changed)
            assert [lack.code for lack in catalog.what_is_missing(made.achievement)] == lacking
            draft.refresh_from_db()
            assert draft.content.achievement_type == (chosen or kind)
