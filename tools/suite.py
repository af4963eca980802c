"""`./run test`: the whole suite on SQLite, then everything that can differ between databases on a real PostgreSQL.

Arguments go to pytest, for both runs. Two processes share each run, on a machine with two cores the fastest of what was
tried. PostgreSQL comes from tools/postgres.py, or is the one that INSIGNIA_TEST_DATABASE_URL names (its user must be
allowed to make databases).
"""

import os
import subprocess
import sys
import time
from contextlib import nullcontext

from tools import machine, postgres

NOTHING_COLLECTED = 5  # pytest's exit code: right for a run in which no chosen test is run on this database


def pytest(title: str, arguments: list[str], **environment: str) -> tuple[int, str]:
    """Run pytest, showing what it prints. Returns its exit code and its closing line."""
    print(f"\n--- {title}", flush=True)
    kept = {
        name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "INSIGNIA_TEST_DATABASE_URL")
    }
    started = time.monotonic()
    running = subprocess.Popen(
        [sys.executable, "-m", "pytest", *arguments],
        env={"HYPOTHESIS_PROFILE": "ci", **kept, **environment},
        stdout=subprocess.PIPE,
        text=True,
        bufsize=1,
    )
    assert running.stdout is not None
    closing = ""
    for line in running.stdout:
        sys.stdout.write(line)
        sys.stdout.flush()
        closing = line.strip() or closing
    return running.wait(), f"{title}: {closing.strip('= ')} ({time.monotonic() - started:.0f} s)"


def main(arguments: list[str]) -> int:
    install = "--install" in arguments
    arguments = [argument for argument in arguments if argument != "--install"]
    if install or machine.nothing_may_be_missing():
        machine.install_missing()
    machine.install_node_packages()
    absent = machine.missing()
    if absent and machine.nothing_may_be_missing():
        print("\n".join(absent), "With CI=true nothing may be missing.", file=sys.stderr)
        return 1
    if not any(argument.startswith(("-n", "--pdb", "--numprocesses")) for argument in arguments):
        arguments = ["-n", "2", "--dist", "worksteal", *arguments]

    summary = []
    first, line = pytest("SQLite", arguments)
    summary.append(line)
    # An interrupt or a wrong argument ends it; a failing test does not hide what PostgreSQL has to say.
    if first not in (0, 1, NOTHING_COLLECTED):
        return first
    given = os.environ.get("INSIGNIA_TEST_DATABASE_URL", "")
    with nullcontext(given) if given else postgres.server() as url:
        second, line = pytest(
            "PostgreSQL", ["--only-database", *arguments], INSIGNIA_TEST_DATABASE_URL=url, DATABASE_URL=url
        )
    summary.append(line)

    print("\n--- Summary", *summary, sep="\n")
    for sentence in absent:
        print(f"SKIPPED: {sentence} `./run test --install` installs it (Debian, Ubuntu).")
    if first == second == NOTHING_COLLECTED:
        return NOTHING_COLLECTED
    return max(code if code != NOTHING_COLLECTED else 0 for code in (first, second))


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except (postgres.NoPostgres, subprocess.CalledProcessError) as failure:
        sys.exit(f"{failure}")
    except KeyboardInterrupt:
        sys.exit(130)
