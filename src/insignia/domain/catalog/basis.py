"""For what a badge that documents participation is given (R-021): engagement, attendance, membership. Plain values."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .rules import Content

ENGAGEMENT, ATTENDANCE, MEMBERSHIP = "extracurricular_engagement", "event_attendance", "active_membership"
# A badge that was written without a proposal says it by its kind of activity.
_BY_ACTIVITY = {
    "co_curricular": ENGAGEMENT,
    "service": ENGAGEMENT,
    "event": ATTENDANCE,
    "workshop": ATTENDANCE,
    "membership": MEMBERSHIP,
}


@dataclass(frozen=True, slots=True)
class Basis:
    """`events` are those that somebody has to attend; `period` is that of a membership, in words."""

    kind: str
    events: int = 1
    period: str = ""

    @property
    def lacks_period(self) -> bool:
        """Whether each award has to say for which period it is."""
        return self.kind == MEMBERSHIP and not self.period


def basis_of(content: Content) -> Basis | None:
    """What `content` says that it is given for; None where it does not say."""
    extra: Mapping[str, Any] = content.extra
    kind = str(extra.get("basis") or _BY_ACTIVITY.get(content.activity, ""))
    if not kind:
        return None
    events = extra.get("events") if kind == ATTENDANCE else 1
    period = str(extra.get("membership_period") or "").strip() if kind == MEMBERSHIP else ""
    return Basis(kind, max(1, int(events)) if isinstance(events, int | float) else 1, period)
