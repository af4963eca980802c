"""A proposal on its route: begun by `start`, moved by `decide`, and found again by `replay`."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from insignia.core.errors import Conflict, Rejected
from insignia.core.words import N_
from insignia.core.workflow.completeness import check_complete
from insignia.core.workflow.conditions import Facts
from insignia.core.workflow.definition import Route
from insignia.core.workflow.effects import Effect
from insignia.core.workflow.moving import Turn, with_notices
from insignia.core.workflow.permitting import ON_RUN, check_may
from insignia.core.workflow.state import Decider, Decision, Entry, Run
from insignia.core.workflow.verbs import Verb
from insignia.core.workflow.way import task_now


def start(route: Route, facts: Facts, *, by: Decider, at: datetime) -> tuple[Run, tuple[Effect, ...]]:
    """A new run of `route`, which was checked when it was read, and what follows."""
    run = Run(route=route.key, route_version=route.version, started_at=at, facts=_frozen(facts))
    run = replace(run, history=(Entry(Decision(Verb.START), by, at, revision=0, facts=run.facts),))
    turn = Turn(route, run, at)
    turn.begin()
    return turn.run, tuple(turn.effects)


def decide(
    route: Route,
    run: Run,
    task: str,
    decision: Decision,
    by: Decider,
    *,
    at: datetime,
    revision: int,
    facts: Facts | None = None,
) -> tuple[Run, tuple[Effect, ...]]:
    """The run after `decision`, and what follows from it.

    `task` is the open task that it is about, or nothing where it is about the whole run. `revision` is the one that
    `by` had before the eyes: `Conflict` where it has been overtaken. `facts` are given where they may have changed.
    Raises `NotPermitted` where somebody else decides, and `Rejected` where the rules or something missing forbid it.
    """
    check_pinned(route, run)
    _check_current(run, task, decision, revision)
    task = "" if decision.verb in ON_RUN else task
    check_may(route, run, task, decision.verb, by)
    check_complete(route, run, task_now(route, run, task) if task else None, decision)
    changed = None if facts is None or _frozen(facts) == run.facts else _frozen(facts)
    entry = Entry(decision, by, at, revision=run.revision + 1, task=task, step=run.step, facts=changed)
    run = replace(
        run,
        revision=entry.revision,
        history=(*run.history, entry),
        facts=run.facts if changed is None else changed,
    )
    turn = Turn(route, run, at)
    turn.carry_out(task, decision, by)
    return turn.run, tuple(turn.effects)


def replay(route: Route, journal: Sequence[Entry]) -> Run:
    """The run that these decisions lead to, taken one after the other from the start."""
    first, *others = journal
    run, _effects = start(route, first.facts or {}, by=first.by, at=first.at)
    for entry in others:
        if entry.verb is Verb.TELL:
            run = told(run, entry)
            continue
        run, _effects = decide(
            route, run, entry.task, entry.decision, entry.by, at=entry.at, revision=run.revision, facts=entry.facts
        )
    return run


def told(run: Run, entry: Entry) -> Run:
    """The run that remembers what the timers said. Nothing was decided, so the revision stays."""
    return with_notices(replace(run, history=(*run.history, entry)), entry.decision.notices)


def check_pinned(route: Route, run: Run) -> None:
    """Refuse any other definition than the one under which the run began."""
    if (route.key, route.version) != (run.route, run.route_version):
        raise Rejected(
            N_("This proposal began under version %(version)s of the route “%(route)s” and ends under it."),
            code="other_route",
            params={"route": run.route, "version": run.route_version},
        )


def _check_current(run: Run, task: str, decision: Decision, revision: int) -> None:
    """Refuse who decides on what they have not seen.

    What others decide on their own tasks beside it overtakes nobody, and neither does one vote another; but whoever
    records what a body decided has to have seen its last vote, and whoever moves the whole run its last decision.
    """
    newer = [entry for entry in run.history if entry.revision > revision and entry.verb is not Verb.TELL]
    if open_task := run.task(task):
        overtaken = open_task.opened_in > revision or (
            decision.verb not in (Verb.VOTE, Verb.RECUSE) and any(entry.task in ("", task) for entry in newer)
        )
    else:
        overtaken = bool(newer)
    if overtaken or (decision.verb in ON_RUN and newer) or revision > run.revision:
        raise Conflict(
            N_("Somebody else decided on this a moment ago. Look at it again, then decide."),
            code="stale",
            params={"seen": revision, "now": run.revision},
        )


def _frozen(facts: Facts) -> Facts:
    return {name: tuple(fact) if isinstance(fact, list) else fact for name, fact in facts.items()}
