"""What production holds in the full world: one badge on its way with something of everything, one done, one taught out."""

from datetime import timedelta
from typing import Any

from insignia.core.workflow.route import Verb
from insignia.domain.proposals.production import actions, queries

from . import builders, governance, production

PICTURE = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><path d="M20 44h26a10 10 0 0 0 0-20 14 14 0 0 0-27-2'
    b' 11 11 0 0 0 1 22z" fill="#2f6690"/></svg>'
)


def fill(place: Any, cast: governance.Cast) -> None:
    """The checklist of the approved proposal half done, with a proof that waits; and a badge with a last day."""
    things, manager = place.things, cast.actor("program_manager")
    builders.worked_through()
    found = queries.all_productions().get(proposal=things.proposal_approved)
    things.production = production.made(cast, found)
    brief = "A cloud that stands on something solid. Nothing that looks like a product."
    actions.write_brief(by=manager, task=production.task(found, "image_with_communications"), brief=brief)
    designer = governance.a_colleague("designer", name="Drawing Dana")
    things.proof = _proof(found, designer, "A first idea.")
    actions.ask_for_changes(by=cast.actor("proposer"), proof=things.proof, answer="Let the cloud stand lower.")
    things.proof = _proof(found, designer, "The cloud stands lower.")
    actions.remark(
        by=manager,
        task=production.task(found, "image_with_communications"),
        text="Communications asked for a week more.",
    )
    for name, confirmed in (("Grantor Gale", True), ("Grantor Gray", False)):
        row = actions.nominate(
            by=manager,
            task=production.task(found, "name_qualified_grantors"),
            email=f"{name.split()[1].lower()}@people.example",
            name=name,
            qualification="Has taught cloud computing for ten years, and built three of them.",
            starts_on=builders.today(),
            ends_on=builders.today() + timedelta(days=365),
        )
        if confirmed:
            actions.confirm(by=manager, nomination=row)
    actions.record_training(
        by=manager,
        task=production.task(found, "train_granting_unit"),
        user=cast["proposer"],
        item="issuing",
        trained_on=builders.today(),
    )
    things.evaluation_plan = production.evaluation_planned(cast, found)
    actions.submit_evaluation(
        by=manager, plan=things.evaluation_plan, report="Forty earned it, and two employers ask for it.", outcome="keep"
    )
    production.complete(cast, found, criteria="Be there, and say something.")
    _end(place, cast)
    builders.worked_through()


def _proof(found: Any, designer: Any, note: str) -> Any:
    task = production.task(found, "image_with_communications")
    return actions.add_proof(by=governance.actor(designer), task=task, picture=PICTURE, alt="A cloud", note=note)


def _end(place: Any, cast: governance.Cast) -> None:
    component = builders.an_achievement(name="Flash Animation", unit=cast.unit)
    builders.an_achievement(
        level="certificate_practiced",
        name="Moving Pictures",
        unit=cast.unit,
        extra={"components": [component.public_id]},
    )
    proposal = governance.submitted(
        cast,
        kind="retire",
        achievement=component,
        last_day=(builders.today() + timedelta(days=200)).isoformat(),
        stacks="none",
    )
    # The executive is away, and the program manager decides in that place.
    for who, task in (("unit_leader", "unit_leader"), ("program_manager", "executive")):
        proposal = governance.decided(cast, who, proposal, Verb.APPROVE, task=task)
    builders.worked_through()
    place.things.production_ending = queries.all_productions().get(proposal=proposal)
