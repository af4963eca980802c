"""Who may open these pages: whoever begins proposals, and of one proposal those who write it."""

from typing import Any

from django.http import HttpRequest

from insignia.core.errors import NotPermitted
from insignia.core.words import N_
from insignia.domain.access.actor import Actor
from insignia.domain.access.permissions import Permission
from insignia.domain.proposals.workflow import queries as workflow
from insignia.domain.proposals.writing import queries as writing
from insignia.edges.web.doors import refusal
from insignia.edges.web.http import actor


def admit_proposers(request: HttpRequest) -> Actor:
    """Who asks, if they may propose somewhere here, or write with somebody who does."""
    by = actor(request)
    if not by.may_somewhere(Permission.PROPOSAL_START) and not writing.own(by).exists():
        raise refusal(Permission.PROPOSAL_START)
    return by


def admit_reader(request: HttpRequest, public_id: str) -> tuple[Actor, Any]:
    """Who asks, and the proposal, if they may read it."""
    by = actor(request)
    return by, workflow.reads(by, public_id)


def admit_writer(request: HttpRequest, public_id: str) -> tuple[Actor, Any]:
    """Who asks, and the proposal, if they write it."""
    by, proposal = admit_reader(request, public_id)
    if not writing.is_writer(by, proposal):
        raise NotPermitted(N_("Only those who write this proposal can change it."), code="not_yours")
    return by, proposal
