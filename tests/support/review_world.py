"""What the review desk holds in the full world: a version that is new to its reviewer, a talk, a delegation, a document."""

from datetime import timedelta
from typing import Any

from insignia.core.workflow.route import Verb
from insignia.domain.access.actor import SYSTEM
from insignia.domain.ground import clock
from insignia.domain.proposals.workflow import actions as workflow
from insignia.domain.proposals.writing import actions as writing

from . import builders, governance
from .routes import Role


def fill(place: Any, cast: governance.Cast) -> None:
    """Called with the cast of the world once its proposals stand."""
    things = place.things
    place.people[Role.SKILL_REVIEWER] = cast["skill_reviewer"]
    today = clock.today_in(builders.here().zone)
    things.delegation = workflow.delegate(
        by=cast.actor("unit_leader"),
        institution=builders.here(),
        user=cast["unit_leader"],
        to=cast["executive"],
        role="unit_leader",
        starts_on=today + timedelta(days=30),
        ends_on=today + timedelta(days=44),
    )
    things.consultation = writing.ask_consultation(
        by=cast.actor("proposer"), proposal=things.proposal_draft, question="Which skills would employers look for?"
    )
    things.proposal_again = _handed_in_again(cast)
    writing.remark(
        by=cast.actor("unit_leader"),
        proposal=things.proposal_again,
        text="Among ourselves: the earlier version was stronger on evidence.",
        audience="reviewers",
    )
    workflow.watch(by=cast.actor("program_manager"), proposal=things.proposal_again)
    workflow.delegate(
        by=SYSTEM,
        institution=builders.here(),
        user=cast["executive"],
        to=cast["program_manager"],
        starts_on=today,
        ends_on=today + timedelta(days=10),
    )


def _handed_in_again(cast: governance.Cast) -> Any:
    """A proposal whose second version its reviewers have not seen."""
    proposal = governance.submitted(cast, title="Peer Mediation in Residence Halls")
    workflow.note_look(by=cast.actor("unit_leader"), proposal=proposal, version=1)
    proposal = governance.decided(
        cast,
        "unit_leader",
        proposal,
        Verb.REQUEST_CHANGES,
        task="unit_leader",
        comment="Say what they do, not what they learn about.",
    )
    writing.write_answers(
        by=cast.actor("proposer"),
        proposal=proposal,
        sent={"description": "Students mediate three conflicts and write down what was agreed."},
        revision=proposal.revision,
    )
    workflow.resubmit(by=cast.actor("proposer"), proposal=governance.again(proposal), note="As asked.")
    return governance.again(proposal)
