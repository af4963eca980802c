"""Finding mails by whom they went to: for the mail page, and for the page of one person."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet

from insignia.domain.access.actor import Actor
from insignia.domain.access.permissions import Permission
from insignia.domain.awards.models import Award

from . import queries
from .models import Kind, Message, MessageAward

KINDS = tuple(Kind.choices)
STATES = tuple(Message.State.choices)
MOST, MOST_ADDRESSES = 100, 20


def find(actor: Actor, *, words: str = "", state: str = "", kind: str = "") -> QuerySet[Message]:
    """The mails that `actor` may read about, the newest first, narrowed by parts of the address or of the subject."""
    found = queries.messages_for(actor, state=state, kind=kind)
    for word in words.split()[:8]:
        found = found.filter(address__icontains=word) | found.filter(subject__icontains=word)
    return found


def about(actor: Actor, awards: Sequence[Award], *, address: str) -> list[Message]:
    """The newest mails about `awards`, which `actor` may see, and whatever else went to `address`, for who may read of mail."""
    of_awards = Q(pk__in=MessageAward.objects.filter(award__in=awards).values("message"))
    to_address = Q(address=address) if actor.places(Permission.MAIL_READ, "institution") else Q(pk__in=[])
    found = Message.objects.filter(of_awards | to_address).prefetch_related("tells_of__award__achievement__current")
    return list(found.order_by("-pk")[:MOST])


def addresses(actor: Actor, words: str) -> list[str]:
    """Addresses to which mails went, found by parts of them, for who may read of mail."""
    if not words.strip():
        return []
    found = queries.messages_for(actor).prefetch_related(None).order_by("address")
    for word in words.split()[:8]:
        found = found.filter(address__icontains=word)
    return list(found.values_list("address", flat=True).distinct()[:MOST_ADDRESSES])


def last_tests(actor: Actor) -> list[Message]:
    """The last test mails, the newest first."""
    return list(queries.messages_for(actor, kind=Kind.TEST)[:5])
