"""What was approved is looked at again: planned before it is active, reminded of, written, accepted."""

from datetime import UTC, date, datetime, timedelta

import pytest

from insignia.core.errors import NotPermitted, Rejected
from insignia.domain.ground import clock
from insignia.domain.institutions.models import Institution
from insignia.domain.journal import bus
from insignia.domain.proposals.production import actions, queries, rules
from insignia.domain.proposals.production.models import EvaluationPlan
from tests.support import production
from tests.support.governance import Cast, a_colleague, actor, ksu_cast


def planned(cast: Cast) -> EvaluationPlan:
    """An active badge whose evaluation is due on 1 June 2030."""
    found = production.all_done(cast, production.in_production(cast))
    production.evaluation_planned(cast, found, due_on=date(2030, 6, 1))
    actions.activate(by=cast.actor("program_manager"), production=found)
    plan = queries.evaluation_plan_of(production.again(found))
    assert plan is not None
    return plan


def reminded() -> list[int]:
    return [entry.data["days"] for entry in reversed(list(bus.read(name="production.evaluation_reminded")))]


@pytest.mark.requirement("R-107")
def test_its_owner_is_reminded_sixty_and_thirty_days_before_and_on_the_day(institution: Institution) -> None:
    planned(ksu_cast())
    for day, owed in [
        (date(2030, 4, 1), []),
        (date(2030, 4, 2), [60]),
        (date(2030, 4, 3), [60]),
        (date(2030, 5, 2), [60, 30]),
        (date(2030, 5, 31), [60, 30]),
        (date(2030, 6, 1), [60, 30, 0]),
        (date(2030, 7, 1), [60, 30, 0]),
    ]:
        with clock.frozen(datetime(day.year, day.month, day.day, 18, tzinfo=UTC)):
            actions.remind_due(institution)
            actions.remind_due(institution)
        assert reminded() == owed, day


def test_after_a_long_silence_one_reminder_is_enough(institution: Institution) -> None:
    planned(ksu_cast())
    with clock.frozen(datetime(2030, 6, 9, 18, tzinfo=UTC)):
        assert actions.remind_due(institution) == 1
    assert reminded() == [0]


@pytest.mark.requirement("R-107")
@pytest.mark.parametrize("outcome", ["keep", "revise", "retire"])
def test_what_was_found_is_handed_in_accepted_and_the_next_one_planned(institution: Institution, outcome: str) -> None:
    cast = ksu_cast()
    plan = planned(cast)
    owner, manager = cast.actor("proposer"), cast.actor("program_manager")
    with clock.frozen(datetime(2030, 5, 20, 18, tzinfo=UTC)):
        with pytest.raises(NotPermitted):
            actions.submit_evaluation(by=actor(a_colleague("staff")), plan=plan, report="Fine.", outcome=outcome)
        with pytest.raises(Rejected, match="keep, revise or retire"):
            actions.submit_evaluation(by=owner, plan=plan, report="Fine.", outcome="perhaps")
        row = actions.submit_evaluation(by=owner, plan=plan, report="Forty earned it.", outcome=outcome)
        with pytest.raises(NotPermitted):
            actions.accept_evaluation(by=owner, evaluation=row)
        actions.return_evaluation(by=manager, evaluation=row, answer="What do employers say?")
        row = actions.submit_evaluation(by=owner, plan=plan, report="Forty earned it; they ask.", outcome=outcome)
        actions.accept_evaluation(by=manager, evaluation=row)
    row.refresh_from_db()
    assert (row.state, row.outcome, row.due_on) == ("accepted", outcome, date(2030, 6, 1))
    assert bus.read(name="production.evaluation_moved")[0].data["outcome"] == outcome
    plan.refresh_from_db()
    assert (plan.next_due_on, plan.reminded) == (date(2033, 6, 1), [])


@pytest.mark.requirement("R-107")
def test_what_is_overdue_is_flagged(institution: Institution) -> None:
    cast = ksu_cast()
    planned(cast)
    plans = queries.evaluation_plans(cast.actor("program_manager"))
    assert [line.is_overdue for line in queries.plan_lines(plans, today=date(2030, 6, 1))] == [False]
    assert [line.is_overdue for line in queries.plan_lines(plans, today=date(2030, 6, 2))] == [True]


def test_the_plan_of_whoever_is_not_the_office_waits_for_its_word(institution: Institution) -> None:
    cast = ksu_cast()
    found = production.in_production(cast)
    issuer = a_colleague("issuer", scope=cast.unit)
    values = {"interval_months": 24, "measures": "Who earns it", "owner": issuer}
    task = production.task(found, "evaluation_plan")
    with pytest.raises(Rejected, match="future"):
        actions.plan_evaluation(by=actor(issuer), task=task, next_due_on=date(2020, 1, 1), **values)
    actions.plan_evaluation(by=actor(issuer), task=task, next_due_on=clock.now().date() + timedelta(days=700), **values)
    assert production.task(found, "evaluation_plan").state == "in_approval"
    actions.move(by=cast.actor("program_manager"), task=production.task(found, "evaluation_plan"), verb="approve")
    assert production.task(found, "evaluation_plan").state == "done"


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 1, 15), 36, date(2029, 1, 15)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 10, 31), 2, date(2026, 12, 31)),
    ],
)
def test_months_are_counted_by_the_calendar(day: date, months: int, then: date) -> None:
    assert rules.after_months(day, months) == then
