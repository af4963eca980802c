"""A request that was made outside of the house is written down for whoever made it (R-026)."""

from django.db import transaction

from insignia.core.addresses import normalised
from insignia.core.errors import NotPermitted, Rejected
from insignia.core.words import N_
from insignia.domain.access.actor import Actor
from insignia.domain.institutions.models import TaxonomyLevel, Unit
from insignia.domain.people import actions as people
from insignia.domain.proposals.writing import actions as writing
from insignia.domain.proposals.writing.models import Proposal

from .. import channels, queries


@transaction.atomic
def register_request(*, by: Actor, unit: Unit, level: TaxonomyLevel, name: str, email: str) -> Proposal:
    """Begin what somebody asked for elsewhere. It is theirs, also where they have no account yet; `by` writes it down.

    They are told of every decision, and nobody registers a request of their own.
    """
    if not channels.may_register(by, level, unit, queries.house_of(unit.institution)):
        raise NotPermitted(
            N_("Requests from outside are registered by those who approve in their channel, and by the office."),
            code="not_permitted",
        )
    if normalised(email) in by.addresses:
        raise Rejected(N_("This is your own address: propose it yourself."), code="own_request")
    requester = people.person_at(email, name=" ".join(name.split())[:200])
    return writing.begin_for(by=by, requester=requester, unit=unit, level=level)
