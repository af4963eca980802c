"""`@pytest.mark.requirement("R-045")`: which tests prove which requirement of docs/requirements.toml.

    --requirement R-045             run only the tests that carry this id (repeat for more)
    --requirements-into FILE        write {id: [tests]} as JSON; with --collect-only nothing runs

A test that is skipped or expected to fail, whatever the machine, proves nothing and is left out. An id that
docs/requirements.toml does not know ends the run: it is a slip of the pen, or a requirement nobody wrote down.
"""

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

TABLE = Path(__file__).resolve().parents[2] / "docs" / "requirements.toml"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--requirement", action="append", default=[], metavar="ID", help="run only the tests of this id")
    parser.addoption("--requirements-into", metavar="FILE", help="write which tests prove which requirement, as JSON")


def requirements_of(item: pytest.Item) -> Iterator[str]:
    for marker in item.iter_markers("requirement"):
        yield from marker.args


def can_never_prove(item: pytest.Item) -> bool:
    return any(marker.name in ("skip", "xfail") for marker in item.iter_markers())


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    known = tomllib.loads(TABLE.read_text()).keys()
    proofs: dict[str, list[str]] = {}
    unknown = []
    for item in items:
        for requirement in requirements_of(item):
            if requirement not in known:
                unknown.append(f"{item.nodeid}: {requirement}")
            elif not can_never_prove(item):
                tests = proofs.setdefault(requirement, [])
                # One line per test function: its parameters are cases of the same proof.
                if (name := item.nodeid.split("[")[0]) not in tests:
                    tests.append(name)
    if unknown:
        raise pytest.UsageError(f"Not in docs/requirements.toml: {'; '.join(unknown)}")
    if into := config.getoption("--requirements-into"):
        Path(into).write_text(json.dumps(proofs))
    if wanted := set(config.getoption("--requirement")):
        if strange := wanted - known:
            raise pytest.UsageError(f"Not in docs/requirements.toml: {', '.join(sorted(strange))}")
        config.hook.pytest_deselected(items=[item for item in items if wanted.isdisjoint(requirements_of(item))])
        items[:] = [item for item in items if not wanted.isdisjoint(requirements_of(item))]
