"""`./run requirements`: which requirements of docs/requirements.toml are proven, and by which tests.

    ./run requirements              print the table, and write it to docs/requirements.md
    ./run requirements --json       print it as a list of {"id", "priority", "proven", "tests"}
    ./run requirements --check ID   run the tests of one id; fails unless at least one of them passed

A requirement counts as proven when a test that is collected carries its id and is not skipped on every machine.
Whether that test passes, `./run test` says.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import tomllib
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "docs" / "requirements.toml"
PAGE = ROOT / "docs" / "requirements.md"
PRIORITIES = {"M": "must", "S": "should", "C": "could"}


@dataclass(frozen=True)
class Requirement:
    id: str
    priority: str
    says: str
    tests: tuple[str, ...]

    @property
    def proven(self) -> bool:
        return bool(self.tests)


class CollectionFailed(RuntimeError):
    """pytest could not collect the tests, or one carries an id that nobody knows."""


def collect() -> dict[str, list[str]]:
    """The tests of each id, as pytest collects them. Raises CollectionFailed."""
    with tempfile.TemporaryDirectory() as folder:
        into = Path(folder) / "proofs.json"
        command = [sys.executable, "-m", "pytest", "--collect-only", "-qq", "--no-header", "-p", "no:cacheprovider"]
        done = subprocess.run([*command, f"--requirements-into={into}"], cwd=ROOT, capture_output=True, text=True)
        if done.returncode not in (0, 5):
            raise CollectionFailed((done.stdout + done.stderr)[-4000:])
        return json.loads(into.read_text()) if into.exists() else {}


def requirements() -> list[Requirement]:
    proofs = collect()
    table = tomllib.loads(TABLE.read_text())
    return [
        Requirement(id=name, priority=row["priority"], says=row["says"], tests=tuple(sorted(proofs.get(name, []))))
        for name, row in table.items()
    ]


def counted(rows: list[Requirement]) -> str:
    parts = []
    for letter, word in PRIORITIES.items():
        of_it = [row for row in rows if row.priority == letter]
        parts.append(f"{sum(row.proven for row in of_it)} of {len(of_it)} {word}")
    return ", ".join(parts)


def page(rows: list[Requirement]) -> str:
    lines = [
        "# Requirements",
        "",
        "What Insignia is to do, in one line each, and the tests that fail without it. Written by `./run requirements`",
        "from [requirements.toml](requirements.toml) and the markers in `tests/`; M is a must, S a should, C a could.",
        "",
        f"Proven: {counted(rows)}.",
        "",
        "| id | | requirement | proven by |",
        "|---|---|---|---|",
    ]
    for row in rows:
        files: dict[str, int] = {}
        for test in row.tests:
            file = test.split("::")[0]
            files[file] = files.get(file, 0) + 1
        proofs = ", ".join(f"[{Path(file).stem}](../{file}) ({number})" for file, number in files.items())
        lines.append(f"| {row.id} | {row.priority} | {row.says.replace('|', '&#124;')} | {proofs or '-'} |")
    return "\n".join(lines) + "\n"


def check(identifier: str) -> int:
    """Run the tests of one requirement; nothing that passes is a failure too."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [sys.executable, "-m", "pytest", f"--requirement={identifier}", f"--junit-xml={report}"]
        code = subprocess.run(command, cwd=ROOT).returncode
        if code:
            return code
        cases = ElementTree.parse(report).getroot().iter("testcase")
        if not any(case.find("skipped") is None for case in cases):
            print(f"Every test of {identifier} was skipped: nothing is proven here.", file=sys.stderr)
            return 1
    return 0


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="./run requirements", description="Which requirements are proven by tests.")
    parser.add_argument("--json", action="store_true", help="print the list as JSON, and write nothing")
    parser.add_argument("--check", metavar="ID", help="run the tests of one requirement")
    options = parser.parse_args(arguments)
    if options.check:
        return check(options.check)
    try:
        rows = requirements()
    except CollectionFailed as failure:
        print(failure, file=sys.stderr)
        return 1
    if options.json:
        listed = [{"id": r.id, "priority": r.priority, "proven": r.proven, "tests": list(r.tests)} for r in rows]
        print(json.dumps(listed, indent=1))
        return 0
    for row in rows:
        mark = f"{len(row.tests):3} tests" if row.proven else "        -"
        print(f"{row.id}  {row.priority}  {mark}  {row.says}")
    print(f"\nProven: {counted(rows)}. Written to {PAGE.relative_to(ROOT)}.")
    PAGE.write_text(page(rows))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
