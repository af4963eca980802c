"""From what was approved to the achievement, in one step; and back to it where somebody changed what it means (R-081)."""

from collections.abc import Set

from django.db import transaction
from django.utils.text import slugify

from insignia.core.errors import Conflict, Rejected
from insignia.core.words import N_
from insignia.domain.access.actor import SYSTEM, Actor
from insignia.domain.catalog import actions as catalog_actions
from insignia.domain.catalog import queries as catalog
from insignia.domain.catalog import rules as catalog_rules
from insignia.domain.catalog.models import Achievement
from insignia.domain.proposals.writing.models import Proposal

from .. import authority, checks, queries
from ..models import Production, ProductionTask, Proof
from ..rules import OPEN, Kind
from .holding import held, house_for
from .nominating import appoint_ready
from .tasks import settle


@transaction.atomic
def create_credential(*, by: Actor, production: Production) -> Achievement:
    """Make the achievement from the approved version, word for word, or write the next version of the one that is revised."""
    now = held(production)
    task = next((one for one in queries.tasks_of(now) if one.kind == Kind.CREATE), None)
    authority.require(authority.may_work(by, task) if task else authority.may_manage(by, now))
    if now.state != Production.State.RUNNING or now.proposal.kind == Proposal.Kind.REACTIVATE:
        raise Rejected(N_("There is nothing to make here."), code="nothing_to_make")
    if checks.draft_of(now) is not None and (task is None or task.state not in OPEN):
        raise Conflict(N_("It was made already."), code="already_made")
    house, content = house_for(by), now.approved
    if now.achievement is None:
        achievement = catalog_actions.draft_achievement(
            by=house,
            unit=now.proposal.unit,
            level=now.proposal.level,
            content=content,
            slug=_free_slug(content.name, catalog.taken_slugs()),
        )
        Production.objects.filter(pk=now.pk).update(achievement=achievement)
        Proposal.objects.filter(pk=now.proposal_id).update(achievement=achievement)
        now.achievement = production.achievement = achievement
    else:
        achievement = now.achievement
        catalog_actions.write_draft(by=house, achievement=achievement, content=content)
    note_approvals(by=by, production=now)
    if (signed := queries.signed_proof(now)) is not None:
        wear(by, now, signed)
    if task is not None and task.state in OPEN:
        settle(by, task, "finish", ProductionTask.State.DONE)
    appoint_ready(by, now)
    return achievement


def wear(by: Actor, production: Production, proof: Proof) -> None:
    """Let the draft look as the proof that was signed off; before there is one, it waits."""
    if production.achievement is not None and checks.draft_of(production) is not None:
        catalog_actions.dress_draft(by=house_for(by), achievement=production.achievement, dress=proof.dress)


@transaction.atomic
def put_back(*, by: Actor, production: Production) -> None:
    """Write what was approved into the draft again, as far as it is material; what is editorial stays as it was written."""
    authority.require_manage(by, production)
    now = held(production)
    draft = checks.draft_of(now)
    if now.achievement is None or draft is None:
        raise Conflict(N_("There is no draft to put it back into."), code="no_draft")
    content = catalog_rules.with_meaning_of(now.approved, draft.content)
    catalog_actions.write_draft(by=house_for(by), achievement=now.achievement, content=content)
    note_approvals(by=by, production=now)


@transaction.atomic
def note_approvals(*, by: Actor, production: Production) -> None:
    """Note on the draft which bodies approved it, while it means what they approved. What is editorial needs no approval."""
    draft = checks.draft_of(production)
    if production.achievement is None or draft is None or not production.approvals:
        return
    if draft.approvals == production.approvals or checks.changes_of(production, draft).material:
        return
    catalog_actions.note_approvals(
        by=house_for(by),
        achievement=production.achievement,
        approvals=production.approvals,
        content_hash=draft.content.fingerprint(),
    )


@transaction.atomic
def note_again(achievement: str) -> None:
    """A draft that is written anew drops its approvals; they hold on as long as it means the same."""
    for production in queries.all_productions().filter(
        achievement__public_id=achievement, state=Production.State.RUNNING
    )[:1]:
        note_approvals(by=SYSTEM, production=production)


def _free_slug(name: str, taken: Set[str]) -> str:
    """A short name that nothing has here: where the plain one is taken, with the first number that is free."""
    plain = slugify(name)[: catalog_rules.SLUG_LENGTH - 4] or "badge"
    return next(slug for slug in (plain, *(f"{plain}-{n}" for n in range(2, 1000))) if slug not in taken)
