"""What an earlier release left behind is brought up to date, whole, and its credentials still verify."""

import json
import subprocess
import sys
from pathlib import Path

TEN = """
import django, json; django.setup()
from insignia.domain.credentials import verification
from insignia.domain.credentials.models import IssuedCredential
from insignia.domain.awards.models import Award
good = Award.across_institutions.filter(state__in=["accepted", "offered"]).select_related("credential").order_by("pk")[:10]
bad = Award.across_institutions.filter(state__in=["revoked", "superseded"]).select_related("credential")[:2]
say = lambda awards: [verification.verify(bytes(a.credential.document)).outcome.value for a in awards]
print(json.dumps([say(good), say(bad)]))
"""


def run(environment: dict[str, str], *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=200)


def test_an_old_installation_is_brought_up_to_date_whole(old: dict[str, str]) -> None:
    insignia = str(Path(sys.executable).with_name("insignia"))
    assert run(old, insignia, "migrate").returncode == 0
    checked = run(old, insignia, "invariants", "--json")
    assert (checked.returncode, checked.stdout.strip()) == (0, "[]")
    verified = run(old, sys.executable, "-c", TEN)
    assert verified.returncode == 0, verified.stderr
    assert json.loads(verified.stdout) == [["passed"] * 10, ["failed"] * 2]
