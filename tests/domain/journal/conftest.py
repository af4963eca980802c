"""A journal with reactions of its own: what the apps above have subscribed is set aside."""

import json
import os
import subprocess
import sys
import uuid
from pathlib import Path

import pytest
from django.db import connection

from insignia.domain.ground import tenancy
from insignia.domain.journal import bus, claiming, periodic

from .news import Somebody

PROGRAM = Path(__file__).with_name("killable.py")


@pytest.fixture(autouse=True)
def _set_the_house_aside(monkeypatch):
    monkeypatch.setattr(bus, "_reactions", {})
    monkeypatch.setattr(periodic, "_jobs", {})
    monkeypatch.setattr(claiming, "_served", [-1])
    monkeypatch.delenv("CHAOS_DOUBLE", raising=False)


@pytest.fixture
def college():
    return tenancy.Tenant(pk=7, public_id="college".ljust(26, "a"))


@pytest.fixture
def school():
    return tenancy.Tenant(pk=9, public_id="school".ljust(26, "a"))


@pytest.fixture
def author(college):
    return Somebody(institution=college.public_id)


class Killable:
    """killable.py on a database of its own."""

    def __init__(self, url):
        self.environment = {**os.environ, "DATABASE_URL": url}
        self.started = []

    def __call__(self, *arguments):
        """Run it to its end, and give what it found."""
        done = subprocess.run(
            [sys.executable, str(PROGRAM), *map(str, arguments)],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return json.loads(done.stdout.splitlines()[-1])

    def start(self, *arguments):
        """Start it, and leave it running; its output comes line by line from `stdout`."""
        process = subprocess.Popen(
            [sys.executable, str(PROGRAM), *map(str, arguments)],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.started.append(process)
        return process


@pytest.fixture
def killable(tmp_path, transactional_db):
    """killable.py on a fresh database of the suite's kind."""
    name = f"killable_{uuid.uuid4().hex[:12]}"
    if connection.vendor == "postgresql":
        settings = connection.settings_dict
        with connection.cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{name}"')
        user = f"{settings['USER']}:{settings['PASSWORD']}@" if settings["USER"] else ""
        address = (settings["HOST"] or "localhost").replace("/", "%2F")
        port = f":{settings['PORT']}" if settings["PORT"] else ""
        program = Killable(f"postgres://{user}{address}{port}/{name}")
    else:
        program = Killable(f"sqlite:///{tmp_path / 'killable.sqlite3'}")
    program("prepare")
    yield program
    for process in program.started:
        if process.poll() is None:
            process.kill()
        process.wait(10)
        process.stdout.close()
        process.stderr.close()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
