"""What holds of every route that can be loaded, and of every way through it."""

import json
from datetime import timedelta

import pytest
from hypothesis import given

from insignia.core.errors import Conflict
from insignia.core.workflow.route import (
    Directory,
    Ended,
    Matter,
    Route,
    Run,
    State,
    StateChanged,
    TaskClosed,
    TaskOpened,
    Then,
    Verb,
    Vote,
    decide,
    open_to,
    replay,
    simulate,
    waiting_for,
)
from tests.core.workflow import strategies
from tests.core.workflow.walking import MONDAY, someone


@given(strategies.walks())
def test_every_run_ends_or_waits_for_somebody_named_who_can_act(walked):
    route, runs, _taken = walked
    for run, _effects in runs:
        waiting = waiting_for(route, run)
        assert bool(waiting) is not run.is_over
        for one in waiting:
            assert one.role or one.person
            by = _somebody(run, one)
            assert {choice.verb for choice in open_to(route, run, by)} & {*one.verbs, Verb.VOTE}


@given(strategies.walks())
def test_no_decision_is_lost_and_the_journal_leads_to_the_same_run(walked):
    route, runs, taken = walked
    last = runs[-1][0]
    assert [(entry.by, entry.task, entry.decision) for entry in last.history[1:]] == taken
    assert replay(route, last.history) == last
    assert Run.from_data(json.loads(json.dumps(last.to_data()))) == last
    assert Route.from_data(json.loads(json.dumps(route.to_data()))) == route
    assert [run.revision for run, _effects in runs] == list(range(len(runs)))


@given(strategies.walks())
def test_nobody_wins_with_what_has_been_overtaken(walked):
    route, runs, taken = walked
    for number, (by, task, decision) in enumerate(taken):
        before, after = runs[number][0], runs[number + 1][0]
        if decision.verb in (Verb.VOTE, Verb.RECUSE) and before.task(task) and after.task(task):
            continue  # a voice among others, which overtakes nobody
        with pytest.raises(Conflict):
            decide(route, after, task, decision, by, at=MONDAY, revision=before.revision)


@given(strategies.walks())
def test_what_follows_agrees_with_the_run(walked):
    """Whoever keeps only the effects knows which tasks are open, and where the run is."""
    _route, runs, _taken = walked
    opened, state = set(), State.DRAFT
    for run, effects in runs:
        for effect in effects:
            match effect:
                case TaskOpened():
                    assert effect.task not in opened
                    opened.add(effect.task)
                case TaskClosed():
                    opened.remove(effect.task)
                case StateChanged():
                    assert effect.source is state
                    state = effect.target
                case Ended():
                    assert effect.state is run.state
                    assert bool(effect.then) is (run.state is State.APPROVED)
        assert opened == {task.task for task in run.open_tasks}
        assert state is run.state


@given(strategies.walks())
def test_from_wherever_a_run_is_it_can_be_brought_to_its_end(walked):
    """No step that is passed over, held, tied or deserted leaves a run stuck."""
    route, runs, _taken = walked
    run = runs[-1][0]
    for number in range(1000, 1100):
        if run.is_over:
            return
        run = _forward(route, run, number)
    pytest.fail("it goes round in circles")


@given(strategies.walks())
def test_nothing_is_approved_but_by_its_last_step(walked):
    route, runs, _taken = walked
    run = runs[-1][0]
    if run.state is State.APPROVED:
        last = route.steps[-1]
        latest = run.passed[-last.parallel.needed(len(last.tasks)) :]
        assert {(passed.step, passed.round) for passed in latest} == {(last.key, run.round)}


@given(strategies.routes(), strategies.facts)
def test_a_simulation_tells_every_step_and_reaches_the_end(route, facts):
    stops = simulate(route, facts, Matter("u", ("petra",)), Directory(), on=MONDAY.date())
    assert [stop.step for stop in stops] == list(route.steps)
    for stop in stops:
        held = stop.step.condition is None or stop.step.condition.holds(facts)
        assert bool(stop.tasks) is held
        assert all(task.leads for task in stop.tasks)
        assert all(task.asked.named or task.asked.findings for task in stop.tasks)


def _somebody(run, waiting, number=0):
    """Somebody of whom the run says that it waits for: whoever held the role may be recused, then another is found."""
    if waiting.person:
        return someone(waiting.person, waiting.role)
    if Verb.CONVENE not in waiting.verbs and waiting.role == "committee":
        return someone(next(m for m in strategies.MEMBERS if m not in run.recused), "committee")
    return someone(f"new {waiting.role} {number}", waiting.role)


def _forward(route, run, number):
    """The run after the decision that leads on soonest."""
    waiting = waiting_for(route, run)[0]
    by = _somebody(run, waiting, number)
    ballot = run.task(waiting.task).ballot if run.task(waiting.task) else None
    voted = {vote.seat for vote in ballot.votes} if ballot else set()
    if waiting.role == "committee" and ballot:
        (by, *_others) = [
            someone(member, "committee") for member in strategies.MEMBERS if member not in {*run.recused, *voted}
        ]
    order = (
        Verb.VOTE, Verb.SUBMIT, Verb.APPROVE, Verb.INVITE, Verb.FEEDBACK, Verb.RESUBMIT, Verb.RELEASE, Verb.RESUME,
        Verb.CONVENE,
    )  # fmt: skip
    possible = open_to(route, run, by)
    choice = next(choice for verb in order for choice in possible if choice.verb is verb)
    vote = Vote.APPROVE if choice.verb is Verb.VOTE else None
    decision = strategies.complete(route, run, choice, number, vote=vote, then=Then.RETURN_HERE)
    at = MONDAY + timedelta(hours=number)
    return decide(route, run, choice.task, decision, by, at=at, revision=run.revision)[0]
