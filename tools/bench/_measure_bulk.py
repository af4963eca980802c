"""The measurement of `bulk_sqlite.py`, run by pytest so that it may use the suite's installation and mail server."""

import time

import pytest

from tests.support.crashing import Crash, Person
from tests.support.installation import Installation
from tests.support.mail import SmtpSink
from tests.support.rosters import expected_of
from tools.bench.bulk_sqlite import percentiles


def save(person: Person) -> float:
    """Save the account page once; gives the seconds that the answer took."""
    page = person.get("/my/account")
    began = time.perf_counter()
    person.send("/my/account", page, name="Ines Issuer", language="", theme="")
    return time.perf_counter() - began


def test_measure(installation: Installation, smtp_sink: SmtpSink, pytestconfig: pytest.Config) -> None:
    rows = pytestconfig.getoption("--crash-rows")
    crash = Crash(installation, smtp_sink, rows=rows, seed=1)
    crash.prepare()
    person = crash.serve()
    alone = [save(person) for _ in range(60)]
    worker = installation.start("worker")
    page = crash.at("awarding/{badge}/roster")
    answer = person.post(
        page, page, {"roster": ("roster.csv", expected_of(rows, seed=1).data)}, awarded_on="2026-05-04"
    )
    batch = crash.wait(lambda: crash.state().get("batch"), "the roster was not checked")
    assert answer
    there = crash.at(f"batches/{batch}")
    began = time.perf_counter()
    person.post(f"{there}/confirm", there, release="now")
    during: list[float] = []
    settled = None
    while settled is None:
        during += [save(person) for _ in range(25)]
        settled = crash.is_settled()
    took = time.perf_counter() - began
    worker.terminate()
    print()
    print(f"{rows} rows: {settled['offered']} signed and mailed in {took:.1f} s")
    for name, seconds in (("alone", alone), ("during", during)):
        half, most, nearly_all = percentiles(seconds)
        print(f"a page that writes, {name:6}: {half:5.0f} ms median, {most:5.0f} ms p95, {nearly_all:5.0f} ms p99")
    print(f"ratio at the 95th percentile: {percentiles(during)[1] / percentiles(alone)[1]:.1f}")
