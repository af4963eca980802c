"""Who is asked for a task, or who stands in and why. Where there is nobody, that is said, never left empty."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from insignia.core.workflow.definition import Route, Scope, Step, Task, VotingRule
from insignia.core.workflow.state import Roll

INSTITUTION = ""  # the scope above all units


@dataclass(frozen=True, slots=True)
class Holding:
    """A person who holds a role in a unit, a body or the institution; without dates, for good."""

    person: str
    role: str
    scope: str = INSTITUTION
    from_on: date | None = None
    until_on: date | None = None


@dataclass(frozen=True, slots=True)
class Delegation:
    """While somebody is away, another acts in that person's place; no role: in all of them."""

    person: str
    to: str
    role: str = ""
    from_on: date | None = None
    until_on: date | None = None


@dataclass(frozen=True, slots=True)
class Directory:
    """Who holds which role where, what lies above each unit, and who is away: as the domain found it."""

    holdings: Sequence[Holding] = ()
    parents: Mapping[str, str] = field(default_factory=dict)  # of a unit
    delegations: Sequence[Delegation] = ()

    def holders(self, role: str, scope: str, *, on: date) -> tuple[str, ...]:
        """Who holds `role` in `scope` itself on this day."""
        return tuple(
            dict.fromkeys(
                held.person
                for held in self.holdings
                if (held.role, held.scope) == (role, scope) and _in_force(held.from_on, held.until_on, on)
            )
        )

    def above(self, scope: str) -> Iterator[str]:
        """The scopes over a unit, nearest first, the institution last."""
        seen = {scope}
        while (scope := self.parents.get(scope, INSTITUTION)) not in seen | {INSTITUTION}:
            seen.add(scope)
            yield scope
        yield INSTITUTION

    def acting(self, person: str, role: str, *, on: date) -> tuple[str, ...]:
        """The person, and who acts in the place of each who is away, the last of them today."""
        chain = [person]
        while (to := self._delegate(chain[-1], role, on)) and to not in chain:
            chain.append(to)
        return tuple(chain)

    def _delegate(self, person: str, role: str, on: date) -> str:
        for given in self.delegations:
            if given.person == person and given.role in ("", role) and _in_force(given.from_on, given.until_on, on):
                return given.to
        return ""


class Why(StrEnum):
    """Why somebody is asked."""

    HOLDS_THE_ROLE = "holds_the_role"
    PROPOSES = "proposes"
    NAMED = "named"
    STANDS_IN_FROM_ABOVE = "stands_in_from_above"
    STANDS_IN_FOR_THE_ROLE = "stands_in_for_the_role"  # the office, where the role is vacant all the way up


class Gap(StrEnum):
    """What was found on the way to whoever is asked."""

    VACANT = "vacant"  # nobody holds the role there
    CONFLICTED = "conflicted"  # whoever holds it there has a conflict of interest
    NOBODY = "nobody"  # and nobody stands in


@dataclass(frozen=True, slots=True)
class Finding:
    """A gap to show beside the names."""

    gap: Gap
    role: str
    scope: str


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody who is asked, and why."""

    person: str
    role: str
    scope: str
    why: Why
    instead_of: str = ""  # who is away and delegated it


@dataclass(frozen=True, slots=True)
class Asked:
    """Who is asked for a task. Where `named` is empty, a finding says that there is nobody."""

    named: tuple[Named, ...]
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Matter:
    """What a task is about, as far as it decides who is asked: whose proposal, of which unit, who has to stay out."""

    unit: str
    proposers: tuple[str, ...]
    recused: Set[str] = frozenset()

    @property
    def out(self) -> Set[str]:
        """Who may not be asked."""
        return self.recused | {*self.proposers}


def name_for(
    route: Route, step: Step, task: Task, role: str, matter: Matter, directory: Directory, *, on: date
) -> Asked:
    """Who is asked for `task` of `step`, which went to `role`, on this day.

    A unit's role falls to the units above where it is vacant or conflicted, and any role then to the route's office;
    but not the final word: who prepares a decision does not take it.
    """
    if task.person:
        return _asked(_people((task.person,), role, INSTITUTION, Why.NAMED, matter, directory, on), [], role)
    if task.is_proposers:
        return _asked(tuple(Named(person, role, matter.unit, Why.PROPOSES) for person in matter.proposers), [], role)
    findings: list[Finding] = []
    first, *others = _places(task, matter, directory)
    for place in (first, *others):
        regular = place == first or task.scope is Scope.PROPOSING_UNIT_OR_DIVISION
        why = Why.HOLDS_THE_ROLE if regular else Why.STANDS_IN_FROM_ABOVE
        holders = directory.holders(role, place, on=on)
        named = _people(holders, role, place, why, matter, directory, on)
        if named:
            vacancies_count = task.scope is not Scope.PROPOSING_UNIT_OR_DIVISION
            return _asked(named, [found for found in findings if vacancies_count or found.gap is Gap.CONFLICTED], role)
        findings.append(Finding(Gap.CONFLICTED if holders else Gap.VACANT, role, place))
    if step.final:
        return _asked((), findings, role)
    office = directory.holders(route.manager, INSTITUTION, on=on)
    stands_in = Why.STANDS_IN_FOR_THE_ROLE
    return _asked(_people(office, route.manager, INSTITUTION, stands_in, matter, directory, on), findings, role)


def roll_for(task: Task, rule: VotingRule, role: str, matter: Matter, directory: Directory, *, on: date) -> Roll:
    """Who sits on the body of `task` on this day: its seats, not their alternates, who raise the same voice."""
    place = _places(task, matter, directory)[0]
    members = directory.holders(role, place, on=on)
    chair, deputy = (
        next(
            (person for where in (place, INSTITUTION) for person in directory.holders(office, where, on=on)),
            "",
        )
        for office in (rule.chair, rule.deputy)
    )
    return Roll(members, chair, deputy, frozenset(matter.out & {*members, chair, deputy}))


def _places(task: Task, matter: Matter, directory: Directory) -> tuple[str, ...]:
    if task.body:
        return (task.body,)
    match task.scope:
        case Scope.INSTITUTION:
            return (INSTITUTION,)
        case Scope.PARENT_DIVISION:
            return tuple(directory.above(matter.unit))
    return (matter.unit, *directory.above(matter.unit))


def _people(
    holders: Sequence[str], role: str, scope: str, why: Why, matter: Matter, directory: Directory, on: date
) -> tuple[Named, ...]:
    """The holders without conflict, or who acts for them. Where the one who acts has a conflict, the holder is asked."""
    people = []
    for holder in holders:
        if holder in matter.out:
            continue  # and so is whoever would act for the holder
        chain = directory.acting(holder, role, on=on)
        acts = next(person for person in reversed(chain) if person not in matter.out)
        people.append(Named(acts, role, scope, why, "" if acts == holder else holder))
    return tuple(people)


def _asked(named: tuple[Named, ...], findings: Sequence[Finding], role: str) -> Asked:
    return Asked(named, (*findings, *(() if named else (Finding(Gap.NOBODY, role, INSTITUTION),))))


def _in_force(from_on: date | None, until_on: date | None, on: date) -> bool:
    return (from_on is None or from_on <= on) and (until_on is None or on <= until_on)
