"""The ways in: the house's own form, an address outside, and what staff register that came from there (R-025, R-026)."""

from collections.abc import Sequence

from insignia.core.errors import Rejected
from insignia.core.words import N_
from insignia.core.workflow import route as engine
from insignia.domain.access.actor import Actor
from insignia.domain.access.permissions import Permission
from insignia.domain.institutions import queries as institutions
from insignia.domain.institutions.models import TaxonomyLevel, Unit
from insignia.domain.proposals.writing.models import Proposal
from insignia.domain.proposals.writing.rules import REGISTERED

from . import facts, queries
from .people import House


def channel_of(proposal: Proposal) -> engine.Channel | None:
    """The channel by which a proposal goes that is handed in now; None where its audience has none, or is not said yet."""
    if not proposal.level.policy.workflow:
        return None
    return queries.route_for(proposal).route.channel_for(facts.facts_for(proposal))


def check_made_here(proposal: Proposal, route: engine.Route) -> None:
    """Refuse what is asked for outside of the house only, unless it came from there."""
    channel = route.channel_for(facts.facts_for(proposal))
    if channel is not None and not channel.takes_forms and proposal.via != REGISTERED:
        raise Rejected(
            N_("Requests for this audience are made at %(label)s: %(url)s"),
            code="made_outside",
            params={"label": channel.label or channel.channel, "url": channel.url},
        )


def outside(levels: Sequence[TaxonomyLevel]) -> dict[str, list[tuple[str, engine.Channel]]]:
    """By the keys of levels, the audiences whose requests are made outside, too or only, each with its channel."""
    wanted = {level.policy.workflow for level in levels} - {""}
    routes = {version.key: version.route for version in queries.routes() if version.key in wanted}
    return {level.key: found for level in levels if (found := _outside(routes.get(level.policy.workflow)))}


def _outside(route: engine.Route | None) -> list[tuple[str, engine.Channel]]:
    audiences = route.route_by_audience if route else {}
    channels = [(audience, route.channel_for({"audience": audience})) for audience in audiences] if route else []
    return [(audience, channel) for audience, channel in channels if channel is not None and channel.hands_over]


def registrable(by: Actor, house: House) -> list[TaxonomyLevel]:
    """The levels at which `by` may register a request that came from outside: who approves in a channel, and the office."""
    return [level for level in institutions.levels() if _approvers(level, house) and _may(by, level, house, None)]


def may_register(by: Actor, level: TaxonomyLevel, unit: Unit, house: House) -> bool:
    """Whether `by` may register a request of `unit` at `level`."""
    return bool(_approvers(level, house)) and _may(by, level, house, unit)


def registers(by: Actor, house: House) -> bool:
    """Whether there is a channel in which `by` may register requests: for a link, without asking the database."""
    newest: dict[str, engine.Route] = {}
    for version in sorted(house.routes.values(), key=lambda one: one.number):
        newest[version.key] = version.route
    approvers = {one.approver for route in newest.values() for one in route.route_by_audience.values()} - {""}
    manages = by.may_somewhere(Permission.PROPOSAL_MANAGE)
    return bool(approvers) and (manages or any(by.id in house.holding(role) for role in approvers))


def _may(by: Actor, level: TaxonomyLevel, house: House, unit: Unit | None) -> bool:
    manages = by.may(Permission.PROPOSAL_MANAGE, on=unit) if unit else by.may_somewhere(Permission.PROPOSAL_MANAGE)
    return manages or any(by.id in house.holding(role) for role in _approvers(level, house))


def _approvers(level: TaxonomyLevel, house: House) -> set[str]:
    newest = max(
        (version for version in house.routes.values() if version.key == level.policy.workflow),
        key=lambda version: version.number,
        default=None,
    )
    channels = newest.route.route_by_audience.values() if newest else ()
    return {channel.approver for channel in channels if channel.approver}
