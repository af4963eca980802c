"""What a task still lacks, what was changed since the approval, and what stands in the way of activation."""

from collections.abc import Iterator
from dataclasses import dataclass

from insignia.core.errors import InsigniaError, Rejected
from insignia.core.words import N_
from insignia.domain.awards import queries as awards
from insignia.domain.catalog import actions as catalog_actions
from insignia.domain.catalog import gates
from insignia.domain.catalog import queries as catalog
from insignia.domain.catalog import rules as catalog_rules
from insignia.domain.catalog.dressing import Dress
from insignia.domain.catalog.models import Achievement, AchievementVersion
from insignia.domain.ground import clock
from insignia.domain.proposals.writing.models import Proposal

from . import queries
from .models import Production, ProductionTask
from .rules import Kind


@dataclass(frozen=True, slots=True)
class Changes:
    """In which members the draft differs from what was approved: such as change what it means, and others."""

    material: tuple[str, ...] = ()
    editorial: tuple[str, ...] = ()


def draft_of(production: Production) -> AchievementVersion | None:
    """What is written for it now."""
    return catalog.draft_of(production.achievement) if production.achievement else None


def changes_of(production: Production, draft: AchievementVersion | None) -> Changes:
    """What was changed since the approval; nothing where nothing is written yet."""
    if draft is None or production.proposal.kind == Proposal.Kind.REACTIVATE:
        return Changes()
    approved, content = production.approved, draft.content
    material = catalog_rules.material_changes(approved, content)
    different = catalog_rules.differences(approved, content)
    extra_only = {"extra"} if set(material) & set(content.extra) | set(material) & set(approved.extra) else set()
    return Changes(material, tuple(name for name in different if name not in {*material, *extra_only}))


def lacking(task: ProductionTask) -> list[InsigniaError]:
    """What is missing before the task can be called done."""
    return list(_lacking(task))


def _lacking(task: ProductionTask) -> Iterator[InsigniaError]:
    production = task.production
    match task.kind:
        case Kind.CREATE:
            if draft_of(production) is None:
                yield Rejected(N_("It is not made from the approved words yet."), code="not_made")
        case Kind.IMAGE:
            yield from _image(task)
        case Kind.METADATA:
            if production.achievement is None:
                yield Rejected(N_("It is not made from the approved words yet."), code="not_made")
            else:
                yield from catalog_actions.what_is_missing(production.achievement)
        case Kind.ISSUING_PLAN:
            if queries.issuing_plan_of(production) is None:
                yield Rejected(N_("The issuing plan is not written yet."), code="plan_missing")
        case Kind.TRAINING:
            trained = {row.item for row in queries.trainings_of(production)}
            for item in task.items:
                if item["key"] not in trained:
                    yield Rejected(
                        N_("Nobody is on record as trained in “%(item)s”."),
                        code="training_missing",
                        params={"item": item["label"]},
                    )
        case Kind.GRANTORS:
            if not has_grantor(production):
                yield Rejected(
                    N_("Nobody is nominated, confirmed, trained and appointed to award it yet."),
                    code="grantor_missing",
                )
        case Kind.EVALUATION:
            if queries.evaluation_plan_of(production) is None:
                yield Rejected(N_("The evaluation plan is not written yet."), code="plan_missing")


def _image(task: ProductionTask) -> Iterator[InsigniaError]:
    signed = queries.signed_proof(task.production)
    if signed is None:
        yield Rejected(N_("No proof of the image is signed off yet."), code="image_unsigned")
        return
    draft = draft_of(task.production)
    if draft is not None and Dress.of(draft) != signed.dress:
        yield Rejected(
            N_("The draft looks otherwise than the proof that was signed off. Have it signed off, or put it back."),
            code="image_other",
        )


def has_grantor(production: Production) -> bool:
    """Whether somebody may award it as soon as it is active: appointed for today or later, and trained where that is asked."""
    if production.achievement is None:
        return False
    today = clock.today_in(production.institution.zone)
    asks = production.achievement.level.policy.training_required
    return any(
        (one.ends_on is None or today <= one.ends_on) and (one.trained_on or not asks)
        for one in awards.grantors_of(production.achievement)
    )


def standing_in_the_way(production: Production) -> list[InsigniaError]:
    """Everything that keeps what is produced from being awarded, in the order of the checklist."""
    return list(_in_the_way(production))


def _in_the_way(production: Production) -> Iterator[InsigniaError]:
    for task in queries.tasks_of(production):
        if not task.is_required or task.state == ProductionTask.State.WAIVED:
            continue
        if task.state != ProductionTask.State.DONE:
            yield Rejected(N_("“%(task)s” is still open."), code="task_open", params={"task": task.label})
            continue
        yield from lacking(task)


def material_changes(production: Production, draft: AchievementVersion | None) -> list[InsigniaError]:
    """That the draft means something else than what was approved."""
    if not changes_of(production, draft).material:
        return []
    return [
        Rejected(
            N_(
                "What it means was changed after the approval. Its checklist shows what: put back what was approved, or "
                "have the change approved by a proposal."
            ),
            code="changed_after_approval",
        )
    ]


@gates.gate("production")
def gate(achievement: Achievement, verb: str) -> Iterator[InsigniaError]:
    """What production still asks before `achievement` may be active, whoever activates it (decision record)."""
    running = queries.running_of(achievement)
    if verb == "reactivate" and not any(one.proposal.kind == Proposal.Kind.REACTIVATE for one in running):
        yield Rejected(
            N_("A retired badge comes back by a proposal that is approved. Begin one."), code="reactivation_unproposed"
        )
    for production in running:
        yield from standing_in_the_way(production)
    worded = [one for one in running if one.proposal.kind != Proposal.Kind.REACTIVATE]
    if not worded or verb != "activate":
        return
    newest, draft = worded[0], catalog.draft_of(achievement)
    if found := material_changes(newest, draft):
        yield from found
    elif draft is not None and newest.approvals and draft.approvals != newest.approvals:
        yield Rejected(
            N_("It is in production: make it active from its checklist, where the approval is noted on it."),
            code="approval_unnoted",
        )
