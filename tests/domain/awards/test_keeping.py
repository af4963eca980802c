"""What time does: reminders that stop, offers that lapse, awards that expire."""

from datetime import UTC, date, datetime, timedelta

import pytest

from insignia.domain.awards import actions as awards
from insignia.domain.awards.periodic import keep
from insignia.domain.ground import clock
from insignia.domain.journal import bus
from tests.support.builders import accepted, again, an_achievement, an_award, an_institution, here, offered

pytestmark = pytest.mark.usefixtures("institution")

START = datetime(2026, 1, 10, 12, tzinfo=UTC)


@pytest.mark.requirement("R-125")
def test_reminders_come_on_their_days_and_stop() -> None:
    with clock.frozen(START):
        award = offered(awarded_on=date(2026, 1, 9))
    seen = []
    for day in (1, 3, 4, 10, 11, 30, 31, 60):
        with clock.frozen(START + timedelta(days=day)):
            seen.append((day, awards.remind_due(here())))
    assert seen == [(1, 0), (3, 1), (4, 0), (10, 1), (11, 0), (30, 1), (31, 0), (60, 0)]
    assert [entry.data for entry in bus.read(name="awards.reminded")] == [{"awards": [award.public_id]}] * 3


def test_nobody_is_reminded_of_what_they_have_taken() -> None:
    with clock.frozen(START):
        accepted(awarded_on=date(2026, 1, 9))
    with clock.frozen(START + timedelta(days=3)):
        assert awards.remind_due(here()) == 0


def test_an_offer_lapses_after_the_days_of_the_policy_and_can_still_be_taken() -> None:
    with clock.frozen(START):
        award = offered(awarded_on=date(2026, 1, 9))
    with clock.frozen(START + timedelta(days=364)):
        assert awards.lapse_due(here()) == 0
    with clock.frozen(START + timedelta(days=365)):
        assert awards.lapse_due(here()) == 1
    assert again(award).state == "lapsed_offer"
    assert accepted_after_lapse(award) == "accepted"


def accepted_after_lapse(award) -> str:  # type: ignore[no-untyped-def]
    from tests.support.builders import a_person, acting

    user = a_person(award.recipient.email)
    awards.claim(link=awards.make_claim_link(award.recipient), user=user)
    awards.accept(by=acting(user), awards=[again(award)])
    return again(award).state


def test_zero_days_means_that_no_offer_lapses() -> None:
    with an_institution(offer_lapses_after_days=0):
        with clock.frozen(START):
            award = offered(awarded_on=date(2026, 1, 9))
        with clock.frozen(START + timedelta(days=4000)):
            assert awards.lapse_due(here()) == 0
        assert again(award).state == "offered"


def test_an_award_expires_when_its_last_day_is_over_where_the_institution_is() -> None:
    achievement = an_achievement(valid_months=1)
    with clock.frozen(START):
        award = accepted(an_award(achievement, awarded_on=date(2026, 1, 10)))
    # 10 February is over in New York at 5:00 UTC on the 11th.
    with clock.frozen(datetime(2026, 2, 11, 4, 59, tzinfo=UTC)):
        assert keep() == 0
    with clock.frozen(datetime(2026, 2, 11, 5, 1, tzinfo=UTC)):
        assert keep() == 1
    assert again(award).state == "expired"
