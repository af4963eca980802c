"""What governance holds in the full world of tests/support/worlds.py: proposals in every state, and who is asked."""

from typing import Any

from insignia.core.workflow.route import Verb

from . import builders, committee_world, governance, intent_world, production_world, review_world
from .routes import Role

LONG_TITLE = "Interdisciplinary Risk Communication for Communities at the Wildland-Urban Interface, Advanced"


def fill(place: Any) -> None:
    """A cast of the preset `ksu`, and proposals as drafts, in review, before the committee, returned and approved."""
    things = place.things
    cast = governance.ksu_cast()
    things.cast = cast
    place.people[Role.PROPOSER] = cast["proposer"]
    place.people[Role.REVIEWER] = cast["unit_leader"]
    place.people[Role.COMMITTEE] = cast["member_1"]
    things.proposal_draft = governance.a_proposal(cast, title=LONG_TITLE[:80])
    things.proposal_reviewed = governance.submitted(cast, title="Inclusive Event Planning")
    things.proposal_returned = governance.decided(
        cast,
        "unit_leader",
        governance.submitted(cast, title="Lab Safety Practice"),
        Verb.REQUEST_CHANGES,
        task="unit_leader",
        comment="Say how the reflection is assessed, and by whom.",
    )
    things.proposal_at_committee = _reviewed(cast, governance.submitted(cast, title="Grant Writing"))
    approved = _reviewed(cast, governance.submitted(cast, title="Cloud Basics"))
    approved = governance.decided(cast, "member_1", approved, Verb.APPROVE, task="mcc")
    things.proposal_approved = governance.decided(cast, "executive", approved, Verb.APPROVE, task="executive")
    intent_world.fill(place, cast)
    review_world.fill(place, cast)
    committee_world.fill(place, cast)
    production_world.fill(place, cast)
    builders.worked_through()


def _reviewed(cast: governance.Cast, proposal: Any) -> Any:
    proposal = governance.decided(cast, "skill_reviewer", proposal, Verb.APPROVE, task="skill_review")
    return governance.decided(cast, "unit_leader", proposal, Verb.APPROVE, task="unit_leader")
