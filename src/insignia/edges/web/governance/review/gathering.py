"""All that a page about one proposal in review rests on, asked for once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from insignia.core.workflow import route as engine
from insignia.domain.access.actor import Actor
from insignia.domain.access.permissions import Permission
from insignia.domain.proposals.workflow import queries, standing
from insignia.domain.proposals.workflow.people import House, decider
from insignia.domain.proposals.writing import queries as writing
from insignia.edges.web import http
from insignia.edges.web.desk import RailGroup, rail_for, stamp
from insignia.edges.web.doors import institution

# Handing in is done where it is written.
_ELSEWHERE = frozenset({engine.Verb.SUBMIT, engine.Verb.RESUBMIT})


@dataclass
class Matter:
    """A proposal as somebody looks at it."""

    by: Actor
    proposal: Any
    row: Any  # None before it was handed in
    house: House
    writers: Sequence[str]
    items: Sequence[queries.Item]

    @cached_property
    def run(self) -> engine.Run:
        """Where it is on its route."""
        found: engine.Run = self.row.run
        return found

    @property
    def route(self) -> engine.Route:
        """Its route."""
        found: engine.Route = self.row.route.route
        return found

    @property
    def is_writer(self) -> bool:
        """Whether the reader writes it."""
        return self.by.id in self.writers

    @cached_property
    def is_insider(self) -> bool:
        """Whether the reader is among those who review: they see who decided, the others only in which role."""
        if self.is_writer:
            return False
        return self.by.may(Permission.PROPOSAL_READ, on=self.proposal) or any(
            item.askees.includes(self.by.id) for item in self.items
        )

    @cached_property
    def choices(self) -> tuple[engine.Choice, ...]:
        """What the reader may decide now."""
        if self.row is None:
            return ()
        found = queries.choices(self.by, self.proposal, self.row, self.house, self.writers)
        return tuple(choice for choice in found if choice.verb not in _ELSEWHERE)

    @property
    def my_tasks(self) -> list[str]:
        """The keys of the tasks on which the reader decides now, in the order of the route."""
        return list(dict.fromkeys(choice.task for choice in self.choices if choice.task))

    def task(self, key: str) -> engine.Task:
        """What the route says about an open task."""
        return engine.task_now(self.route, self.run, key)

    def decider(self, key: str) -> engine.Decider:
        """As what the reader decides on a task, or on the whole."""
        return decider(self.by, self.proposal, self.row, self.writers, self.house, key)

    def name(self, person: str) -> str:
        """What a person is called; "" for one of whom nothing is known here."""
        if person == self.proposal.proposer.public_id:
            return str(self.proposal.proposer)
        return self.house.names.get(person, "")

    def role(self, key: str) -> str:
        """What a role is called."""
        return self.house.roles.get(key, key.replace("_", " ").capitalize())


def rail_at(request: HttpRequest, name: str) -> tuple[RailGroup, ...]:
    """The rail with the page `name` marked: one proposal is read from several lists, and its address says of which it is not."""
    here = reverse(f"governance:{name}", args=[institution(request).slug])
    return tuple(
        RailGroup(group.title, tuple(replace(item, is_current=item.url == here) for item in group.items))
        for group in rail_for(request)
    )


def gathered(request: HttpRequest, public_id: str) -> Matter:
    """The proposal with this id as the one who asks sees it; raises `NotFound`."""
    by, here = http.actor(request), institution(request)
    proposal = queries.reads(by, public_id)
    proposal.unit.institution = here  # read already, and asked for with every right
    house = standing.house(here, stamp(request))
    row = queries.run_seen_by(by, proposal)
    if row is not None and row.route_id in house.routes:
        row.route = house.routes[row.route_id]
    writers = writing.writers_of(proposal)
    vars(proposal)["known_writers"] = writers  # for whatever else the page asks about it
    items = queries.waiting(proposal, house, writers) if row is not None else []
    return Matter(by, proposal, row, house, writers, items)
