"""Several people decide at the same instant, each in a process of their own, whatever the database."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from insignia.core.workflow.route import Verb
from insignia.domain.proposals.workflow import queries
from insignia.domain.proposals.workflow.models import TaskRun
from insignia.domain.proposals.writing.models import Proposal, Remark
from tests.domain.awards.test_races import database_url
from tests.support import builders
from tests.support.governance import Cast, again, decided, ksu_cast, open_tasks, submitted

WORKER = Path(__file__).with_name("racer.py")
CRITERIA = ("workforce_alignment", "taxonomy_fit", "evidence_types", "issuer_expertise", "skill_assessment_alignment")

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def race(folder: Path, proposal: Proposal, orders: list[dict[str, Any]]) -> list[str]:
    """Let each order be carried out by a process of its own, all at one moment; how each went."""
    from django.db import connection

    row = queries.run_of(proposal)
    assert row is not None
    environment = {
        **os.environ,
        "DATABASE_URL": database_url(connection.settings_dict),
        "PYTHONPATH": str(Path(__file__).parents[4]),
    }
    known = {
        "institution": builders.here().slug,
        "proposal": proposal.public_id,
        "revision": row.revision,
        "go": str(folder / "go"),
    }
    racers = []
    for number, order in enumerate(orders):
        given = json.dumps({**known, "ready": str(folder / f"ready-{number}"), **order})
        racers.append(
            subprocess.Popen([sys.executable, str(WORKER), given], env=environment, stdout=subprocess.PIPE, text=True)
        )
    until = time.monotonic() + 120
    while not all((folder / f"ready-{number}").exists() for number in range(len(orders))):
        assert time.monotonic() < until, "a racer never came to the start"
        assert all(racer.poll() is None for racer in racers), "a racer gave up before the start"
        time.sleep(0.01)
    (folder / "go").touch()
    answers = [json.loads(racer.communicate(timeout=120)[0])["answer"] for racer in racers]
    assert all(racer.returncode == 0 for racer in racers)
    return answers


def before_committee(cast: Cast) -> Proposal:
    proposal = submitted(cast)
    proposal = decided(cast, "skill_reviewer", proposal, Verb.APPROVE, task="skill_review")
    return decided(cast, "unit_leader", proposal, Verb.APPROVE, task="unit_leader")


def test_of_two_who_decide_at_once_one_decides_and_the_other_is_told(tmp_path: Path) -> None:
    with builders.an_institution():
        cast = ksu_cast()
        proposal = submitted(cast)
        orders = [
            {"user": cast["unit_leader"].pk, "task": "unit_leader", "verb": verb, "comment": "Because."}
            for verb in ("approve", "request_changes", "reject", "approve")
        ]
        answers = race(tmp_path, proposal, orders)
        assert sorted(answers, key="done".__eq__) == ["stale", "stale", "stale", "done"]
        row = queries.run_of(proposal)
        assert row is not None
        decisions = [entry for entry in row.run.history if entry.verb not in (Verb.START, Verb.SUBMIT)]
        assert len(decisions) == 1
        assert row.run.revision == row.revision == 2
        assert again(proposal).state == row.run.state.value
        assert TaskRun.objects.filter(run=row, task="unit_leader", closed_at=None).count() == 0


def test_votes_that_arrive_together_all_count(tmp_path: Path) -> None:
    with builders.an_institution():
        cast = ksu_cast(members=6)
        proposal = before_committee(cast)
        orders = [
            {
                "user": cast[f"member_{number}"].pk,
                "task": "mcc",
                "verb": "vote",
                "vote": "approve",
                "criteria": CRITERIA,
            }
            for number in range(1, 7)
        ]
        answers = race(tmp_path, proposal, orders)
        assert answers == ["done"] * 6
        row = queries.run_of(proposal)
        assert row is not None
        votes = [entry.by.person for entry in row.run.history if entry.verb is Verb.VOTE]
        assert sorted(votes) == sorted(cast[f"member_{number}"].public_id for number in range(1, 7))
        assert open_tasks(proposal) == {"executive"}


def test_two_reviewers_side_by_side_both_move_their_own_task(tmp_path: Path) -> None:
    """Their tasks are open at the same time; the slower one looks again and decides, nothing is lost or done twice."""
    with builders.an_institution():
        cast = ksu_cast()
        proposal = submitted(cast)
        orders = [
            {"user": cast["unit_leader"].pk, "task": "unit_leader", "verb": "request_changes", "comment": "More."},
            {
                "user": cast["skill_reviewer"].pk,
                "task": "skill_review",
                "verb": "request_changes",
                "comment": "Other skills.",
            },
        ]
        answers = race(tmp_path, proposal, orders)
        assert sorted(answers) == ["done", "stale"]
        assert again(proposal).state == "changes_requested"
        assert Remark.objects.filter(proposal=proposal, is_required=True).count() == 1
