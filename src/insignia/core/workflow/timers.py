"""What is due by now: reminders and escalations, each once, and not for days on which nobody could act."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from insignia.core.workflow.definition import PROPOSER, Route, Timer
from insignia.core.workflow.effects import Effect, EscalationDue, ReminderDue
from insignia.core.workflow.run import check_pinned, told
from insignia.core.workflow.state import Decider, Decision, Entry, Notice, Run
from insignia.core.workflow.verbs import State, Verb
from insignia.core.workflow.way import step_now, task_now

TIMERS = Decider("timers")


@dataclass(frozen=True, slots=True)
class Blackout:
    """Days that do not count, the last included."""

    from_on: date
    until_on: date


@dataclass(frozen=True, slots=True)
class Meeting:
    """When a body meets, and the last day on which a matter comes on its agenda."""

    on: date
    cut_off_on: date


@dataclass(frozen=True, slots=True)
class Calendar:
    """The institution's year, as far as timers have to know it."""

    blackouts: tuple[Blackout, ...] = ()
    meetings: tuple[Meeting, ...] = ()

    def meeting_for(self, day: date) -> Meeting | None:
        """The next meeting that still takes up what comes in on this day."""
        return min(
            (meeting for meeting in self.meetings if day <= meeting.cut_off_on <= meeting.on),
            key=lambda meeting: meeting.on,
            default=None,
        )


def due(route: Route, run: Run, *, now: datetime, calendar: Calendar) -> tuple[Run, tuple[Effect, ...]]:
    """The run that remembers what was told, and what has to be told. `now` is in the institution's zone.

    Of several reminders that have become due since the last look only the latest is given; nothing is due while the
    run rests. The revision stays as it is: a page that was opened before a reminder is not out of date.
    """
    check_pinned(route, run)
    effects = tuple(_due(route, run, now, calendar))
    if not effects:
        return run, ()
    passed = tuple(effect.notice for effect in effects if isinstance(effect, ReminderDue | EscalationDue))
    entry = Entry(Decision(Verb.TELL, notices=passed), TIMERS, now, run.revision, step=run.step)
    return told(run, entry), effects


def _due(route: Route, run: Run, now: datetime, calendar: Calendar) -> Iterator[Effect]:
    if run.state is State.CHANGES_REQUESTED and run.returned and route.returned:
        days = _days(run, run.returned.at.astimezone(now.tzinfo).date(), now, calendar)
        yield from _of_timer(route.returned, "", PROPOSER, days, run.returned.told)
    if run.state not in (State.DRAFT, State.IN_REVIEW):
        return
    step = step_now(route, run)
    for open_task in run.open_tasks:
        timer = task_now(route, run, open_task.task).timer
        if timer:
            since = open_task.opened_at.astimezone(now.tzinfo).date()
            meeting = calendar.meeting_for(since) if step.agenda else None
            days = _days(run, meeting.on if meeting else since, now, calendar)
            yield from _of_timer(timer, open_task.task, open_task.role, days, open_task.told)


def _of_timer(timer: Timer, task: str, role: str, days: int, told: tuple[Notice, ...]) -> Iterator[Effect]:
    reached = max((after for after in timer.reminders if after <= days), default=0)
    reminded = max((notice.days for notice in told if not notice.escalate_to), default=0)
    if reached > reminded:
        yield ReminderDue(task, role, Notice(task, reached))
    if timer.escalate_after and timer.escalate_after <= days and not any(notice.escalate_to for notice in told):
        yield EscalationDue(task, role, Notice(task, timer.escalate_after, timer.escalate_to))


def _days(run: Run, since: date, now: datetime, calendar: Calendar) -> int:
    """How many days have passed on which somebody could have acted."""
    pauses = [tuple(moment.astimezone(now.tzinfo).date() for moment in pause) for pause in run.pauses]
    days = (since + timedelta(days=n) for n in range(1, (now.date() - since).days + 1))
    return sum(
        not any(blackout.from_on <= day <= blackout.until_on for blackout in calendar.blackouts)
        # The day on which a run rests or goes on again counts only once.
        and not any(start < day <= end for start, end in pauses)
        for day in days
    )
