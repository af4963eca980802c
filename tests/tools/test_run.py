"""`./run` is plain sh, and says what it can do."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def test_run_alone_lists_every_command_that_it_knows() -> None:
    listed = subprocess.run([ROOT / "run"], capture_output=True, text=True, check=True).stdout
    known = re.search(r"case \$command in\n(.*?)\n\*\)", (ROOT / "run").read_text(), re.DOTALL)
    assert known is not None
    commands = [word for line in re.findall(r"^([a-z |]+)\)$", known[1], re.MULTILINE) for word in line.split(" | ")]
    assert "demo" in commands
    assert [command for command in commands if f"\n  {command} " not in listed] == []


def test_an_unknown_command_is_refused_with_the_list() -> None:
    done = subprocess.run([ROOT / "run", "nonsense"], capture_output=True, text=True)
    assert done.returncode == 2
    assert "./run COMMAND" in done.stderr


def test_the_script_is_posix_sh() -> None:
    strict = shutil.which("dash")
    if not strict:
        pytest.skip("needs dash, the strictest sh there is")
    subprocess.run([strict, "-n", ROOT / "run"], check=True)
    assert not re.search(r"\[\[|\blocal\b|\bfunction\b|<<<|\$'|&>", (ROOT / "run").read_text())
