"""Failpoints do nothing until the environment says so, and then exactly that."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import insignia
from insignia.domain.ground import failpoints

NAME = "journal.claim.after_commit"


@pytest.fixture(autouse=True)
def _fresh_passages(monkeypatch):
    monkeypatch.setattr(failpoints, "_passages", failpoints.Counter())


def test_nothing_happens_without_the_variable(monkeypatch):
    monkeypatch.delenv("INSIGNIA_FAIL", raising=False)
    failpoints.reach(NAME)


def test_it_raises_at_the_passage_that_was_named_and_only_there(monkeypatch):
    monkeypatch.setenv("INSIGNIA_FAIL", f"{NAME}:raise@3")
    failpoints.reach(NAME)
    failpoints.reach(NAME)
    with pytest.raises(failpoints.InjectedFailure):
        failpoints.reach(NAME)
    failpoints.reach(NAME)


def test_other_failpoints_are_passed_unharmed(monkeypatch):
    monkeypatch.setenv("INSIGNIA_FAIL", f"{NAME}:raise")
    failpoints.reach("journal.claim.before_commit")


def test_it_kills_the_process_without_a_word():
    script = f"from insignia.domain.ground import failpoints; failpoints.reach({NAME!r}); print('survived')"
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "INSIGNIA_FAIL": f"{NAME}:kill"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL
    assert done.stdout == b""


def test_several_faults_are_read_from_one_variable():
    faults = failpoints.parse(f"{NAME}:sleep:0.25@2, journal.claim.before_commit:kill")
    assert faults[NAME] == failpoints.Fault("sleep", 0.25, 2)
    assert faults["journal.claim.before_commit"] == failpoints.Fault("kill", 0.0, 1)


@pytest.mark.parametrize(
    "text", ["nowhere:kill", f"{NAME}:explode", f"{NAME}", f"{NAME}:sleep", f"{NAME}:kill:3", f"{NAME}:raise@soon"]
)
def test_a_slip_in_the_variable_is_an_error_and_not_a_quiet_run(text):
    with pytest.raises(ValueError, match=r"INSIGNIA_FAIL|invalid literal"):
        failpoints.parse(text)


def test_an_unregistered_failpoint_is_an_error_under_test(monkeypatch):
    monkeypatch.setenv("INSIGNIA_FAIL", f"{NAME}:raise@9")
    with pytest.raises(ValueError, match="Unregistered"):
        failpoints.reach("journal.nowhere")


def test_every_failpoint_in_the_code_is_registered_and_every_registered_one_is_in_the_code():
    source = Path(insignia.__file__).parent
    reached = {
        name
        for file in source.rglob("*.py")
        if file.name != "failpoints.py"
        for name in re.findall(r"failpoints\.reach\(\s*\"([^\"]+)\"", file.read_text())
    }
    assert reached == set(failpoints.REGISTERED)
