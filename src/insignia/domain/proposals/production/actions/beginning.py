"""An approved proposal goes into production; one that ends a badge becomes a plan with a last day."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction

from insignia.core.questions.facts import fields_of
from insignia.domain.access.actor import Actor
from insignia.domain.catalog.rules import searchable
from insignia.domain.ground import clock
from insignia.domain.institutions import queries as institutions
from insignia.domain.journal.bus import publish
from insignia.domain.people.models import User
from insignia.domain.proposals.workflow import queries as workflow
from insignia.domain.proposals.workflow.models import Run
from insignia.domain.proposals.writing import queries as writing
from insignia.domain.proposals.writing.content import EXTRA
from insignia.domain.proposals.writing.models import Proposal, ProposalVersion

from .. import approved, checks, queries
from ..events import ProductionBegun
from ..models import Production, ProductionTask
from ..rules import Kind, TaskDefinition

PRODUCTION, RETIREMENT = "production", "retirement"
# Where an institution has no checklist of its own.
_LEAST = (TaskDefinition("create_credential", "Create the credential", Kind.CREATE, required=True),)


@transaction.atomic
def begin(*, by: Actor, proposal: Proposal) -> Production | None:
    """Put an approved proposal where its route says: into production, or towards the end of a badge. Twice is once."""
    now = writing.all_proposals().select_for_update(of=("self",)).get(pk=proposal.pk)
    row, version = workflow.run_of(now), writing.newest_version(now)
    if now.state != Proposal.State.APPROVED or row is None or version is None:
        return None
    if (known := queries.all_productions().filter(proposal=now).first()) is not None:
        return known
    then = row.route.route.on_approved
    if RETIREMENT in then:
        return _plan_end(by, now, row, version)
    if PRODUCTION in then:
        return _open(by, now, row, version)
    return None


def _open(by: Actor, proposal: Proposal, row: Run, version: ProposalVersion) -> Production:
    checklist = queries.newest_checklist()
    production = _made(proposal, row, version, checklist=checklist)
    today = clock.today_in(proposal.institution.zone)
    wanted = [
        task
        for task in (checklist.tasks if checklist else _LEAST)
        if task.applies(kind=proposal.kind, level=proposal.level.key)
    ]
    roles = dict(institutions.roles().values_list("key", "name"))
    tasks = ProductionTask.objects.bulk_create(
        ProductionTask(
            institution_id=proposal.institution_id,
            production=production,
            position=position,
            key=task.key,
            kind=task.kind.value,
            label=task.label,
            help=task.help,
            items=[{"key": key, "label": label} for key, label in task.items],
            months=task.months,
            is_required=task.required,
            owner_role=task.owner,
            owner_role_name=roles.get(task.owner, task.owner),
            owner=_only_holder(production, task.owner, today),
            due_on=today + timedelta(days=task.days),
        )
        for position, task in enumerate(wanted)
    )
    if proposal.achievement is not None:
        _carry_over(tasks)
    _tell(by, production)
    return production


def _carry_over(tasks: list[ProductionTask]) -> None:
    """What holds of the badge already, such as its Grantors and how it is evaluated, need not be done again."""
    kept = (Kind.ISSUING_PLAN, Kind.TRAINING, Kind.GRANTORS, Kind.EVALUATION)
    for task in tasks:
        if task.kind in kept and not checks.lacking(task):
            task.state, task.settled_at = ProductionTask.State.DONE, clock.now()
            task.save(update_fields=["state", "settled_at"])


def _plan_end(by: Actor, proposal: Proposal, row: Run, version: ProposalVersion) -> Production:
    told = fields_of(version.form.form, version.answers)
    stacks = told.get(EXTRA + "stacks", "")
    production = _made(
        proposal,
        row,
        version,
        state=Production.State.TEACH_OUT,
        last_day=date.fromisoformat(told[EXTRA + "last_day"])
        if told.get(EXTRA + "last_day")
        else clock.today_in(proposal.institution.zone),
        stacks=stacks if stacks in Production.Stacks.values else "",
    )
    _tell(by, production)
    return production


def _made(proposal: Proposal, row: Run, version: ProposalVersion, **values: Any) -> Production:
    return Production.objects.create(
        institution_id=proposal.institution_id,
        proposal=proposal,
        version=version,
        achievement=proposal.achievement,
        approved_data=approved.words_of(proposal, version).to_data(),
        approvals_data=[approval.to_data() for approval in approved.approvals_of(proposal, row, version)],
        search_text=searchable(str(proposal), proposal.unit.name, proposal.level.name),
        **values,
    )


def _tell(by: Actor, production: Production) -> None:
    event = ProductionBegun(
        production=production.public_id,
        proposal=production.proposal.public_id,
        kind=production.proposal.kind,
    )
    publish(event, by=by, subject=("production", production.public_id))


def _only_holder(production: Production, role: str, today: date) -> User | None:
    """Whoever alone holds the role for this unit has the task by name at once; of several, somebody chooses."""
    places = {scope.public_id for scope in production.scopes()}
    held = institutions.memberships_on(today).filter(role__key=role, scope_id__in=places)
    people = {one.user_id: one.user for one in held}
    return next(iter(people.values())) if len(people) == 1 else None
