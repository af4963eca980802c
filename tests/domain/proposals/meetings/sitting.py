"""Bodies that meet, for the tests of meetings: a cast with a committee, proposals before it, meetings ahead."""

from datetime import date, datetime, timedelta
from typing import Any

from insignia.core.workflow.route import Verb
from insignia.domain.access.actor import SYSTEM
from insignia.domain.ground import clock
from insignia.domain.proposals.bodies import queries as bodies
from insignia.domain.proposals.bodies.models import Body, Meeting
from insignia.domain.proposals.meetings import actions, queries
from insignia.domain.proposals.meetings.models import AgendaItem
from insignia.domain.proposals.workflow import queries as workflow
from insignia.domain.proposals.writing.models import Proposal
from tests.support import builders, governance
from tests.support.governance import Cast


def mcc() -> Body:
    """The committee of the preset `ksu`."""
    return bodies.body("MCC")


def before_the_committee(cast: Cast, **values: Any) -> Proposal:
    """A proposal that waits for the committee."""
    proposal = governance.submitted(cast, **values)
    proposal = governance.decided(cast, "skill_reviewer", proposal, Verb.APPROVE, task="skill_review")
    return governance.decided(cast, "unit_leader", proposal, Verb.APPROVE, task="unit_leader")


def a_meeting(body: Body | None = None, *, in_days: int = 14, cut_off_in: int = 7, **values: Any) -> Meeting:
    """A meeting that is planned."""
    starts_at: datetime = values.pop("starts_at", None) or clock.now() + timedelta(days=in_days)
    cut_off: date = values.pop("cut_off_on", None) or clock.today_in(builders.here().zone) + timedelta(days=cut_off_in)
    return actions.plan_meeting(
        by=values.pop("by", SYSTEM),
        body=body or mcc(),
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=90),
        cut_off_on=cut_off,
        place=values.pop("place", "Hawthorn Room"),
    )


def opened(cast: Cast, meeting: Meeting, *present: str) -> Meeting:
    """The meeting in session, with these of the cast there, or with everybody."""
    names = present or tuple(name for name in cast.people if name.startswith("member"))
    return actions.open_meeting(
        by=cast.actor("member_1"), meeting=meeting, present=[cast[name].public_id for name in names]
    )


def on(meeting: Meeting) -> list[AgendaItem]:
    """What is on its agenda."""
    return queries.items(queries.meeting(meeting.public_id))


def revision(proposal: Proposal) -> int:
    """The revision of the run that a page would show now."""
    row = workflow.run_of(proposal)
    assert row is not None
    return row.revision
