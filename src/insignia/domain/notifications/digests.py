"""What became in a day of the proposals that somebody watches: lines of a digest."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from insignia.domain.institutions.models import Institution
from insignia.domain.journal import bus
from insignia.domain.people.models import User
from insignia.domain.proposals.workflow.models import Watch
from insignia.domain.proposals.writing.models import Proposal


def happened(user: User, institution: Institution, day: date) -> list[str]:
    """One line for each watched proposal that was decided on that day, with its last state of that day."""
    watched = {
        watch.proposal.public_id: watch.proposal
        for watch in Watch.objects.filter(user=user).select_related("proposal")[:500]
    }
    last = moved_on(institution, day)
    states = dict(Proposal.State.choices)
    return [
        _("“%(title)s”: %(state)s") % {"title": watched[key], "state": states.get(state, state)}
        for key, state in last.items()
        if key in watched
    ]


def moved_on(institution: Institution, day: date) -> dict[str, str]:
    """The proposals that were decided on that day in the institution's zone, each with where it stood at its end."""
    zone = ZoneInfo(institution.zone)
    begin = datetime.combine(day, time(), zone)
    rows = bus.read(name="workflow.proposal_moved").filter(at__gte=begin, at__lt=begin + timedelta(days=1))
    return {row.data["proposal"]: row.data["state"] for row in rows.order_by("pk")}
