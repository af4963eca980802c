"""What was drawn anew with a template, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from insignia.domain.catalog import redrawing
from insignia.domain.people.names import names_of

_STATES = {
    "planned": (_("Planned"), "wait"),
    "done": (_("Done"), "good"),
    "failed": (_("Failed"), "bad"),
}
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Line:
    """Badges that somebody had drawn with one version: how many, who, when, and how far it is. `due` where it waits."""

    number: int
    badges: int
    by: str
    at: datetime
    due: datetime | None
    state: Any
    tone: str


def redrawn(versions: Sequence[Any]) -> list[Line]:
    """What was asked for with these versions of one template, the latest first; who asked is looked up once for all."""
    found = redrawing.redrawings(versions)[:_SHOWN]
    names = names_of(one.author for one in found)
    return [
        Line(
            number=one.number,
            badges=one.badges,
            by=names.get(one.author, ""),
            at=one.at,
            due=one.due if one.state == "planned" and one.due and one.due > one.at else None,
            state=_STATES[one.state][0],
            tone=_STATES[one.state][1],
        )
        for one in found
    ]
