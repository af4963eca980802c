"""Everybody who belongs to a body, as they are called on its pages."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Attending:
    """A seat in a meeting: who sits there, whether they, or their alternate, are there."""

    user: Any
    note: str
    is_present: bool
    is_recused: bool = False


def belonging(sittings: Iterable[Any], chair: Any, deputy: Any) -> list[tuple[Any, str]]:
    """Each person once, with what they are there: the members first."""
    found: dict[str, tuple[Any, list[str]]] = {}

    def add(user: Any, what: str) -> None:
        found.setdefault(user.public_id, (user, []))[1].append(what)

    if chair:
        add(chair, _("Chair"))
    if deputy:
        add(deputy, _("Deputy chair"))
    for sitting in sittings:
        if sitting.member:
            add(sitting.member.user, sitting.seat.constituency)
    for sitting in sittings:
        if sitting.member and sitting.alternate:
            what = _("alternate for %(name)s") % {"name": sitting.member.user}
            add(sitting.alternate.user, what)
    return [(user, _(", ").join(what)) for user, what in found.values()]


def attending(agenda: Any) -> list[Attending]:
    """Who belongs to the body, and who of them is there; alternates only where they came."""
    present = set(agenda.meeting.present)
    seated = {sitting.member.user.public_id for sitting in agenda.sittings if sitting.member}
    offices = {user.public_id for user in (agenda.chair, agenda.deputy) if user}
    current = agenda.current
    out = set(current.standing.recused) if current and current.standing else set()
    return [
        Attending(user, note, user.public_id in present, user.public_id in out)
        for user, note in belonging(agenda.sittings, agenda.chair, agenda.deputy)
        if user.public_id in seated | offices | present
    ]


def names(people: Mapping[str, Any], ids: Iterable[str]) -> str:
    """Who these are, in one line; whoever is gone is a dash."""
    return _(", ").join(str(people.get(one, "–")) for one in ids)
