"""While 1,000 learners are awarded on SQLite, how long does a page that writes wait?

    ./run bench bulk-sqlite [--rows 1000]

Starts a real installation (`insignia serve` with its worker), uploads a roster through the page, and all the while saves a
person's account page, which writes. Prints the 50th, 95th and 99th percentile of those saves, alone and during the batch, and their
ratio: ratios hold from machine to machine, milliseconds do not.
"""

import argparse
import statistics
import subprocess
import sys


def main(arguments: list[str]) -> int:
    """Run the measurement inside the test harness, which knows how to start an installation."""
    parser = argparse.ArgumentParser(prog="./run bench bulk-sqlite")
    parser.add_argument("--rows", type=int, default=1000)
    options = parser.parse_args(arguments)
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-s",
        "-p",
        "no:xdist",
        "-p",
        "tests.conftest",
        "--no-header",
        f"--crash-rows={options.rows}",
    ]
    return subprocess.run([*command, "tools/bench/_measure_bulk.py::test_measure"]).returncode


def percentiles(seconds: list[float]) -> tuple[float, float, float]:
    """50th, 95th and 99th percentile, in milliseconds."""
    cuts = statistics.quantiles(seconds, n=100)
    return cuts[49] * 1000, cuts[94] * 1000, cuts[98] * 1000
