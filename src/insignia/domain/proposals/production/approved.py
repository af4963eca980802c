"""What was approved, as the content of an achievement, and which bodies and offices approved it."""

from zoneinfo import ZoneInfo

from insignia.core.workflow import route as engine
from insignia.domain.catalog.rules import Approval, Content
from insignia.domain.institutions import queries as institutions
from insignia.domain.proposals.bodies.models import Body
from insignia.domain.proposals.workflow.models import Run
from insignia.domain.proposals.writing.models import Proposal, ProposalVersion
from insignia.domain.proposals.writing.proposed import proposed


def words_of(proposal: Proposal, version: ProposalVersion) -> Content:
    """What the achievement is to say: for a revision what is awarded now, with what the proposal says instead."""
    return proposed(proposal, version.form.form, version.answers, version.title)


def approvals_of(proposal: Proposal, row: Run, version: ProposalVersion) -> list[Approval]:
    """Which bodies and offices decided in favour, each with its last word, in the order of the days; never a person."""
    zone = ZoneInfo(proposal.institution.zone)
    tasks = {task.key: task for step in engine.way(row.route.route, row.run) for task in step.tasks}
    roles = dict(institutions.roles().values_list("key", "name"))
    bodies = {body.key: body.name for body in Body.objects.all()}
    last = {passed.task: passed for passed in row.run.passed if passed.role != engine.PROPOSER}
    found = []
    for passed in sorted(last.values(), key=lambda one: one.at):
        task, name = tasks.get(passed.task), roles.get(passed.role, passed.role)
        if task is not None and task.body in bodies:
            name = bodies[task.body]
        elif task is not None and task.scope is not engine.Scope.INSTITUTION:
            name = f"{name}, {proposal.unit.name}"
        found.append(
            Approval(
                body=name,
                role=passed.role,
                on=passed.at.astimezone(zone).date(),
                proposal=f"{proposal.public_id}/{version.number}",
            )
        )
    return found
