"""`./run crash`: a roster of 1,000 learners, and the server killed at ten moments of it; on SQLite and on PostgreSQL.

    python -m tools.crash [--rows 1000] [--seed N]

Prints what pytest prints for `tests/journeys/test_crash.py`; exits with 1 if anybody is missing, twice, or told twice.
"""

import argparse
import subprocess
import sys


def main() -> int:
    """Both databases, one after the other."""
    parser = argparse.ArgumentParser(prog="./run crash", description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--rows", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=20261125)
    options = parser.parse_args()
    test = [sys.executable, "-m", "pytest", "-q", "tests/journeys/test_crash.py", "-p", "no:xdist"]
    test += [f"--crash-rows={options.rows}", f"--crash-seed={options.seed}"]
    outcomes = []
    for name, command in (("SQLite", test), ("PostgreSQL", [sys.executable, "-m", "tools.postgres", *test])):
        print(f"{name}: {options.rows} rows, seed {options.seed}", flush=True)
        outcomes.append(subprocess.run(command).returncode)
    return 1 if any(outcomes) else 0


if __name__ == "__main__":
    sys.exit(main())
