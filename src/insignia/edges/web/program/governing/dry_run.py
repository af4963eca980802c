"""A sample proposal, and a walked route in words."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from insignia.core.errors import InsigniaError
from insignia.core.workflow import route as engine
from insignia.core.workflow.definition import CHANNEL_APPROVER, MIXED
from insignia.domain.proposals.workflow import queries, simulating
from insignia.edges.web.fields import choose_from
from insignia.edges.web.words import translated

from . import words
from .lenient import encoded, select_field
from .names import Names
from .route_sheets import audience_name, title_of, who


class SampleForm(forms.Form):
    """Which route, and what is known of the sample: only what the route's conditions ask."""

    route = select_field(gettext_lazy("Route and version"), required=True)
    unit = select_field(gettext_lazy("Proposing unit"), required=True)

    def __init__(
        self, data: Any, *, versions: Sequence[Any], names: Names, units: Sequence[Any], **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.given = data
        self.names = names
        self.units = units
        self.version = self._version(versions)
        self.proposing = next((one for one in units if one.public_id == data.get("unit")), units[0] if units else None)
        choose_from(self, "route", [(_name(one), _title(one)) for one in versions])
        choose_from(self, "unit", [(one.public_id, one.name) for one in units])
        self.initial = {
            "route": _name(self.version) if self.version else "",
            "unit": self.proposing.public_id if self.proposing else "",
        }
        self.goes_by = simulating.asked_by(self.version.route, names.facts) if self.version else []
        self.asked = [fact for fact in self.goes_by if fact != "unit_kind"]  # the unit tells
        for fact in self.asked:
            self._ask(fact)

    def _version(self, versions: Sequence[Any]) -> Any:
        wanted = self.given.get("route", "")
        key, _dot, number = wanted.partition(".")
        number = number or self.given.get("number", "")
        found = [one for one in versions if one.key == key]
        exact = (one for one in found if str(one.number) == number)
        return next(exact, found[0] if found else versions[0] if versions else None)

    def _ask(self, fact: str) -> None:
        told = self.names.facts[fact]
        choices = [(encoded(value), label) for value, label in told.values]
        if fact == "audience":
            choices.append((MIXED, _("Several audiences")))
        name = f"fact-{fact}"
        self.fields[name] = select_field(told.label, required=True)
        choose_from(self, name, choices)
        given = self.given.get(name, "")
        known = [value for value, _label in choices]
        self.initial[name] = given if given in known else known[0] if known else ""

    def facts(self) -> dict[str, engine.Fact]:
        """What is known of the sample."""
        found: dict[str, engine.Fact] = {}
        if "unit_kind" in self.goes_by and self.proposing:
            found["unit_kind"] = self.proposing.kind
        for fact in self.asked:
            text = self.initial[f"fact-{fact}"]
            values = self.names.facts[fact].values
            if fact == "audience" and text == MIXED:
                found[fact] = tuple(str(value) for value, _label in values)
            else:
                found[fact] = next((value for value, _label in values if encoded(value) == text), text)
        return found

    def in_words(self) -> list[tuple[str, str]]:
        """The same, to be read."""
        said = []
        for fact, value in self.facts().items():
            several = isinstance(value, tuple)
            text = audience_name(MIXED, self.names) if several else self.names.value(fact, value)  # type: ignore[arg-type]
            said.append((self.names.fact(fact), text))
        return said


def _name(version: Any) -> str:
    return f"{version.key}.{version.number}"


def _title(version: Any) -> str:
    return _("%(route)s, version %(number)s") % {
        "route": version.read.get("label") or version.key,
        "number": version.number,
    }


# --- The walk in words
@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who would be asked, and why."""

    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Lead:
    """A decision, and where it leads."""

    may: str
    to: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A task on the way."""

    title: str
    who: str
    people: tuple[Person, ...]
    presides: str
    findings: tuple[tuple[str, str], ...]  # tone, and what was found
    leads: tuple[Lead, ...]


@dataclass(frozen=True, slots=True)
class Stop:
    """A step on the way, or why it is passed over."""

    title: str
    tasks: tuple[Asked, ...]
    passed_over: str = ""
    is_final: bool = False

    @property
    def is_stuck(self) -> bool:
        """Whether nobody would be asked for one of its tasks."""
        return any(not task.people and task.findings for task in self.tasks)


def stops_of(route: engine.Route, walk: simulating.Walk, names: Names, form: SampleForm | None = None) -> list[Stop]:
    """Every step of a walk."""
    teller = _Teller(route, walk, names, form)
    return [teller.stop(stop) for stop in walk.stops]


class _Teller:
    def __init__(self, route: engine.Route, walk: simulating.Walk, names: Names, form: SampleForm | None) -> None:
        self.route = route
        self.house = walk.house
        self.names = names
        self.unit = form.proposing if form else None
        self.titles = {step.key: title_of(step) for step in route.steps}

    def stop(self, stop: engine.Stop) -> Stop:
        skipped = ""
        if stop.skipped_by:
            skipped = _("Passed over: it is on the way only if %(when)s.") % {
                "when": self.names.condition(stop.skipped_by)
            }
        elif not stop.tasks:
            skipped = _("Never reached.")
        tasks = tuple(self._asked(stop, one) for one in stop.tasks)
        return Stop(title_of(stop.step), tasks, skipped, stop.step.final)

    def _asked(self, stop: engine.Stop, one: engine.AskedFor) -> Asked:
        task = one.task
        of_proposer = task.is_proposers
        people = tuple(self._person(named) for named in one.asked.named)
        return Asked(
            task.label or title_of(stop.step),
            self.names.role(one.role) if task.role == CHANNEL_APPROVER else who(task, self.names),
            people,
            self._presides(task),
            () if of_proposer else tuple(self._findings(task, one.asked.findings)),
            tuple(self._lead(stop.step, lead) for lead in one.leads),
        )

    def _person(self, named: engine.Named) -> Person:
        why = str(words.WHY[named.why])
        if named.instead_of:
            why = _("%(why)s, in the place of %(other)s, who is away") % {
                "why": why,
                "other": self._called(named.instead_of),
            }
        return Person(self._called(named.person), why)

    def _called(self, person: str) -> str:
        return self.house.names.get(person) or _("Somebody who is no longer here")

    def _presides(self, task: engine.Task) -> str:
        if task.rule is None:
            return ""
        for role in (task.rule.chair, task.rule.deputy):
            for place in (task.body, engine.INSTITUTION):
                if held := self.house.directory.holders(role, place, on=self.house.day):
                    return self._called(held[0])
        return ""

    def _findings(self, task: engine.Task, found: Iterable[engine.Finding]) -> Iterator[tuple[str, str]]:
        for finding in found:
            tone = "bad" if finding.gap is engine.Gap.NOBODY else "wait"
            values = {"role": self.names.role(finding.role), "place": self._place(finding.scope)}
            yield tone, str(words.GAPS[finding.gap]) % values
        if task.rule and not self._presides(task):
            yield "bad", _("Nobody presides: the body cannot be convened before somebody is in the chair.")

    def _place(self, scope: str) -> str:
        if scope == engine.INSTITUTION:
            return _("the institution")
        if scope in self.names.body_names:
            return self.names.body_names[scope]
        return self.unit.name if self.unit and scope == self.unit.public_id else _("a unit")

    def _lead(self, step: engine.Step, lead: engine.Lead) -> Lead:
        if lead.state is engine.State.IN_REVIEW and lead.step == step.key:
            to = _("waits here for the others")
        elif lead.state is engine.State.IN_REVIEW:
            to = _("to “%(step)s”") % {"step": self.titles.get(lead.step, lead.step)}
        elif lead.resubmit_to:
            to = _("to the proposer, then to “%(step)s”") % {
                "step": self.titles.get(lead.resubmit_to, lead.resubmit_to)
            }
        else:
            to = str(words.STATES[lead.state])
        return Lead(str(words.SHORT.get(lead.verb, lead.verb.value)), to)


# --- All levels
@dataclass(frozen=True, slots=True)
class LevelWalk:
    """A level by its own route."""

    level: Any
    version: Any  # none: nothing is proposed at this level
    stops: tuple[Stop, ...]
    problem: str = ""


def walks_of(here: Any, levels: Sequence[Any], unit: Any, names: Names) -> list[LevelWalk]:
    """New proposals of every level by this unit; what else the conditions ask is taken as its first answer."""
    newest = {version.key: version for version in queries.routes()}
    used = {level.policy.workflow for level in levels}
    house = simulating.house_for(here, [version for key, version in newest.items() if key in used])
    return [_walk(level, newest.get(level.policy.workflow), house, unit, names) for level in levels]


def _walk(level: Any, version: Any, house: Any, unit: Any, names: Names) -> LevelWalk:
    if version is None:
        return LevelWalk(level, None, ())
    first = {key: told.values[0][0] for key, told in names.facts.items() if told.values}
    facts: dict[str, Any] = {**first, "type": level.key, "kind": "new", "unit_kind": unit.kind, "change": "material"}
    try:
        walk = simulating.walked(version, house, facts, unit)
    except InsigniaError as refused:
        return LevelWalk(level, version, (), translated(refused))
    return LevelWalk(level, version, tuple(stops_of(version.route, walk, names)))
