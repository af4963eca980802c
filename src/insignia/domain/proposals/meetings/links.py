"""The address of a body's calendar for one person: derived, so that no row tells it, and of no use once they have left."""

from django.core import signing

from insignia.core.errors import NotFound
from insignia.core.words import N_
from insignia.domain.access.actor import Actor, Door
from insignia.domain.institutions import queries as institutions
from insignia.domain.people.models import User
from insignia.domain.proposals.bodies import queries as bodies
from insignia.domain.proposals.bodies.models import Body

_SIGNER = signing.Signer(salt="insignia.meetings.calendar")
_UNKNOWN = N_("This calendar is not one of ours, or it is not for you any more.")


def token_of(body: Body, reader: Actor) -> str:
    """What stands in the address."""
    return _SIGNER.sign(f"{body.public_id}.{reader.id}")


def body_of(token: str) -> Body:
    """Whose calendar it is, if whoever was given the address may still see its meetings; raises `NotFound`."""
    try:
        body_id, _dot, reader = _SIGNER.unsign(token).partition(".")
    except signing.BadSignature:
        raise NotFound(_UNKNOWN) from None
    body = bodies.body(body_id)
    user = User.objects.filter(public_id=reader, is_active=True).first()
    if user is None or not bodies.may_read(institutions.actor_for(user, body.institution, door=Door.CLAIM_LINK), body):
        raise NotFound(_UNKNOWN)
    return body
