"""What was approved, as the content of an achievement, and which bodies and offices approved it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from insignia.core.questions.facts import fields_of
from insignia.core.workflow import route as engine
from insignia.domain.catalog import actions as catalog
from insignia.domain.catalog.rules import Approval, Content
from insignia.domain.institutions import queries as institutions
from insignia.domain.proposals.bodies.models import Body
from insignia.domain.proposals.workflow.models import Run
from insignia.domain.proposals.writing.content import EXTRA, answers_from, content_of
from insignia.domain.proposals.writing.models import Proposal, ProposalVersion


def words_of(proposal: Proposal, version: ProposalVersion) -> Content:
    """What the achievement is to say: for a revision what is awarded now, with what the proposal says instead."""
    form, policy = version.form.form, proposal.level.policy
    current = proposal.achievement.current if proposal.achievement else None
    if proposal.kind in (Proposal.Kind.RETIRE, Proposal.Kind.REACTIVATE):
        return current.content if current else Content()
    content = content_of(form, version.answers, title=version.title)
    if current is None:
        return replace(content, achievement_type=catalog.default_type(policy, content))
    before = current.content
    shown, answered = answers_from(form, before), fields_of(form, version.answers)
    # What the form asked counts as the proposal says, also where it was emptied; what it cannot show stays as it was.
    asked = {
        question.maps_to
        for question in form.questions
        if question.maps_to and (question.maps_to in answered or question.key in shown)
    }
    merged = replace(_merged(before, content, asked), achievement_type="")
    by_level = catalog.default_type(policy, replace(before, achievement_type=""))
    kept = before.achievement_type if before.achievement_type != by_level else catalog.default_type(policy, merged)
    return replace(merged, achievement_type=kept)


def _merged(before: Content, content: Content, asked: set[str]) -> Content:
    values: dict[str, Any] = {name: getattr(content, name) for name in asked if not name.startswith(EXTRA)}
    if "distinction_criteria" in values:
        values["variants"] = content.variants
    names = {name.removeprefix(EXTRA) for name in asked if name.startswith(EXTRA)}
    extra: Mapping[str, Any] = {
        **{name: value for name, value in before.extra.items() if name not in names},
        **{name: value for name, value in content.extra.items() if name in names},
    }
    return replace(before, **{**values, "extra": extra})


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
