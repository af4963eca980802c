"""Turns what core and domain say (a code, an English message, parameters) into words of the reader's language."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Protocol

from django.utils import formats, timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class Spoken(Protocol):
    """Anything that carries a message marked by `N_` and the values for its places: an error, a check, a reason."""

    @property
    def message(self) -> str: ...

    @property
    def params(self) -> Mapping[str, object]: ...


_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,6})?(?:Z|[+-]\d{2}:\d{2})", re.ASCII)


def told(value: object) -> object:
    """A day or moment that is written for programs, as people read it, in the zone of the page; all else as it is."""
    try:
        if isinstance(value, str) and _MOMENT.fullmatch(value):
            return formats.date_format(timezone.localtime(datetime.fromisoformat(value)), "j F Y, H:i")
        if isinstance(value, str) and _DAY.fullmatch(value):
            return formats.date_format(date.fromisoformat(value), "j F Y")
    except (ValueError, OverflowError):
        # No such day, or one at the very end of the calendar: shown as it was written.
        return value
    return value


def translated(thing: Spoken) -> str:
    """The message of `thing`, translated and filled in. A translation with a place too many must not break a page."""
    params = {name: told(value) for name, value in dict(getattr(thing, "params", None) or {}).items()}
    text = gettext(thing.message) if thing.message else ""
    try:
        return text % params if params else text
    except (KeyError, ValueError, TypeError):
        return thing.message % params


# A state is a word and a shape. The word is the model's own (`get_state_display`), so that it is the same everywhere;
# the tone chooses the shape: going half a disc, good a disc, wait a diamond, bad a square, and "" (not begun) a ring.
TONES = {
    "accepted": "good",
    "active": "good",
    "approved": "going",
    "archived": "bad",
    "blocked": "bad",
    "cancelled": "bad",
    "changes": "wait",
    "checked": "going",
    "compromised": "bad",
    "converted": "good",
    "dead": "bad",
    "declined": "bad",
    "doing": "going",
    "done": "good",
    "duplicate": "wait",
    "expired": "wait",
    "failed": "bad",
    "finished": "good",
    "granted": "going",
    "granting": "going",
    "held": "going",
    "in_approval": "wait",
    "in_production": "going",
    "in_support": "going",
    "invited": "going",
    "issued": "good",
    "lapsed": "wait",
    "lapsed_offer": "wait",
    "nominated": "going",
    "offered": "going",
    "open": "going",
    "partly_issued": "wait",
    "paused": "wait",
    "rejected": "bad",
    "retired": "bad",
    "returned": "wait",
    "revoked": "bad",
    "running": "going",
    "sent": "good",
    "signed": "good",
    "submitted": "going",
    "superseded": "bad",
    "suspended": "wait",
    "teach_out": "wait",
    "uncertain": "wait",
    "undone": "bad",
    "verifying": "going",
    "waived": "good",
    "withdrawn": "bad",
}


def tone(state: object) -> str:
    """The tone of a state; one without an entry is shown as not begun."""
    return TONES.get(str(state), "")


# The three answers of a check, as the style sheet names them, and as a reader reads them.
ANSWERS = {
    "passed": ("yes", _("Yes")),
    "failed": ("no", _("No")),
    "could_not_check": ("unknown", _("Could not check")),
}


def answer(outcome: str) -> tuple[str, str]:
    """How the outcome of a check is drawn and said. Anything but a plain yes or no is "could not check"."""
    drawn, said = ANSWERS.get(str(outcome), ANSWERS["could_not_check"])
    return drawn, str(said)


# What each check of a verification asks, said as the thing one wants to be true.
CHECKS = {
    "achievement": _("Says what it was given for"),
    "contexts": _("Every word has a meaning"),
    "endorsements": _("Its endorsements are genuine"),
    "issuer": _("Signed with the issuer’s own key"),
    "not_expired": _("Has not expired"),
    "not_revoked": _("Not revoked"),
    "not_suspended": _("Not suspended"),
    "proof": _("Unaltered since it was signed"),
    "readable": _("Can be read"),
    "recipient": _("Belongs to the person named"),
    "schema": _("Written as the standard asks"),
    "valid_from": _("Already valid"),
}


def check(name: str) -> str:
    """What a check asks; one without an entry is called by its own name."""
    return str(CHECKS.get(str(name), str(name).replace("_", " ").capitalize()))
