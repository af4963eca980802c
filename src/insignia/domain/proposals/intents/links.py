"""The link of an invitation: derived from its id and the installation's secret, so that no row tells it."""

from django.core import signing

from insignia.core.errors import NotFound
from insignia.core.words import N_

from .models import Invitation

_SIGNER = signing.Signer(salt="insignia.intents.invitation")


def token_of(invitation: Invitation) -> str:
    """What stands in the link."""
    return _SIGNER.sign(invitation.public_id)


def invitation_of(token: str) -> Invitation:
    """The invitation whose link this is, in the current institution; raises `NotFound` for what we never made."""
    try:
        public_id = _SIGNER.unsign(token)
    except signing.BadSignature:
        raise NotFound(N_("This link is not one of ours, or it was not copied whole."), code="bad_link") from None
    found = (
        Invitation.objects.select_related(
            "intent__unit__parent__parent__parent", "intent__level", "intent__institution"
        )
        .filter(public_id=public_id)
        .first()
    )
    if found is None:
        raise NotFound(N_("This invitation does not exist any more."))
    return found
