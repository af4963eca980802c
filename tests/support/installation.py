"""`installation`: Insignia as an operator has it, in processes of its own that a test may kill.

It has a folder, secrets and a migrated database that nothing else uses: a SQLite file, or a database of its own on the
PostgreSQL that the run is given. The database is migrated once per session and copied, which takes a blink.
"""

import os
import shutil
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from psycopg import sql

COMMAND = str(Path(sys.executable).with_name("insignia"))


@dataclass
class Installation:
    folder: Path
    database_url: str
    environment: dict[str, str]
    running: list[subprocess.Popen[str]] = field(default_factory=list)

    def run(self, *arguments: str, stdin: str = "", **more: str) -> subprocess.CompletedProcess[str]:
        """`insignia ARGUMENTS` to its end, with what it printed."""
        return subprocess.run(
            [COMMAND, *arguments],
            env={**self.environment, **more},
            cwd=self.folder,
            input=stdin,
            capture_output=True,
            text=True,
            timeout=300,
        )

    def start(self, *arguments: str, **more: str) -> subprocess.Popen[str]:
        """`insignia ARGUMENTS` in the background, in a process group of its own; ended after the test at the latest."""
        log = (self.folder / f"{arguments[0]}.{len(self.running)}.log").open("w")
        process = subprocess.Popen(
            [COMMAND, *arguments],
            env={**self.environment, **more},
            cwd=self.folder,
            stdout=log,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        log.close()
        self.running.append(process)
        return process

    def kill(self, process: subprocess.Popen[str]) -> None:
        """`kill -9` of the process and of all that it started, as a power cut would."""
        with suppress(ProcessLookupError):
            os.killpg(process.pid, 9)
        process.wait(timeout=30)


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a migrated, empty database, to be copied and not used."""
    folder = tmp_path_factory.mktemp("migrated")
    server = os.environ.get("INSIGNIA_TEST_DATABASE_URL", "")
    with _own_database(server, folder, template="") as url:
        environment = {**os.environ, "DATABASE_URL": url}
        subprocess.run([sys.executable, "-m", "django", "migrate", "-v0"], env=environment, check=True, cwd=folder)
        yield url


@pytest.fixture
def installation(tmp_path: Path, migrated: str) -> Iterator[Installation]:
    (tmp_path / "data").mkdir()
    with _own_database(os.environ.get("INSIGNIA_TEST_DATABASE_URL", ""), tmp_path / "data", template=migrated) as url:
        environment = {
            **os.environ,
            "DATABASE_URL": url,
            "INSIGNIA_DATA": str(tmp_path / "data"),
            "INSIGNIA_SECRETS": str(tmp_path / "secrets"),
        }
        installed = Installation(tmp_path, url, environment)
        yield installed
        for process in installed.running:
            installed.kill(process)


@contextmanager
def _own_database(server: str, folder: Path, *, template: str) -> Iterator[str]:
    """A database that is a copy of the one at `template` ("" for an empty one) and gone afterwards."""
    if not server:
        file = folder / "insignia.sqlite3"
        if template:
            shutil.copyfile(template.removeprefix("sqlite:///"), file)
        yield f"sqlite:///{file}"
        return
    name = f"insignia_{uuid.uuid4().hex[:12]}"
    address = urlsplit(server)
    copied_from = urlsplit(template).path.lstrip("/") if template else "template1"
    with psycopg.connect(server, autocommit=True) as connection:
        create = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        connection.execute(create.format(sql.Identifier(name), sql.Identifier(copied_from)))
    try:
        yield urlunsplit(address._replace(path=f"/{name}"))
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
