"""Our own PostgreSQL is there for a block and gone afterwards, even when the process that started it is killed."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg
import pytest

from tools import postgres

ROOT = Path(__file__).resolve().parents[2]


def folder_of(url: str) -> Path:
    return Path(unquote(urlsplit(url).netloc.rsplit("@", 1)[1]))


def test_a_server_answers_inside_the_block_and_leaves_nothing_behind() -> None:
    with postgres.server() as url:
        with psycopg.connect(url) as connection:
            row = connection.execute("SHOW listen_addresses").fetchone()
            assert row == ("",), "it must not listen on the network"
        folder = folder_of(url)
        assert folder.is_dir()
    assert not folder.exists()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url)


def test_the_server_does_not_outlive_a_process_that_is_killed() -> None:
    script = "import os, sys; print(os.environ['DATABASE_URL'], flush=True); sys.stdin.read()"
    parent = subprocess.Popen(
        [sys.executable, "-m", "tools.postgres", sys.executable, "-c", script],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert parent.stdout is not None
    url = parent.stdout.readline().strip()
    server = int((folder_of(url) / "data" / "postmaster.pid").read_text().splitlines()[0])
    parent.send_signal(signal.SIGKILL)
    parent.communicate()
    deadline = time.monotonic() + 30
    while folder_of(url).exists() or Path(f"/proc/{server}").exists():
        assert time.monotonic() < deadline, "the watchdog did not stop it"
        os.sched_yield()
