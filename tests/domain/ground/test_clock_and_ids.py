"""Ids that cannot be guessed, and a clock that can be stopped."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from insignia.domain.ground import clock, ids


def test_a_public_id_is_128_bits_in_26_characters_and_never_the_same_twice():
    drawn = {ids.new_public_id() for _ in range(2000)}
    assert len(drawn) == 2000
    assert all(ids.is_public_id(one) for one in drawn)


@pytest.mark.parametrize("text", ["", "a" * 25, "a" * 27, "A" * 26, "1" * 26, "a" * 25 + "é", "../" + "a" * 23])
def test_other_spellings_are_no_public_ids(text):
    assert not ids.is_public_id(text)


def test_now_is_aware_and_in_utc():
    assert clock.now().utcoffset() == timedelta(0)
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)


def test_frozen_time_stands_still_and_runs_on_afterwards():
    at = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)
    with clock.frozen(at):
        assert clock.now() == at
        with clock.frozen(at + timedelta(days=1)):
            assert clock.now() == at + timedelta(days=1)
        assert clock.now() == at
    assert clock.now() > at


def test_frozen_time_is_told_in_utc_whatever_zone_it_was_given_in():
    with clock.frozen(datetime(2026, 1, 1, 12, tzinfo=timezone(timedelta(hours=-5)))):
        assert clock.now().isoformat() == "2026-01-01T17:00:00+00:00"


def test_a_moment_without_a_zone_cannot_be_frozen():
    with pytest.raises(ValueError, match="time zone"), clock.frozen(datetime(2026, 1, 1)):
        pass


@pytest.mark.parametrize(
    ("zone", "day"),
    [("America/New_York", date(2025, 12, 31)), ("UTC", date(2026, 1, 1)), ("Pacific/Kiritimati", date(2026, 1, 1))],
)
def test_today_depends_on_where_people_live(zone, day):
    with clock.frozen(datetime(2026, 1, 1, 3, tzinfo=UTC)):
        assert clock.today_in(zone) == day
