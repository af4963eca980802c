"""Whether a route can be walked, in words of those who write it. Everything that is wrong is told at once."""

from collections import Counter
from collections.abc import Iterator, Mapping, Set

from insignia.core.errors import Rejected
from insignia.core.words import N_
from insignia.core.workflow.definition import (
    CHANNEL_APPROVER,
    CHANNEL_MODES,
    OUTSIDE,
    PROPOSER,
    Channel,
    Mode,
    Return,
    Route,
    Step,
    Task,
)
from insignia.core.workflow.verbs import APPROVING, OFFERED, PASSING, PROPOSERS, Verb

Values = Set[str | int | bool]


def problems_of(route: Route, *, roles: Set[str], facts: Mapping[str, Values]) -> tuple[Rejected, ...]:
    """All that is wrong with `route`; `roles` exist, and a condition may ask `facts`, each with its values or any."""
    return (
        *_of_ends(route),
        *_of_keys(route),
        *_of_roles(route, roles),
        *_of_returns(route),
        *_of_joins(route),
        *_of_decisions(route),
        *_of_votes(route),
        *_of_timers(route),
        *_of_conditions(route, facts),
        *_of_channels(route),
    )


def _of_ends(route: Route) -> Iterator[Rejected]:
    if not route.steps:
        yield Rejected(N_("The route has no steps, so it has no end."), code="no_end")
        return
    finals = [number for number, step in enumerate(route.steps) if step.final]
    for step in route.steps[finals[0] + 1 :] if finals else ():
        yield _fault(
            N_("Step “%(step)s” is never reached: “%(final)s” before it is final."),
            code="unreachable_step",
            step=step.key,
            final=route.steps[finals[0]].key,
        )
    last = route.steps[-1]
    if not any(APPROVING & {*task.decisions} for task in last.tasks):
        yield _fault(
            N_("The route has no end: nobody can approve in its last step “%(step)s”."), code="no_end", step=last.key
        )
    for step in dict.fromkeys([*(route.steps[number] for number in finals[:1]), last]):
        if step.condition or step.skippable:
            yield _fault(
                N_("Step “%(step)s” has the last word, so it can be neither conditional nor skippable."),
                code="end_may_be_missed",
                step=step.key,
            )


def _of_keys(route: Route) -> Iterator[Rejected]:
    steps = Counter(step.key for step in route.steps)
    tasks = Counter(task.key for step in route.steps for task in step.tasks)
    for step, times in steps.items():
        if step and times > 1:
            yield _fault(N_("Two steps have the key “%(step)s”."), code="duplicate_key", step=step)
    for task, times in tasks.items():
        # A step written twice has its tasks twice: that is one fault.
        if task and times > 1 and steps[task] < 2:
            yield _fault(N_("Two tasks have the key “%(task)s”."), code="duplicate_key", task=task)
    for step in steps:
        if step in (Return.SAME, Return.FIRST):
            yield _fault(
                N_("Step “%(step)s” needs another key: this word says where a proposal returns to."),
                code="reserved_key",
                step=step,
            )


def _of_roles(route: Route, roles: Set[str]) -> Iterator[Rejected]:
    known = roles | {PROPOSER, CHANNEL_APPROVER, ""}
    named = [(route.key, route.manager), (route.key, route.returned.escalate_to if route.returned else "")]
    named += [(audience, channel.approver) for audience, channel in route.route_by_audience.items()]
    for task in _tasks(route):
        named += [(task.key, task.role), (task.key, task.timer.escalate_to if task.timer else "")]
        named += [(task.key, task.rule.chair), (task.key, task.rule.deputy)] if task.rule else []
    for where, role in dict.fromkeys(named):
        if role not in known:
            yield _fault(
                N_("“%(where)s” names the role “%(role)s”, which does not exist."),
                code="unknown_role",
                where=where,
                role=role,
            )


def _of_returns(route: Route) -> Iterator[Rejected]:
    keys = [step.key for step in route.steps]
    for number, step in enumerate(route.steps):
        target = step.resubmit_to.step
        if not target:
            continue
        if target not in keys:
            yield _fault(
                N_("Step “%(step)s” sends resubmissions to “%(target)s”, which is no step of this route."),
                code="unknown_return_step",
                step=step.key,
                target=target,
            )
        elif keys.index(target) > number:
            yield _fault(
                N_("Step “%(step)s” sends resubmissions ahead to “%(target)s”, past what it asked for itself."),
                code="return_skips_ahead",
                step=step.key,
                target=target,
            )


def _of_joins(route: Route) -> Iterator[Rejected]:
    for step in route.steps:
        needed = step.parallel.needed(len(step.tasks))
        if not step.tasks:
            yield _fault(N_("Step “%(step)s” asks nobody for anything."), code="no_tasks", step=step.key)
        elif not 1 <= needed <= len(step.tasks):
            yield _fault(
                N_("Step “%(step)s” waits for %(needed)s of its %(tasks)s tasks, which cannot be."),
                code="join_out_of_range",
                step=step.key,
                needed=needed,
                tasks=len(step.tasks),
            )


def _of_decisions(route: Route) -> Iterator[Rejected]:
    for task in _tasks(route):
        for verb in task.decisions:
            if verb not in OFFERED or (verb in PROPOSERS) != task.is_proposers:
                yield _fault(
                    N_("Task “%(task)s” offers “%(verb)s”, which cannot be decided there."),
                    code="impossible_decision",
                    task=task.key,
                    verb=verb,
                )
        if task.role == PROPOSER and not task.is_proposers:
            yield _fault(
                N_("Task “%(task)s” asks the proposer, who can only submit the proposal, not decide on it."),
                code="own_proposal",
                task=task.key,
            )
        if not PASSING & {*task.decisions}:
            yield _fault(N_("Task “%(task)s” offers no decision that leads on."), code="no_way_forward", task=task.key)
        for verb in set(task.comments) - {verb for verb in Verb if task.allows(verb)}:
            yield _fault(
                N_("Task “%(task)s” wants a comment on “%(verb)s”, which it does not offer."),
                code="impossible_decision",
                task=task.key,
                verb=verb,
            )


