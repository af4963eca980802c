"""`insignia verify`."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from insignia.core.errors import InsigniaError
from insignia.core.openbadges.checks import Outcome
from insignia.domain.access.actor import ANONYMOUS
from insignia.domain.awards import queries as awards
from insignia.domain.credentials import endorsing, verification

_EXIT = {Outcome.PASSED: 0, Outcome.FAILED: 1, Outcome.COULD_NOT_CHECK: 2}
_MARK = {Outcome.PASSED: "yes", Outcome.FAILED: "NO", Outcome.COULD_NOT_CHECK: "could not check"}


def arguments(parser: argparse.ArgumentParser) -> None:
    """What to check."""
    parser.add_argument("source", metavar="FILE|URL", help="a badge: JSON, JWT, PNG or SVG; - reads standard input")
    parser.add_argument("--recipient", help="also check that it was awarded to this e-mail address")
    parser.add_argument("--json", action="store_true", help="print the checks as JSON")


def verify(options: argparse.Namespace) -> int:
    """Exit code 0 valid, 1 invalid, 2 could not check."""
    try:
        source = _read(options.source)
    except (OSError, InsigniaError) as error:
        print(f"insignia: {options.source}: {error}", file=sys.stderr)
        return 2
    found = verification.verify(source, recipient=options.recipient)
    if options.json:
        print(json.dumps(as_json(found), ensure_ascii=False, indent=2))
    else:
        for check in found.checks:
            print(f"{_MARK[check.outcome]:>15}  {check.name}: {_words(check)}")
        print(f"{_MARK[found.outcome]:>15}  valid")
    return _EXIT[found.outcome]


def as_json(found: verification.Verification) -> dict[str, Any]:
    """The verification as the API answers it."""
    return {
        "outcome": found.outcome.value,
        "checks": [
            {"name": c.name, "outcome": c.outcome.value, "code": c.code, "reason": _words(c)} for c in found.checks
        ],
    }


def _words(check: Any) -> str:
    return str(check.message % check.params if check.params else check.message)


def _read(source: str) -> bytes:
    if source == "-":
        return sys.stdin.buffer.read(verification.MAX_BYTES + 1)
    if not source.startswith(("http://", "https://")):
        with Path(source).open("rb") as file:
            return file.read(verification.MAX_BYTES + 1)
    if endorsement := verification.own_endorsement(source):
        return bytes(endorsing.by_public_id(endorsement).credential.document or b"")
    own = verification.own_credential(source)
    if own is None:
        return verification.fetch_badge(source)
    award = awards.shown_to(ANONYMOUS, own)
    return bytes(award.credential.document) if award.credential and award.credential.document else b""
