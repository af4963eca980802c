"""Appointments as a page shows them: who may award today, who is not trained, who may no longer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from insignia.domain.institutions.rules import LevelPolicy

_WORDS = {
    "active": (_("May award"), "good"),
    "untrained": (_("Not trained yet"), "wait"),
    "to_come": (_("Begins later"), ""),
    "ended": (_("Ended"), "bad"),
}
_ORDER = tuple(_WORDS)


@dataclass(frozen=True, slots=True)
class GrantorRow:
    """One appointment and how it stands today."""

    grantor: Any
    standing: str

    @property
    def word(self) -> str:
        """How it stands, in words."""
        return str(_WORDS[self.standing][0])

    @property
    def tone(self) -> str:
        """The shape beside the words."""
        return _WORDS[self.standing][1]

    @property
    def is_current(self) -> bool:
        """Whether it holds or will."""
        return self.standing != "ended"


def rows_of(grantors: Iterable[Any], *, policy: LevelPolicy, today: date) -> list[GrantorRow]:
    """Those who may award first, then those who may not yet, then those who may no longer."""
    rows = [GrantorRow(grantor, _standing(grantor, policy, today)) for grantor in grantors]
    return sorted(rows, key=lambda row: (_ORDER.index(row.standing), str(row.grantor.user).casefold()))


def _standing(grantor: Any, policy: LevelPolicy, today: date) -> str:
    if grantor.ends_on is not None and grantor.ends_on < today:
        return "ended"
    if grantor.starts_on > today:
        return "to_come"
    trained = grantor.trained_on is not None and grantor.trained_on <= today
    return "active" if trained or not policy.training_required else "untrained"
