"""A route walked before anyone has to, with the people that there are today: the dry run of the program pages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from insignia.core.workflow import route as engine
from insignia.domain.institutions.models import Institution, Unit

from .models import RouteVersion
from .people import House


@dataclass(frozen=True, slots=True)
class Walk:
    """The steps in order, who would be asked today, and what everybody and everything is called."""

    stops: tuple[engine.Stop, ...]
    house: House


def walked(version: RouteVersion, house: House, facts: engine.Facts, unit: Unit, proposers: Sequence[str] = ()) -> Walk:
    """What would become of a proposal of `unit` with these facts; `Rejected` where its audience has no channel."""
    matter = engine.Matter(unit.public_id, tuple(proposers))
    return Walk(engine.simulate(version.route, facts, matter, house.directory, on=house.day), house)


def house_for(institution: Institution, versions: Sequence[RouteVersion]) -> House:
    """Who holds which role today, as far as these versions go."""
    return House.of(institution, versions)


def asked_by(route: engine.Route, possible: Mapping[str, object]) -> list[str]:
    """The facts by which this route goes: those of its conditions, and the audience where there are channels."""
    asked = {question.fact for step in route.steps if step.condition for question in step.condition.questions()} | (
        {"audience"} if route.route_by_audience else set()
    )
    return [key for key in possible if key in asked]
