"""What happens on agendas after news of proposals. Thin, and safe to run twice."""

from typing import Any

from insignia.domain.access.actor import SYSTEM
from insignia.domain.journal.bus import subscribe
from insignia.domain.journal.models import Entry
from insignia.domain.proposals.writing import queries as writing

from . import actions, queries


@subscribe("workflow.proposal_moved", name="meetings.follow_proposal")
def follow_proposal(data: dict[str, Any], entry: Entry) -> None:
    """Settle the item of a proposal that was decided on elsewhere, and put on the agenda what came before a body."""
    proposal = writing.proposal(data["proposal"])
    actions.settle(proposal)
    for body in queries.asked_bodies(proposal) if data["opened"] else ():
        actions.fill_next(by=SYSTEM, body=body)
