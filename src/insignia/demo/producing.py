"""What people of a story do between an approval and an active badge. Each act is the one that a page carries out."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from insignia.domain.catalog import actions as catalog
from insignia.domain.catalog import queries as catalog_queries
from insignia.domain.proposals.production import actions, queries
from insignia.domain.proposals.production.models import Production, ProductionTask
from insignia.domain.proposals.writing.models import Proposal

from .part import Part
from .stage import Stage


def production_of(proposal: Proposal) -> Production:
    """What became of an approved proposal."""
    return queries.all_productions().get(proposal=proposal)


def task(proposal: Proposal, key: str) -> ProductionTask:
    """One task of its checklist, as it is now."""
    return queries.task_of(production_of(proposal), key)


def made(stage: Stage, by: Part, proposal: Proposal, *, symbol: str, **more: Any) -> None:
    """The credential made from the approved words; what is editorial and was not asked is filled in by the office."""
    achievement = actions.create_credential(by=stage.actor(by), production=production_of(proposal))
    draft = catalog_queries.draft_of(achievement)
    if draft is not None:
        content = replace(draft.content, symbol=symbol, **more)
        catalog.write_draft(by=stage.actor(by), achievement=achievement, content=content)


def drawn(stage: Stage, by: Part, signs: Part, proposal: Proposal, key: str) -> None:
    """A proof as the template draws it, and the word for it."""
    proof = actions.add_proof(by=stage.actor(by), task=task(proposal, key), note="As the template has it.")
    actions.sign_off(by=stage.actor(signs), proof=proof)


def trained(stage: Stage, by: Part, proposal: Proposal, keys: Mapping[str, str], who: Part, on: date) -> None:
    """Somebody's trainings on record, each item by the key of its task."""
    for key, item in keys.items():
        actions.record_training(
            by=stage.actor(by), task=task(proposal, key), user=stage.user(who), item=item, trained_on=on
        )


def finish(stage: Stage, by: Part, proposal: Proposal, *keys: str) -> None:
    """Call tasks done."""
    for key in keys:
        actions.move(by=stage.actor(by), task=task(proposal, key), verb="finish")


def activate(stage: Stage, by: Part, proposal: Proposal) -> None:
    """Let it be awarded; the stage knows the badge by its short name from then on."""
    achievement = actions.activate(by=stage.actor(by), production=production_of(proposal))
    stage.badges[achievement.slug] = achievement
