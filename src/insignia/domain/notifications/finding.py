"""Finding mails by whom they went to: for the mail page."""

from django.db.models import QuerySet

from insignia.domain.access.actor import Actor

from . import queries
from .models import Kind, Message

KINDS = tuple(Kind.choices)
STATES = tuple(Message.State.choices)


def find(actor: Actor, *, words: str = "", state: str = "", kind: str = "") -> QuerySet[Message]:
    """The mails that `actor` may read about, the newest first, narrowed by parts of the address or of the subject."""
    found = queries.messages_for(actor, state=state, kind=kind)
    for word in words.split()[:8]:
        found = found.filter(address__icontains=word) | found.filter(subject__icontains=word)
    return found


def last_tests(actor: Actor) -> list[Message]:
    """The last test mails, the newest first."""
    return list(queries.messages_for(actor, kind=Kind.TEST)[:5])
