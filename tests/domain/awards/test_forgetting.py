"""Rosters forget the people to whom nothing was awarded, and still add up."""

from datetime import timedelta

import pytest

from insignia.domain.awards import actions as awards
from insignia.domain.awards.models import AwardBatch, BatchRow
from insignia.domain.ground import clock
from insignia.domain.journal import retention
from tests.support.builders import a_grantor, an_achievement, an_institution, worked_through

pytestmark = pytest.mark.usefixtures("institution")

ROSTER = b"""email,name,awarded_on
ana@students.example,Ana,2026-01-05
bad address,Ben Secret,2026-01-05
ana@students.example,Ana,2026-01-05
"""


def uploaded() -> AwardBatch:
    achievement = an_achievement(level="souvenir")
    by = a_grantor(of=achievement)
    return awards.check_batch(
        awards.upload_batch(by=by, achievement=achievement, data=ROSTER, filename="r.csv", source="page")
    )


def states(batch: AwardBatch) -> list[str]:
    return list(BatchRow.objects.filter(batch=batch).order_by("number").values_list("state", flat=True))


def test_a_roster_that_nobody_confirmed_is_thrown_away_after_three_months() -> None:
    batch = uploaded()
    with clock.frozen(clock.now() + timedelta(days=89)):
        retention.carry_out()
        batch.refresh_from_db()
        assert (batch.state, batch.file is None) == ("checked", False)
    with clock.frozen(clock.now() + timedelta(days=91)):
        retention.carry_out()
        batch.refresh_from_db()
        assert (batch.state, batch.file) == ("cancelled", None)


def test_rows_that_were_not_awarded_are_forgotten_after_half_a_year_and_still_counted() -> None:
    batch = uploaded()
    by = a_grantor(of=batch.achievement, user=batch.created_by)
    awards.confirm_batch(by=by, batch=batch)
    worked_through()
    before = states(batch)
    assert before == ["granted", "rejected", "duplicate"]
    with clock.frozen(clock.now() + timedelta(days=179)):
        retention.carry_out()
        assert "Ben Secret" in str(list(BatchRow.objects.values()))
    with clock.frozen(clock.now() + timedelta(days=181)), an_institution():
        retention.carry_out()  # whatever institution is at hand
    kept = str(list(BatchRow.objects.filter(batch=batch).exclude(state="granted").values()))
    assert not any(word in kept for word in ("Secret", "bad address", "students.example"))
    assert states(batch) == before
    told = BatchRow.objects.get(batch=batch, state="rejected")
    assert told.message % told.params == "What stood in this row has been forgotten."


def test_an_open_roster_keeps_its_rows_until_it_is_thrown_away() -> None:
    batch = uploaded()
    AwardBatch.objects.filter(pk=batch.pk).update(state="granting", created_at=clock.now() - timedelta(days=400))
    retention.carry_out()
    assert "Ben Secret" in str(list(BatchRow.objects.values()))
