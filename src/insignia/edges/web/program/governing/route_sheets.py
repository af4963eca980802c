"""A route in words: its steps, whom each asks for what, when it is passed over, where it returns, how a body decides."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from insignia.core.workflow import route as engine
from insignia.core.workflow.definition import CHANNEL_APPROVER, MIXED
from insignia.edges.web.review_words import attestation, criterion, readable

from . import words
from .names import Names
from .sheets import Sheet, listed

Pairs = Iterator[tuple[str, str]]


def sheet_of(route: engine.Route, names: Names) -> Sheet:
    """The whole route."""
    steps = tuple(_step(route, step, names) for step in route.steps)
    return Sheet(route.key, route.label or readable(route.key), tuple(_of_route(route, names)), steps)


def title_of(step: engine.Step) -> str:
    """A step as people call it."""
    return step.label or listed(task.label for task in step.tasks if task.label) or readable(step.key)


def _of_route(route: engine.Route, names: Names) -> Pairs:
    yield _("Office"), names.role(route.manager)
    if route.on_approved:
        yield _("After the approval"), listed(words.AFTERWARDS.get(one, one) for one in route.on_approved)
    if route.on_rejected:
        yield _("After a rejection"), listed(words.AFTERWARDS.get(one, one) for one in route.on_rejected)
    if route.returned:
        yield _("A proposer who was asked for changes"), timer(route.returned, names)
    for audience, channel in route.route_by_audience.items():
        yield _("Channel for %(audience)s") % {"audience": audience_name(audience, names)}, _channel(channel, names)


def audience_name(audience: str, names: Names) -> str:
    """What an audience is called; several at once have a name of their own."""
    return _("several audiences") if audience == MIXED else names.value("audience", audience)


def _channel(channel: engine.Channel, names: Names) -> str:
    said = [channel.label or readable(channel.channel)]
    if channel.approver:
        said.append(_("approved by: %(role)s") % {"role": names.role(channel.approver)})
    return "; ".join([*said, *([channel.url] if channel.url else [])])


def _step(route: engine.Route, step: engine.Step, names: Names) -> Sheet:
    facts: list[tuple[str, str]] = []
    if step.condition:
        facts.append((_("Only if"), names.condition(step.condition)))
    if len(step.tasks) > 1:
        facts.append((_("Goes on when"), join(step)))
    if not step.is_proposers:
        facts.append((_("What it sends back returns"), returns(route, step)))
    if marks := [said for said, holds in _marks(step) if holds]:
        facts.append((_("Besides"), "; ".join(marks)))
    tasks = tuple(_task(route, step, task, names) for task in step.tasks)
    return Sheet(step.key, title_of(step), tuple(facts), tasks)


def _marks(step: engine.Step) -> tuple[tuple[str, bool], ...]:
    return (
        (_("comes on the agenda of a meeting"), step.agenda),
        (_("the office may skip it"), step.skippable),
        (_("has the last word"), step.final),
    )


def join(step: engine.Step) -> str:
    """When a step of several tasks is done."""
    if step.parallel.joining is engine.Joining.AT_LEAST:
        return ngettext("%(n)s of its tasks is done", "%(n)s of its tasks are done", step.parallel.n) % {
            "n": step.parallel.n
        }
    return str(words.JOINS[step.parallel.joining.value])


def returns(route: engine.Route, step: engine.Step) -> str:
    """Where a proposal comes back that this step sent to the proposer."""
    match step.resubmit_to.to:
        case engine.Return.SAME:
            return _("to this step")
        case engine.Return.FIRST:
            return _("to the first step that reviews")
    target = next((other for other in route.steps if other.key == step.resubmit_to.step), None)
    return _("to “%(step)s”") % {"step": title_of(target) if target else step.resubmit_to.step}


def who(task: engine.Task, names: Names) -> str:
    """Whom a task asks."""
    if task.role == engine.PROPOSER:
        return _("Whoever proposes it")
    if task.role == CHANNEL_APPROVER:
        return _("Whoever approves in the channel of the audience")
    if task.person:
        return _("One person who is named")
    if task.body:
        return names.body_names.get(task.body, task.body)
    if task.scope is engine.Scope.INSTITUTION:
        return names.role(task.role)
    return f"{names.role(task.role)} {words.SCOPES_SHORT[task.scope]}"


def _task(route: engine.Route, step: engine.Step, task: engine.Task, names: Names) -> Sheet:
    title = task.label or (title_of(step) if len(step.tasks) == 1 else readable(task.key))
    return Sheet(task.key, title, tuple(_of_task(route, task, names)))


def _of_task(route: engine.Route, task: engine.Task, names: Names) -> Pairs:
    yield _("Asked"), who(task, names)
    if task.decisions:
        yield _("May"), listed(words.SHORT.get(verb, verb.value) for verb in task.decisions)
    if task.comments:
        yield _("Must explain"), listed(words.SHORT.get(verb, verb.value) for verb in task.comments)
    if task.criteria:
        yield _("Rates"), listed(criterion(key, route.labels) for key in task.criteria)
    if task.attest:
        yield _("Attests"), " ".join(attestation(key, route.labels) for key in task.attest)
    if task.edits:
        yield _("May amend"), listed(names.questions.get(key, readable(key)) for key in task.edits)
    if task.rule:
        yield _("Decides"), _rule(task.rule)
        yield _("Presides"), listed(names.role(role) for role in (task.rule.chair, task.rule.deputy) if role)
    if task.timer:
        yield _("Is reminded"), timer(task.timer, names)
    if task.via:
        yield _("Only by way of"), readable(task.via)
    if task.output:
        yield _("Brings forth"), readable(task.output)


def _rule(rule: engine.VotingRule) -> str:
    said = [str(words.MODES[rule.mode.value])]
    if rule.mode is not engine.Mode.CHAIR_RECORDS:
        said += [
            _("quorum %(share)s %%") % {"share": share(rule.quorum)},
            _("carried with %(share)s %%, and more than half") % {"share": share(rule.threshold)},
            str(words.BALLOTS[rule.ballots.value]),
            _("in a tie: %(who)s") % {"who": words.TIES[rule.tie_break.value]},
        ]
    return "; ".join(said)


def share(part: float) -> str:
    """A share as percent."""
    return f"{100 * part:g}"


def timer(one: engine.Timer, names: Names) -> str:
    """When somebody is reminded, and when somebody else is told."""
    said = []
    if one.reminders:
        said.append(_("after %(days)s days") % {"days": listed(one.reminders)})
    if one.escalate_after:
        said.append(
            _("after %(days)s days “%(role)s” is told")
            % {"days": one.escalate_after, "role": names.role(one.escalate_to)}
        )
    return "; ".join(said) or _("never")
