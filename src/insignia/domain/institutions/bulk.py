"""Many units or people at once, as a file holds them. A preview does all of it, tells what happened, and undoes it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db import transaction

from insignia.core.addresses import normalised
from insignia.core.errors import Conflict, InsigniaError, Rejected
from insignia.core.words import N_
from insignia.domain.access.actor import Actor, Scope
from insignia.domain.access.permissions import Permission

from . import actions, outline
from .models import Institution, Membership, Role, Unit


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One row of a file of units."""

    number: int
    name: str
    code: str = ""
    kind: str = ""
    parent_code: str = ""


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One row of a file of people and their roles; `role` is a role's key or its name."""

    number: int
    email: str
    name: str
    role: str
    unit_code: str = ""
    starts_on: date | None = None
    ends_on: date | None = None


AnyLine = TypeVar("AnyLine", UnitLine, PersonLine)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a row ended: with what it made, or with the reason why not."""

    number: int
    error: InsigniaError | None = None


def preview_units(*, by: Actor, institution: Institution, lines: Sequence[UnitLine]) -> list[Outcome]:
    """What `import_units` would do with `lines`; nothing stays."""
    return _undone(lambda: import_units(by=by, institution=institution, lines=lines))


def preview_people(*, by: Actor, institution: Institution, lines: Sequence[PersonLine]) -> list[Outcome]:
    """What `import_people` would do with `lines`; nothing stays and nobody is told."""
    return _undone(lambda: import_people(by=by, institution=institution, lines=lines))


def _undone(run: Callable[[], list[Outcome]]) -> list[Outcome]:
    with transaction.atomic():
        outcomes = run()
        transaction.set_rollback(True)
    return outcomes


@transaction.atomic
def import_units(*, by: Actor, institution: Institution, lines: Sequence[UnitLine]) -> list[Outcome]:
    """Add the units of `lines`, parents before their children wherever they stand in the file.

    A row that cannot be added says why; the others are added all the same.
    """
    by.require(Permission.UNIT_MANAGE, on=institution)
    known = outline.units_by_code()
    outcomes: list[Outcome] = []
    waiting = list(lines)
    while waiting:
        ready = [line for line in waiting if not line.parent_code or line.parent_code.casefold() in known]
        if not ready:
            outcomes += [Outcome(line.number, _no_unit(line.parent_code)) for line in waiting]
            break
        for line in ready:
            waiting.remove(line)
            outcomes.append(_add_unit(by, institution, line, known))
    return sorted(outcomes, key=lambda outcome: outcome.number)


def _add_unit(by: Actor, institution: Institution, line: UnitLine, known: dict[str, Unit]) -> Outcome:
    try:
        with transaction.atomic():
            unit = actions.add_unit(
                by=by,
                institution=institution,
                name=line.name,
                code=line.code,
                kind=line.kind or Unit.Kind.ACADEMIC,
                parent=known[line.parent_code.casefold()] if line.parent_code else None,
            )
    except InsigniaError as refused:
        return Outcome(line.number, refused)
    known[unit.code.casefold()] = unit
    return Outcome(line.number)


@transaction.atomic
def import_people(*, by: Actor, institution: Institution, lines: Sequence[PersonLine]) -> list[Outcome]:
    """Give the people of `lines` their roles; each is told by mail how to sign in.

    A row that cannot be carried out says why; the others are. Somebody who holds the role already is not told again.
    """
    by.require(Permission.MEMBER_MANAGE, on=institution)
    units = outline.units_by_code()
    roles = {word.casefold(): role for role in Role.objects.all() for word in (role.name, role.key)}
    return [_give(by, institution, line, units, roles) for line in lines]


def _give(
    by: Actor, institution: Institution, line: PersonLine, units: dict[str, Unit], roles: dict[str, Role]
) -> Outcome:
    try:
        role = roles.get(line.role.casefold())
        if role is None:
            raise Rejected(
                N_("There is no role “%(role)s” here. There are: %(roles)s."),
                code="role_unknown",
                params={"role": line.role, "roles": ", ".join(sorted({one.name for one in roles.values()}))},
            )
        if line.unit_code and line.unit_code.casefold() not in units:
            raise _no_unit(line.unit_code)
        place = units[line.unit_code.casefold()] if line.unit_code else institution
        _refuse_what_is_so(line, role, place.scopes()[0])
        with transaction.atomic():
            actions.give_role(
                by=by,
                institution=institution,
                email=line.email,
                name=line.name,
                role_key=role.key,
                scope=place.scopes()[0],
                starts_on=line.starts_on,
                ends_on=line.ends_on,
            )
    except InsigniaError as refused:
        return Outcome(line.number, refused)
    return Outcome(line.number)


def _refuse_what_is_so(line: PersonLine, role: Role, scope: Scope) -> None:
    if line.starts_on and line.ends_on and line.ends_on < line.starts_on:
        raise Rejected(N_("The role ends before it begins."), code="ends_before_it_begins")
    held = Membership.objects.filter(
        user__email=normalised(line.email),
        role=role,
        scope_kind=scope.kind,
        scope_id=scope.public_id,
        starts_on=line.starts_on,
        ends_on=line.ends_on,
    )
    if held.exists():
        raise Conflict(N_("This person holds the role already."), code="role_held")


def _no_unit(code: str) -> Rejected:
    return Rejected(
        N_("There is no unit with the code “%(code)s”, neither here nor in the file."),
        code="unit_unknown",
        params={"code": code},
    )
