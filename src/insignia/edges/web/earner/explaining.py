"""What became of an award, said to its earner: what it means for them, and what they can do."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from insignia.domain.awards.actions import REVOCATION_REASONS


@dataclass(frozen=True, slots=True)
class Explanation:
    """A sentence, what follows from it, and the words of whoever decided it."""

    tone: str
    title: str
    text: str = ""
    reason: str = ""


def explanation(award: Any) -> Explanation | None:
    """How `award` stands; None where there is nothing to explain."""
    told = _TOLD.get(award.state)
    return told(award) if told else None


def _day(value: date | datetime | None) -> str:
    if isinstance(value, datetime):
        value = timezone.localtime(value)
    return formats.date_format(value, "j F Y") if value else ""


def _unit(award: Any) -> dict[str, str]:
    return {"unit": award.achievement.unit.name}


def _lapsed(award: Any) -> Explanation:
    return Explanation("wait", _("This offer has lapsed, but you can still accept it."))


def _declined(award: Any) -> Explanation:
    return Explanation(
        "",
        _("You declined this badge on %(day)s.") % {"day": _day(award.decided_at)},
        _("Nobody sees it. If you have changed your mind, ask %(unit)s to offer it again.") % _unit(award),
        award.state_reason,
    )


def _expired(award: Any) -> Explanation:
    return Explanation(
        "wait",
        _("This badge was valid until %(day)s.") % {"day": _day(award.expires_on)},
        _("It stays yours, and whoever checks it sees that it has expired. Ask %(unit)s whether it can be renewed.")
        % _unit(award),
    )


def _suspended(award: Any) -> Explanation:
    return Explanation(
        "wait",
        _("This badge is suspended until a question is settled."),
        _("Whoever checks it sees that. %(unit)s can tell you more.") % _unit(award),
        award.state_reason,
    )


def _revoked(award: Any) -> Explanation:
    chosen = REVOCATION_REASONS.get(award.state_code, "")
    return Explanation(
        "bad",
        _("This badge was taken back."),
        _("Whoever checks it sees that it is no longer valid. Write to %(unit)s if you think that this is wrong.")
        % _unit(award),
        ". ".join(part.rstrip(".") for part in (_(chosen) if chosen else "", award.state_reason) if part),
    )


def _superseded(award: Any) -> Explanation:
    return Explanation(
        "wait",
        _("This badge was replaced by a corrected one."),
        _("The old one says so to whoever checks it."),
        award.state_reason,
    )


_TOLD: dict[str, Callable[[Any], Explanation]] = {
    "lapsed_offer": _lapsed,
    "declined": _declined,
    "expired": _expired,
    "suspended": _suspended,
    "revoked": _revoked,
    "superseded": _superseded,
}
