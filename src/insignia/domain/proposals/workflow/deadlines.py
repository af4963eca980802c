"""By when something that waits is wanted, as its timers say: days on which nobody could act do not count."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from insignia.core.workflow import route as engine
from insignia.domain.ground import clock
from insignia.domain.institutions.models import Institution
from insignia.domain.proposals.bodies.models import Meeting

from .models import TaskRun
from .people import defined

_MOST_DAYS = 400  # whatever the blackouts, the search for a day ends


@dataclass(frozen=True, slots=True)
class Days:
    """The institution's year, as far as tasks need it: asked for once, however many tasks are looked at."""

    zone: ZoneInfo
    blackouts: tuple[engine.Blackout, ...]
    meetings: Mapping[str, tuple[engine.Meeting, ...]]  # by the key of the body

    @classmethod
    def of(cls, institution: Institution) -> "Days":
        """As it stands now."""
        zone = ZoneInfo(institution.zone)
        since = clock.now() - timedelta(days=200)
        meetings: dict[str, list[engine.Meeting]] = {}
        rows = Meeting.objects.select_related("body").filter(starts_at__gte=since)
        for row in rows.exclude(state=Meeting.State.CANCELLED):
            meeting = engine.Meeting(row.starts_at.astimezone(zone).date(), row.cut_off_on)
            meetings.setdefault(row.body.key, []).append(meeting)
        return cls(zone, blackouts_of(institution), {key: tuple(found) for key, found in meetings.items()})

    def calendar(self, body: str) -> engine.Calendar:
        """What the engine's timers need for a matter that is before this body, or before none."""
        return engine.Calendar(self.blackouts, self.meetings.get(body, ()))

    def due_on(self, row: TaskRun, route: engine.Route) -> date | None:
        """The day on which `row`, which waits, has waited as long as its timer allows; None where no timer runs."""
        step, task = defined(row, route)
        timer = task.timer if task else route.returned if row.verbs[:1] == [engine.Verb.RESUBMIT] else None
        if timer is None:
            return None
        days = timer.escalate_after or max(timer.reminders, default=0)
        if not days:
            return None
        since = row.opened_at.astimezone(self.zone).date()
        meeting = self.calendar(row.body).meeting_for(since) if step and step.agenda else None
        return self._after(meeting.on if meeting else since, days)

    def _after(self, since: date, days: int) -> date:
        day = since
        for _tried in range(_MOST_DAYS):
            if days <= 0:
                break
            day += timedelta(days=1)
            days -= not any(one.from_on <= day <= one.until_on for one in self.blackouts)
        return day


def blackouts_of(institution: Institution) -> tuple[engine.Blackout, ...]:
    """The days of the institution on which nothing is counted."""
    return tuple(
        engine.Blackout(*(date.fromisoformat(day) for day in span.split("/")))
        for span in institution.policy("blackouts")
    )
