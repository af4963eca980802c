"""Imports run downwards: the contracts of pyproject.toml hold, and each of them would notice a breach."""

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

# For each contract one import that it forbids, and where to plant it.
FAULTS = {
    "Three wings: edges over domain over core": ("core/planted.py", "import insignia.domain.journal"),
    "The domain, floor by floor": ("domain/ground/planted.py", "import insignia.domain.awards"),
    "Inside every app: work over actions over queries over rows over rules": (
        "domain/catalog/events.py",
        "import insignia.domain.catalog.models",
    ),
    "Proposals, room by room": ("domain/proposals/forms/planted.py", "import insignia.domain.proposals.workflow"),
    "Core is pure Python": ("core/words.py", "import django.conf"),
    "Rules and events are pure Python": ("domain/catalog/rules.py", "import django.conf"),
    "openbadges stands alone": ("core/openbadges/ob2.py", "import insignia.core.errors"),
    "Edges speak in actions and queries, never in tables": (
        "edges/web/public/planted.py",
        "import insignia.domain.catalog.models",
    ),
    "Only core touches cryptography": ("domain/credentials/planted.py", "import nacl.signing"),
    "The five audiences do not know each other": (
        "edges/web/earner/planted.py",
        "import insignia.edges.web.issuing",
    ),
}


def outcomes(root: Path) -> dict[str, str]:
    """What import-linter says of each contract, over the sources below `root`."""
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()", "--no-cache"],
        cwd=root,
        env=os.environ | {"PYTHONPATH": str(root / "src"), "NO_COLOR": "1", "COLUMNS": "200"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    told = {}
    for line in done.stdout.splitlines():
        name, _, outcome = line.strip().rpartition(" ")
        if outcome in ("KEPT", "BROKEN"):
            told[name] = outcome
    assert told, done.stdout + done.stderr
    return told


def contracts() -> list[str]:
    """The names of all contracts."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return [contract["name"] for contract in settings["tool"]["importlinter"]["contracts"]]


def test_every_import_runs_downwards():
    assert outcomes(ROOT) == dict.fromkeys(contracts(), "KEPT")


@pytest.fixture(scope="module")
def breached(tmp_path_factory):
    """What is said of a copy of the sources with one fault for each contract."""
    root = tmp_path_factory.mktemp("breached")
    shutil.copy(ROOT / "pyproject.toml", root)
    shutil.copytree(
        ROOT / "src" / "insignia",
        root / "src" / "insignia",
        ignore=lambda folder, names: [
            name for name in names if Path(folder, name).is_file() and not name.endswith(".py")
        ],
    )
    for place, fault in FAULTS.values():
        with (root / "src" / "insignia" / place).open("a", encoding="utf-8") as source:
            source.write(f"\n{fault}\n")
    return outcomes(root)


def test_there_is_a_fault_for_every_contract():
    assert sorted(FAULTS) == sorted(contracts())


@pytest.mark.parametrize("name", FAULTS)
def test_a_breach_is_named(breached, name):
    assert breached[name] == "BROKEN"
