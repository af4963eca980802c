"""Rosters forget the people to whom nothing was awarded, and still add up."""

from datetime import timedelta

import pytest

from insignia.domain.awards import actions as awards
from insignia.domain.awards.issuance import Assessed
from insignia.domain.awards.models import AwardBatch, BatchRow, IssuanceRequest, IssuanceRow
from insignia.domain.catalog.models import Achievement
from insignia.domain.ground import clock
from insignia.domain.journal import retention
from tests.support.builders import a_grantor, a_member, an_achievement, an_institution, worked_through

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


def a_request(achievement: Achievement) -> IssuanceRequest:
    return awards.upload_request(
        by=a_member("issuer"),
        achievement=achievement,
        data=b"email,name,completed_on\nana@students.example,Ana Secret,2026-01-05\nbo@students.example,Bo,2026-01-05\n",
        filename="r.csv",
        assessed=Assessed(),
    )


def test_a_draft_of_a_request_is_thrown_away_after_three_months() -> None:
    a_request(an_achievement(level="souvenir"))
    with clock.frozen(clock.now() + timedelta(days=89)):
        retention.carry_out()
        assert IssuanceRow.objects.count() == 2
    with clock.frozen(clock.now() + timedelta(days=91)):
        retention.carry_out()
        assert (IssuanceRequest.objects.count(), IssuanceRow.objects.count()) == (0, 0)


def test_what_a_request_said_is_forgotten_after_half_a_year_but_for_what_still_waits() -> None:
    achievement = an_achievement(level="souvenir")
    request, waiting = a_request(achievement), a_request(an_achievement(level="souvenir"))
    registrar = a_member("registrar")
    for one in (request, waiting):
        awards.send_request(by=a_member("issuer"), request=one, attested=awards.ATTESTATION_TEXT)
    awards.return_rows(
        by=registrar, request=request, rows=[request.rows.get(number=2).public_id], reason="Ana Secret is Ana Other."
    )
    awards.issue_valid(by=registrar, request=request)
    worked_through()
    with clock.frozen(clock.now() + timedelta(days=179)):
        retention.carry_out()
        assert "Secret" in str(list(IssuanceRow.objects.filter(request=request).values()))
    with clock.frozen(clock.now() + timedelta(days=181)):
        retention.carry_out()
    kept = str(list(IssuanceRow.objects.filter(request=request).values()))
    assert not any(word in kept for word in ("Secret", "students.example", "Bo"))
    assert [row.state for row in request.rows.order_by("number")] == ["returned", "issued"]
    assert request.rows.get(state="issued").award.recipient.email == "bo@students.example"
    assert [row.name for row in waiting.rows.order_by("number")] == ["Ana Secret", "Bo"]
