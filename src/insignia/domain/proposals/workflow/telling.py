"""What happened to a proposal on its route, decision by decision, each with what followed from it."""

from dataclasses import dataclass
from datetime import datetime

from insignia.core.workflow import route as engine
from insignia.core.workflow.way import step_now, task_now

from .keeping import label_of
from .models import Run


@dataclass(frozen=True, slots=True)
class Happening:
    """One decision: at which step and task, by their labels, and the effects of it. A secret vote says only that it was cast."""

    entry: engine.Entry
    step: str
    task: str
    role: str
    effects: tuple[engine.Effect, ...]
    is_secret: bool = False

    @property
    def at(self) -> datetime:
        """When it was decided."""
        return self.entry.at

    @property
    def verb(self) -> engine.Verb:
        """What was decided."""
        return self.entry.verb


def happenings(row: Run) -> list[Happening]:
    """The journal of the run taken again from its start, so that what followed is told as it was."""
    route, journal = row.route.route, row.run.history
    first, *others = journal
    run, effects = engine.start(route, first.facts or {}, by=first.by, at=first.at)
    found = [Happening(first, "", "", "", effects)]
    for entry in others:
        if entry.verb is engine.Verb.TELL:
            continue  # reminders are mails, not decisions; no later decision rests on them
        found.append(_one(route, run, entry))
        run, effects = engine.decide(
            route, run, entry.task, entry.decision, entry.by, at=entry.at, revision=run.revision, facts=entry.facts
        )
        found[-1] = _with(found[-1], effects)
    return found


def _one(route: engine.Route, run: engine.Run, entry: engine.Entry) -> Happening:
    step = step_now(route, run)
    task = task_now(route, run, entry.task) if entry.task else None
    open_task = run.task(entry.task) if entry.task else None
    secret = task is not None and task.rule is not None and task.rule.ballots is engine.Ballots.SECRET
    return Happening(
        entry,
        label_of(step),
        (task.label or (label_of(step) if len(step.tasks) == 1 else task.key)) if task else "",
        open_task.role if open_task else "",
        (),
        is_secret=secret and entry.verb is engine.Verb.VOTE,
    )


def _with(one: Happening, effects: tuple[engine.Effect, ...]) -> Happening:
    return Happening(one.entry, one.step, one.task, one.role, effects, one.is_secret)