def _of_votes(route: Route) -> Iterator[Rejected]:
    for task in _tasks(route):
        rule = task.rule
        if not rule:
            continue
        if not 0 <= rule.quorum <= 1:
            yield _fault(
                N_("Task “%(task)s”: the quorum is a share from 0 to 1, not %(quorum)s."),
                code="quorum_out_of_range",
                task=task.key,
                quorum=rule.quorum,
            )
        if not 0 < rule.threshold <= 1:
            yield _fault(
                N_("Task “%(task)s”: the threshold is a share above 0 and up to 1, not %(threshold)s."),
                code="threshold_out_of_range",
                task=task.key,
                threshold=rule.threshold,
            )
        if Verb.APPROVE not in task.decisions:
            yield _fault(
                N_("Task “%(task)s” is put to the vote, but cannot be approved."),
                code="vote_without_approval",
                task=task.key,
            )
        if not {Verb.REQUEST_CHANGES, Verb.REJECT} & {*task.decisions}:
            yield _fault(
                N_("Task “%(task)s” is put to the vote, but there is nothing to vote for except approval."),
                code="vote_without_choice",
                task=task.key,
            )
        if task.attest and rule.mode is not Mode.CHAIR_RECORDS:
            yield _fault(
                N_("Task “%(task)s”: a vote attests nothing. Let the chair record the outcome, or attest elsewhere."),
                code="vote_cannot_attest",
                task=task.key,
            )


def _of_timers(route: Route) -> Iterator[Rejected]:
    timers = [(task.key, task.timer) for task in _tasks(route)] + [(route.key, route.returned)]
    for where, timer in timers:
        if timer is None:
            continue
        if any(days < 1 for days in timer.reminders) or timer.escalate_after < 0:
            yield _fault(
                N_("“%(where)s”: reminders and escalation come after one day or more."),
                code="timer_out_of_range",
                where=where,
            )
        if bool(timer.escalate_after) != bool(timer.escalate_to):
            yield _fault(
                N_("“%(where)s”: an escalation needs both the days and the role."),
                code="escalation_incomplete",
                where=where,
            )


def _of_conditions(route: Route, facts: Mapping[str, Values]) -> Iterator[Rejected]:
    for step in route.steps:
        for question in step.condition.questions() if step.condition else ():
            if question.fact not in facts:
                yield _fault(
                    N_("Step “%(step)s” asks for “%(fact)s”, which is not known of a proposal. Known are: %(known)s."),
                    code="unknown_fact",
                    step=step.key,
                    fact=question.fact,
                    known=", ".join(sorted(facts)),
                )
                continue
            for value in question.values:
                if facts[question.fact] and value not in facts[question.fact]:
                    yield _fault(
                        N_("Step “%(step)s” asks whether “%(fact)s” is “%(value)s”, which it never is."),
                        code="unknown_value",
                        step=step.key,
                        fact=question.fact,
                        value=value,
                    )


def _of_channels(route: Route) -> Iterator[Rejected]:
    used = any(task.role == CHANNEL_APPROVER for task in _tasks(route))
    if used and not route.route_by_audience:
        yield Rejected(
            N_("The approver of a channel is asked, but no channels are named for the audiences."), code="no_channels"
        )
    for audience in route.route_by_audience:
        channel = route.channel_for({"audience": audience})
        if channel and not channel.approver:
            yield _fault(
                N_("Nobody approves in the channel “%(channel)s” of the audience “%(audience)s”."),
                code="no_approver",
                channel=channel.channel,
                audience=audience,
            )
        if channel:
            yield from _of_address(channel, audience)


def _of_address(channel: Channel, audience: str) -> Iterator[Rejected]:
    if channel.mode and channel.mode not in CHANNEL_MODES:
        yield _fault(
            N_("Requests of the audience “%(audience)s” come in by “%(mode)s”. Possible are: %(modes)s."),
            code="unknown_mode",
            audience=audience,
            mode=channel.mode,
            modes=", ".join(CHANNEL_MODES),
        )
    if channel.url and not channel.url.startswith(("https://", "http://")):
        yield _fault(
            N_("The address of the channel of the audience “%(audience)s” does not begin with https://."),
            code="bad_address",
            audience=audience,
        )
    if channel.mode == OUTSIDE and not channel.url:
        yield _fault(
            N_("Requests of the audience “%(audience)s” are made outside only, but no address says where."),
            code="no_address",
            audience=audience,
        )


def _tasks(route: Route) -> tuple[Task, ...]:
    return tuple(task for step in route.steps for task in step.tasks)


def _fault(message: str, *, code: str, **params: object) -> Rejected:
    return Rejected(message, code=code, params=params)


def problems_of_step(step: Step, *, among: Set[str]) -> tuple[Rejected, ...]:
    """What is wrong with a step that joins the steps and tasks with the keys `among` for one run only."""
    alone = Route(key=step.key, steps=(step,))
    taken = sorted({step.key, *(task.key for task in step.tasks)} & among)
    return (
        *_of_keys(alone),
        *(_fault(N_("“%(key)s” is already the key of another step."), code="duplicate_key", key=key) for key in taken),
        *_of_joins(alone),
        *_of_decisions(alone),
        *_of_votes(alone),
        *_of_timers(alone),
    )
