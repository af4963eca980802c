"""Who writes and reads with the proposer."""

from django.db import transaction

from insignia.core.errors import NotPermitted, Rejected
from insignia.core.words import N_
from insignia.domain.access.actor import Actor
from insignia.domain.access.permissions import Permission
from insignia.domain.journal.bus import publish
from insignia.domain.people.models import User

from .. import rules
from ..events import ParticipantChanged
from ..models import Participant, Proposal
from ..queries import is_member, is_writer


@transaction.atomic
def add_participant(*, by: Actor, proposal: Proposal, user: User, part: str = Participant.Part.WRITES) -> Participant:
    """Let `user` write, or read, with the proposer. Whoever writes it does not review it."""
    _check(by, proposal)
    if not is_member(user):
        raise Rejected(
            N_("%(name)s holds no role here. The program office gives one first."),
            code="not_a_member",
            params={"name": str(user)},
        )
    if user.pk == proposal.proposer_id:
        raise Rejected(N_("%(name)s is the proposer already."), code="is_proposer", params={"name": str(user)})
    row, _made = Participant.objects.update_or_create(
        institution_id=proposal.institution_id, proposal=proposal, user=user, defaults={"part": part}
    )
    _tell(by, proposal, user, part)
    return row


@transaction.atomic
def drop_participant(*, by: Actor, proposal: Proposal, user: User) -> None:
    """Let `user` write and read no more."""
    _check(by, proposal)
    gone, _rows = Participant.objects.filter(proposal=proposal, user=user).delete()
    if gone:
        _tell(by, proposal, user, "")


def _check(by: Actor, proposal: Proposal) -> None:
    if not is_writer(by, proposal) and not by.may(Permission.PROPOSAL_MANAGE, on=proposal):
        raise NotPermitted(N_("Only those who write this proposal say who writes with them."), code="not_yours")
    if proposal.state in rules.ENDED:
        raise Rejected(N_("Nothing changes about this proposal any more: it has ended."), code="ended")


def _tell(by: Actor, proposal: Proposal, user: User, part: str) -> None:
    event = ParticipantChanged(proposal=proposal.public_id, user=user.public_id, part=part)
    publish(event, by=by, subject=("proposal", proposal.public_id))
