"""Things in production: proposals that were approved, and checklists as far as a test needs them."""

from datetime import date, timedelta
from typing import Any

from insignia.core.workflow.route import Verb, Vote
from insignia.domain.proposals.production import actions, queries
from insignia.domain.proposals.production.models import Production, ProductionTask
from insignia.domain.proposals.writing.models import Proposal
from tests.support import builders, governance

# What a badge of KSU needs besides what its proposal asks for: a program office fills it in.
NAME = "Cloud Basics"


def approved(cast: governance.Cast, **values: Any) -> Proposal:
    """A proposal that went the whole way of the preset `ksu`; what follows from it is still owed."""
    values.setdefault("title", NAME)
    proposal = governance.submitted(cast, **values)
    for _decision in range(8):
        for task, who in _DECIDES.items():
            if proposal.state == "in_review" and task in governance.open_tasks(proposal):
                if task == "mac":
                    for member in ("member_1", "member_2", "member_3"):
                        if "mac" in governance.open_tasks(proposal):
                            proposal = governance.decided(
                                cast, member, proposal, Verb.VOTE, task=task, vote=Vote.APPROVE
                            )
                else:
                    proposal = governance.decided(cast, who, proposal, Verb.APPROVE, task=task)
    assert proposal.state == "approved", proposal.state
    return proposal


_DECIDES = {
    "skill_review": "skill_reviewer",
    "unit_leader": "unit_leader",
    "mcc": "member_1",
    "mac": "member_1",
    "executive": "executive",
    "unit_final": "unit_final",
    "channel_approval": "program_manager",
}


def in_production(cast: governance.Cast, **values: Any) -> Production:
    """What became of an approved proposal, once the background work was done."""
    proposal = approved(cast, **values)
    builders.worked_through()
    return queries.all_productions().get(proposal=proposal)


def again(production: Production) -> Production:
    """The production as it is now."""
    return queries.all_productions().get(pk=production.pk)


def task(production: Production, key: str) -> ProductionTask:
    """One task of its checklist, as it is now."""
    return queries.task_of(again(production), key)


def made(cast: governance.Cast, production: Production) -> Production:
    """The credential made, and what its proposal did not ask filled in as an office does."""
    actions.create_credential(by=cast.actor("program_manager"), production=production)
    complete(cast, production)
    return again(production)


def complete(cast: governance.Cast, production: Production, **changes: Any) -> None:
    """Fill in what is editorial and missing in the draft, and change what a test wants."""
    from dataclasses import replace

    from insignia.domain.catalog import actions as catalog
    from insignia.domain.catalog import queries as catalog_queries
    from insignia.domain.catalog.rules import Link

    achievement = again(production).achievement
    assert achievement is not None
    draft = catalog_queries.draft_of(achievement)
    assert draft is not None
    content = draft.content
    filled: dict[str, Any] = {"symbol": "chart"}
    if not content.links:
        filled["links"] = (Link("Syllabus", "https://courses.example/one"),)
    for name in ("demand", "description"):
        if not getattr(content, name):
            filled[name] = "Employers ask for it."
    catalog.write_draft(
        by=cast.actor("program_manager"), achievement=achievement, content=replace(content, **{**filled, **changes})
    )


def evaluation_planned(cast: governance.Cast, production: Production, *, due_on: date | None = None) -> Any:
    """The evaluation plan written by the office."""
    return actions.plan_evaluation(
        by=cast.actor("program_manager"),
        task=task(production, "evaluation_plan"),
        interval_months=36,
        measures="How many earn it, and whether employers still ask for it.",
        owner=cast["proposer"],
        next_due_on=due_on or builders.today() + timedelta(days=400),
    )


def all_done(cast: governance.Cast, production: Production) -> Production:
    """Everything that the preset `ksu` requires."""
    manager = cast.actor("program_manager")
    production = made(cast, production)
    proof = actions.add_proof(
        by=manager, task=task(production, "image_with_communications"), note="As the template has it"
    )
    actions.sign_off(by=cast.actor("proposer"), proof=proof)
    nomination = actions.nominate(
        by=manager,
        task=task(production, "name_qualified_grantors"),
        email="grant@people.example",
        name="Grantor Gale",
        qualification="Has taught it for ten years.",
        starts_on=builders.today(),
    )
    actions.confirm(by=manager, nomination=nomination)
    actions.record_training(
        by=manager,
        task=task(production, "train_granting_unit"),
        user=nomination.user,
        item="issuing",
        trained_on=builders.today(),
    )
    evaluation_planned(cast, production)
    for key in ("train_granting_unit", "name_qualified_grantors"):
        actions.move(by=manager, task=task(production, key), verb="finish")
    return again(production)
