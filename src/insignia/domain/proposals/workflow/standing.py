"""What pages ask again and again: who there is, and how much waits for somebody. Kept until something happens here.

Every change of roles, seats, units, routes and proposals publishes an event, so the newest entry of the journal tells
whether what is kept still holds. Decisions never rest on it: they ask anew.
"""

from django.core.cache import cache
from django.db.models import Exists

from insignia.domain.access.actor import Actor
from insignia.domain.ground import clock
from insignia.domain.institutions.models import Institution
from insignia.domain.journal import bus
from insignia.domain.proposals.writing import queries as writing

from . import queries
from .people import House

# Entries of transactions that end at the same time may become visible out of order; nothing is wrong for longer than this.
_SECONDS = 60


def is_quiet(institution: Institution) -> bool:
    """Whether nothing at all waits for anybody here."""
    open_ones = Exists(queries.open_tasks().order_by()) | Exists(writing.open_consultations().order_by())
    return not Institution.objects.filter(open_ones, pk=institution.pk).exists()


def stamp_of(institution: Institution) -> str:
    """A word that is another one as soon as something has happened here, or a new day has begun."""
    newest = bus.read().values_list("public_id", flat=True).first()
    return f"{institution.pk}.{clock.today_in(institution.zone).isoformat()}.{newest}"


def house(institution: Institution, stamp: str) -> House:
    """`queries.house_of`, kept in this process."""
    key = f"workflow.house.{stamp}"
    found: House | None = cache.get(key)
    if found is None:
        found = queries.house_of(institution)
        cache.set(key, found, _SECONDS)
    return found


def waits_for(actor: Actor, institution: Institution, stamp: str) -> int:
    """How many things wait for `actor`: tasks, and talks that were asked for."""
    key = f"workflow.count.{stamp}.{actor.id}"
    count: int | None = cache.get(key)
    if count is None:
        here = house(institution, stamp)
        count = len(queries.tasks_of_actor(actor, here)) + len(consultations_for(actor, here))
        cache.set(key, count, _SECONDS)
    return count


def consultations_for(actor: Actor, here: House) -> list[object]:
    """The open talks about skills for which `actor` is asked, or whom a consultant asks in their place."""
    rows = list(writing.open_consultations())
    return [row for row in rows if actor.id in here.holding(row.role)]
