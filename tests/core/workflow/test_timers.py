"""Reminders and escalations: when they are due, once, and not while nobody can act."""

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

import pytest

from insignia.core.workflow.route import (
    Blackout,
    Calendar,
    EscalationDue,
    Meeting,
    Notice,
    ReminderDue,
    Route,
    Run,
    Step,
    Task,
    Timer,
    Verb,
    due,
    replay,
)
from tests.core.workflow.walking import MONDAY, PROPOSER, Walk, someone

DEAN = someone("ada", "dean")
MANAGER = someone("mona", "program_manager")
TIMER = Timer(reminders=(3, 10), escalate_after=15, escalate_to="provost")
DECISIONS = (Verb.APPROVE, Verb.REQUEST_CHANGES, Verb.HOLD)
TASK = Task("sign", "dean", decisions=DECISIONS, timer=TIMER)
ROUTE = Route("r", (Step("sign", (TASK,)),), returned=Timer(reminders=(5,)))
NOTHING = Calendar()


def told(walk, days, calendar=NOTHING):
    """What is due so many days after the beginning, kept in the run."""
    walk.run, effects = due(walk.route, walk.run, now=MONDAY + timedelta(days=days), calendar=calendar)
    return effects


def test_each_is_due_once():
    walk = Walk(ROUTE, {})
    assert told(walk, 2) == ()
    assert told(walk, 3) == (ReminderDue("sign", "dean", Notice("sign", 3)),)
    assert told(walk, 4) == ()
    assert told(walk, 10) == (ReminderDue("sign", "dean", Notice("sign", 10)),)
    assert told(walk, 15) == (EscalationDue("sign", "dean", Notice("sign", 15, "provost")),)
    assert told(walk, 400) == ()


def test_after_a_long_silence_one_reminder_is_enough():
    walk = Walk(ROUTE, {})
    assert [effect.notice.days for effect in told(walk, 20)] == [10, 15]
    assert told(walk, 21) == ()


def test_what_was_told_is_in_the_journal_and_does_not_put_pages_out_of_date():
    walk = Walk(ROUTE, {})
    seen = walk.run.revision
    told(walk, 3)
    assert (walk.run.revision, walk.run.history[-1].verb) == (seen, Verb.TELL)
    assert replay(ROUTE, walk.run.history) == walk.run
    assert Run.from_data(walk.run.to_data()) == walk.run
    walk("sign", "request_changes", DEAN, "Why?", revision=seen)
    told(walk, 30)
    assert replay(ROUTE, walk.run.history) == walk.run


def test_a_proposer_who_was_asked_for_changes_is_reminded_too():
    walk = Walk(ROUTE, {})("sign", "request_changes", DEAN, "Shorter.")
    assert told(walk, 4) == ()
    assert told(walk, 5) == (ReminderDue("", "proposer", Notice("", 5)),)
    assert told(walk, 6) == ()
    walk("", "resubmit", PROPOSER)
    assert told(walk, 2) == ()
    assert told(walk, 4) == (ReminderDue("sign", "dean", Notice("sign", 3)),)


def test_days_on_which_nobody_works_do_not_count():
    closed = Calendar(blackouts=(Blackout(date(2026, 3, 4), date(2026, 3, 8)),))
    walk = Walk(ROUTE, {})
    assert told(walk, 7, closed) == ()
    assert len(told(walk, 8, closed)) == 1


@pytest.mark.parametrize(("rest", "go_on"), [("hold", "release"), ("suspend", "resume")])
def test_while_a_run_rests_nothing_is_due_and_its_days_do_not_count(rest, go_on):
    walk = Walk(ROUTE, {})
    walk("sign" if rest == "hold" else "", rest, DEAN if rest == "hold" else MANAGER, "Wait.")
    assert told(walk, 30) == ()
    walk.now = MONDAY + timedelta(days=30)
    walk("", go_on, MANAGER)
    assert told(walk, 32) == ()
    assert len(told(walk, 33)) == 1
    assert told(walk, 34) == ()


def test_a_committee_is_not_late_before_it_meets():
    agenda = replace(ROUTE, steps=(replace(ROUTE.steps[0], agenda=True),))
    march = Meeting(on=date(2026, 3, 5), cut_off_on=date(2026, 2, 26))  # its agenda was closed
    april = Meeting(on=date(2026, 4, 2), cut_off_on=date(2026, 3, 26))
    may = Meeting(on=date(2026, 5, 7), cut_off_on=date(2026, 4, 30))
    calendar = Calendar(meetings=(may, march, april))
    assert calendar.meeting_for(MONDAY.date()) == april
    walk = Walk(agenda, {})
    assert told(walk, 33, calendar) == ()  # two days after the meeting
    assert len(told(walk, 34, calendar)) == 1
    assert len(told(Walk(agenda, {}), 3)) == 1  # no meeting is planned
    assert len(told(Walk(ROUTE, {}), 3, calendar)) == 1  # not a meeting's matter


def test_days_are_those_of_the_institution():
    east = timezone(timedelta(hours=14))
    walk = Walk(ROUTE, {}, at=datetime(2026, 3, 2, 23, 0, tzinfo=timezone(timedelta(hours=-5))))
    # There it was Tuesday already.
    assert due(ROUTE, walk.run, now=datetime(2026, 3, 5, 0, 30, tzinfo=east), calendar=NOTHING)[1] == ()
    assert len(due(ROUTE, walk.run, now=datetime(2026, 3, 6, 23, 0, tzinfo=east), calendar=NOTHING)[1]) == 1


def test_what_is_over_waits_for_nothing():
    walk = Walk(ROUTE, {})("sign", "approve", DEAN)
    assert told(walk, 100) == ()
