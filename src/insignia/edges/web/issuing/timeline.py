"""The journal of one award, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from insignia.core.words import N_
from insignia.domain.awards import history
from insignia.domain.awards.actions import REVOCATION_REASONS
from insignia.domain.people import queries as people

# By the name of the event; where the event has a `verb` or a `visibility`, by that too.
_WORDS = {
    "awards.granted": _("Awarded"),
    "awards.held": _("Signed; waiting to be sent"),
    "awards.released": _("Offered to the earner"),
    "awards.undone": _("Taken back before it was sent"),
    "awards.accepted": _("Accepted by the earner"),
    "awards.declined": _("Declined by the earner"),
    "awards.reoffered": _("Offered again"),
    "awards.reminded": _("Reminder sent"),
    "awards.revoked": _("Revoked"),
    "awards.suspended": _("Suspended"),
    "awards.reinstated": _("Valid again"),
    "awards.superseded": _("Replaced by a corrected badge"),
    "awards.ended:expire": _("Expired"),
    "awards.ended:lapse": _("The offer lapsed"),
    "awards.visibility_chosen:private": _("The earner made it private"),
    "awards.visibility_chosen:link": _("The earner shares it by link"),
    "awards.visibility_chosen:public": _("The earner made it public"),
}
_BY_ITSELF = N_("by itself")


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing that happened, when, by whom, and the reason that was given."""

    what: str
    at: datetime
    by: str
    reason: str


def of(award: Any) -> list[Moment]:
    """What happened to `award`, the oldest first. News that this page has no words for is left out."""
    entries = [entry for entry in history.of(award) if _key(entry) in _WORDS]
    names = people.names_of({entry.author for entry in entries})
    return [_moment(entry, names) for entry in entries]


def _key(entry: Any) -> str:
    kind = entry.data.get("verb") or entry.data.get("visibility")
    return f"{entry.name}:{kind}" if kind else entry.name


def _moment(entry: Any, names: dict[str, str]) -> Moment:
    by = names.get(entry.author, "") or (gettext(_BY_ITSELF) if entry.author == "system" else "")
    reasons: Sequence[str] = [gettext(REVOCATION_REASONS.get(entry.data.get("code", ""), "") or " ").strip()]
    return Moment(str(_WORDS[_key(entry)]), entry.at, by, ". ".join(filter(None, [*reasons, entry.reason])))
