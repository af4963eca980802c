"""The rules of mail on plain values: pace, back-off, who is told, what may stand in a header."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from insignia.core.errors import Rejected
from insignia.domain.notifications import rules

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


class TestPace:
    @given(
        per_minute=st.integers(1, 300),
        gaps=st.lists(st.floats(0, 40), max_size=60),
    )
    def test_never_more_than_the_limit_in_any_minute_however_the_mails_come(self, per_minute, gaps):
        now, next_at, gone = NOON, NOON, []
        for gap in gaps:
            now += timedelta(seconds=gap)
            wait, next_at = rules.turn(next_at=next_at, now=now, per_minute=per_minute)
            now += wait
            gone.append(now)
        for start in gone:
            in_a_minute = [one for one in gone if start <= one < start + timedelta(seconds=60)]
            assert len(in_a_minute) <= per_minute

    def test_after_a_rest_a_few_go_at_once_and_then_one_a_second(self):
        now, next_at, waits = NOON, NOON - timedelta(hours=1), []
        for _ in range(10):
            wait, following = rules.turn(next_at=next_at, now=now, per_minute=65)
            waits.append(round(wait.total_seconds(), 6))
            now += wait
            next_at = following
        assert waits == [0, 0, 0, 0, 0, 0, 1, 1, 1, 1]


class TestTryingAgain:
    def test_the_pauses_grow(self):
        pauses = [
            rules.next_try(attempts=n, first_tried_at=NOON, now=NOON) - NOON  # type: ignore[operator]
            for n in (1, 2, 3, 4, 5)
        ]
        assert [pause.total_seconds() / 60 for pause in pauses] == [1, 5, 15, 60, 60]

    def test_after_a_day_it_is_enough(self):
        almost, over = NOON + timedelta(hours=23, minutes=59), NOON + timedelta(hours=24)
        assert rules.next_try(attempts=30, first_tried_at=NOON, now=almost) is not None
        assert rules.next_try(attempts=30, first_tried_at=NOON, now=over) is None

    def test_the_server_is_left_in_peace_longer_each_time_but_never_for_ever(self):
        assert [rules.pause(n).total_seconds() for n in (1, 2, 3, 4, 5, 50)] == [5, 15, 60, 300, 900, 900]


def told(kind, *, announced=None, decided=False, quiet=False):
    return rules.may_be_told(kind, announced=announced, decided=decided, wants_no_reminders=quiet)


class TestWhoIsTold:
    @pytest.mark.requirement("R-125")
    @pytest.mark.parametrize("state", ["refused", "uncertain", "suppressed", "pending", "deferred", "sending", None])
    def test_nobody_is_reminded_of_a_mail_that_is_not_known_to_have_gone(self, state):
        assert told("reminder", announced="sent")
        assert not told("reminder", announced=state)

    @pytest.mark.requirement("R-125")
    def test_nobody_is_reminded_who_stopped_reminders(self):
        assert not told("reminder", announced="sent", quiet=True)
        assert told("offer", quiet=True)

    @pytest.mark.parametrize("kind", ["revoked", "suspended", "reinstated", "superseded"])
    def test_the_end_of_a_badge_is_told_to_those_who_knew_of_it(self, kind):
        assert told(kind, announced="sent")
        assert told(kind, announced="uncertain")
        assert told(kind, announced="refused", decided=True)
        assert not told(kind, announced="pending")
        assert not told(kind)

    def test_only_holders_hear_of_expiry(self):
        assert told("expired", announced="sent", decided=True)
        assert not told("expired", announced="sent")


class TestNotice:
    @pytest.mark.parametrize(("left", "days"), [(61, None), (60, 60), (31, 60), (30, 30), (0, 30), (-1, None)])
    def test_holders_hear_sixty_and_thirty_days_ahead(self, left, days):
        today = date(2026, 5, 4)
        ends = today + timedelta(days=left)
        assert rules.notice(awarded_on=date(2025, 1, 1), expires_on=ends, today=today) == days

    def test_a_badge_that_is_valid_for_a_month_is_not_announced_to_end_when_it_is_given(self):
        given_on = date(2026, 5, 4)
        assert rules.notice(awarded_on=given_on, expires_on=given_on + timedelta(days=30), today=given_on) is None


class TestWords:
    @given(st.text())
    def test_one_line_is_one_line(self, text):
        line = rules.one_line(text)
        assert line.splitlines() in ([], [line])
        assert not any(ord(c) < 32 or ord(c) == 127 for c in line)

    def test_names_keep_the_marks_that_they_need(self):
        assert rules.one_line("نرگس\u200cخانم") == "نرگس\u200cخانم"

    def test_places_are_filled_once_and_unknown_ones_left_out(self):
        filled = rules.filled("{name}: {badges}{nothing}", {"name": "{badges}", "badges": "B"})
        assert filled == "{badges}: B"

    def test_a_wording_may_name_only_what_can_be_filled_in(self):
        rules.check_wording("Dear {name},", "{badges} from {institution} {not a place} {}")
        with pytest.raises(Rejected) as refusal:
            rules.check_wording("{secret_key}")
        assert refusal.value.code == "place_unknown"

    def test_paragraphs_are_what_empty_lines_separate(self):
        assert rules.paragraphs("\none\ntwo\n\n \n\nthree\n") == ("one two", "three")


def test_every_state_can_be_reached_and_an_uncertain_mail_moves_by_hand_alone():
    by_hand = {t.verb for t in rules.LIFECYCLE.transitions if t.source == "uncertain"}
    assert by_hand == {"send_again", "mark_sent", "settle"}
    reached = {t.target for t in rules.LIFECYCLE.transitions} | {rules.LIFECYCLE.start}
    from insignia.domain.notifications.models import Message

    assert reached == set(Message.State.values)
