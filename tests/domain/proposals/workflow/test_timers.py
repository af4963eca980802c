"""What time owes: reminders once, escalation, days that do not count, the end of what nobody takes up again."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from insignia.core.workflow import route as engine
from insignia.core.workflow.route import Verb
from insignia.domain.access.actor import SYSTEM
from insignia.domain.ground import clock
from insignia.domain.institutions import actions as institutions
from insignia.domain.institutions.models import Institution
from insignia.domain.journal import bus
from insignia.domain.proposals.bodies import queries as bodies
from insignia.domain.proposals.bodies.models import Meeting
from insignia.domain.proposals.workflow import actions as workflow
from insignia.domain.proposals.workflow import deadlines, queries
from insignia.domain.proposals.workflow.models import Run
from insignia.domain.proposals.writing.models import Proposal
from tests.support.governance import Cast, again, decided, ksu_cast, submitted

MONDAY = datetime.fromisoformat("2027-03-01T14:00:00+00:00")


@pytest.fixture
def cast(institution: Institution) -> Iterator[Cast]:
    with clock.frozen(MONDAY):
        yield ksu_cast()


def after(days: int, institution: Institution) -> int:
    """What is said so many days later."""
    with clock.frozen(MONDAY + timedelta(days=days)):
        return workflow.tick(institution)


def told(name: str) -> list[tuple[str, int]]:
    """The tasks of which was said that they wait, and after how many days; the oldest first."""
    return [(entry.data["task"], entry.data["days"]) for entry in reversed(bus.read(name=f"workflow.task_{name}"))]


def policies(institution: Institution, **values: object) -> None:
    institutions.set_policies(by=SYSTEM, institution=institution, policies=values)
    institution.refresh_from_db()


def before_committee(cast: Cast) -> Proposal:
    proposal = submitted(cast)
    proposal = decided(cast, "skill_reviewer", proposal, Verb.APPROVE, task="skill_review")
    return decided(cast, "unit_leader", proposal, Verb.APPROVE, task="unit_leader")


def test_a_reminder_is_given_once_and_the_office_hears_of_what_waits_on(cast: Cast, institution: Institution) -> None:
    proposal = submitted(cast)
    decided(cast, "skill_reviewer", proposal, Verb.APPROVE, task="skill_review")
    assert after(6, institution) == 0
    assert after(7, institution) == 1
    assert after(7, institution) == 0  # looked at today already
    Run.objects.update(checked_on=None)
    assert after(7, institution) == 0  # and said already
    assert after(8, institution) == 0
    assert after(12, institution) == 1
    assert after(14, institution) == 1
    assert after(40, institution) == 0
    assert told("reminded") == [("unit_leader", 7), ("unit_leader", 12)]
    assert told("escalated") == [("unit_leader", 14)]
    row = queries.run_of(proposal)
    assert row is not None
    assert engine.replay(row.route.route, row.run.history) == row.run
    # A page that was opened before a reminder is not out of date.
    assert row.revision == row.run.revision == 2


def test_of_several_reminders_that_are_due_only_the_latest_is_given(cast: Cast, institution: Institution) -> None:
    submitted(cast)
    after(13, institution)
    assert told("reminded") == [("skill_review", 12), ("unit_leader", 12)]


def test_days_that_do_not_count_count_for_nobody(cast: Cast, institution: Institution) -> None:
    policies(institution, blackouts=["2027-03-03/2027-03-09"])
    proposal = submitted(cast)
    assert after(13, institution) == 0
    assert after(14, institution) == 2
    item = queries.waiting(proposal, queries.house_of(institution))[0]
    days = deadlines.Days.of(institution)
    assert days.due_on(item.row, item.row.run.route.route) == (MONDAY + timedelta(days=14 + 7)).date()


def test_a_matter_of_a_meeting_waits_for_the_meeting_of_its_own_body(cast: Cast, institution: Institution) -> None:
    other = type(bodies.body("MCC")).objects.create(institution=institution, key="OTHER", name="Another body")
    for body, days in ((bodies.body("MCC"), 20), (other, 2)):
        Meeting.objects.create(
            institution=institution,
            body=body,
            starts_at=MONDAY + timedelta(days=days),
            cut_off_on=(MONDAY + timedelta(days=days - 1)).date(),
        )
    proposal = before_committee(cast)
    assert after(26, institution) == 0
    assert after(27, institution) == 1
    item = queries.waiting(proposal, queries.house_of(institution))[0]
    due = deadlines.Days.of(institution).due_on(item.row, item.row.run.route.route)
    assert due == (MONDAY + timedelta(days=20 + 21)).date()


def test_nothing_is_due_while_it_rests(cast: Cast, institution: Institution) -> None:
    proposal = submitted(cast)
    row = queries.run_of(proposal)
    assert row is not None
    workflow.decide(
        by=cast.actor("program_manager"),
        proposal=proposal,
        decision=engine.Decision(Verb.SUSPEND, comment="Wait."),
        revision=row.revision,
    )
    assert after(30, institution) == 0


@pytest.mark.parametrize(("lapse", "state"), [(0, "changes_requested"), (60, "withdrawn")])
def test_what_nobody_takes_up_again_is_withdrawn_where_the_institution_says_so(
    cast: Cast, institution: Institution, lapse: int, state: str
) -> None:
    policies(institution, changes_lapse_after_days=lapse)
    proposal = decided(
        cast, "unit_leader", submitted(cast), Verb.REQUEST_CHANGES, task="unit_leader", comment="Say more."
    )
    after(14, institution)
    assert told("reminded") == [("", 14)]
    after(59, institution)
    assert again(proposal).state == "changes_requested"
    after(61, institution)
    assert again(proposal).state == state
    row = queries.run_of(proposal)
    assert row is not None
    assert engine.replay(row.route.route, row.run.history) == row.run


def test_what_has_ended_is_never_looked_at_again(cast: Cast, institution: Institution) -> None:
    proposal = decided(cast, "unit_leader", submitted(cast), Verb.REJECT, task="unit_leader", comment="No.")
    assert after(400, institution) == 0
    assert Run.objects.get(proposal=proposal).checked_on is None


def test_a_due_day_is_known_of_every_timer_and_of_no_other_task(cast: Cast, institution: Institution) -> None:
    proposal = before_committee(cast)
    proposal = decided(cast, "member_1", proposal, Verb.APPROVE, task="mcc")
    house, days = queries.house_of(institution), deadlines.Days.of(institution)
    item = queries.waiting(proposal, house)[0]
    assert days.due_on(item.row, item.row.run.route.route) == (MONDAY + timedelta(days=14)).date()
    row = queries.run_of(proposal)
    assert row is not None
    workflow.decide(
        by=cast.actor("program_manager"),
        proposal=proposal,
        decision=engine.Decision(Verb.SUSPEND, comment="Wait."),
        revision=row.revision,
    )
    item = queries.waiting(proposal, house)[0]
    assert days.due_on(item.row, item.row.run.route.route) is None
