"""The units of an institution as one outline: read at once, however deep they stand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from insignia.domain.access.actor import Actor
from insignia.domain.access.permissions import Permission
from insignia.domain.ground import tenancy

from .models import Institution, Unit

KINDS: Sequence[tuple[str, object]] = tuple(Unit.Kind.choices)


@dataclass(frozen=True, slots=True)
class Line:
    """One unit of the outline and how deep it stands; the top is 0."""

    unit: Unit
    depth: int


def outline(actor: Actor, *, permission: Permission = Permission.UNIT_MANAGE) -> list[Line]:
    """The units on which `actor` holds `permission`, each below its parent, in two queries whatever their number."""
    institution = Institution.objects.get(pk=tenancy.current().pk)
    units = {unit.pk: unit for unit in Unit.objects.order_by("name", "pk")}
    children: dict[int | None, list[Unit]] = {}
    for unit in units.values():
        # Handed on as objects, so that asking for the scopes of a unit reads nothing again.
        unit.institution = institution
        if unit.parent_id is not None:
            unit.parent = units[unit.parent_id]
        children.setdefault(unit.parent_id, []).append(unit)
    lines = list(_below(None, children, 0))
    return [line for line in lines if actor.may(permission, on=line.unit)]


def _below(parent: int | None, children: dict[int | None, list[Unit]], depth: int) -> Iterable[Line]:
    for unit in children.get(parent, ()):
        yield Line(unit, depth)
        yield from _below(unit.pk, children, depth + 1)


def units_by_code() -> dict[str, Unit]:
    """The units of the current institution by their codes, folded: files write codes as they like."""
    return {unit.code.casefold(): unit for unit in Unit.objects.select_related("institution", "parent__parent__parent")}
