"""Whoever reviews may amend what the route lets them, and everybody sees what."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from insignia.core.errors import NotPermitted
from insignia.core.words import N_
from insignia.domain.access.actor import Actor
from insignia.domain.proposals.writing import actions as writing_actions
from insignia.domain.proposals.writing.models import Proposal, ProposalVersion

from .. import queries
from .deciding import hold


@transaction.atomic
def amend(*, by: Actor, proposal: Proposal, sent: Mapping[str, Any], note: str = "") -> ProposalVersion | None:
    """Change answers in review, as far as the task of `by` allows; a version of its own shows what changed."""
    row, now = hold(proposal)
    allowed = queries.editable(by, now, row, queries.house_of(now.institution))
    beyond = sorted(set(sent) - allowed)
    if beyond or not sent:
        raise NotPermitted(
            N_("Your task does not let you change this answer. Ask for changes instead."), code="not_editable"
        )
    return writing_actions.amend(by=by, proposal=now, sent=dict(sent), note=note)
