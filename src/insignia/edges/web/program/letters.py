"""A mail as people read about it: to whom, of what, how it stands, and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from insignia.domain.notifications import queries, rules

TONES = {
    "pending": "",
    "sending": "going",
    "sent": "good",
    "deferred": "going",
    "refused": "bad",
    "uncertain": "wait",
    "suppressed": "bad",
}


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail; `why` is our own word about its state, beside what the mail server said."""

    message: Any
    tone: str
    badges: tuple[str, ...]
    why: str


def shown(message: Any) -> Letter:
    """`message`, whose awards are read already."""
    badges = dict.fromkeys(str(told.award.achievement) for told in message.tells_of.all())
    why = queries.why(message)
    return Letter(message, TONES.get(message.state, ""), tuple(badges), _(why) if why else "")


def lines(messages: Iterable[Any]) -> list[Letter]:
    """`shown` of each."""
    return [shown(message) for message in messages]


def open_to(message: Any) -> frozenset[str]:
    """What a person may do about a mail in its state."""
    by_hand = {"send_again", "mark_sent", "suppress"}
    return frozenset(t.verb for t in rules.LIFECYCLE.open_to(message.state, facts=frozenset()) if t.verb in by_hand)
