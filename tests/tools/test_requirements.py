"""The table of requirements, and what counts as proof."""

import tomllib
from pathlib import Path

import pytest

from tools import requirements

ROOT = Path(__file__).resolve().parents[2]
# A pytest of its own in a scratch folder, with nothing of ours but the plugin under test.
SCRATCH = """
import pytest

@pytest.mark.requirement("R-045", "R-046")
@pytest.mark.parametrize("n", [1, 2])
def test_two_cases(n): ...

@pytest.mark.skip(reason="not yet")
@pytest.mark.requirement("R-047")
def test_skipped(): ...

@pytest.mark.xfail
@pytest.mark.requirement("R-050")
def test_known_to_fail(): assert False
"""


def collected(folder: Path, source: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    (folder / "test_scratch.py").write_text(source)
    (folder / "pytest.ini").write_text(
        "[pytest]\nmarkers = requirement\naddopts = -p tests.support.tracing -p no:django -p no:schemathesis\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setattr(requirements, "ROOT", folder)
    return requirements.collect()


def test_every_requirement_has_one_line_and_a_priority() -> None:
    table = tomllib.loads(requirements.TABLE.read_text())
    assert len(table) == 246
    assert {row["priority"] for row in table.values()} == {"M", "S", "C"}
    assert [name for name, row in table.items() if len(row["says"]) < 20 or "\n" in row["says"]] == []


def test_a_test_that_never_runs_proves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert collected(tmp_path, SCRATCH, monkeypatch) == {
        "R-045": ["test_scratch.py::test_two_cases"],
        "R-046": ["test_scratch.py::test_two_cases"],
    }


def test_an_id_that_nobody_wrote_down_ends_the_collection(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(requirements.CollectionFailed, match="R-999"):
        collected(tmp_path, SCRATCH.replace("R-047", "R-999"), monkeypatch)
