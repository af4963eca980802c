"""What time owes to proposals: reminders, escalations, and the end of those that nobody takes up again."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q

from insignia.core.workflow import route as engine
from insignia.domain.access.actor import SYSTEM
from insignia.domain.ground import clock
from insignia.domain.institutions.models import Institution
from insignia.domain.journal.bus import publish
from insignia.domain.proposals.writing.models import Proposal

from .. import queries
from ..deadlines import Days
from ..events import TaskEscalated, TaskReminded
from ..models import Run
from .deciding import carry_out, hold

CHUNK = 100


def tick(institution: Institution) -> int:
    """Look after a chunk of runs that were not looked at today; gives how many something was said about."""
    today = clock.today_in(institution.zone)
    days = Days.of(institution)
    due = (
        Run.objects.filter(institution=institution)
        .exclude(state__in=[state.value for state in engine.State if state.value not in _GOING_ON])
        .filter(Q(checked_on=None) | Q(checked_on__lt=today))
        .select_related("proposal")[:CHUNK]
    )
    return sum(_look_at(row.proposal, days, today) for row in due)


_GOING_ON = ("draft", "in_review", "changes_requested")


@transaction.atomic
def _look_at(proposal: Proposal, days: Days, today: date) -> int:
    row, now = hold(proposal)
    Run.objects.filter(pk=row.pk).update(checked_on=today)
    moment: datetime = clock.now().astimezone(ZoneInfo(now.institution.zone))
    run, effects = engine.due(row.route.route, row.run, now=moment, calendar=days.calendar(_body_of(row)))
    if effects:
        Run.objects.filter(pk=row.pk).update(data=run.to_data())
        row.data = run.to_data()
    for effect in effects:
        if isinstance(effect, engine.ReminderDue):
            said = TaskReminded(proposal=now.public_id, task=effect.task, days=effect.notice.days)
            publish(said, by=SYSTEM, subject=("proposal", now.public_id))
        elif isinstance(effect, engine.EscalationDue):
            escalated = TaskEscalated(
                proposal=now.public_id, task=effect.task, days=effect.notice.days, to=effect.notice.escalate_to
            )
            publish(escalated, by=SYSTEM, subject=("proposal", now.public_id))
    return len(effects) + _lapse(now, row, moment)


def _body_of(row: Run) -> str:
    """The body before which the run stands, whose meetings its timers wait for."""
    route, run = row.route.route, row.run
    return next((task.body for step in engine.way(route, run) if step.key == run.step for task in step.tasks), "")


def _lapse(proposal: Proposal, row: Run, moment: datetime) -> int:
    """A proposal that nobody takes up again after changes were asked for is withdrawn, where the institution says so."""
    days = int(proposal.institution.policy("changes_lapse_after_days"))
    run = row.run
    if not days or run.state is not engine.State.CHANGES_REQUESTED or run.returned is None:
        return 0
    if run.returned.at + timedelta(days=days) > moment:
        return 0
    who = engine.Decider("insignia", frozenset({engine.PROPOSER}))
    house = queries.house_of(proposal.institution)
    decision = engine.Decision(engine.Verb.WITHDRAW)
    carry_out(SYSTEM, proposal, row, who, house, decision, task="", revision=row.revision)
    return 1
