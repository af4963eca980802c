"""How a mail's life runs, when it is tried again, how fast mails go, and who is told of what. Plain values."""

import re
from datetime import date, datetime, timedelta

from insignia.core.errors import Rejected
from insignia.core.words import N_
from insignia.core.workflow.transitions import Lifecycle, Transition

WAITING = ("pending", "deferred")
FORGOTTEN = "@forgotten.invalid"
"""Behind the mail's own id: the address of a mail of which nobody is to know any more to whom it went."""

# `sending` is written down before the server gets the content and left after it has answered. Whoever dies in between
# leaves a mail of which nobody can say whether it went: `uncertain`, which only a person moves on.
LIFECYCLE = Lifecycle(
    start="pending",
    transitions=(
        *(Transition("begin", state, "sending") for state in WAITING),
        Transition("settle", "sending", "sent"),
        # A sender that was taken for dead heard the answer after all.
        Transition("settle", "uncertain", "sent"),
        *(Transition("defer", state, "deferred") for state in (*WAITING, "sending")),
        *(Transition("refuse", state, "refused") for state in (*WAITING, "sending")),
        *(Transition("suppress", state, "suppressed") for state in WAITING),
        Transition("lose", "sending", "uncertain"),
        # After a restore: what waited when the backup was made may have gone since.
        *(Transition("doubt", state, "uncertain") for state in (*WAITING, "sending")),
        *(Transition("send_again", state, "pending") for state in ("uncertain", "refused", "suppressed", "deferred")),
        Transition("mark_sent", "uncertain", "sent"),
    ),
)

BACK_OFF = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1))
"""How long a mail rests after the server's first, second, ... "not now"; the last one repeats."""
GIVE_UP_AFTER = timedelta(hours=24)
PAUSES = (
    timedelta(seconds=5),
    timedelta(seconds=15),
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
)
"""How long all mail rests while the server cannot be reached at all; the last one repeats."""
BURST = 5.0
"""Seconds of the usual pace that may be caught up at once."""

ANNOUNCING = ("offer", "reoffer")
# In which states of an award a mail of this kind still tells the truth. What is not true any more is not sent.
TRUE_WHILE = {
    "offer": ("offered",),
    "reoffer": ("offered",),
    "reminder": ("offered",),
    "revoked": ("revoked",),
    "suspended": ("suspended",),
    "reinstated": ("accepted", "offered"),
    "superseded": ("superseded",),
    "expiring": ("accepted",),
    "expired": ("expired",),
}
# A person waits for these; an offer among ten thousand may take its turn.
URGENT = frozenset(
    {
        "batch_finished",
        "grantor_appointed",
        "proposal_ended",
        "proposal_invited",
        "proposal_returned",
        "request_returned",
        "role_given",
        "task_asked",
        "test",
    }
)

EXPIRY_NOTICES = (30, 60)
"""Days before an award's last day on which its earner is told, the nearest first."""

PLACES = ("name", "institution", "badges", "reason", "until", "role", "place")
"""What an institution's own wording may name in braces; what a kind of mail does not know is left out."""
_PLACE = re.compile(r"\{(\w+)\}")


def next_try(*, attempts: int, first_tried_at: datetime, now: datetime) -> datetime | None:
    """When to try again after the `attempts`-th "not now"; None when a day of trying is over."""
    if now - first_tried_at >= GIVE_UP_AFTER:
        return None
    return now + BACK_OFF[min(attempts, len(BACK_OFF)) - 1]


def pause(failures: int) -> timedelta:
    """How long all mail rests after the server could not be reached `failures` times running."""
    return PAUSES[min(failures, len(PAUSES)) - 1]


def turn(*, next_at: datetime, now: datetime, per_minute: int) -> tuple[timedelta, datetime]:
    """How long the next mail waits, and the `next_at` to remember once it has gone.

    A leaky bucket: after a rest a few seconds' worth may go at once, and never more than `per_minute` in any minute.
    """
    interval = timedelta(seconds=(60 + BURST) / max(1, per_minute))
    allowed_at = next_at - timedelta(seconds=BURST)
    return max(timedelta(0), allowed_at - now), max(next_at, now) + interval


def may_be_told(kind: str, *, announced: str | None, decided: bool, wants_no_reminders: bool) -> bool:
    """Whether a mail of `kind` about an award goes out.

    `announced` is how the mail that offered it last ended, None when there never was one; `decided` says that the
    earner has accepted or declined. Nobody is reminded of a mail that did not arrive, nor told of the end of something
    they never heard of.
    """
    if kind in ANNOUNCING:
        return True
    if kind == "reminder":
        return announced == "sent" and not wants_no_reminders
    if kind in ("expiring", "expired"):
        return decided
    return decided or announced in ("sent", "sending", "uncertain")


def check_wording(*texts: str) -> None:
    """Raise `Rejected` when one of the institution's own texts names a place that no mail can fill."""
    for text in texts:
        for place in _PLACE.findall(text):
            if place not in PLACES:
                raise Rejected(
                    N_("“{%(place)s}” cannot be filled in. These can: %(places)s."),
                    code="place_unknown",
                    params={"place": place, "places": ", ".join(f"{{{name}}}" for name in PLACES)},
                )


def filled(text: str, values: dict[str, str]) -> str:
    """`text` with the places in braces filled in, once: what is filled in is never read as a place again."""
    return _PLACE.sub(lambda match: values.get(match.group(1), ""), text)


def one_line(text: str) -> str:
    """`text` without line breaks and control characters: what may stand in a header.

    Nor may it pass for an encoded word (RFC 2047): Python's header classes decode those, line breaks and all, and a
    name such as “=?utf-8?q?Ada=0ABcc:...?=” became a header of its own.
    """
    plain = "".join(c if c.isprintable() or c in _MARKS else " " for c in text).replace("=?", "= ?")
    return " ".join(plain.split())


# Invisible and needed: they join and direct letters in Arabic, Persian, Hebrew and Indic names.
_MARKS = frozenset("\u200c\u200d\u200e\u200f")


def paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of `text`: what empty lines separate, each as one line."""
    return tuple(one for block in re.split(r"\n\s*\n", text) if (one := " ".join(block.split())))


def notice(*, awarded_on: date, expires_on: date, today: date) -> int | None:
    """How many days before its end a holder should hear of it now; None when not now.

    The nearest notice that is due; none for a badge that is not even valid for so long.
    """
    left = (expires_on - today).days
    due = [days for days in EXPIRY_NOTICES if 0 <= left <= days and (expires_on - awarded_on).days > days]
    return min(due, default=None)
