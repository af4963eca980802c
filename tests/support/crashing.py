"""The server is killed in the middle of things: what a person does in the browser, and processes that end where they must not.

`Crash` drives a real installation: `insignia serve` and `insignia worker` in processes of their own, a real mail server,
and a person with a browser's manners (cookies, forms). `INSIGNIA_FAIL` names the moment of each death.
"""

import http.client
import json
import random
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any

import pytest

from tests.support.installation import Installation
from tests.support.mail import SmtpSink
from tests.support.rosters import expected_of

PROJECT = Path(__file__).resolve().parents[2]
PASSWORD = "a long enough password"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--crash-rows", type=int, default=100, help="rows of the roster while which the server is killed")
    parser.addoption(
        "--crash-seed", type=int, default=20261125, help="chooses how far each phase has come at its death"
    )


# Two deaths in each phase; {n} is how often the moment is passed before, seeded.
MOMENTS = (
    ("web", "awards.parse.after_upload", False),
    ("worker", "awards.parse.before_commit", False),
    ("worker", "awards.reserve.before_commit", True),
    ("worker", "awards.reserve.after_commit", True),
    ("worker", "credentials.compute.after_sign", True),
    ("worker", "awards.compute.before_settle", True),
    ("worker", "credentials.settle.before_commit", True),
    ("worker", "awards.settle.before_commit", True),
    ("worker", "notifications.send.after_data", True),
    ("worker", "notifications.send.after_data", True),
)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Person:
    """Somebody at a browser: keeps cookies, sends forms with their token, follows redirects."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.jar = CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))

    def get(self, path: str) -> str:
        with self.opener.open(self.url + path, timeout=120) as response:
            return str(response.read().decode())

    def post(self, path: str, form_at: str, files: dict[str, tuple[str, bytes]] | None = None, **values: str) -> str:
        """Open the page with the form, and send it."""
        return self.send(path, self.get(form_at), files, referer=form_at, **values)

    def send(
        self,
        path: str,
        page: str,
        files: dict[str, tuple[str, bytes]] | None = None,
        *,
        referer: str = "/",
        **values: str,
    ) -> str:
        """Send the form of a page that is open."""
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert token, f"no form at {referer}"
        boundary = uuid.uuid4().hex
        body = b""
        for name, value in {"csrfmiddlewaretoken": token[1], **values}.items():
            body += f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, (filename, data) in (files or {}).items():
            head = f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"; filename="{filename}"\r\n'
            body += head.encode() + b"Content-Type: text/csv\r\n\r\n" + data + b"\r\n"
        request = urllib.request.Request(
            self.url + path,
            body + f"--{boundary}--\r\n".encode(),
            {"Content-Type": f"multipart/form-data; boundary={boundary}", "Referer": self.url + referer},
        )
        with self.opener.open(request, timeout=120) as response:
            return str(response.read().decode())


@dataclass
class Crash:
    """One run: an installation, its people, and the deaths so far."""

    installation: Installation
    sink: SmtpSink
    rows: int
    seed: int
    port: int = field(default_factory=free_port)
    deaths: list[str] = field(default_factory=list)
    web: subprocess.Popen[str] | None = None
    ground: dict[str, str] = field(default_factory=dict)

    def prepare(self) -> None:
        """Set the installation up, with a badge and somebody who may award it."""
        self.installation.environment.update(
            INSIGNIA_PUBLIC_URL=f"http://localhost:{self.port}",
            INSIGNIA_MAIL_URL=f"smtp://{self.sink.host}:{self.sink.port}",
            INSIGNIA_MAIL_PER_MINUTE="100000",
            INSIGNIA_SECOND_FACTOR_REQUIRED="false",
            INSIGNIA_LEASE_SECONDS="4",
            PYTHONPATH=f"{PROJECT}:{PROJECT / 'src'}",
        )
        self.ground = json.loads(self.inside("ground"))

    def inside(self, what: str) -> str:
        """Run `crash_ground.py WHAT` in the installation; gives what it prints."""
        done = subprocess.run(
            [sys.executable, str(Path(__file__).with_name("crash_ground.py")), what],
            env=self.installation.environment,
            capture_output=True,
            text=True,
            timeout=300,
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout

    def serve(self, **failing: str) -> Person:
        """Start the web process; gives a person who is signed in."""
        self.web = self.installation.start("serve", "--no-worker", "--port", str(self.port), **failing)
        person = Person(f"http://localhost:{self.port}")
        self.wait(lambda: person.get("/accounts/login/"), "the server does not answer")
        person.post("/accounts/login/", "/accounts/login/", login=self.ground["email"], password=PASSWORD)
        return person

    def wait(self, ready: Callable[[], object], why: str, *, seconds: float = 120) -> Any:
        """What `ready` gives, once it gives something true; its errors of the network count as not yet."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            try:
                if found := ready():
                    return found
            except (urllib.error.URLError, http.client.HTTPException, ConnectionError, TimeoutError):
                pass
            time.sleep(0.2)
        raise AssertionError(f"{why} after {seconds} s")

    def upload_into_death(self) -> None:
        """A person uploads the roster, and the server dies with the file just stored."""
        person = self.serve(INSIGNIA_FAIL="awards.parse.after_upload:kill@1")
        roster = expected_of(self.rows, seed=self.seed).data
        page = self.at("awarding/{badge}/roster")
        with pytest.raises((urllib.error.URLError, http.client.HTTPException, ConnectionError)) as cut:
            person.post(page, page, {"roster": ("roster.csv", roster)}, awarded_on="2026-05-04")
        assert not isinstance(cut.value, urllib.error.HTTPError), (
            f"an answer came: {cut.value} {cut.value.read()[:2000]!r}"
        )
        self.kill_web()
        self.deaths.append("awards.parse.after_upload")

    def kill_web(self) -> None:
        assert self.web is not None
        self.installation.kill(self.web)

    def work_into_death(self, moment: str, passages: int) -> None:
        """Start a worker that dies at the `passages`-th passage of `moment`, and wait for that."""
        worker = self.installation.start("worker", INSIGNIA_FAIL=f"{moment}:kill@{passages}")
        try:
            worker.wait(timeout=180)
        except subprocess.TimeoutExpired:
            raise AssertionError(f"the worker never came to {moment} for the {passages}. time") from None
        assert worker.returncode == -9, f"the worker ended with {worker.returncode} instead of dying at {moment}"
        self.deaths.append(moment)

    def confirm(self) -> None:
        """The person comes back, finds the roster as it was, and awards it."""
        person = self.serve()
        worker = self.installation.start("worker")
        batch = self.wait(lambda: self.state().get("batch"), "the roster was lost")
        self.installation.kill(worker)
        page = self.at(f"batches/{batch}")
        person.post(f"{page}/confirm", page, release="now")

    def state(self) -> dict[str, Any]:
        """How things stand in the database."""
        return dict(json.loads(self.inside("state")))

    def at(self, path: str) -> str:
        return f"/i/{self.ground['institution']}/{path.format(**self.ground)}"

    def run(self) -> dict[str, Any]:
        """All ten deaths, then a worker that lives; gives how things stand in the end."""
        chance = random.Random(self.seed)
        self.prepare()
        self.upload_into_death()
        for process, moment, repeated in MOMENTS[1:]:
            if moment == "awards.reserve.before_commit":
                self.confirm()
            chunks = -(-self.rows // 200)
            often = 1
            if repeated and moment in ("credentials.compute.after_sign", "notifications.send.after_data"):
                often = chance.randint(1, max(1, self.rows // 8))
            elif repeated:
                often = chance.randint(1, max(1, chunks // 3))
            assert process == "worker"
            self.work_into_death(moment, often)
        worker = self.installation.start("worker")
        settled = self.wait(self.is_settled, "the batch did not come to an end", seconds=400)
        worker.terminate()
        worker.wait(timeout=60)
        return dict(settled)

    def is_settled(self) -> dict[str, Any] | None:
        state = self.state()
        return state if not (state["waiting"] or state["unsigned"] or state["mails"].get("pending", 0)) else None
