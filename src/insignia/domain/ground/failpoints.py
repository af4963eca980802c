"""Places where a test may make the machine fail.

Code that must survive a crash names its dangerous moments: `failpoints.reach("awards.reserve.before_commit")`. Nothing
happens there unless the environment variable `INSIGNIA_FAIL` says so:

    INSIGNIA_FAIL="awards.reserve.before_commit:kill@3"      SIGKILL to this process at the third passage
    INSIGNIA_FAIL="journal.delivery.after_reaction:raise"    InjectedFailure at the first passage
    INSIGNIA_FAIL="journal.claim.after_commit:sleep:2.5@1"   stand still for two and a half seconds

Several are separated by commas. Passages are counted in each process for itself.
"""

import os
import signal
import time
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

VARIABLE = "INSIGNIA_FAIL"

REGISTERED: dict[str, str] = {
    "awards.grant.before_commit": "awards are granted and their news is written, not committed",
    "awards.parse.after_upload": "a roster is stored, not read",
    "awards.parse.before_commit": "a roster is read, its lines are not committed",
    "awards.batch.after_confirm": "a batch is confirmed, nothing is granted",
    "awards.reserve.before_commit": "unsigned documents and status indexes are reserved, not committed",
    "awards.reserve.after_commit": "the reservation is committed, nothing is signed",
    "awards.compute.before_settle": "everything of a chunk is signed, nothing is stored",
    "awards.settle.before_commit": "signed bytes and the awards' new state are written, not committed",
    "credentials.compute.after_sign": "one document is signed, its bytes are in memory only",
    "credentials.settle.before_commit": "signed bytes are written, not committed",
    "notifications.send.before_data": "a mail is noted as being sent, its content has not begun to go",
    "notifications.send.after_data": "the mail server has answered about a mail, the answer is not noted",
    "journal.publish.before_return": "the entry and its deliveries are written, not committed",
    "journal.claim.before_commit": "deliveries are leased, not committed",
    "journal.claim.after_commit": "deliveries are leased and committed, none has run",
    "journal.delivery.before_reaction": "about to run one reaction",
    "journal.delivery.after_reaction": "the reaction has run, its delivery is not settled",
    "journal.delivery.after_settle": "the delivery is settled",
    "journal.seal.before_commit": "a seal is laid, not committed",
    "journal.periodic.after_claim": "a periodic job is claimed, not run",
    "journal.idempotency.before_finish": "the effect is done, the reply is not stored",
}
"""Every failpoint, with the moment it stands for. A test goes through them all; a new one is added here first."""


class InjectedFailure(Exception):
    """Raised by a failpoint that was told to raise."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What to do at the `at`-th passage of one failpoint."""

    kind: str
    seconds: float
    at: int


_passages: Counter[str] = Counter()


@lru_cache(maxsize=8)
def parse(text: str) -> dict[str, Fault]:
    """Read the variable. ValueError for an unknown failpoint or fault: a typo must not pass for a quiet run."""
    faults: dict[str, Fault] = {}
    for part in filter(None, (piece.strip() for piece in text.split(","))):
        name, _, what = part.partition(":")
        if name not in REGISTERED:
            raise ValueError(f"{VARIABLE} names an unknown failpoint: {name!r}")
        what, _, at = what.partition("@")
        kind, _, seconds = what.partition(":")
        if kind not in {"kill", "raise", "sleep"} or bool(seconds) != (kind == "sleep"):
            raise ValueError(f"{VARIABLE} cannot {what!r}; it can kill, raise or sleep:SECONDS")
        faults[name] = Fault(kind, float(seconds or 0), int(at or 1))
    return faults


def reach(name: str) -> None:
    """Pass the failpoint `name`: a no-op, or the fault that `INSIGNIA_FAIL` asks for."""
    text = os.environ.get(VARIABLE)
    if not text:
        return
    if name not in REGISTERED:
        raise ValueError(f"Unregistered failpoint: {name!r}")
    fault = parse(text).get(name)
    if fault is None:
        return
    _passages[name] += 1
    if _passages[name] != fault.at:
        return
    match fault.kind:
        case "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        case "sleep":
            time.sleep(fault.seconds)
        case _:
            raise InjectedFailure(name)
