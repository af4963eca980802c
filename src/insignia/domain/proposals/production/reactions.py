"""What production does about the news of the floors below: an approval begins it, an activation ends it."""

from dataclasses import replace
from typing import Any

from insignia.domain.access.actor import SYSTEM
from insignia.domain.journal.bus import subscribe
from insignia.domain.journal.models import Entry
from insignia.domain.proposals.writing import queries as writing

from . import actions, queries
from .models import Production


@subscribe("workflow.proposal_moved", name="production.begin")
def begin(data: dict[str, Any], entry: Entry) -> None:
    """Put what was approved into production."""
    if data["state"] == "approved":
        by = replace(SYSTEM, on_behalf_of=entry.on_behalf_of or entry.author)
        actions.begin(by=by, proposal=writing.proposal(data["proposal"]))


@subscribe("catalog.achievement_drafted", name="production.note_again")
def note_again(data: dict[str, Any], entry: Entry) -> None:
    """Keep the approval on a draft that means the same as before."""
    actions.note_again(data["achievement"])


@subscribe("catalog.achievement_moved", name="production.finish")
def finish(data: dict[str, Any], entry: Entry) -> None:
    """What was made active by whatever door is in production no more."""
    if data["verb"] in ("activate", "reactivate"):
        done = queries.all_productions().filter(
            achievement__public_id=data["achievement"], state=Production.State.RUNNING, created_at__lte=entry.at
        )
        actions.finish(by=SYSTEM, productions=list(done), verb="activate")
    elif data["verb"] == "retire":
        ended = queries.all_productions().filter(
            achievement__public_id=data["achievement"], state=Production.State.TEACH_OUT
        )
        actions.finish(by=SYSTEM, productions=list(ended), verb="retire")
